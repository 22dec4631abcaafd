<?php

declare(strict_types=1);

namespace Dongbo\Orders;

use Dongbo\Shop\Orders;
use Dongbo\Texts;

/** What the order's own page says of its way into the POS: notes of the shop, never seen by the shopper. */
final class Notes
{
    /**
     * @param array<string, mixed> $done An Ended record.
     * @param string               $code The POS order's code, where this turn brought one.
     */
    public static function ended(\WC_Order $order, string $intent, array $done, string $code): void
    {
        $text = self::text($intent, $done, $code);
        if ($text !== '') {
            Orders::note($order, $text);
        }
    }

    /** @param array<string, mixed> $done */
    private static function text(string $intent, array $done, string $code): string
    {
        if ($done['outcome'] === 'review') {
            /* translators: %s: why, a whole sentence. */
            return sprintf(__('KiotViet, needs review: %s', 'dongbo'), Texts::both((string) $done['code'], $done['params'] ?? []));
        }
        if ($done['outcome'] !== 'sent') {
            return '';
        }
        if ($intent === 'cancel') {
            return __('Cancelled in KiotViet.', 'dongbo');
        }
        if ($intent === 'create' && $code !== '') {
            /* translators: %s: the code KiotViet gave the order, like DH000123. */
            return sprintf(__('Sent to KiotViet as %s.', 'dongbo'), $code);
        }

        return '';
    }
}
