<?php
/**
 * Plugin Name: Dongbo meter (tests)
 * Description: What a request of a shopper costs: whole, and what of it is Dongbo's recording. A line of JSON a request
 * that carries the header X-Dongbo-Meter, whose value is `on`, or `off` for the same request without Dongbo.
 */

declare(strict_types=1);

if (!isset($_SERVER['HTTP_X_DONGBO_METER'])) {
    return;
}

/** Numbers of one request. */
final class Dongbo_Meter
{
    /** When this file was loaded, before any plugin: what came earlier was the web server's queue. */
    public static float $began = 0.0;

    /** The processor's milliseconds of this process at that time. */
    public static float $spent = 0.0;

    /** Milliseconds within the recorder. */
    public static float $ms = 0.0;

    /** @var string[] Statements within the recorder. */
    public static array $statements = [];

    /** @var string[] Addresses the request itself called. */
    public static array $called = [];

    /** @var float[] */
    private static array $open = [];

    public static function processor(): float
    {
        $usage = getrusage();

        return 1000 * ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']) + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) / 1000;
    }

    public static function open(): void
    {
        self::$open[] = microtime(true);
    }

    public static function close(): void
    {
        self::$ms += 1000 * (microtime(true) - array_pop(self::$open));
    }

    public static function statement(string $sql): string
    {
        if (self::$open !== []) {
            self::$statements[] = substr(preg_replace('/\s+/', ' ', $sql), 0, 120);
        }

        return $sql;
    }
}

Dongbo_Meter::$began = microtime(true);
Dongbo_Meter::$spent = Dongbo_Meter::processor();
add_filter('option_active_plugins', static function ($plugins) {
    return $_SERVER['HTTP_X_DONGBO_METER'] === 'off' ? array_values(array_diff((array) $plugins, ['dongbo/dongbo.php'])) : $plugins;
});
// Just before and just after the recorder; the hooks are those of Plugin::recordOrders().
foreach (['woocommerce_new_order' => 100, 'woocommerce_update_order' => 100, 'woocommerce_order_status_changed' => 100, 'shutdown' => 90] as $dongbo_hook => $dongbo_priority) {
    add_action($dongbo_hook, ['Dongbo_Meter', 'open'], $dongbo_priority - 1, 0);
    add_action($dongbo_hook, ['Dongbo_Meter', 'close'], $dongbo_priority + 1, 0);
}
add_filter('query', ['Dongbo_Meter', 'statement']);
add_filter('pre_http_request', static function ($answer, $arguments, $url) {
    Dongbo_Meter::$called[] = (string) $url;

    return $answer;
}, 1, 3);
add_action('shutdown', static function (): void {
    file_put_contents(LAB_DIR . '/meter.jsonl', json_encode([
        'meter' => $_SERVER['HTTP_X_DONGBO_METER'],
        'of' => $_SERVER['HTTP_X_DONGBO_OF'] ?? '',
        'ms' => 1000 * (microtime(true) - Dongbo_Meter::$began),
        'cpu' => Dongbo_Meter::processor() - Dongbo_Meter::$spent,
        'sql' => $GLOBALS['wpdb']->num_queries,
        'loaded' => class_exists('Dongbo\\Plugin', false),
        'own' => ['sql' => Dongbo_Meter::$statements, 'ms' => Dongbo_Meter::$ms],
        'called' => Dongbo_Meter::$called,
    ]) . "\n", FILE_APPEND | LOCK_EX);
}, PHP_INT_MAX);
