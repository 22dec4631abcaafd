<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Shop\Origins;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/** What the end of a connection may touch: products and categories, and whether Dongbo made them (src/linking/closing.rs). */
final class ClosingFacts
{
    private int $connection;

    /** @var array<string, mixed>|null */
    private ?array $read = null;

    public function __construct(int $connection)
    {
        $this->connection = $connection;
    }

    /** @return array{products: array<int, array<string, mixed>>, categories: array<int, array<string, mixed>>} */
    public function read(): array
    {
        return $this->read = $this->read ?? ['products' => $this->products(), 'categories' => $this->categories()];
    }

    /** Something was moved: read again. */
    public function forget(): void
    {
        $this->read = null;
    }

    /** @return array<int, array<string, mixed>> ClosingProduct records. */
    private function products(): array
    {
        global $wpdb;
        $sql = "SELECT p.ID, p.post_type, p.post_parent, p.post_status, l.created_here AS made, l.kind FROM %i l JOIN {$wpdb->posts} p ON p.ID = l.shop_id WHERE l.connection_id = %d";
        $rows = $wpdb->get_results($wpdb->prepare($sql, Schema::table('link'), $this->connection));
        // Variations under linked products that no good stands behind: somebody's own, unless the mark of their first INSERT says otherwise.
        $mark = $wpdb->esc_like(rtrim((new Origins($this->connection))->mark('', ''), ':')) . ':%';
        $sql = "SELECT v.ID, v.post_type, v.post_parent, v.post_status, v.post_content_filtered LIKE %s AS made, 'good' AS kind FROM {$wpdb->posts} v
            JOIN %i l ON l.connection_id = %d AND l.shop_id = v.post_parent
            LEFT JOIN %i own ON own.connection_id = l.connection_id AND own.shop_id = v.ID
            WHERE v.post_type = 'product_variation' AND own.id IS NULL";
        $rows = array_merge($rows, $wpdb->get_results($wpdb->prepare($sql, $mark, Schema::table('link'), $this->connection, Schema::table('link'))));
        $products = [];
        foreach ($rows as $row) {
            $variation = $row->post_type === 'product_variation';
            $products[] = [
                'id' => (int) $row->ID,
                'kind' => $variation ? 'variation' : ($row->kind === 'family' ? 'variable' : 'simple'),
                'parent' => $variation ? (int) $row->post_parent : 0,
                'status' => (string) $row->post_status,
                'made' => (bool) $row->made,
            ];
        }

        return $products;
    }

    /** @return array<int, array<string, mixed>> ClosingCategory records. */
    private function categories(): array
    {
        global $wpdb;
        $made = array_map('intval', $wpdb->get_col($wpdb->prepare('SELECT term_id FROM %i WHERE connection_id = %d AND created_here = 1 AND term_gone = 0', Schema::table('category_link'), $this->connection)));
        if ($made === []) {
            return [];
        }
        $places = Query::places(count($made), '%d');
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        $terms = $wpdb->get_results($wpdb->prepare("SELECT term_id, term_taxonomy_id, parent FROM {$wpdb->term_taxonomy} WHERE taxonomy = 'product_cat' AND (term_id IN ($places) OR parent IN ($places))", ...array_merge($made, $made)));
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        $held = $wpdb->get_results($wpdb->prepare("SELECT t.term_id, r.object_id FROM {$wpdb->term_taxonomy} t JOIN {$wpdb->term_relationships} r ON r.term_taxonomy_id = t.term_taxonomy_id
            JOIN {$wpdb->posts} p ON p.ID = r.object_id WHERE t.taxonomy = 'product_cat' AND t.term_id IN ($places) AND p.post_type = 'product' AND p.post_status NOT IN ('trash', 'auto-draft')", ...$made));
        $products = [];
        foreach ($held as $row) {
            $products[(int) $row->term_id][] = (int) $row->object_id;
        }
        $own = array_flip($made);
        $categories = [];
        foreach ($terms as $term) {
            $id = (int) $term->term_id;
            $categories[] = ['term_id' => $id, 'parent' => (int) $term->parent, 'made' => isset($own[$id]), 'products' => $products[$id] ?? []];
        }

        return $categories;
    }
}
