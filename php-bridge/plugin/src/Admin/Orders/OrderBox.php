<?php

declare(strict_types=1);

namespace Dongbo\Admin\Orders;

use Dongbo\Tables\OrderLinks;

/**
 * The box “KiotViet” on an order's own page (product.md H8): state, code, cause, what was sent, and the
 * buttons. These go through REST (js/admin/order-box.mjs), which asks for nonce and permission.
 */
final class OrderBox
{
    private const HANDLE = 'dongbo-order-box';

    /** @var array<string, mixed> */
    private array $connection;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection)
    {
        $this->connection = $connection;
    }

    /** @param string $page The screen's id. */
    public function hooks(string $page): void
    {
        add_action("add_meta_boxes_$page", [$this, 'add']);
    }

    /** @param mixed $shown The order, or its post. */
    public function add($shown): void
    {
        $id = $shown instanceof \WC_Order ? $shown->get_id() : (int) ($shown->ID ?? 0);
        if ($id <= 0) {
            return;
        }
        add_meta_box('dongbo-order', 'KiotViet', function () use ($id): void {
            $this->box($id);
        }, null, 'side', 'default');
        $stamp = dirname(DONGBO_FILE) . '/assets/stamp.php';
        if (is_file($stamp)) {
            wp_enqueue_script(self::HANDLE, plugins_url('assets/order-box.js', DONGBO_FILE), ['wp-api-fetch', 'wp-i18n'], (require $stamp)['version'], true);
            wp_set_script_translations(self::HANDLE, 'dongbo', dirname(DONGBO_FILE) . '/languages');
        }
    }

    private function box(int $id): void
    {
        $standing = (new Standing($this->connection['id']))->of($id);
        $state = $standing['state'] ?? '';
        $looks = wp_json_encode(['names' => Standing::names(), 'colours' => Standing::colours()]);
        echo '<div class="dongbo-order-box" data-order="' . esc_attr((string) $id) . '" data-state="' . esc_attr($state) . '" data-looks="' . esc_attr((string) $looks) . '">';
        echo '<p><span data-part="state">' . ($state === '' ? esc_html__('Not sent so far', 'dongbo') : wp_kses_post(Standing::mark($state))) . '</span> ';
        echo '<strong data-part="code">' . esc_html($standing['pos_code'] ?? '') . '</strong></p>';
        $cause = $standing['cause'] ?? null;
        echo '<p data-part="cause">' . ($cause === null ? '' : esc_html(trim($cause['sentence'] . ' ' . $cause['remedy']))) . '</p>';
        echo '<p role="status" data-part="said"></p>';
        echo '<p>';
        foreach (['send' => __('Send now', 'dongbo'), 'retry' => __('Try again', 'dongbo'), 'ignore' => __('Ignore', 'dongbo')] as $action => $name) {
            echo '<button type="button" class="button" data-action="' . esc_attr($action) . '" style="display: none">' . esc_html($name) . '</button> ';
        }
        echo '</p>';
        $this->sent($id);
        echo '</div>';
    }

    private function sent(int $id): void
    {
        $sent = json_decode(OrderLinks::of($this->connection['id'], [$id])[$id]['sent'] ?? '', true);
        if (!is_array($sent)) {
            return;
        }
        echo '<details><summary>' . esc_html__('What was sent', 'dongbo') . '</summary><ul>';
        foreach ($sent['orderDetails'] ?? [] as $line) {
            echo '<li>' . esc_html(self::number($line['quantity'] ?? 0) . ' × ' . ($line['productCode'] ?? '') . ' ' . ($line['productName'] ?? '') . ': ' . self::number($line['price'] ?? 0)) . '</li>';
        }
        foreach ($sent['surchages'] ?? [] as $charge) {
            echo '<li>' . esc_html(($charge['code'] ?? '') . ': ' . self::number($charge['price'] ?? 0)) . '</li>';
        }
        if (!empty($sent['discount'])) {
            /* translators: %s: an amount. */
            echo '<li>' . esc_html(sprintf(__('Discount: %s', 'dongbo'), self::number($sent['discount']))) . '</li>';
        }
        if (!empty($sent['totalPayment'])) {
            /* translators: %s: an amount. */
            echo '<li>' . esc_html(sprintf(__('Paid: %s', 'dongbo'), self::number($sent['totalPayment']))) . '</li>';
        }
        echo '</ul><p>' . nl2br(esc_html((string) ($sent['description'] ?? ''))) . '</p></details>';
    }

    /** @param mixed $number */
    private static function number($number): string
    {
        $value = (float) $number;

        return number_format_i18n($value, floor($value) === $value ? 0 : 3);
    }
}
