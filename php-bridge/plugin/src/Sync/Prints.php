<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Shop\Reader;
use Dongbo\Tables\Prints as PrintTable;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * Finds the families whose input may have changed, without loading any of them.
 *
 * ```text
 * rows of the mirror ┐                        ┌ same as stored ─▶ nothing to do
 * prices, holds      ├─ the database hashes ──┤
 * links              │  each, a few statements└ other ─▶ gathered, and its digest decides
 * products           ┘  for thousands
 * ```
 *
 * A print covers whatever {@see Families::gather} reads of a family: who adds to that adds here. A
 * print that differs costs a look, never a change; one that is equal by mistake would hide a change,
 * so every part is an MD5 and the rows' own bytes are hashed, whoever wrote them.
 *
 * Families also see products that are not theirs (one with an SKU of theirs). So each print is kept
 * with the products it was made of, and when a product appears that no family knows, or a known one
 * changes its SKU, parent, status or mark, all families are looked at.
 */
final class Prints
{
    /** Rows a statement gives. */
    private const CHUNK = 2000;

    /** Families that are in memory together: their number, not the shop's, is what a run holds. */
    private const FAMILIES = 1000;

    private SyncContext $context;
    private Families $families;

    /** @var array<string, string> Hashes of rows by good. */
    private array $goods = [];

    /** @var array<string, string> The goods of each family, a line each. */
    private array $members = [];

    /** @var array<string, string> Components by good, a line each. */
    private array $materials = [];

    /** @var array<string, string> Book prices, holds and links by good. */
    private array $extras = [];

    /** @var array<int, string> Links by product. */
    private array $links = [];

    /** @var array<int, string> Hashes of products, and of what tells one from another. */
    private array $products = [];

    /** @var array<int, string> */
    private array $identities = [];

    /** @var array<string, true> Families whose stored print is the one made now. */
    private array $same = [];

    private function __construct(SyncContext $context, Families $families)
    {
        $this->context = $context;
        $this->families = $families;
    }

    /** Prints of everything there is. */
    public static function ofAll(SyncContext $context, Families $families): self
    {
        return new self($context, $families);
    }

    /**
     * Prints of these families alone.
     *
     * @param Gathered[] $gathered
     */
    public static function ofSome(SyncContext $context, Families $families, array $gathered): self
    {
        $self = new self($context, $families);
        $self->read(array_map('strval', array_keys($gathered)), array_merge([], ...array_values(array_map([self::class, 'productsOf'], $gathered))));

        return $self;
    }

    /**
     * Reads what these families' prints are made of, before they are gathered: a print may be older than
     * the input it is stored with, never newer.
     *
     * @param string[] $keys
     */
    public function before(array $keys): void
    {
        $lists = implode(',', array_filter(PrintTable::products($this->context->connectionId(), $keys), 'strlen'));
        $this->read($keys, $lists === '' ? [] : array_map('intval', explode(',', $lists)));
    }

    /**
     * What was read before is forgotten.
     *
     * @param string[] $keys
     * @param int[]    $products Products they were made of, beside those their links name.
     */
    private function read(array $keys, array $products): void
    {
        $this->goods = $this->members = $this->materials = $this->extras = $this->links = $this->products = $this->identities = [];
        if ($keys === []) {
            return;
        }
        $this->readGoods(self::in('family_key', $keys, '%s'), true);
        $others = [];
        foreach ($this->materials as $materials) {
            foreach (explode("\n", $materials) as $material) {
                if ($material !== '' && !isset($this->goods[$material])) {
                    $others[$material] = $material;
                }
            }
        }
        if ($others !== []) {
            $this->readGoods(self::in('remote_id', array_values($others), '%s'), false);
        }
        $goods = array_map('strval', array_keys($this->goods));
        // In the order in which all of them are read.
        sort($goods, SORT_STRING);
        foreach (array_chunk($goods, self::CHUNK) as $part) {
            $this->readExtras(self::in('remote_id', $part, '%s'));
        }
        $products = array_values(array_unique($products));
        $this->readLinks($goods, $products);
        $products = array_values(array_unique(array_merge($products, array_keys($this->links))));
        foreach (array_chunk($products, self::CHUNK) as $part) {
            $this->readProducts($part);
        }
    }

    /**
     * A family's print as it is to be stored.
     *
     * @param string $digest The digest of the input it stands for.
     *
     * @return array{print: string, identity: string, products: string}
     */
    public function of(Gathered $family, string $digest): array
    {
        return $this->make($family->key, self::productsOf($family), $digest);
    }

    /**
     * Stores prints of families that were gathered and found to be as they were.
     *
     * @param Gathered[] $families
     */
    public function keep(array $families): void
    {
        $prints = [];
        foreach ($families as $family) {
            if (!isset($this->same[$family->key])) {
                $prints[$family->key] = $this->of($family, $family->digest);
            }
        }
        PrintTable::put($this->context->connectionId(), $prints);
    }

    /**
     * Families that have to be looked at, in order of their keys, with their rows; and the rows of the others.
     *
     * @return array{look: array<string, int>, rows: int, shared: string|null} `shared` is to be stored once
     *         all of them were looked at; null when it stands.
     */
    public function due(): array
    {
        $connection = $this->context->connectionId();
        $now = $this->context->now();
        $this->same = [];
        $counts = $known = [];
        $moved = false;
        $last = '';
        do {
            $families = $this->next($last);
            $to = count($families) === self::FAMILIES ? (string) array_key_last($families) : null;
            $stored = PrintTable::between($connection, $last, $to);
            $products = [];
            foreach ($stored as $key => $row) {
                $products[$key] = $row['products'] === '' ? [] : array_map('intval', explode(',', $row['products']));
                $known += array_fill_keys($products[$key], true);
            }
            $this->read(array_map('strval', array_keys($families + $stored)), array_merge([], ...array_values($products)));
            foreach ($stored as $key => $row) {
                $made = $this->make((string) $key, $products[$key], $row['digest']);
                if ($made['print'] === $row['print'] && !PlanGoods::isDue($row['due'], $now)) {
                    $this->same[$key] = true;
                }
                $moved = $moved || $made['identity'] !== $row['identity'];
            }
            $counts += $families;
            $last = (string) $to;
        } while ($to !== null);
        $shared = $this->shared($known);
        $stands = !$moved && PrintTable::shared($connection) === $shared;
        $look = $stands ? array_diff_key($counts, $this->same) : $counts;
        $rows = array_sum($counts) - array_sum($look);
        $this->read([], []);

        return ['look' => $look, 'rows' => $rows, 'shared' => $stands ? null : $shared];
    }

    /**
     * The next families in order of their keys.
     *
     * @return array<string, int> Their rows by key.
     */
    private function next(string $after): array
    {
        global $wpdb;
        $sql = 'SELECT family_key, COUNT(*) AS n FROM %i WHERE connection_id = %d AND family_key > %s GROUP BY family_key ORDER BY family_key LIMIT %d';
        $rows = $wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), $this->context->connectionId(), $after, self::FAMILIES));

        return array_map('intval', array_column($rows, 'n', 'family_key'));
    }

    /** Stores what {@see due} called shared. */
    public static function keepShared(int $connection, string $shared): void
    {
        PrintTable::put($connection, ['' => ['print' => $shared, 'identity' => '', 'products' => '']]);
    }

    /**
     * @param int[] $products
     *
     * @return array{print: string, identity: string, products: string}
     */
    private function make(string $key, array $products, string $digest): array
    {
        $print = $this->families->sharedPrint() . $digest;
        $goods = explode("\n", rtrim($this->members[$key] ?? '', "\n"));
        foreach ($goods as $good) {
            $print .= ($this->goods[$good] ?? '') . ($this->extras[$good] ?? '');
            foreach (isset($this->materials[$good]) ? explode("\n", $this->materials[$good]) : [] as $material) {
                $print .= $material . ($this->goods[$material] ?? '');
                $goods[] = $material;
            }
        }
        $identity = '';
        foreach ($products as $id) {
            $print .= $id . ($this->products[$id] ?? '') . ($this->links[$id] ?? '');
            $identity .= $id . ($this->identities[$id] ?? '');
        }
        $pending = $this->families->pendingOf($goods);

        return ['print' => md5($print . json_encode($pending)), 'identity' => md5($identity), 'products' => implode(',', $products)];
    }

    /**
     * What every family may depend on: products that none of them knows, and goods with one SKU.
     *
     * @param array<int, true> $known
     */
    private function shared(array $known): string
    {
        global $wpdb;
        $hash = hash_init('md5');
        $last = 0;
        do {
            $ids = array_map('intval', $wpdb->get_col("SELECT ID FROM {$wpdb->posts} WHERE post_type IN ('product', 'product_variation') AND ID > $last ORDER BY ID LIMIT " . self::CHUNK));
            $last = (int) end($ids);
            $unknown = array_values(array_filter($ids, static function (int $id) use ($known): bool {
                return !isset($known[$id]);
            }));
            if ($unknown !== []) {
                $this->products = $this->identities = [];
                $this->readProducts($unknown);
                foreach ($this->identities as $id => $identity) {
                    hash_update($hash, $id . $identity);
                }
            }
        } while (count($ids) === self::CHUNK);
        $table = Schema::table('good');
        $connection = $this->context->connectionId();
        $twins = $wpdb->get_col($wpdb->prepare(
            "SELECT MD5(CONCAT_WS('|', g.remote_id, g.family_key, g.sku_key, g.digest)) FROM %i g
            JOIN (SELECT sku_key FROM %i WHERE connection_id = %d AND sku_key <> '' GROUP BY sku_key HAVING COUNT(*) > 1) twice ON twice.sku_key = g.sku_key
            WHERE g.connection_id = %d ORDER BY g.remote_id",
            $table,
            $table,
            $connection,
            $connection
        ));
        hash_update($hash, '|' . implode('', $twins));

        return hash_final($hash);
    }

    /**
     * @return int[] The products a family's input was made of, gone ones with a link included.
     */
    private static function productsOf(Gathered $family): array
    {
        $ids = array_merge(array_column($family->input['shop'], 'id'), array_column($family->input['links'], 'shop_id'));
        $ids = array_values(array_unique(array_map('intval', $ids)));
        sort($ids);

        return $ids;
    }

    /** @param bool $members Whether they are their families' own goods, or others those are made of. */
    private function readGoods(string $and, bool $members): void
    {
        global $wpdb;
        $last = '';
        do {
            $rows = $wpdb->get_results($wpdb->prepare(
                "SELECT remote_id, family_key, MD5(CONCAT_WS('|', remote_id, digest, `row`, sku_key, description_hash, COALESCE(stocks, '-'))) AS hash,
                IF(`row` LIKE %s, `row`, NULL) AS made FROM %i WHERE connection_id = %d AND remote_id > %s",
                '%"materials":[{%',
                Schema::table('good'),
                $this->context->connectionId(),
                $last
            ) . $and . ' ORDER BY remote_id LIMIT ' . self::CHUNK);
            foreach ($rows as $row) {
                $last = (string) $row->remote_id;
                $this->goods[$last] = $row->hash;
                if (!$members) {
                    continue;
                }
                $this->members[(string) $row->family_key] = ($this->members[(string) $row->family_key] ?? '') . $last . "\n";
                if ($row->made !== null) {
                    $this->materials[$last] = implode("\n", array_column(json_decode($row->made, true)['materials'] ?? [], 'id'));
                }
            }
        } while (count($rows) === self::CHUNK);
    }

    private function readExtras(string $and): void
    {
        global $wpdb;
        $connection = $this->context->connectionId();
        $books = $this->families->books();
        if ($books !== []) {
            $sql = $wpdb->prepare("SELECT remote_id, MD5(CONCAT_WS('|', scope, `row`)) AS hash FROM %i WHERE connection_id = %d AND list = 'prices' AND scope IN (" . Query::places(count($books)) . ')', Schema::table('list_row'), $connection, ...$books);
            $this->extra($sql . $and . ' ORDER BY scope, remote_id');
        }
        $this->extra($wpdb->prepare("SELECT remote_id, MD5(CONCAT_WS('|', field, pos_value)) AS hash FROM %i WHERE connection_id = %d", Schema::table('hold'), $connection) . $and . ' ORDER BY remote_id, field');
    }

    private function extra(string $sql): void
    {
        global $wpdb;
        // phpcs:ignore WordPress.DB.PreparedSQL -- prepared above.
        foreach ($wpdb->get_results($sql) as $row) {
            $this->extras[(string) $row->remote_id] = ($this->extras[(string) $row->remote_id] ?? '') . $row->hash;
        }
    }

    /**
     * @param string[] $goods
     * @param int[]    $products
     */
    private function readLinks(array $goods, array $products): void
    {
        global $wpdb;
        $found = [];
        foreach ([[$goods, " AND kind IN ('good', 'family')", 'remote_id', '%s'], [$products, '', 'shop_id', '%d']] as [$values, $more, $column, $place]) {
            foreach (array_chunk($values, self::CHUNK) as $part) {
                $sql = $wpdb->prepare(
                    "SELECT id, kind, remote_id, shop_id, MD5(CONCAT_WS('|', kind, remote_id, shop_id, family, state, fields)) AS hash FROM %i WHERE connection_id = %d",
                    Schema::table('link'),
                    $this->context->connectionId()
                );
                // phpcs:ignore WordPress.DB.PreparedSQL -- prepared above.
                $found += array_column($wpdb->get_results($sql . $more . self::in($column, $part, $place)), null, 'id');
            }
        }
        ksort($found);
        foreach ($found as $row) {
            $this->links[(int) $row->shop_id] = ($this->links[(int) $row->shop_id] ?? '') . $row->hash;
            if ($row->kind === 'good') {
                $this->extras[(string) $row->remote_id] = ($this->extras[(string) $row->remote_id] ?? '') . 'link' . $row->hash;
            }
        }
    }

    /** @param int[] $ids At least one. */
    private function readProducts(array $ids): void
    {
        global $wpdb;
        $these = static function (string $column) use ($ids): string {
            return substr(self::in($column, $ids, '%d'), 5);
        };
        $posts = $wpdb->get_results("SELECT ID, MD5(CONCAT_WS('|', post_type, post_parent, post_status, post_content_filtered)) AS identity,
            MD5(CONCAT_WS('|', post_title, MD5(post_content))) AS texts FROM {$wpdb->posts}
            WHERE post_type IN ('product', 'product_variation') AND " . $these('ID') . ' ORDER BY ID');
        foreach ($posts as $post) {
            $this->products[(int) $post->ID] = $post->identity . $post->texts;
            $this->identities[(int) $post->ID] = $post->identity;
        }
        $this->add("SELECT product_id AS id, MD5(sku) AS hash FROM {$wpdb->prefix}wc_product_meta_lookup WHERE " . $these('product_id'), true);
        $this->add("SELECT post_id AS id, MD5(meta_value) AS hash FROM {$wpdb->postmeta} WHERE " . $these('post_id') . " AND meta_key = '_sku' ORDER BY post_id, meta_id", true);
        $this->add('SELECT post_id AS id, ' . self::sum("CONCAT_WS('|', meta_id, meta_key, COALESCE(meta_value, '-'))") . " AS hash FROM {$wpdb->postmeta}
            WHERE " . $these('post_id') . ' AND (' . self::either('meta_key', Reader::META, 'attribute\_%') . ') GROUP BY post_id', false);
        $this->add('SELECT r.object_id AS id, ' . self::sum("CONCAT_WS('|', x.taxonomy, t.term_id, t.slug, t.name, COALESCE(a.attribute_label, ''))") . " AS hash
            FROM {$wpdb->term_relationships} r JOIN {$wpdb->term_taxonomy} x ON x.term_taxonomy_id = r.term_taxonomy_id JOIN {$wpdb->terms} t ON t.term_id = x.term_id
            LEFT JOIN {$wpdb->prefix}woocommerce_attribute_taxonomies a ON x.taxonomy LIKE 'pa\\_%' AND a.attribute_name = SUBSTRING(x.taxonomy, 4)
            WHERE " . $these('r.object_id') . ' AND (' . self::either('x.taxonomy', Reader::TAXONOMIES, 'pa\_%') . ') GROUP BY r.object_id', false);
        foreach ($posts as $post) {
            $this->products[(int) $post->ID] = md5($this->products[(int) $post->ID], true);
            $this->identities[(int) $post->ID] = md5($this->identities[(int) $post->ID], true);
        }
        $wpdb->flush();
    }

    private function add(string $sql, bool $identity): void
    {
        global $wpdb;
        // phpcs:ignore WordPress.DB.PreparedSQL -- constants and numbers only.
        foreach ($wpdb->get_results($sql) as $row) {
            $id = (int) $row->id;
            if (isset($this->products[$id])) {
                $this->products[$id] .= $row->hash;
                if ($identity) {
                    $this->identities[$id] .= $row->hash;
                }
            }
        }
    }

    /** @param string[] $values */
    private static function either(string $column, array $values, string $like): string
    {
        global $wpdb;

        // Byte by byte: by the column's collation, finding the keys took three times as long as hashing the values.
        return $wpdb->prepare("CAST($column AS BINARY) IN (" . Query::places(count($values)) . ") OR CAST($column AS BINARY) LIKE %s", ...array_merge($values, [$like]));
    }

    /** Rows hashed one by one and taken together, in whatever order they come. */
    private static function sum(string $text): string
    {
        return "CONCAT(COUNT(*), ':', BIT_XOR(CAST(CONV(LEFT(MD5($text), 16), 16, 10) AS UNSIGNED)))";
    }

    /** @param array<int, int|string> $values */
    private static function in(string $column, array $values, string $place): string
    {
        global $wpdb;

        return $wpdb->prepare(" AND $column IN (" . Query::places(count($values), $place) . ')', ...$values);
    }
}
