<?php

declare(strict_types=1);

namespace Dongbo\Sync;

/** Where the walk over the families stands, and what a slice of it did to rows. */
final class SliceResult
{
    /** Give it to the next slice. */
    public string $cursor;

    /** The walk has reached its end. */
    public bool $done = false;

    /** Rows of the mirror passed, unchanged ones included. */
    public int $rows = 0;

    /** Products and variations created. */
    public int $created = 0;

    /** Linked ones changed. */
    public int $updated = 0;

    /** Existing ones taken over. */
    public int $linked = 0;

    /** Links dropped. */
    public int $unlinked = 0;

    /** Operations that write nothing, each with a reason. */
    public int $skipped = 0;

    /** Rows a person has to decide about. */
    public int $review = 0;

    /** Rows that could not be written; each has an issue. */
    public int $failed = 0;

    /** Rows of families whose input is what it was: not planned. */
    public int $unchanged = 0;

    /** @param string $cursor Where the slice starts. */
    public function __construct(string $cursor)
    {
        $this->cursor = $cursor;
    }

    /**
     * The counts by name, for the run's summary.
     *
     * @return array<string, int>
     */
    public function counts(): array
    {
        return [
            'created' => $this->created,
            'updated' => $this->updated,
            'linked' => $this->linked,
            'unlinked' => $this->unlinked,
            'skipped' => $this->skipped,
            'review' => $this->review,
            'failed' => $this->failed,
            'unchanged' => $this->unchanged,
        ];
    }
}
