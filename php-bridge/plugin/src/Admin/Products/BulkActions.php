<?php

declare(strict_types=1);

namespace Dongbo\Admin\Products;

use Dongbo\Control\ManyGoods;
use Dongbo\Lanes\FenceLost;
use Dongbo\Lanes\Guard;
use Dongbo\Report\ProductStates;
use Dongbo\Texts;

/** Work on many from WooCommerce's list of products. WordPress has checked the nonce before it hands over. */
final class BulkActions
{
    private const PREFIX = 'dongbo-';
    private const TOLD = 'dongbo_told';
    private const DONE = 'dongbo_done';
    private const LEFT = 'dongbo_left';

    /** @var array<string, mixed> */
    private array $connection;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection)
    {
        $this->connection = $connection;
    }

    public function hooks(): void
    {
        add_filter('bulk_actions-' . ProductScreens::LIST, [$this, 'add'], 20);
        add_filter('handle_bulk_actions-' . ProductScreens::LIST, [$this, 'act'], 10, 3);
        add_filter('removable_query_args', [$this, 'passing']);
        add_action('admin_notices', [$this, 'told']);
    }

    /**
     * @param mixed $actions
     * @return array<string, mixed>
     */
    public function add($actions): array
    {
        $own = [];
        foreach (self::names() as $action => $name) {
            $own[self::PREFIX . $action] = $name;
        }

        return (array) $actions + ['KiotViet' => $own];
    }

    /** @return array<string, string> */
    private static function names(): array
    {
        return [
            'sync' => __('Sync now', 'dongbo'),
            'pause' => __('Pause', 'dongbo'),
            'resume' => __('Go on', 'dongbo'),
            'exclude' => __('Leave out', 'dongbo'),
            'include' => __('Take in again', 'dongbo'),
        ];
    }

    /**
     * @param mixed $back    Where the browser goes.
     * @param mixed $action
     * @param mixed $products
     * @return mixed
     */
    public function act($back, $action, $products)
    {
        $wanted = is_string($action) && strpos($action, self::PREFIX) === 0 ? substr($action, strlen(self::PREFIX)) : '';
        if (!isset(self::names()[$wanted])) {
            return $back;
        }
        $why = Guard::refusal($this->connection);
        if ($why !== null) {
            return add_query_arg([self::TOLD => $why], (string) $back);
        }
        $products = array_map('intval', (array) $products);
        $goods = ProductStates::goods($this->connection['id'], $products);
        try {
            $done = $goods === [] ? ['done' => 0, 'refused' => []] : ManyGoods::act($this->connection, $wanted, $goods);
        } catch (FenceLost $lost) {
            return add_query_arg([self::TOLD => 'run-busy'], (string) $back);
        }
        $unlinked = count($products) - count(ProductStates::of($this->connection['id'], $products));

        return add_query_arg([self::DONE => $done['done'], self::LEFT => count($done['refused']) + $unlinked], (string) $back);
    }

    /**
     * @param mixed $names
     * @return array<int, string>
     */
    public function passing($names): array
    {
        return array_merge((array) $names, [self::TOLD, self::DONE, self::LEFT]);
    }

    public function told(): void
    {
        // phpcs:disable WordPress.Security.NonceVerification -- only tells what was done.
        $code = isset($_GET[self::TOLD]) ? sanitize_key(wp_unslash($_GET[self::TOLD])) : '';
        $done = isset($_GET[self::DONE]) ? absint($_GET[self::DONE]) : null;
        $left = isset($_GET[self::LEFT]) ? absint($_GET[self::LEFT]) : 0;
        // phpcs:enable
        if ($code !== '') {
            self::notice('error', Texts::both($code));
        } elseif ($done !== null) {
            /* translators: %d: how many goods. */
            $words = sprintf(_n('KiotViet: done for %d good.', 'KiotViet: done for %d goods.', $done, 'dongbo'), $done);
            if ($left > 0) {
                /* translators: %d: how many products. */
                $words .= ' ' . sprintf(_n('%d product was left as it is, because it is not linked.', '%d products were left as they are, because they are not linked.', $left, 'dongbo'), $left);
            }
            self::notice($left > 0 ? 'warning' : 'success', $words);
        }
    }

    private static function notice(string $kind, string $words): void
    {
        printf('<div class="notice notice-%s is-dismissible"><p>%s</p></div>', esc_attr($kind), esc_html($words));
    }
}
