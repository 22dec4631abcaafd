// The zip on the oldest and the newest PHP (A11): installed by WordPress's own upgrader, activated, asked, planned
// with, deleted. Whatever PHP says about a file of the plugin fails the test.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { missing, open } from '../../php-bridge/wasm2php/tests/matrix/php.mjs';
import { root, run } from '../harness/run.mjs';
import { startShop } from '../harness/shop.mjs';

const zip = path.join(root, 'build/dongbo.zip');
const cache = process.env.DONGBO_CACHE ?? path.join(homedir(), '.cache/dongbo');
/** WooCommerce 9.4 on both where it is there: the PHP inside Node breaks off where 11.0 asks the database out of a constructor. */
const PAIRS = [['7.4', undefined], ['8.5', existsSync(path.join(cache, 'wordpress/7.0.4')) ? '7.0.4' : undefined]].map(([version, wordpress]) => [version, existsSync(path.join(cache, 'woocommerce/9.4.2')) ? '9.4.2' : 'stand-in', wordpress]);

/** What every request begins with: complaints about the plugin's own files are kept, others are not its own. */
const START = `error_reporting(-1); ini_set('display_errors', '0'); ini_set('memory_limit', '512M');
  $GLOBALS['said'] = [];
  set_error_handler(static function ($level, $message, $file, $line) {
    if (strpos(str_replace('\\\\', '/', $file), '/plugins/dongbo/') !== false && (error_reporting() & $level)) { $GLOBALS['said'][] = "$message in $file:$line"; }
    return true;
  });
  register_shutdown_function(static function () { $last = error_get_last(); echo "\\nANSWER" . json_encode(['said' => $GLOBALS['said'], 'fatal' => $last !== null && in_array($last['type'], [E_ERROR, E_PARSE, E_COMPILE_ERROR, E_CORE_ERROR], true) ? $last['message'] : null, 'answer' => $GLOBALS['answer'] ?? null]); });
  $_SERVER += ['HTTP_HOST' => '127.0.0.1', 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
  define('WP_ADMIN', true); define('FS_METHOD', 'direct'); define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_DISABLE_FATAL_ERROR_HANDLER', true);`;

for (const [version, woocommerce, wordpress] of PAIRS) {
  test(`installs, runs and is deleted on PHP ${version} with WooCommerce ${woocommerce}: not one notice of its files (A8, A11)`, { skip: missing() || false }, async (t) => {
    if (!existsSync(zip)) await run('cargo', ['run', '-q', '--locked', '-p', 'dongbo-build', '--', 'zip']);
    const shop = await startShop({ woocommerce, wordpress, args: ['--no-plugin', '--no-serve'] });
    t.after(() => shop.stop());
    // A socket of this machine is nothing the PHP inside Node can open.
    const config = path.join(shop.wordpress, 'wp-config.php');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/define\( 'DB_HOST', '[^']+' \);/, `define( 'DB_HOST', '127.0.0.1:${shop.info.LAB_DB_PORT ?? shop.info.DB_PORT}' );`));
    const php = await open(version, [root, shop.dir, cache]);
    t.after(() => php.exit());
    const ask = async (code) => {
      const { text } = await php.run({ code: `<?php ${START} require '${shop.wordpress}/wp-load.php'; wp_set_current_user(1); ${code}` })
        .catch((error) => { if (error.response) return error.response; throw error; });
      const at = text.lastIndexOf('\nANSWER');
      assert.ok(at >= 0, `PHP ${version} gave no answer: ${text.slice(-2000)}`);
      const told = JSON.parse(text.slice(at + '\nANSWER'.length));
      assert.deepEqual([told.fatal, told.said], [null, []], text.slice(0, at));
      return told.answer;
    };

    assert.match(await ask("$answer = PHP_VERSION . ' ' . PHP_INT_SIZE;"), new RegExp(`^${version.replace('.', '\\.')}\\.\\d+ 8$`));
    const installed = await ask(`foreach (['file', 'misc', 'plugin', 'class-wp-upgrader'] as $part) { require_once ABSPATH . "wp-admin/includes/$part.php"; }
      $upgrader = new Plugin_Upgrader(new Automatic_Upgrader_Skin());
      $done = $upgrader->install('${zip}');
      $answer = is_wp_error($done) ? $done->get_error_message() : [$done, activate_plugin('dongbo/dongbo.php'), is_plugin_active('dongbo/dongbo.php')];`);
    assert.deepEqual(installed, [true, null, true]);

    const asked = await ask(`do_action('admin_menu'); do_action('admin_init'); do_action('rest_api_init');
      $status = rest_do_request(new WP_REST_Request('GET', '/dongbo/v1/status'));
      $good = ['id' => '1', 'code' => 'SP1', 'name' => 'Áo', 'full_name' => 'Áo', 'kind' => 'ordinary', 'active' => true, 'sold_directly' => true, 'conversion' => 1000000, 'price' => 14900000, 'stocks' => [], 'family_key' => '1', 'sku_key' => 'sp1'];
      $plan = Dongbo\\Engine\\Engine::call('plan_goods', ['settings' => ['branches' => ['1']], 'now' => 1790000000000, 'branches' => [], 'hash' => true, 'families' => [['key' => '1', 'goods' => [$good], 'links' => [], 'shop' => []]]]);
      $answer = [$status->get_status(), $status->get_data()['guards'][0]['code'], $status->get_data()['versions']['schema'] > 0, $plan['families'][0]['operations'][0]['kind'],
        array_values(array_filter(array_map(static function (array $row): string { return $row[2]; }, $GLOBALS['submenu']['woocommerce'] ?? []), static function (string $page): bool { return $page === 'dongbo'; }))];`);
    assert.deepEqual(asked, [200, 'not-connected', true, 'create', ['dongbo']]);

    const gone = await ask(`foreach (['file', 'plugin'] as $part) { require_once ABSPATH . "wp-admin/includes/$part.php"; }
      deactivate_plugins('dongbo/dongbo.php'); $deleted = delete_plugins(['dongbo/dongbo.php']);
      $answer = [$deleted, is_dir(WP_PLUGIN_DIR . '/dongbo'), (int) $GLOBALS['wpdb']->get_var("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE '%dongbo%'")];`);
    assert.deepEqual(gone, [true, false, 0]);
  });
}
