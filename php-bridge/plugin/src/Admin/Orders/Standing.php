<?php

declare(strict_types=1);

namespace Dongbo\Admin\Orders;

use Dongbo\Report\OrderList;

/** Where orders stand on their way into the POS, for a whole page of them with one statement. */
final class Standing
{
    /** WooCommerce's own colours of states; the word always stands beside them. */
    private const COLOURS = ['waiting' => 'on-hold', 'sent' => 'processing', 'failed' => 'failed', 'review' => 'failed', 'ignored' => 'pending', 'left' => 'pending'];

    private int $connection;

    /** @var array<int, array<string, mixed>|null> */
    private array $known = [];

    public function __construct(int $connection)
    {
        $this->connection = $connection;
    }

    /** @param int[] $orders */
    public function learn(array $orders): void
    {
        $this->known = OrderList::standing($this->connection, $orders) + array_fill_keys($orders, null) + $this->known;
    }

    /** @return array{state: string, pos_code: string, cause: array<string, mixed>|null}|null Null: nothing is known of it. */
    public function of(int $order): ?array
    {
        if (!array_key_exists($order, $this->known)) {
            $this->learn([$order]);
        }

        return $this->known[$order];
    }

    /** @return array<string, string> What each state is called. */
    public static function names(): array
    {
        return [
            'waiting' => __('Waiting', 'dongbo'),
            'sent' => __('Sent', 'dongbo'),
            'failed' => __('Failed', 'dongbo'),
            'review' => __('Needs a decision', 'dongbo'),
            'ignored' => __('Ignored', 'dongbo'),
            'left' => __('Not to be sent', 'dongbo'),
        ];
    }

    /** A state as WooCommerce shows its own. */
    public static function mark(string $state): string
    {
        $name = self::names()[$state] ?? $state;

        return sprintf('<mark class="order-status status-%s"><span>%s</span></mark>', esc_attr(self::COLOURS[$state] ?? 'pending'), esc_html($name));
    }

    /** @return array<string, string> */
    public static function colours(): array
    {
        return self::COLOURS;
    }
}
