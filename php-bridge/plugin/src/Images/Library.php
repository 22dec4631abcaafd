<?php

declare(strict_types=1);

namespace Dongbo\Images;

/**
 * Images in WordPress's media library, each content once.
 *
 * The slug carries the content's hash from the first INSERT on, so a worker killed behind it finds
 * the attachment again instead of making a second one.
 */
final class Library
{
    private const SLUG = 'dongbo-';

    /**
     * The attachment that holds this file's content, made when there is none. The file is gone afterwards.
     *
     * @param string $title What a person calls it: the product's name, also its alternative text.
     *
     * @return int 0 when WordPress could not keep it.
     */
    public static function keep(string $file, string $type, string $content, string $title): int
    {
        require_once ABSPATH . 'wp-admin/includes/media.php';
        require_once ABSPATH . 'wp-admin/includes/image.php';
        $old = self::find($content);
        if ($old !== 0) {
            wp_delete_file($file);

            return $old;
        }
        $extension = (string) array_search($type, self::extensions(), true);
        $name = sanitize_file_name(remove_accents($title));
        $attachment = media_handle_sideload(
            ['name' => ($name === '' ? 'image' : substr($name, 0, 80)) . '.' . $extension, 'tmp_name' => $file],
            0,
            $title,
            ['post_name' => self::SLUG . $content, 'post_title' => $title]
        );
        if (is_wp_error($attachment)) {
            wp_delete_file($file);

            return 0;
        }
        update_post_meta($attachment, '_wp_attachment_image_alt', wp_slash($title));

        return (int) $attachment;
    }

    /** An attachment of this content whose file is there; one that a killed worker left half-made is finished. */
    private static function find(string $content): int
    {
        global $wpdb;
        $id = (int) $wpdb->get_var($wpdb->prepare(
            "SELECT ID FROM {$wpdb->posts} WHERE post_name = %s AND post_type = 'attachment' AND post_status <> 'trash' ORDER BY ID LIMIT 1",
            self::SLUG . $content
        ));
        $file = $id === 0 ? '' : (string) get_attached_file($id);
        if ($file === '' || !is_file($file)) {
            return 0;
        }
        if (!is_array(wp_get_attachment_metadata($id))) {
            wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $file));
        }

        return $id;
    }

    /** @return array<string, string> The first extension of each type WordPress allows. */
    private static function extensions(): array
    {
        $extensions = [];
        foreach (get_allowed_mime_types() as $pattern => $type) {
            $extensions[explode('|', (string) $pattern)[0]] = (string) $type;
        }

        return $extensions;
    }
}
