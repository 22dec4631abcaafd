<?php

declare(strict_types=1);

namespace Dongbo\Images;

use Dongbo\Shop\Images as ShopImages;
use Dongbo\Sync\Mirror;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Images;
use Dongbo\Tables\Links;

/** What the rules need to plan images, for some products at a time. */
final class Gather
{
    private SyncContext $context;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
    }

    /**
     * @param array<int, array<string, mixed>> $due Rows of {@see \Dongbo\Tables\Pictures::due}.
     *
     * @return array<int, array{shop_id: int, title: string, record: array<string, mixed>}> By link id.
     */
    public function products(array $due): array
    {
        $rows = $this->rows($due);
        $shown = ShopImages::shown(array_map('intval', array_column($due, 'shop_id')));
        $products = [];
        foreach ($due as $link => $row) {
            $kind = (string) $row['kind'];
            $own = $kind === 'good' ? [(string) $row['remote_id'] => true] : $rows['families'][(string) $row['family']] ?? [];
            $goods = array_values(array_intersect_key($rows['goods'], $own));
            $first = $goods[0] ?? ['full_name' => '', 'code' => ''];
            $last = json_decode((string) $row['last'], true);
            $products[(int) $link] = [
                'shop_id' => (int) $row['shop_id'],
                'title' => (string) $row['post_title'],
                'record' => [
                    'kind' => $kind,
                    'remote_id' => (string) $row['remote_id'],
                    'label' => trim($first['code'] . ' · ' . $row['post_title'], ' ·'),
                    'variation' => $row['post_type'] === 'product_variation',
                    'created_here' => (bool) $row['created_here'],
                    'rows' => array_map([self::class, 'row'], $goods),
                    'shop' => $shown[(int) $row['shop_id']],
                ] + (is_array($last) ? ['last' => $last] : []),
            ];
        }

        return $products;
    }

    /**
     * @param array<int, array{title: string, record: array<string, mixed>}> $products
     *
     * @return array<int, array<string, mixed>> ImagesPlan records by link id, with the product's title and the bytes an image may have.
     */
    public function plan(array $products): array
    {
        $records = array_column($products, 'record');
        $urls = [];
        foreach ($records as $record) {
            array_push($urls, ...array_merge([], ...array_column($record['rows'], 'images')));
        }
        $plans = $this->context->rules('plan_images', [
            'settings' => $this->context->settings(),
            'now' => $this->context->now(),
            'products' => $records,
            'known' => Images::known($this->context->connectionId(), $urls),
        ]);
        $planned = [];
        foreach (array_keys($products) as $place => $link) {
            $planned[$link] = $plans['products'][$place] + ['title' => $products[$link]['title'], 'largest' => $plans['largest']];
        }

        return $planned;
    }

    /**
     * @param array<int, array<string, mixed>> $due
     *
     * @return array{goods: array<string, array<string, mixed>>, families: array<string, array<string, true>>}
     */
    private function rows(array $due): array
    {
        $families = [];
        $ids = [];
        foreach ($due as $row) {
            if ($row['kind'] === 'good') {
                $ids[(string) $row['remote_id']] = true;
            } else {
                $families[(string) $row['family']] = [];
            }
        }
        foreach (Links::of($this->context->connectionId(), [], array_map('strval', array_keys($families))) as $link) {
            if ($link['link']['kind'] === 'good') {
                $families[$link['link']['family']][$link['link']['remote_id']] = true;
                $ids[$link['link']['remote_id']] = true;
            }
        }
        $mirror = new Mirror($this->context->connectionId());
        $goods = array_column($mirror->goodsById(array_map('strval', array_keys($ids))), null, 'id');
        ksort($goods, SORT_NATURAL);

        return ['goods' => $goods, 'families' => $families];
    }

    /**
     * @param array<string, mixed> $good A row of the mirror.
     *
     * @return array<string, mixed> An ImageRow record.
     */
    private static function row(array $good): array
    {
        return ['id' => (string) $good['id'], 'images' => $good['images'] ?? []] + array_intersect_key($good, ['modified' => 0]);
    }
}
