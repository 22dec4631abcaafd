<?php

declare(strict_types=1);

namespace Dongbo\Push;

use Dongbo\Sync\SyncContext;
use Dongbo\Tables\CategoryLinks;
use Dongbo\Tables\Goods;
use Dongbo\Tables\History;
use Dongbo\Tables\Issues;
use Dongbo\Tables\Links;
use Dongbo\Tables\Rows;

/** Keeps what the rules tell to keep after a turn (PushAdvanced), inside the transaction that stores the turn. */
final class Keep
{
    /** Who reported an issue of this lane. */
    private const SOURCE = 'push';

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
        $issues = $told['issues'] ?? [];
        Issues::report($this->context, $issues, self::SOURCE);
        if (isset($told['done'])) {
            Issues::close($this->context, [(string) $product], $issues, ['product'], self::SOURCE);
        }
    }

    /** @param array<string, mixed> $told */
    private function categories(array $told): void
    {
        $connection = $this->context->connectionId();
        if (isset($told['categories'])) {
            Rows::write($connection, 'categories', '', Rows::differing($connection, 'categories', '', $told['categories']), $this->context->now());
        }
        $known = isset($told['category_links']) ? CategoryLinks::all($connection) : [];
        foreach ($told['category_links'] ?? [] as $link) {
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
