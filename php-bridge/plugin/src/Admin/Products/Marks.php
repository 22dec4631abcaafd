<?php

declare(strict_types=1);

namespace Dongbo\Admin\Products;

/** The states of products in words, and as WooCommerce shows states. */
final class Marks
{
    /** WooCommerce's own colours of states; the word always stands beside them. */
    private const COLOURS = ['linked' => 'processing', 'paused' => 'on-hold', 'excluded' => 'pending', 'failed' => 'failed', 'site-only' => 'pending'];

    /** @return array<string, string> */
    public static function names(): array
    {
        return [
            'linked' => __('In step', 'dongbo'),
            'failed' => __('Needs a decision', 'dongbo'),
            'paused' => __('Paused', 'dongbo'),
            'excluded' => __('Left out', 'dongbo'),
            'site-only' => __('Only on the website', 'dongbo'),
        ];
    }

    public static function of(string $state): string
    {
        return sprintf('<mark class="order-status status-%s"><span>%s</span></mark>', esc_attr(self::COLOURS[$state] ?? 'pending'), esc_html(self::names()[$state] ?? $state));
    }
}
