<?php

declare(strict_types=1);

namespace Dongbo\Privacy;

/** What a shop may say of Dongbo in its privacy policy (product.md I5): a suggestion, on WordPress's own page. */
final class Policy
{
    public static function suggest(): void
    {
        if (!function_exists('wp_add_privacy_policy_content')) {
            return;
        }
        $lines = [
            __('We keep our website and our point-of-sale system (KiotViet) in step with the plugin Dongbo.', 'dongbo'),
            __('When you order, we send the point-of-sale system what is needed to prepare and deliver the order: your name, phone number, e-mail address, delivery address, your note, and what you have ordered and paid.', 'dongbo'),
            __('If you have an account, we may keep your name, phone number and address the same on both sides.', 'dongbo'),
            __('What was sent is kept with the order so that it is never sent twice. Messages from the point-of-sale system are deleted after seven days, and the record of changes after 180 days unless we have chosen another time.', 'dongbo'),
        ];
        wp_add_privacy_policy_content('Dongbo', wp_kses_post('<p>' . implode('</p><p>', $lines) . '</p>'));
    }
}
