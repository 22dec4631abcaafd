<?php
/**
 * What a slice of planning goods did.
 *
 * @package Dongbo
 */

declare(strict_types=1);

namespace Dongbo\Sync;

/**
 * Where the walk stands and what was done to rows.
 */
final class SliceResult {

	/** @var string Give it to the next slice. */
	public $cursor;

	/** @var bool The walk has reached its end. */
	public $done = false;

	/** @var int Rows of the mirror passed, unchanged ones included. */
	public $rows = 0;

	/** @var int Products and variations created. */
	public $created = 0;

	/** @var int Linked ones changed. */
	public $updated = 0;

	/** @var int Existing ones taken over. */
	public $linked = 0;

	/** @var int Links dropped. */
	public $unlinked = 0;

	/** @var int Operations that write nothing, with a reason. */
	public $skipped = 0;

	/** @var int Rows a person has to decide about. */
	public $review = 0;

	/** @var int Rows that could not be written; each has an issue. */
	public $failed = 0;

	/** @var int Rows of families whose input is what it was: not planned. */
	public $unchanged = 0;

	/**
	 * @param string $cursor Where the slice starts.
	 */
	public function __construct( string $cursor ) {
		$this->cursor = $cursor;
	}

	/**
	 * The counts by name, for the run's summary.
	 *
	 * @return array<string,int>
	 */
	public function counts(): array {
		return array(
			'created'   => $this->created,
			'updated'   => $this->updated,
			'linked'    => $this->linked,
			'unlinked'  => $this->unlinked,
			'skipped'   => $this->skipped,
			'review'    => $this->review,
			'failed'    => $this->failed,
			'unchanged' => $this->unchanged,
		);
	}
}
