<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * WooCommerce or WordPress would not take something; the code and its parameters say what.
 */
final class Refused extends \RuntimeException
{
    private string $issue;

    /** @var array<string, string> */
    private array $values;

    /**
     * @param string                $issue  A code of src/words.json.
     * @param array<string, string> $values Its parameters.
     */
    public function __construct(string $issue, array $values, ?\Throwable $because = null)
    {
        parent::__construct($issue . ': ' . implode(', ', $values), 0, $because);
        $this->issue = $issue;
        $this->values = $values;
    }

    public function issue(): string
    {
        return $this->issue;
    }

    /** @return array<string, string> */
    public function values(): array
    {
        return $this->values;
    }
}
