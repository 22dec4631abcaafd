<?php

declare(strict_types=1);

namespace Dongbo\Engine;

/**
 * The rules gave no answer: the record handed to them is not of its form, or they stopped.
 *
 * Either is a fault of this plugin, never of a shop's data: what a shop owner can meet comes back
 * as data. The code has a sentence in `Words\Texts`.
 */
final class RulesError extends \RuntimeException
{
    /** @var string */
    private $reason;

    /** @var array<int, array{name: string, value: string}> */
    private $params;

    /** @var string */
    private $where;

    /**
     * @param string                                         $reason The code.
     * @param array<int, array{name: string, value: string}> $params Values for its sentence.
     * @param string                                         $where  The call and the place in its record.
     */
    public function __construct(string $reason, array $params, string $where, ?\Throwable $previous = null)
    {
        $told = '';
        foreach ($params as $param) {
            $told .= ' ' . $param['name'] . '=' . $param['value'];
        }
        parent::__construct($reason . ' at ' . $where . $told, 0, $previous);
        $this->reason = $reason;
        $this->params = $params;
        $this->where = $where;
    }

    /** The code. */
    public function code(): string
    {
        return $this->reason;
    }

    /** @return array<int, array{name: string, value: string}> Values for the code's sentence. */
    public function params(): array
    {
        return $this->params;
    }

    /** The call and the place in its record: `plan_goods: families[3].goods[0].price`. */
    public function where(): string
    {
        return $this->where;
    }
}
