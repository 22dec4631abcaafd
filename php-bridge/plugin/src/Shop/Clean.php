<?php

declare(strict_types=1);

namespace Dongbo\Shop;

use Dongbo\Tables\Packet;

/**
 * What WordPress would do to a text, done once, before the mirror (design.md §1, product.md B13).
 *
 * WordPress cleans differently for a visitor, a cron job and an administrator; texts cleaned by
 * whoever runs would differ for ever. So rows are cleaned on entry by the rules for no particular
 * user, and written with the user's filters off ({@see Saving}). Names become plain text: what
 * people read, entities decoded; {@see stored} is how WordPress keeps it. Every function here
 * gives its own result back when applied twice.
 */
final class Clean
{
    /** Characters a term or attribute can hold (`terms.name`, `attribute_label`). */
    public const TERM_LENGTH = 200;

    private function __construct()
    {
    }

    /**
     * Cleans a good as a reader gave it.
     *
     * @param array<string, mixed> $row A Good record with `description`.
     *
     * @return array<string, mixed> The record with cleaned texts and `description_hash`.
     */
    public static function good(array $row): array
    {
        foreach (['name', 'full_name', 'unit'] as $field) {
            if (isset($row[$field])) {
                $row[$field] = self::name((string) $row[$field]);
            }
        }
        foreach ($row['attributes'] ?? [] as $place => $attribute) {
            $row['attributes'][$place] = [
                'name' => self::term((string) ($attribute['name'] ?? '')),
                'value' => self::term((string) ($attribute['value'] ?? '')),
            ];
        }
        $description = self::description((string) ($row['description'] ?? ''));
        $row['description'] = Packet::holds($description) ? $description : '';
        $row['description_hash'] = md5($row['description']);

        return $row;
    }

    /**
     * What cleaning changed for a reader's eye, each by name (Q4).
     *
     * @param array<string, mixed> $before The record as the reader gave it.
     * @param array<string, mixed> $after  What {@see good} made of it.
     *
     * @return array<int, array<string, mixed>> Issue records.
     */
    public static function losses(array $before, array $after): array
    {
        $lost = [];
        foreach (['name', 'full_name', 'unit'] as $field) {
            $old = self::squeeze(Texts::plain((string) ($before[$field] ?? '')));
            if ($old !== self::squeeze((string) ($after[$field] ?? ''))) {
                $lost[] = ['name-cleaned', [['name' => 'before', 'value' => $old], ['name' => 'after', 'value' => (string) $after[$field]]]];
                break;
            }
        }
        foreach ($before['attributes'] ?? [] as $place => $attribute) {
            foreach (['name', 'value'] as $field) {
                $old = self::squeeze(Texts::plain((string) ($attribute[$field] ?? '')));
                $new = (string) $after['attributes'][$place][$field];
                if ($old !== $new) {
                    $lost[] = ['name-cleaned', [['name' => 'before', 'value' => $old], ['name' => 'after', 'value' => $new]]];
                    break 2;
                }
            }
        }
        $loss = self::descriptionLoss((string) ($before['description'] ?? ''), (string) $after['description']);
        if ($loss !== null) {
            $lost[] = $loss;
        }
        $label = trim(($after['code'] ?? '') . ' ' . ($after['full_name'] ?? $after['name'] ?? ''));

        return array_map(static function (array $loss) use ($after, $label): array {
            return [
                'code' => $loss[0],
                'params' => $loss[1],
                'item' => ['kind' => 'good', 'id' => (string) ($after['id'] ?? ''), 'label' => $label],
                'severity' => 'notice',
            ];
        }, $lost);
    }

    /**
     * What became of a description, when a reader would miss something.
     *
     * @return array{0: string, 1: array<int, array{name: string, value: string}>}|null
     */
    private static function descriptionLoss(string $before, string $after): ?array
    {
        if ($after === '' && !Packet::holds($before)) {
            return ['description-too-long', [
                ['name' => 'size', 'value' => (string) intdiv(strlen($before), 1000)],
                ['name' => 'longest', 'value' => (string) intdiv(Packet::longest(), 1000)],
            ]];
        }

        return self::words($before) === self::words($after) ? null : ['description-cleaned', []];
    }

    /** A product's name as plain text. */
    public static function name(string $name): string
    {
        return self::settle($name, static function (string $text): string {
            $text = (string) preg_replace('/[\x00-\x1f\x7f]+/', ' ', $text);
            if (strpbrk($text, '<>&') !== false) {
                $text = Texts::plain(wp_kses(self::withoutScripts($text), 'data'));
            }

            return trim($text);
        });
    }

    /** How WordPress keeps a plain name: `Bánh & kẹo` → `Bánh &amp; kẹo`. */
    public static function stored(string $plain): string
    {
        return strpbrk($plain, '<>&') === false ? $plain : wp_kses($plain, 'data');
    }

    /**
     * @param array<string, mixed> $category A Category record of the mirror.
     * @return array<string, mixed>
     */
    public static function category(array $category): array
    {
        return ['name' => self::term((string) ($category['name'] ?? ''))] + $category;
    }

    /**
     * What cleaning took from a category's name (Q4); one of which nothing is left is the rules' to name.
     *
     * @param array<string, mixed> $before A Category record of the mirror.
     * @param array<string, mixed> $after  What {@see category} made of it.
     *
     * @return array<int, array<string, mixed>> Issue records.
     */
    public static function lossesOfCategory(array $before, array $after): array
    {
        $old = self::squeeze(Texts::plain((string) ($before['name'] ?? '')));
        $new = self::squeeze((string) $after['name']);
        if ($new === '' || $old === $new) {
            return [];
        }

        return [[
            'code' => 'name-cleaned',
            'params' => [['name' => 'before', 'value' => $old], ['name' => 'after', 'value' => $new]],
            'item' => ['kind' => 'category', 'id' => (string) ($after['id'] ?? ''), 'label' => $new],
            'severity' => 'notice',
        ]];
    }

    /** A category's, attribute's or attribute value's name as plain text, at most 200 characters. */
    public static function term(string $name): string
    {
        return self::settle($name, static function (string $text): string {
            $text = self::storedTerm($text);
            while (mb_strlen($text, 'UTF-8') > self::TERM_LENGTH) {
                $plain = Texts::plain($text);
                $over = max(1, mb_strlen($text, 'UTF-8') - self::TERM_LENGTH);
                $text = self::storedTerm(mb_substr($plain, 0, max(1, mb_strlen($plain, 'UTF-8') - $over), 'UTF-8'));
            }

            return Texts::plain($text);
        });
    }

    /** A description as the posts table would hold it. */
    public static function description(string $html): string
    {
        if (trim($html) === '') {
            return '';
        }

        // Once is enough: nothing is decoded here, so nothing hidden comes to light. kses is most of
        // what reading an unchanged catalogue costs.
        $text = wp_check_invalid_utf8($html, true);
        if (strpbrk($text, "<>&\0") !== false) {
            $text = wp_kses_post(self::withoutPastedPictures(self::withoutScripts($text)));
        }

        return Saving::withoutUserFilters(static function () use ($text): string {
            $text = (string) wp_unslash(sanitize_post_field('post_content', wp_slash($text), 0, 'db'));

            return self::held($text, 'post_content');
        });
    }

    /**
     * How a column of `posts` holds a text: one of three bytes a character keeps emojis as entities.
     * WordPress does the same, older ones not where the server calls the three bytes by their right name,
     * and none with the rarer letters of four bytes.
     */
    public static function held(string $text, string $column): string
    {
        global $wpdb;

        return self::heldIn($wpdb->posts, $column, $text);
    }

    /** The form in the terms table; WordPress itself refuses there what the table cannot hold. */
    public static function storedTerm(string $plain): string
    {
        global $wpdb;
        $stored = (string) wp_unslash(sanitize_term_field('name', wp_slash(self::withoutScripts($plain)), 0, 'product_cat', 'db'));

        return self::heldIn($wpdb->terms, 'name', $stored);
    }

    /** The form in the table of attributes. */
    public static function storedLabel(string $plain): string
    {
        global $wpdb;

        return self::heldIn($wpdb->prefix . 'woocommerce_attribute_taxonomies', 'attribute_label', self::stored($plain));
    }

    private static function heldIn(string $table, string $column, string $text): string
    {
        global $wpdb;
        if (!preg_match('/[\xf0-\xf4]/', $text) || !in_array($wpdb->get_col_charset($table, $column), ['utf8', 'utf8mb3'], true)) {
            return $text;
        }

        return (string) preg_replace_callback('/[\x{10000}-\x{10ffff}]/u', static function (array $letter): string {
            [, $a, $b, $c, $d] = array_values(unpack('C*', "\0" . $letter[0]));

            return sprintf('&#x%x;', ($a & 7) << 18 | ($b & 63) << 12 | ($c & 63) << 6 | $d & 63);
        }, $text);
    }

    /** The tags of scripts would go, their text would stay and be read by shoppers. */
    private static function withoutScripts(string $html): string
    {
        return preg_replace('@<(script|style)\b[^>]*>.*?</\1\s*>@is', '', $html) ?? $html;
    }

    /** Of a picture that is in the text itself WordPress would leave a broken one, with all its bytes. */
    private static function withoutPastedPictures(string $html): string
    {
        return preg_replace('@<img\b[^>]*?\bsrc\s*=\s*["\']?\s*data:[^>]*+>@i', '', $html) ?? $html;
    }

    /** Repeats a cleaning until it changes nothing: what was hidden behind entities is cleaned too. */
    private static function settle(string $text, callable $clean): string
    {
        for ($round = 0; $round < 5; $round++) {
            $next = $clean($text);
            if ($next === $text) {
                break;
            }
            $text = $next;
        }

        return $text;
    }

    private static function squeeze(string $text): string
    {
        return trim((string) preg_replace('/[\s\x00-\x1f\x7f]+/u', ' ', $text));
    }

    /** What a person reads of a description, and its pictures and tables. */
    private static function words(string $html): string
    {
        $kept = strip_tags($html, '<img><table><td>');

        return preg_replace_callback('/<(img|table|td)\b[^>]*>|<[^>]*>/i', static function (array $tag): string {
            return isset($tag[1]) ? '<' . strtolower($tag[1]) . '>' : '';
        }, self::squeeze(Texts::plain($kept))) ?? '';
    }
}
