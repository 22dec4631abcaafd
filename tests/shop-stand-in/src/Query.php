<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** wc_get_products() for the arguments the tests and Dongbo use. */
final class Query
{
    /**
     * @param array<string, mixed> $args
     *
     * @return mixed[]
     */
    public static function run(array $args): array
    {
        $args += ['limit' => (int) get_option('posts_per_page'), 'page' => 1, 'orderby' => 'date', 'order' => 'DESC', 'return' => 'objects', 'type' => ['external', 'grouped', 'simple', 'variable']];
        $types = (array) $args['type'];
        $onlyVariations = $types === ['variation'];
        $query = [
            'post_type' => $onlyVariations ? 'product_variation' : (in_array('variation', $types, true) ? ['product_variation', 'product'] : 'product'),
            'post_status' => $args['status'] ?? ['draft', 'pending', 'private', 'publish'],
            'posts_per_page' => (int) $args['limit'],
            'paged' => (int) $args['page'],
            'orderby' => $args['orderby'],
            'order' => $args['order'],
            'fields' => 'ids',
            'meta_query' => [],
            'tax_query' => [],
        ];
        if (isset($args['include'])) {
            $query['post__in'] = (array) $args['include'];
        }
        if (isset($args['parent'])) {
            $query['post_parent'] = (int) $args['parent'];
        }
        if (isset($args['sku'])) {
            $query['meta_query'][] = ['key' => '_sku', 'value' => $args['sku'], 'compare' => 'LIKE'];
        }
        if (!$onlyVariations) {
            $byType = ['taxonomy' => 'product_type', 'field' => 'slug', 'terms' => $types];
            $query['tax_query'][] = in_array('variation', $types, true)
                ? ['relation' => 'OR', $byType, ['taxonomy' => 'product_type', 'field' => 'id', 'operator' => 'NOT EXISTS']]
                : $byType;
        }
        $ids = (new \WP_Query($query))->posts;

        return $args['return'] === 'ids' ? $ids : array_filter(array_map('wc_get_product', $ids));
    }
}
