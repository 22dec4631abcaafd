<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Commit;
use Dongbo\Lanes\Wake;
use Dongbo\Shop\Caches;
use Dongbo\Shop\Categories;
use Dongbo\Shop\Clean;
use Dongbo\Shop\Refused;
use Dongbo\Shop\Saving;
use Dongbo\Tables\CategoryLinks;
use Dongbo\Tables\Goods;
use Dongbo\Tables\History;
use Dongbo\Tables\Issues;
use Dongbo\Tables\PushQueue;
use Dongbo\Tables\Rows;

/**
 * Plans the category tree from the mirror and applies the plan (product.md B12).
 *
 * A tree is a few hundred terms at most: it is planned as a whole, and every term is written with
 * its link in a transaction of its own. A worker killed where the tables know no transactions
 * leaves a term without a link, which the rules find again by its name under the same parent.
 */
final class PlanCategories
{
    private SyncContext $context;

    /** @var array<string, array<string, mixed>> CategoryLink records by remote id. */
    private array $links;

    /** @var array<int, array{id: int, name: string, parent: int}> */
    private array $terms;

    /** @var array<int, array<string, mixed>> */
    private array $issues = [];

    private function __construct(SyncContext $context)
    {
        $this->context = $context;
        $this->links = CategoryLinks::all($context->connectionId());
        $this->terms = Categories::all();
    }

    /**
     * Plans and applies the whole tree; nothing changed means nothing written.
     *
     * @param SyncContext $context The run.
     *
     * @throws \Dongbo\Lanes\FenceLost       When another worker has taken over.
     * @throws \Dongbo\Lanes\TransactionLost When the database would not keep a term; the run comes back.
     */
    public static function run(SyncContext $context): void
    {
        if ($context->fence() === null) {
            throw new \LogicException('planning without a fence must not write');
        }
        $self = new self($context);
        $self->markGone();
        $plan = $self->plan();
        foreach ($plan['operations'] as $operation) {
            $self->carryOut($operation);
        }
        $self->settle(array_merge($plan['issues'] ?? [], $self->issues));
        if (!empty($plan['push'])) {
            $self->push();
        }
    }

    /** The site's own tree has something for the POS (G2); the lane of pushing looks what. */
    private function push(): void
    {
        $now = $this->context->now();
        $byHand = !empty($this->context->settings()['by_hand']);
        Commit::run($this->context->fence(), function () use ($now, $byHand): void {
            PushQueue::record($this->context->connectionId(), [PushQueue::CATEGORIES], $byHand, $now, $now);
        });
        Wake::orders();
    }

    /**
     * What the tree is planned from, nothing written: the preview plans it in the browser.
     *
     * @return array<string, mixed> A CategoriesInput record.
     */
    public static function preview(SyncContext $context): array
    {
        return (new self($context))->input();
    }

    /** @return array<string, mixed> */
    private function plan(): array
    {
        return $this->context->rules('plan_categories', $this->input()) + ['operations' => []];
    }

    /** @return array<string, mixed> */
    private function input(): array
    {
        $categories = [];
        foreach (Rows::all($this->context->connectionId(), 'categories') as $category) {
            $clean = Clean::category($category);
            array_push($this->issues, ...Clean::lossesOfCategory($category, $clean));
            $categories[] = $clean;
        }
        $links = [];
        foreach ($this->links as $link) {
            $links[] = ['term_gone' => $link['term_gone'] || !isset($this->terms[$link['term_id']])] + $link;
        }

        return [
            'settings' => $this->context->settings(),
            'categories' => $categories,
            'links' => $links,
            'terms' => array_values($this->terms),
            'used' => empty($this->context->settings()['push']['delete_categories']) ? [] : Goods::categories($this->context->connectionId()),
            'default_term' => Categories::ofNone(),
        ];
    }

    /** A term deleted by hand: the link remembers it, so that it is not made again unless asked. */
    private function markGone(): void
    {
        $gone = [];
        foreach ($this->links as $id => $link) {
            if (!$link['term_gone'] && !isset($this->terms[$link['term_id']])) {
                $this->links[$id]['term_gone'] = true;
                $gone[] = $this->links[$id];
            }
        }
        if ($gone !== []) {
            Commit::run($this->context->fence(), function () use ($gone): void {
                foreach ($gone as $link) {
                    CategoryLinks::put($this->context->connectionId(), $link, true, null);
                }
            });
        }
    }

    /** @param array<string, mixed> $operation A CategoryOperation record. */
    private function carryOut(array $operation): void
    {
        if ($operation['kind'] === 'skip') {
            return;
        }
        try {
            Saving::withoutUserFilters(function () use ($operation): void {
                Commit::run($this->context->fence(), function () use ($operation): void {
                    $this->write($operation);
                }, static function (\Throwable $trouble): void {
                    // Of what WordPress refused it has written nothing.
                    if (!$trouble instanceof Refused) {
                        Caches::unsure();
                    }
                });
            });
        } catch (Refused $refusal) {
            $this->issues[] = self::issue($operation, $refusal);
        }
        // A term that was rolled back must not stay in WordPress's memory.
        clean_taxonomy_cache('product_cat');
    }

    /** @param array<string, mixed> $operation */
    private function write(array $operation): void
    {
        $id = (string) $operation['remote_id'];
        $name = (string) $operation['name'];
        $termId = (int) ($operation['term_id'] ?? 0);
        $before = $this->terms[$termId] ?? null;
        $parent = empty($operation['keeps_parent']) ? $this->parent($operation) : (int) ($before['parent'] ?? 0);
        if ($operation['kind'] === 'create') {
            $termId = Categories::create($name, $parent, $id);
        } elseif ($operation['kind'] === 'update' && ($before === null || $before['name'] !== $name || $before['parent'] !== $parent)) {
            Categories::update($termId, $name, $parent);
        }
        $this->context->fence()->stands();
        $term = Categories::one($termId);
        if ($term === null) {
            throw new Refused('category-refused', ['name' => $name, 'cause' => '-']);
        }
        $link = ['remote_id' => $id, 'term_id' => $termId, 'term_gone' => false, 'name' => $term['name'], 'parent' => $term['parent']];
        $old = $this->links[$id] ?? null;
        foreach (['keeps_name' => 'name', 'keeps_parent' => 'parent'] as $keeps => $field) {
            $link[$field] = empty($operation[$keeps]) || $old === null ? $link[$field] : $old[$field];
        }
        if ($old !== $link) {
            $made = $operation['kind'] === 'create' ? true : ($old === null ? false : null);
            CategoryLinks::put($this->context->connectionId(), $link, $old !== null, $made);
            History::add($this->context, $this->entries($operation, $before, $term));
        }
        $this->links[$id] = $link;
        $this->terms[$termId] = $term;
    }

    /** @param array<string, mixed> $operation */
    private function parent(array $operation): int
    {
        $remote = (string) ($operation['parent_remote_id'] ?? '');
        if ($remote === '') {
            return 0;
        }
        $link = $this->links[$remote] ?? null;
        if ($link === null || !isset($this->terms[$link['term_id']])) {
            throw new Refused('category-refused', ['name' => (string) $operation['name'], 'cause' => '-']);
        }

        return $link['term_id'];
    }

    /**
     * @param array<string, mixed>                             $operation
     * @param array{id: int, name: string, parent: int}|null   $before
     * @param array{id: int, name: string, parent: int}        $after
     *
     * @return array<int, array<string, mixed>>
     */
    private function entries(array $operation, ?array $before, array $after): array
    {
        $base = [
            'remote_kind' => 'category',
            'remote_id' => (string) $operation['remote_id'],
            'shop_id' => $after['id'],
            'label' => $after['name'],
            'reason' => $operation['reason']['code'],
            'params' => $operation['reason']['params'] ?? [],
        ];
        if ($operation['kind'] !== 'update') {
            return [['field' => $operation['kind'] === 'create' ? 'created' : 'linked', 'after_value' => (string) $after['id']] + $base];
        }
        $entries = [];
        foreach (['name', 'parent'] as $field) {
            if ($before === null || $before[$field] !== $after[$field]) {
                $entries[] = ['field' => $field, 'before_value' => (string) ($before[$field] ?? ''), 'after_value' => (string) $after[$field]] + $base;
            }
        }

        return $entries;
    }

    /** @param array<int, array<string, mixed>> $issues */
    private function settle(array $issues): void
    {
        $items = array_map('strval', array_merge(array_keys($this->links), array_column(Rows::all($this->context->connectionId(), 'categories'), 'id')));
        if ($issues === [] && !Issues::open($this->context->connectionId(), 'category')) {
            return;
        }
        Commit::run($this->context->fence(), function () use ($issues, $items): void {
            Issues::report($this->context, $issues, 'plan');
            Issues::close($this->context, $items, $issues, ['category']);
        });
    }

    /**
     * @param array<string, mixed> $operation
     *
     * @return array<string, mixed>
     */
    private static function issue(array $operation, Refused $refusal): array
    {
        $params = [];
        foreach ($refusal->values() as $name => $value) {
            $params[] = ['name' => $name, 'value' => $value];
        }

        return [
            'code' => $refusal->issue(),
            'params' => $params,
            'item' => ['kind' => 'category', 'id' => (string) $operation['remote_id'], 'label' => (string) $operation['name']],
            'severity' => 'review',
        ];
    }
}
