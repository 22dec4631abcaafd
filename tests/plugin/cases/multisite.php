<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Connection\Home;
use Dongbo\Connection\Secret;
use Dongbo\Lanes\Guard;
use Dongbo\Lanes\Wake;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;

if (!is_multisite()) {
    echo "skipped multisite: one site only (lab up --multisite)\n";

    return [];
}

$two = (int) get_sites(['path' => '/two/', 'fields' => 'ids'])[0];
/** What Dongbo has on a site. */
$left = static function (int $site): array {
    global $wpdb;
    switch_to_blog($site);
    $left = array_merge(
        $wpdb->get_col($wpdb->prepare('SHOW TABLES LIKE %s', $wpdb->esc_like($wpdb->prefix . 'dongbo_') . '%')),
        $wpdb->get_col("SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE 'dongbo%'"),
        array_filter(array_map(static function (array $events): string {
            return implode(',', preg_grep('/^dongbo/', array_keys($events)) ?: []);
        }, array_filter((array) _get_cron_array(), 'is_array')), 'strlen')
    );
    restore_current_blog();

    return array_values($left);
};
/** A connected site of the network. */
$connected = static function (int $site, string $shop, array $settings = []): int {
    switch_to_blog($site);
    Schema::migrate();
    $id = Connections::create(['pos' => 'kiotviet', 'shop' => $shop, 'secret' => Secret::seal('s'), 'home_mark' => Home::mark(), 'settings' => (string) json_encode((object) $settings)]);
    Connections::activate($id);
    wp_schedule_event(time() + 100, 'dongbo_minute', Wake::HOOK, ['guard']);
    restore_current_blog();

    return $id;
};
$uninstall = static function (): array {
    return Child::wordpress('define("WP_UNINSTALL_PLUGIN", "dongbo/dongbo.php"); require ' . var_export(dirname(__DIR__, 3) . '/php-bridge/plugin/uninstall.php', true) . '; echo "done";', '$_SERVER["HTTP_HOST"] = ' . var_export(DOMAIN_CURRENT_SITE, true) . ';');
};

return [
    'each site of a network has a connection, tables and a mark of its own; a copy to another address pauses alone (A7, A10)' => static function () use ($connected, $two): void {
        $one = $connected(1, 'shop-one');
        $other = $connected($two, 'shop-two');
        Expect::same(['shop-one', null], [Connections::current()['shop'], Guard::refusal((array) Connections::find($one))]);
        switch_to_blog($two);
        Expect::same(['shop-two', null], [Connections::current()['shop'], Guard::refusal((array) Connections::find($other))]);
        $mark = Home::mark();
        update_option('home', 'https://copy.example.test/two');
        Expect::same('site-copied', Guard::refusal((array) Connections::find($other)));
        Guard::confirmSite($other);
        Expect::same(null, Guard::refusal((array) Connections::find($other)), 'an administrator’s word');
        restore_current_blog();
        Expect::that($mark !== Home::mark(), 'two sites, two marks');
        Expect::same(null, Guard::refusal((array) Connections::find($one)), 'the other site goes on');
        switch_to_blog($two);
        update_option('home', get_option('siteurl'));
        restore_current_blog();
    },
    'disconnecting one site leaves the other connected (A6)' => static function () use ($connected, $two): void {
        $connected($two, 'shop-two');
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1')]);
        $done = (new \Dongbo\Control\Disconnect($connection))->carryOut(['forget_links' => true, 'trash_products' => true, 'remove_categories' => true]);
        Expect::same([true, 1, 'trash', null], [$done['done'], $done['created_products'], get_post_status($ids['1']), Connections::current()]);
        switch_to_blog($two);
        Expect::same(['shop-two', 'active'], [Connections::current()['shop'], Connections::current()['state']]);
        restore_current_blog();
    },
    'uninstalling leaves nothing on any site; a site that keeps its data keeps its tables (A8)' => static function () use ($connected, $left, $two, $uninstall): void {
        $connected(1, 'shop-one');
        $connected($two, 'shop-two', ['shell' => ['keep_data' => true]]);
        Expect::that(count($left(1)) > count(Schema::tables()) && count($left($two)) > count(Schema::tables()), 'both are full');
        $child = $uninstall();
        Expect::that(substr($child['out'], -4) === 'done', $child['out'] . $child['err']);
        wp_cache_flush();
        Expect::same([[], count(Schema::tables()) + 1], [$left(1), count($left($two))]);
        switch_to_blog($two);
        Connections::saveSettings((int) Connections::current()['id'], []);
        restore_current_blog();
        $uninstall();
        wp_cache_flush();
        Expect::same([[], []], [$left(1), $left($two)]);
        Schema::migrate();
    },
];
