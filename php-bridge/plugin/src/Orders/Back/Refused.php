<?php

declare(strict_types=1);

namespace Dongbo\Orders\Back;

/** The POS will not give or take this one thing; everything else goes on. */
final class Refused extends \RuntimeException
{
    /** @var array<string, mixed> */
    private array $failure;

    /** @param array<string, mixed> $failure A Failure record (src/pos/answer.rs). */
    public function __construct(array $failure)
    {
        parent::__construct((string) $failure['code']);
        $this->failure = $failure;
    }

    /** @return array<string, mixed> */
    public function failure(): array
    {
        return $this->failure;
    }
}
