<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Images\Address;
use Dongbo\Images\Pass;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Fence;
use Dongbo\Lanes\ImagesWork;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Links;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

/** A connection, and what one pass over its images does. */
$shop = static function (array $settings = []): array {
    $id = Connections::create(['pos' => 'kiotviet', 'shop' => 'myshop', 'state' => 'active']);
    Connections::saveSettings($id, $settings);

    return (array) Connections::find($id);
};
$pass = static function (array $connection): string {
    $run = (array) Runs::find(Runs::start($connection['id'], 'images', 'images'));
    $slice = (new Pass((array) Connections::find($connection['id']), $run, Fence::take($run['id']), new Budget(20.0, memory_get_usage() + 200000000), 0))->work();

    return $slice->outcome;
};
/** A good of the mirror with these images, linked with a product. */
$good = static function (array $connection, string $id, array $images, int $product, array $more = [], bool $created = true): void {
    $row = $more + ['id' => $id, 'code' => "SP$id", 'name' => "Túi $id", 'full_name' => "Túi $id", 'family_key' => $id, 'sku_key' => "sp$id",
        'kind' => 'ordinary', 'active' => true, 'sold_directly' => true, 'conversion' => 1000000, 'price' => 100, 'images' => $images];
    $issues = [];
    Goods::write($connection['id'], Goods::differing($connection['id'], [$row], 1, 'test', $issues));
    global $wpdb;
    if ($wpdb->get_var($wpdb->prepare('SELECT id FROM %i WHERE remote_id = %s', Schema::table('link'), $id)) === null) {
        Links::put($connection['id'], null, ['kind' => 'good', 'remote_id' => $id, 'shop_id' => $product, 'family' => $id, 'state' => 'active', 'fields' => []], $created, 'test', 1);
    }
};
$product = static function (): int {
    $product = new \WC_Product_Simple();
    $product->set_name('Túi xách 😀');

    return $product->save();
};
$shown = static function (int $id): array {
    wp_cache_flush();
    $product = wc_get_product($id);

    return array_merge([(int) $product->get_image_id()], array_map('intval', $product->get_gallery_image_ids()));
};
$issues = static function (): array {
    global $wpdb;

    return $wpdb->get_col('SELECT code FROM ' . Schema::table('issue') . ' ORDER BY code');
};
/** Runs a case with a gallery, and takes away what it has made. */
$with = static function (callable $case): callable {
    return static function () use ($case): void {
        $gallery = new Gallery();
        try {
            $case($gallery);
        } finally {
            $gallery->stop();
            foreach (get_posts(['post_type' => ['attachment', 'product', 'product_variation'], 'post_status' => 'any', 'numberposts' => -1, 'fields' => 'ids']) as $id) {
                wp_delete_post($id, true);
            }
        }
    };
};

return [
    'B11: a new product shows its images, is looked at once, and an unchanged image is not fetched again' => $with(static function (Gallery $gallery) use ($shop, $pass, $good, $product, $shown): void {
        $connection = $shop();
        $id = $product();
        $good($connection, '1', [$gallery->url('/1.png'), $gallery->url('/2.png')], $id);
        Expect::same('done', $pass($connection));
        $images = $shown($id);
        Expect::same(2, count(array_filter($images)));
        Expect::same('image/png', get_post_mime_type($images[0]));
        Expect::same('Túi xách 😀', get_post_meta($images[0], '_wp_attachment_image_alt', true));
        Expect::that(is_file((string) get_attached_file($images[0])), 'the file is there');
        Expect::same(['/1.png', '/2.png'], $gallery->calls());
        global $wpdb;
        Expect::same([[(string) $id, 'images', implode(',', $images)]], $wpdb->get_results('SELECT shop_id, field, after_value FROM ' . Schema::table('history'), ARRAY_N));
        $good($connection, '1', [$gallery->url('/1.png'), $gallery->url('/2.png')], $id, ['price' => 200]);
        Expect::same('done', $pass($connection));
        Expect::same([], $gallery->calls());
        Expect::same($images, $shown($id));
    }),
    'B11: under always a good that changed is asked whether its images did; the same answer writes nothing, another image replaces' => $with(static function (Gallery $gallery) use ($shop, $pass, $good, $product, $shown): void {
        $connection = $shop(['policies' => ['images' => 'always']]);
        $id = $product();
        $good($connection, '1', [$gallery->url('/1.png')], $id);
        $pass($connection);
        $first = $shown($id);
        $gallery->calls();
        $later = (int) (microtime(true) * 1000) + 100000;
        $good($connection, '1', [$gallery->url('/1.png')], $id, ['modified' => $later]);
        $pass($connection);
        $calls = $gallery->calls();
        Expect::same(1, count($calls));
        Expect::that(strpos($calls[0], '"') !== false, 'asked with its ETag');
        Expect::same($first, $shown($id));
        $gallery->change();
        $good($connection, '1', [$gallery->url('/1.png')], $id, ['modified' => $later + 1]);
        $pass($connection);
        Expect::that($shown($id) !== $first && $shown($id)[0] > 0, 'another image');
        Expect::that(get_post($first[0]) !== null, 'the old one stays in the library');
    }),
    'B11: each way an image can fail is named, and none takes away the image that is there' => $with(static function (Gallery $gallery) use ($shop, $pass, $good, $product, $shown, $issues): void {
        $connection = $shop(['policies' => ['images' => 'always'], 'images' => ['megabytes' => 2]]);
        $own = wp_insert_attachment(['post_title' => 'own', 'post_mime_type' => 'image/png'], '');
        $ways = ['/missing.png' => 'image-gone', '/error.png' => 'image-unreachable', '/page.png' => 'image-not-an-image', '/empty.png' => 'image-unreachable', '/large.png' => 'image-too-large',
            '/away.png' => 'image-private', '/file.png' => 'image-private', '/round.png' => 'image-unreachable'];
        $ids = [];
        foreach (array_keys($ways) as $place => $path) {
            $ids[] = $id = $product();
            update_post_meta($id, '_thumbnail_id', $own);
            $good($connection, (string) ($place + 1), [$gallery->url($path)], $id, [], false);
        }
        Expect::same('done', $pass($connection));
        $named = array_values($ways);
        sort($named);
        Expect::same($named, $issues());
        foreach ($ids as $id) {
            Expect::same([$own], $shown($id));
        }
        foreach ((array) glob(sys_get_temp_dir() . '/dongbo-image*') as $left) {
            Expect::that(false, "$left was left behind");
        }
    }),
    'B11: a failed image is tried again when its time has come, and its issue is closed' => $with(static function (Gallery $gallery) use ($shop, $pass, $good, $product, $shown, $issues): void {
        $connection = $shop();
        $id = $product();
        $good($connection, '1', [$gallery->url('/error.png'), $gallery->url('/2.png')], $id);
        $pass($connection);
        $partial = $shown($id);
        Expect::same(1, count($partial));
        Expect::same(['image-unreachable'], $issues());
        Expect::same('done', $pass($connection));
        Expect::same(2, count($gallery->calls()), 'not before its time');
        global $wpdb;
        $wpdb->query('UPDATE ' . Schema::table('picture') . ' SET next = 1');
        $wpdb->query($wpdb->prepare('UPDATE %i SET checked = 1 WHERE refusal <> %s', Schema::table('image'), ''));
        $wpdb->query($wpdb->prepare('UPDATE %i SET url = %s, source = %s WHERE refusal <> %s', Schema::table('image'), $gallery->url('/3.png'), md5($gallery->url('/3.png')), ''));
        $good($connection, '1', [$gallery->url('/3.png'), $gallery->url('/2.png')], $id);
        $pass($connection);
        Expect::same(2, count($shown($id)));
        Expect::same($partial[0], $shown($id)[1]);
        Expect::same([], $issues());
    }),
    'B11: an address with spaces, Vietnamese letters or a lone % is fetched, without a scheme by https; a host nobody knows now is asked for again' => $with(static function (Gallery $gallery) use ($shop, $pass, $good, $product, $shown, $issues): void {
        $connection = $shop();
        $id = $product();
        $good($connection, '1', [$gallery->url('/Ảnh túi 1.png?v=a b'), $gallery->url('/50% off.png'), $gallery->url('/%C3%A1.png')], $id);
        $pass($connection);
        Expect::same(['/%E1%BA%A2nh%20t%C3%BAi%201.png', '/50%25%20off.png', '/%C3%A1.png'], $gallery->calls());
        Expect::same([3, []], [count($shown($id)), $issues()]);
        Expect::same('https://8.8.8.8/%E1%BA%A2nh.png', Address::spelled(' //8.8.8.8/Ảnh.png'));
        Expect::same('https://xn--nh-k5s.vn:8080/1.png#%22', Address::spelled('https://ảnh.vn:8080/1.png#"'));
        foreach (['javascript:alert(1)', 'file:///etc/passwd', 'http://[::1]/1.png', ''] as $url) {
            Expect::same($url, Address::spelled($url));
        }
        Expect::same(null, Address::of(Address::spelled('//127.0.0.2/1.png')));
        $good($connection, '2', ['http://no-such-host.invalid/1.png'], $product());
        $pass($connection);
        global $wpdb;
        Expect::same(['image-unreachable'], $issues());
        Expect::that($wpdb->get_var('SELECT MAX(next) FROM ' . Schema::table('picture')) > 1, 'tried again');
    }),
    'B11: a page in an image’s place, as a server under repair gives it, is asked for again' => $with(static function (Gallery $gallery) use ($shop, $pass, $good, $product, $issues): void {
        $connection = $shop();
        $good($connection, '1', [$gallery->url('/page.png')], $product());
        $pass($connection);
        global $wpdb;
        Expect::same(['image-not-an-image'], $issues());
        Expect::that($wpdb->get_var('SELECT MAX(next) FROM ' . Schema::table('picture')) > 1, 'tried again');
    }),
    'B11, I1: a slow server’s image does not carry a slice beyond its time; the next slice begins with it' => $with(static function (Gallery $gallery) use ($shop, $good, $product, $shown, $issues): void {
        $connection = $shop();
        $id = $product();
        $good($connection, '1', [$gallery->url('/1.png'), $gallery->url('/slow.png')], $id);
        $work = new ImagesWork();
        $run = Runs::start($connection['id'], 'catalogue', 'full');
        Runs::update($run, ['ended' => Clock::now(), 'outcome' => 'done']);
        $began = microtime(true);
        Expect::same('more', $work->slice($connection, new Budget(2.0, memory_get_usage() + 200000000), 0)->outcome);
        Expect::that(microtime(true) - $began < 6.0, 'in time');
        Expect::same([], $issues(), 'no failure yet');
        Expect::same('done', $work->slice($connection, new Budget(20.0, memory_get_usage() + 200000000), 0)->outcome);
        Expect::same([2, []], [count($shown($id)), $issues()]);
    }),
    'B11: one content under two addresses, and a redirect, are one attachment' => $with(static function (Gallery $gallery) use ($shop, $pass, $good, $product, $shown): void {
        $connection = $shop();
        [$one, $two] = [$product(), $product()];
        $good($connection, '1', [$gallery->url('/1.png')], $one);
        $good($connection, '2', [$gallery->url('/moved.png')], $two);
        $pass($connection);
        Expect::same(1, count(get_posts(['post_type' => 'attachment', 'post_status' => 'any', 'numberposts' => -1])));
        Expect::that($shown($one)[0] > 0, 'shown');
        Expect::same($shown($one), $shown($two));
    }),
    'B11: a worker killed behind the attachment leaves no second one' => $with(static function (Gallery $gallery) use ($shop, $pass, $good, $product, $shown): void {
        $connection = $shop();
        $id = $product();
        $good($connection, '1', [$gallery->url('/1.png')], $id);
        $pass($connection);
        $first = $shown($id);
        global $wpdb;
        $wpdb->query('TRUNCATE ' . Schema::table('image'));
        $wpdb->query('TRUNCATE ' . Schema::table('picture'));
        delete_post_meta($id, '_thumbnail_id');
        delete_post_meta($first[0], '_wp_attachment_metadata');
        $pass($connection);
        Expect::same($first, $shown($id));
        Expect::that(is_array(wp_get_attachment_metadata($first[0])), 'what it lacked is made good');
    }),
    'B11, I1: a pass follows every run that wrote goods and every change of the settings, and nothing else' => $with(static function (Gallery $gallery) use ($shop, $good, $product): void {
        $connection = $shop();
        $good($connection, '1', [$gallery->url('/1.png')], $product());
        $work = new ImagesWork();
        $budget = new Budget(20.0, memory_get_usage() + 200000000);
        Expect::same('idle', $work->waiting($connection)->outcome, 'no run yet');
        $run = Runs::start($connection['id'], 'catalogue', 'full');
        Runs::update($run, ['ended' => Clock::now(), 'outcome' => 'done']);
        Expect::same('more', $work->waiting($connection)->outcome);
        Expect::same('done', $work->slice($connection, $budget, 0)->outcome);
        Expect::same(['/1.png'], $gallery->calls());
        Expect::same('idle', $work->waiting($connection)->outcome, 'once');
        Connections::saveSettings($connection['id'], ['images' => ['megabytes' => 3]]);
        Expect::same('more', $work->waiting((array) Connections::find($connection['id']))->outcome, 'other settings');
    }),
    'B11: private addresses, odd schemes, ports and names in the address are refused before anything is called' => static function (): void {
        foreach (['http://127.0.0.1/1.png', 'http://10.0.0.1/1.png', 'http://192.168.1.1/', 'http://169.254.169.254/latest', 'http://100.64.0.1/', 'http://[::1]/1.png',
            'http://0.0.0.0/', 'http://localhost/1.png', 'ftp://example.com/1.png', 'file:///etc/passwd', 'http://user:pass@8.8.8.8/1.png', 'http://8.8.8.8:22/1.png',
            'http://2130706433/', '//8.8.8.8/1.png', 'javascript:alert(1)', '', 'https://224.0.0.1/x.png'] as $url) {
            Expect::same(null, Address::of($url), $url);
        }
        $public = Address::of('https://8.8.8.8/1.png');
        Expect::same('8.8.8.8', $public === null ? '' : $public->ip);
    },
    'B11, B5: the switch and the policies hold: off and never fetch nothing, a product taken over keeps its own' => $with(static function (Gallery $gallery) use ($shop, $pass, $good, $product): void {
        foreach ([['images' => ['on' => false]], ['policies' => ['images' => 'never']]] as $place => $settings) {
            $connection = $shop($settings);
            $good($connection, (string) (10 + $place), [$gallery->url('/1.png')], $product());
            Expect::same('done', $pass($connection));
            Expect::same([], $gallery->calls());
            fresh();
        }
        $connection = $shop();
        $good($connection, '20', [$gallery->url('/1.png')], $product(), [], false);
        $pass($connection);
        Expect::same([], $gallery->calls());
    }),
];
