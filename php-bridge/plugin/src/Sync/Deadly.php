<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\TransactionLost;
use Dongbo\Tables\Seen;

/**
 * Finds the family whose writing ends PHP: a plugin of the site that calls `exit` or `wp_die` in a
 * hook, or needs more memory or time than there is. No exception tells of it, and the same family
 * would end every slice after it: one bad item would stop all the rest (Q4).
 *
 * After a slice that was cut, families are written one by one. PHP still runs what was registered for
 * its end, and so the family under way is noted down; one that was noted twice is let alone in this
 * run. A process that is killed from outside notes nothing: that says nothing about a family.
 */
final class Deadly
{
    /** Names under which the notes lie among the ids a run has met. */
    private const ENDED = 'ended-php';
    private const ENDED_AGAIN = 'ended-php-again';

    private int $run;

    /** @var array<string, true> */
    private array $ended;

    /** @var array<string, true> */
    private array $again;

    private ?string $trying = null;

    /** Given back at the end, so that there is memory for the note. */
    private ?string $reserve;

    public function __construct(int $run)
    {
        $this->run = $run;
        $this->ended = Seen::ids($run, self::ENDED, '');
        $this->again = Seen::ids($run, self::ENDED_AGAIN, '');
        $this->reserve = str_repeat(' ', 262144);
        register_shutdown_function([$this, 'note']);
    }

    /** Whether writing the family ended PHP twice. */
    public function is(string $family): bool
    {
        return isset($this->again[$family]);
    }

    /** The family is being written from now on. */
    public function tries(string $family): void
    {
        $this->trying = $family;
    }

    /** It got through, or failed in a way that tells of itself. */
    public function passed(): void
    {
        $this->trying = null;
    }

    /** PHP ends. Called by PHP only. */
    public function note(): void
    {
        $this->reserve = null;
        if ($this->trying === null) {
            return;
        }
        global $wpdb;
        $wpdb->query('ROLLBACK');
        try {
            Seen::add($this->run, isset($this->ended[$this->trying]) ? self::ENDED_AGAIN : self::ENDED, '', [$this->trying]);
        } catch (TransactionLost $lost) {
            // The database is away as well: the next time it happens tells as much.
            return;
        }
    }
}
