<?php

declare(strict_types=1);

namespace Dongbo\Push;

use Dongbo\Lanes\TransactionLost;
use Dongbo\Lanes\Log;
use Dongbo\Lanes\Wake;
use Dongbo\Shop\Categories;
use Dongbo\Shop\Saving;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\PushQueue;
use Dongbo\Tables\Schema;

/**
 * Notes that a person made or edited a product or a category (product.md B5, G1, G2). Blind, once at the request's end:
 * whether anything of it goes to the POS is asked later, in the background. Dongbo's own writes are no
 * news, and what a shopper's request changes (stock) never goes to the POS (D6).
 */
final class Recorder
{
    /** People save in steps; a product is looked at when it has rested for a while. */
    private const AFTER_MS = 15000;

    /** @var array<int, true> */
    private static array $seen = [];

    /** @param mixed $id A product or variation. */
    public static function changed($id): void
    {
        if (Saving::busy() || !self::byPeople()) {
            return;
        }
        self::note((int) $id);
    }

    /** A product category was made, edited or deleted (G2). */
    public static function categories(): void
    {
        if (!Categories::busy() && self::byPeople()) {
            self::note(PushQueue::CATEGORIES);
        }
    }

    private static function note(int $id): void
    {
        if (self::$seen === []) {
            add_action('shutdown', [self::class, 'rest'], 90);
        }
        self::$seen[$id] = true;
    }

    /** The request ends. */
    public static function rest(): void
    {
        $ids = array_keys(self::$seen);
        self::$seen = [];
        $connection = $ids === [] || !Schema::ready() ? null : Connections::current();
        if ($connection === null) {
            return;
        }
        $now = Clock::now();
        try {
            $tree = array_intersect($ids, [PushQueue::CATEGORIES]);
            PushQueue::record($connection['id'], array_merge(self::products($ids), $tree), false, $now, $now + self::AFTER_MS);
            Wake::forOrder($now + self::AFTER_MS);
        } catch (TransactionLost $lost) {
            Log::error('edited products could not be recorded; the next full sync finds them: ' . $lost->getMessage());
        }
    }

    private static function byPeople(): bool
    {
        return wp_doing_cron() || (defined('WP_CLI') && constant('WP_CLI')) || current_user_can('edit_products');
    }

    /**
     * @param int[] $ids Products and variations.
     * @return int[] Products.
     */
    private static function products(array $ids): array
    {
        $products = [];
        foreach ($ids as $id) {
            $parent = get_post_type($id) === 'product_variation' ? (int) wp_get_post_parent_id($id) : $id;
            $products[$parent] = $parent;
        }

        return array_values(array_filter($products));
    }
}
