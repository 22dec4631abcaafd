<?php

declare(strict_types=1);

namespace Dongbo\Push;

use Dongbo\Shop\Categories;
use Dongbo\Shop\Clean;
use Dongbo\Shop\Images;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Reader;
use Dongbo\Sync\Mirror;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\CategoryLinks;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Links;
use Dongbo\Tables\Query;
use Dongbo\Tables\Rows;

/** What the rules need to know of products that are to go to the POS: PushContext records (src/push/protocol.rs). */
final class Gather
{
    /** WooCommerce's cost of goods sold. */
    private const COST = '_cogs_total_value';

    private SyncContext $context;
    private Mirror $mirror;
    private Reader $reader;

    /** @var string[]|null */
    private ?array $used = null;

    /** @var array<string, mixed>|null What all products share. */
    private ?array $shared = null;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
        $this->mirror = new Mirror($context->connectionId());
        $this->reader = new Reader(new Origins($context->connectionId()));
    }

    /** Categories or their links were written. */
    public function forget(): void
    {
        $this->shared = null;
    }

    /** @return array<string, mixed> Both category trees: a TreeContext record (src/push/tree/protocol.rs). */
    public function tree(): array
    {
        $connection = $this->context->connectionId();

        return [
            'categories' => array_map([Clean::class, 'category'], array_values(Rows::all($connection, 'categories'))),
            'links' => array_values(CategoryLinks::all($connection)),
            'terms' => array_values(Categories::all()),
            'used' => $this->used(),
            'default_term' => Categories::ofNone(),
        ];
    }

    /** @return string[] Only deleting asks for them. */
    private function used(): array
    {
        if ($this->used === null) {
            $wanted = !empty($this->context->settings()['push']['delete_categories']);
            $this->used = $wanted ? Goods::categories($this->context->connectionId()) : [];
        }

        return $this->used;
    }

    /**
     * @param int[] $ids Products, never variations.
     * @return array<int, array<string, mixed>> PushContext records by product; none for one that is not there.
     */
    public function contexts(array $ids): array
    {
        $variations = $this->variations($ids);
        $records = $this->reader->byIds(array_merge($ids, ...array_values($variations)));
        $rows = $this->rows($records);
        $keys = $this->keys($records);
        [$links, $goods] = $this->sides(array_keys($records), $keys);
        $twins = $this->twins($records, $keys);
        $contexts = [];
        foreach ($ids as $id) {
            if (!isset($rows[$id])) {
                continue;
            }
            $own = array_intersect_key($rows, array_flip($variations[$id] ?? []));
            $contexts[$id] = [
                'product' => $rows[$id],
                'variations' => array_values(array_map(static function (int $variation) use ($own): array {
                    return $own[$variation];
                }, array_intersect($variations[$id] ?? [], array_keys($own)))),
            ] + $this->belonging(array_merge([$id], array_keys($own)), $keys, $links, $goods, $twins) + $this->shared();
        }

        return $contexts;
    }

    /**
     * Links, goods and twins of one product's rows.
     *
     * @param int[]                            $ids
     * @param array<int, array<string, mixed>> $keys
     * @param array<int, array<string, mixed>> $links
     * @param array<string, array<string, mixed>> $goods
     * @param array<int, array<int, array<string, mixed>>> $twins
     * @return array<string, mixed>
     */
    private function belonging(array $ids, array $keys, array $links, array $goods, array $twins): array
    {
        $wanted = array_column(array_intersect_key($keys, array_flip($ids)), 'sku_key', 'sku_key');
        $families = [];
        foreach ($links as $link) {
            if (in_array($link['shop_id'], $ids, true)) {
                $families[strtok($link['family'], '|')] = true;
                $families[$goods[$link['remote_id']]['family_key'] ?? ''] = true;
            }
        }
        $own = array_filter($goods, static function (array $good) use ($wanted, $families): bool {
            return isset($wanted[$good['sku_key'] ?? '']) || isset($families[$good['family_key']]);
        });
        $links = array_filter($links, static function (array $link) use ($ids, $own): bool {
            return in_array($link['shop_id'], $ids, true) || ($link['kind'] === 'good' && isset($own[$link['remote_id']]));
        });

        return [
            'links' => array_values($links),
            'goods' => array_values($own),
            'twins' => array_merge([], ...array_values(array_intersect_key($twins, array_flip($ids)))),
        ];
    }

    /**
     * @param array<int, array<string, mixed>> $records
     * @return array<int, array<string, mixed>> PushRow records.
     */
    private function rows(array $records): array
    {
        $ids = array_keys($records);
        $texts = $this->texts($ids);
        $costs = $this->costs($ids);
        $images = Images::addresses($ids);
        $rows = [];
        foreach ($records as $id => $record) {
            $rows[$id] = ['product' => $record, 'description' => $texts[$id] ?? '', 'images' => $images[$id] ?? [], 'cost' => $costs[$id] ?? ''];
        }

        return $rows;
    }

    /**
     * Links and mirror rows: whole families of what is linked, and all goods with one of the SKUs.
     *
     * @param int[]                            $ids
     * @param array<int, array<string, mixed>> $keys
     * @return array{array<int, array<string, mixed>>, array<string, array<string, mixed>>}
     */
    private function sides(array $ids, array $keys): array
    {
        $connection = $this->context->connectionId();
        $own = array_column(Links::toProducts($connection, $ids), 'link');
        $found = array_merge([], ...array_values($this->mirror->bySkuKey(array_values(array_unique(array_column($keys, 'sku_key'))))));
        $goods = $this->mirror->goodsById(array_merge(array_column($own, 'remote_id'), array_column($found, 'remote_id')));
        $families = array_map(static function (array $link): string {
            return (string) strtok($link['family'], '|');
        }, $own);
        $families = array_merge($families, array_column(array_intersect_key($goods, array_flip(array_column($own, 'remote_id'))), 'family_key'));
        foreach ($this->mirror->goodsOf(array_values(array_unique($families))) as $family) {
            $goods += array_column($family, null, 'id');
        }
        $links = array_column(Links::of($connection, array_map('strval', array_keys($goods)), []), 'link', 'remote_id');
        foreach ($own as $link) {
            $links[$link['kind'] . $link['remote_id']] = $link;
            if ($link['kind'] === 'good') {
                unset($links[$link['remote_id']]);
            }
        }

        return [array_values($links), $goods];
    }

    /**
     * Other products with the SKU of one of these.
     *
     * @param array<int, array<string, mixed>> $records
     * @param array<int, array<string, mixed>> $keys
     * @return array<int, array<int, array<string, mixed>>> ShopTwin records by product or variation.
     */
    private function twins(array $records, array $keys): array
    {
        $skus = array_filter(array_column($records, 'sku', 'id'), 'strlen');
        $holders = $this->reader->bySkus(array_values($skus));
        $others = array_diff_key($holders, $records);
        $others = array_filter($this->reader->byIds(array_keys($others)), static function (array $record): bool {
            return $record['status'] !== 'trash';
        });
        $all = $this->keys($others) + array_intersect_key($keys, $skus);
        $holding = [];
        foreach ($all as $id => $key) {
            $holding[$key['sku_key']][] = $id;
        }
        $known = $others + $records;
        $twins = [];
        foreach (array_intersect_key($keys, $skus) as $id => $key) {
            foreach (array_diff($holding[$key['sku_key']], [$id]) as $other) {
                $twins[$id][] = ['sku_key' => $key['sku_key'], 'shop_id' => $other, 'label' => trim($known[$other]['name'] . ' (' . $other . ')')];
            }
        }

        return $twins;
    }

    /**
     * @param array<int, array<string, mixed>> $records
     * @return array<int, array<string, mixed>> PushKey records by product.
     */
    private function keys(array $records): array
    {
        $rows = [];
        foreach ($records as $id => $record) {
            $rows[] = ['shop_id' => $id, 'sku' => $record['sku']];
        }

        return $rows === [] ? [] : array_column($this->context->rules('push_keys', ['rows' => $rows])['rows'], null, 'shop_id');
    }

    /**
     * @param int[] $ids
     * @return array<int, int[]> Variations by product, as the product shows them.
     */
    private function variations(array $ids): array
    {
        global $wpdb;
        $variations = [];
        foreach (array_chunk($ids, 200) as $part) {
            $sql = "SELECT ID, post_parent FROM {$wpdb->posts} WHERE post_type = 'product_variation' AND post_status IN ('publish', 'private') AND post_parent IN ("
                . Query::places(count($part), '%d') . ') ORDER BY menu_order, ID';
            foreach ($wpdb->get_results($wpdb->prepare($sql, ...$part)) as $row) {
                $variations[(int) $row->post_parent][] = (int) $row->ID;
            }
        }

        return $variations;
    }

    /**
     * @param int[] $ids
     * @return array<int, string> Descriptions, as they are stored.
     */
    private function texts(array $ids): array
    {
        global $wpdb;
        $texts = [];
        foreach (array_chunk($ids, 200) as $part) {
            $sql = "SELECT ID, post_content FROM {$wpdb->posts} WHERE ID IN (" . Query::places(count($part), '%d') . ')';
            foreach ($wpdb->get_results($wpdb->prepare($sql, ...$part)) as $row) {
                $texts[(int) $row->ID] = (string) $row->post_content;
            }
        }

        return $texts;
    }

    /**
     * @param int[] $ids
     * @return array<int, string>
     */
    private function costs(array $ids): array
    {
        global $wpdb;
        $costs = [];
        foreach (array_chunk($ids, 500) as $part) {
            $sql = "SELECT post_id, meta_value FROM {$wpdb->postmeta} WHERE meta_key = %s AND post_id IN (" . Query::places(count($part), '%d') . ')';
            foreach ($wpdb->get_results($wpdb->prepare($sql, self::COST, ...$part)) as $row) {
                $costs[(int) $row->post_id] = (string) $row->meta_value;
            }
        }

        return $costs;
    }

    /** @return array<string, mixed> */
    private function shared(): array
    {
        if ($this->shared === null) {
            $connection = $this->context->connectionId();
            $this->shared = [
                'categories' => Rows::all($connection, 'categories'),
                'category_links' => array_values(CategoryLinks::all($connection)),
                'terms' => array_values(Categories::all()),
                'branches' => Rows::all($connection, 'branches'),
                'currency' => (string) get_option('woocommerce_currency', ''),
            ];
        }

        return $this->shared;
    }
}
