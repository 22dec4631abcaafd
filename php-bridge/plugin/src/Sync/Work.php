<?php

declare(strict_types=1);

namespace Dongbo\Sync;

/** One family's plan and how far it is carried out. */
final class Work
{
    public Gathered $family;

    /** @var array<string, mixed> A FamilyPlan record. */
    public array $plan;

    /** The next operation. */
    public int $next = 0;

    /** Something changed after the plan was made: it has to be planned again. */
    public bool $stale = false;

    /** A row could not be written; it is tried again in a while even if nothing changes. */
    public bool $retry = false;

    /** @var array<string, int> Variable products by the family's own id. */
    public array $parents = [];

    /** @var array<int, array<string, mixed>> Issue records of the writing. */
    public array $issues = [];

    /** @var array<int, array<string, mixed>>|null Issue records of the whole shop that still hold; null when nobody has looked. */
    public ?array $standing;

    /**
     * @param array<string, mixed>                  $plan
     * @param array<int, array<string, mixed>>|null $standing
     */
    public function __construct(Gathered $family, array $plan, ?array $standing = null)
    {
        $this->family = $family;
        $this->plan = $plan;
        $this->standing = $standing;
        foreach ($family->links as $row) {
            if ($row['link']['kind'] === 'family') {
                $this->parents[$row['link']['remote_id']] = $row['link']['shop_id'];
            }
        }
    }

    /**
     * The next operation and those that stand or fall with it: the end of a row's link, the
     * conversion of its product, and the variation that carries the row from then on.
     *
     * @return array<int, array<string, mixed>> Empty at the end.
     */
    public function step(): array
    {
        $rest = array_slice($this->plan['operations'], $this->next, 3);
        $converts = ($rest[0]['kind'] ?? '') === 'unlink' && ($rest[1]['kind'] ?? '') === 'convert';
        if (!$converts || $rest[0]['shop_id'] !== $rest[1]['shop_id']) {
            return array_slice($rest, 0, 1);
        }
        $carried = ($rest[2]['kind'] ?? '') === 'create' && $rest[2]['remote_id'] === $rest[0]['remote_id'];

        return array_slice($rest, 0, $carried ? 3 : 2);
    }

    /**
     * The operations still to do.
     *
     * @return array<int, array<string, mixed>>
     */
    public function rest(): array
    {
        return array_slice($this->plan['operations'], $this->next);
    }

    /** Nothing of the plan touches the shop or the links. */
    public function writesNothing(): bool
    {
        foreach ($this->plan['operations'] as $operation) {
            if (Outcome::writes($operation)) {
                return false;
            }
        }

        return true;
    }

    /**
     * @param array<string, mixed>  $operation
     * @param array<string, string> $params
     */
    public function issue(array $operation, string $code, array $params, string $severity = 'review'): void
    {
        $list = [];
        foreach ($params as $name => $value) {
            $list[] = ['name' => (string) $name, 'value' => (string) $value];
        }
        $this->issues[] = [
            'code' => $code,
            'params' => $list,
            'item' => ['kind' => $operation['remote_kind'], 'id' => (string) $operation['remote_id'], 'label' => (string) $operation['label']],
            'severity' => $severity,
        ];
    }
}
