<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Tables\Seen;

/**
 * Finds the family whose writing ends the process: a plugin of the site that calls `exit` or
 * `wp_die` in a hook, or needs more memory or time than there is. No exception tells of it, and the
 * same family would end every slice after it: one bad item would stop all the rest (Q4).
 *
 * After a slice that was cut, families are written one by one, each noted down before. One that was
 * noted twice and never got through has ended two processes and is let alone in this run.
 */
final class Deadly
{
    /** Names under which the notes lie among the ids a run has met. */
    private const TRIED = 'tried';
    private const TRIED_AGAIN = 'tried-again';

    private int $run;

    /** @var array<string, true> */
    private array $tried;

    /** @var array<string, true> */
    private array $again;

    public function __construct(int $run)
    {
        $this->run = $run;
        $this->tried = Seen::ids($run, self::TRIED, '');
        $this->again = Seen::ids($run, self::TRIED_AGAIN, '');
    }

    /** Whether the family ended a process twice. */
    public function is(string $family): bool
    {
        return isset($this->again[$family]);
    }

    /** To be called before the family's first write, outside a transaction. */
    public function tries(string $family): void
    {
        Seen::add($this->run, isset($this->tried[$family]) ? self::TRIED_AGAIN : self::TRIED, '', [$family]);
    }
}
