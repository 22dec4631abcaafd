<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/** What became of one product: its id and what WooCommerce would not take. */
final class Written
{
    public int $id;

    /** @var Refused[] The rest was written. */
    public array $refused;

    /** @param Refused[] $refused */
    public function __construct(int $id, array $refused = [])
    {
        $this->id = $id;
        $this->refused = $refused;
    }
}
