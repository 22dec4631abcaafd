<?php

declare(strict_types=1);

namespace Dongbo\Orders;

use Dongbo\Shop\OrderRecord;
use Dongbo\Shop\Orders;
use Dongbo\Sync\Mirror;
use Dongbo\Tables\CustomerLinks;
use Dongbo\Tables\Customers;
use Dongbo\Tables\Links;
use Dongbo\Tables\OrderLinks;
use Dongbo\Tables\Rows;

/** What the rules need to know of one order: an OrderContext record (src/orders/protocol.rs). */
final class Gather
{
    private int $connection;
    private string $site;
    private Mirror $mirror;

    /** @var array<string, array<int, array<string, mixed>>> Small lists of the POS. */
    private array $lists = [];

    public function __construct(int $connection, string $site)
    {
        $this->connection = $connection;
        $this->site = $site;
        $this->mirror = new Mirror($connection);
    }

    /**
     * @param array<string, mixed>|null $record The order, when it was read already.
     * @return array<string, mixed>
     */
    public function context(\WC_Order $order, ?array $record = null): array
    {
        $record = $record ?? OrderRecord::of($order);
        $links = array_column(Links::toProducts($this->connection, Orders::products($order)), 'link');
        $settings = $this->list('settings')[0] ?? null;
        $customer = CustomerLinks::ofUser($this->connection, (int) $record['user_id']);
        $link = OrderLinks::of($this->connection, [$order->get_id()])[$order->get_id()] ?? null;

        return array_filter([
            'site' => $this->site,
            'order' => $record,
            'links' => $links,
            'goods' => array_values($this->mirror->goodsById(array_column($links, 'remote_id'))),
            'branches' => $this->list('branches'),
            'surcharges' => $this->list('surcharges'),
            'pos_settings' => $settings,
            'customer' => $customer === null ? null : ['user_id' => (int) $record['user_id'], 'remote_id' => $customer],
            'link' => $link,
        ], static function ($value): bool {
            return $value !== null;
        });
    }

    /** The list was written. */
    public function forget(string $list): void
    {
        unset($this->lists[$list]);
    }

    /**
     * Goods of the mirror by what SKUs are compared by.
     *
     * @param string[] $keys
     * @return array<int, array<string, mixed>> Good records.
     */
    public function goodsBySku(array $keys): array
    {
        $ids = [];
        foreach ($this->mirror->bySkuKey($keys) as $rows) {
            array_push($ids, ...array_column($rows, 'remote_id'));
        }

        return array_values($this->mirror->goodsById($ids));
    }

    /**
     * Customers of the mirror by phone or e-mail.
     *
     * @param string[] $keys
     * @return array<int, array<string, mixed>> PosCustomer records; none while customers are not mirrored.
     */
    public function customers(array $keys): array
    {
        return array_values(Customers::byKeys($this->connection, $keys));
    }

    /** @return array<int, array<string, mixed>> */
    private function list(string $list): array
    {
        return $this->lists[$list] = $this->lists[$list] ?? Rows::all($this->connection, $list);
    }
}
