<?php

declare(strict_types=1);

namespace Dongbo\Orders\Back;

use Dongbo\Lanes\Budget;
use Dongbo\Orders\Courier;

/** Asks the POS for one thing at a time, in the middle of a run. */
final class Asking
{
    /** Failures that are about the one thing asked for, and about nothing else. */
    private const OWN = ['refused', 'forbidden'];

    private Courier $courier;
    private Budget $budget;

    /** When the POS was asked last. */
    private int $asOf = 0;

    public function __construct(Courier $courier, Budget $budget)
    {
        $this->courier = $courier;
        $this->budget = $budget;
    }

    /**
     * @param array<string, string> $query
     * @return array<int, array<string, mixed>> The reader's rows.
     * @throws Refused|Interrupted
     */
    public function get(string $path, string $reader, array $query = [], string $rows = 'sales'): array
    {
        $pairs = [];
        foreach ($query as $name => $value) {
            $pairs[] = ['name' => $name, 'value' => $value];
        }

        return $this->carry(['kind' => 'get', 'path' => $path, 'query' => $pairs, 'reader' => $reader, 'rows' => $rows]);
    }

    /**
     * @param string $kind `post` or `put`.
     * @param string $body JSON, as the rules wrote it.
     * @return array<int, array<string, mixed>> The reader's rows.
     * @throws Refused|Interrupted
     */
    public function write(string $kind, string $path, string $body, string $reader, string $rows): array
    {
        return $this->carry(['kind' => $kind, 'path' => $path, 'body' => $body, 'reader' => $reader, 'rows' => $rows]);
    }

    public function asOf(): int
    {
        return $this->asOf;
    }

    /**
     * @param array<string, mixed> $request
     * @return array<int, array<string, mixed>>
     */
    private function carry(array $request): array
    {
        ['reply' => $reply, 'as_of' => $this->asOf] = $this->courier->carry(['id' => 0] + $request, $this->budget->timeLeft());
        if (isset($reply['failure'])) {
            throw in_array($reply['failure']['kind'], self::OWN, true) ? new Refused($reply['failure']) : new Interrupted($reply['failure']);
        }

        return $reply[$request['rows']] ?? [];
    }
}
