<?php

declare(strict_types=1);

namespace Dongbo\Push;

use Dongbo\Sync\SyncContext;
use Dongbo\Tables\CategoryLinks;
use Dongbo\Tables\Goods;
use Dongbo\Tables\History;
use Dongbo\Tables\Issues;
use Dongbo\Tables\Links;
use Dongbo\Tables\PushQueue;
use Dongbo\Tables\Rows;

/** Keeps what the rules tell to keep after a turn (PushAdvanced), inside the transaction that stores the turn. */
final class Keep
{
    /** Who reported an issue of this lane. */
    private const SOURCE = 'push';

    /** Who reported one of the category tree. */
    private const TREE = 'tree';

    private SyncContext $context;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
    }

    /**
     * @param array<string, mixed> $told A PushAdvanced record.
     * @param int                  $asOf When the POS was asked.
     */
    public function told(array $told, int $product, int $asOf): void
    {
        $connection = $this->context->connectionId();
        if (isset($told['goods'])) {
            $issues = [];
            Goods::write($connection, Goods::differing($connection, $told['goods'], $asOf, $this->context->rulesVersion(), $issues));
        }
        $this->categories($told);
        $this->links($told['links'] ?? []);
        $this->history($told['sent'] ?? []);
        $issues = $told['issues'] ?? [];
        $tree = $product === PushQueue::CATEGORIES;
        Issues::report($this->context, $issues, $tree ? self::TREE : self::SOURCE);
        if (isset($told['done']) && $tree) {
            Issues::closeAll($this->context, $issues, self::TREE);
        } elseif (isset($told['done'])) {
            Issues::close($this->context, [(string) $product], $issues, ['product'], self::SOURCE);
        }
    }

    /** @param array<int, array<string, mixed>> $sent PushSent records. */
    private function history(array $sent): void
    {
        History::add($this->context, array_map(static function (array $one): array {
            return [
                'remote_kind' => $one['kind'],
                'remote_id' => $one['remote_id'],
                'shop_id' => $one['shop_id'],
                'label' => $one['label'],
                'field' => $one['field'],
                'before_value' => $one['before'] === '' ? null : $one['before'],
                'after_value' => $one['after'] === '' ? null : $one['after'],
                'reason' => 'sent-to-pos',
            ];
        }, $sent));
    }

    /** @param array<string, mixed> $told */
    private function categories(array $told): void
    {
        $connection = $this->context->connectionId();
        if (isset($told['categories'])) {
            Rows::write($connection, 'categories', '', Rows::differing($connection, 'categories', '', $told['categories']), $this->context->now());
        }
        if (isset($told['gone_categories'])) {
            CategoryLinks::drop($connection, $told['gone_categories']);
            Rows::drop($connection, 'categories', '', $told['gone_categories']);
        }
        $known = isset($told['category_links']) ? CategoryLinks::all($connection) : [];
        foreach ($told['category_links'] ?? [] as $link) {
            foreach ($known as $id => $other) {
                if ($other['term_id'] === $link['term_id'] && $id !== $link['remote_id']) {
                    CategoryLinks::drop($connection, [(string) $id]);
                }
            }
            CategoryLinks::put($connection, $link, isset($known[$link['remote_id']]), null);
        }
    }

    /** @param array<int, array<string, mixed>> $links Link records. */
    private function links(array $links): void
    {
        $connection = $this->context->connectionId();
        $stored = [];
        foreach (Links::toProducts($connection, array_column($links, 'shop_id')) as $id => $row) {
            $stored[$row['link']['kind'] . ':' . $row['link']['remote_id']] = ['id' => $id, 'fields' => $row['link']['fields']];
        }
        foreach ($links as $link) {
            $old = $stored[$link['kind'] . ':' . $link['remote_id']] ?? null;
            Links::put($connection, $old['id'] ?? null, $link, false, $this->context->rulesVersion(), $this->context->now());
        }
    }
}
