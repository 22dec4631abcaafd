// What a shop installs (issue 6): small, the same to the byte, only what is needed, and a readme.txt that WordPress.org reads.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { root, run } from '../harness/run.mjs';

const file = path.join(root, 'build/dongbo.zip');
const KB = 1024;
const plugin = path.join(root, 'php-bridge/plugin');

const build = () => run('cargo', ['run', '-q', '--locked', '-p', 'dongbo-build', '--', 'zip']);
const bytes = () => readFileSync(file);

/** Entries of the central directory: what an installer reads. */
function entries(zip) {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06')) + 16);
  const found = [];
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [packed, size] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const [nameLength, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const start = zip.readUInt32LE(at + 42);
    const data = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    found.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      time: zip.readUInt32LE(at + 12),
      size,
      text: () => inflateRawSync(zip.subarray(data, data + packed)),
    });
    at += 46 + nameLength + extra + comment;
  }
  return found;
}

let zip;
let inside;
before(async () => {
  await build();
  zip = bytes();
  inside = entries(zip);
});

test('the same bytes every time, names sorted, no time of the day in it (A11)', async () => {
  const hash = (data) => createHash('sha256').update(data).digest('hex');
  const first = hash(zip);
  await build();
  assert.equal(hash(bytes()), first);
  const names = inside.map(({ name }) => name);
  assert.deepEqual(names, [...names].sort());
  assert.deepEqual([...new Set(inside.map(({ time }) => time))], [0x210000], '1980-01-01');
});

test('under 1 MB, no script over 300 KB', () => {
  process.stdout.write(`dongbo.zip: ${zip.length} bytes, ${inside.length} files\n`);
  assert.ok(zip.length < KB * KB, `${zip.length} bytes`);
  const scripts = inside.filter(({ name }) => name.endsWith('.js'));
  assert.ok(scripts.length >= 2);
  for (const { name, size } of scripts) assert.ok(size < 300 * KB, `${name}: ${size} bytes`);
});

test('all that is needed and nothing else', () => {
  const known = /^dongbo\/(dongbo\.php|uninstall\.php|readme\.txt|license\.txt|(src|engine)\/[\w/]+\.php|assets\/(admin\.(js|css)|(worker|order-box|product-box)\.js|rules\.wasm|stamp\.php)|languages\/dongbo-vi(\.l10n\.php|-dongbo-(admin|order-box|product-box)\.json))$/;
  const names = inside.map(({ name }) => name);
  assert.deepEqual(names.filter((name) => !known.test(name)), []);
  const classes = readdirSync(path.join(plugin, 'src'), { recursive: true }).map(String).filter((name) => name.endsWith('.php'));
  assert.deepEqual(classes.filter((name) => !names.includes(`dongbo/src/${name}`)), []);
  for (const name of ['dongbo.php', 'engine/Rules.php', 'engine/stamp.php', 'assets/rules.wasm', 'assets/stamp.php', 'languages/dongbo-vi.l10n.php', 'src/Words/Texts.php']) {
    assert.ok(names.includes(`dongbo/${name}`), name);
  }
  assert.ok(!names.includes('dongbo/engine/Calls.php'), 'for who writes code');
});

test('every PHP file in it parses', async () => {
  const { out } = await run('php', ['-r', `$zip = new ZipArchive(); $zip->open($argv[1]); $seen = 0;
    for ($i = 0; $i < $zip->numFiles; $i++) { $name = $zip->getNameIndex($i); if (substr($name, -4) === '.php') { $seen++;
      try { token_get_all($zip->getFromIndex($i), TOKEN_PARSE); } catch (ParseError $wrong) { echo $name, ': ', $wrong->getMessage(), "\\n"; } } }
    echo $seen > 200 ? 'all' : $seen;`, file]);
  assert.equal(out, 'all');
});

test('commands keep the doc comments WP-CLI reads their options from (I4)', () => {
  const commands = inside.filter(({ name }) => name.startsWith('dongbo/src/Cli/') && readFileSync(path.join(plugin, name.slice('dongbo/'.length)), 'utf8').includes('## OPTIONS'));
  assert.ok(commands.length > 5);
  assert.deepEqual(commands.filter(({ text }) => !text().toString().includes('## OPTIONS')).map(({ name }) => name), []);
});

test('no path of the machine it was made on, no secret of a test', () => {
  const marks = [root, process.env.HOME, 'dongbo-test-secret'].filter((mark) => mark && mark.length > 4);
  // The data of the rules stands in the engine as base64.
  const whole = (text) => text.replace(/base64_decode\('([^']+)'\)/g, (_, data) => Buffer.from(data, 'base64').toString('latin1'));
  const found = inside.flatMap(({ name, text }) => marks.filter((mark) => whole(text().toString('latin1')).includes(mark)).map((mark) => `${name}: ${mark}`));
  assert.deepEqual(found, []);
});

test('what each file of the engine says it is made of is what the stamp expects', () => {
  const texts = new Map(inside.map(({ name, text }) => [name, text]));
  const stamp = texts.get('dongbo/engine/stamp.php')().toString();
  const source = /'source' => '([0-9a-f]{64})'/.exec(stamp)[1];
  const files = new Set([...stamp.matchAll(/=> \[(.+)\],/g)].flatMap(([, list]) => [...list.matchAll(/'(\w+)'/g)].map(([, name]) => name)));
  assert.ok(files.size > 8);
  for (const name of files) assert.match(texts.get(`dongbo/engine/${name}.php`)().toString(), new RegExp(`SOURCE='${source}'`), name);
  assert.equal([...texts.keys()].filter((name) => name.startsWith('dongbo/engine/')).length, files.size + 1, 'no file nobody loads');
});

test('readme.txt as WordPress.org reads it, in agreement with the plugin (A11)', () => {
  const readme = readFileSync(path.join(plugin, 'readme.txt'), 'utf8');
  const header = readFileSync(path.join(plugin, 'dongbo.php'), 'utf8');
  const told = (text, name) => new RegExp(`^[ *]*${name}:\\s*(.+)$`, 'm').exec(text)?.[1].trim();
  assert.match(readme, /^=== Dongbo ===\n/);
  assert.equal(told(readme, 'Stable tag'), told(header, 'Version'));
  for (const name of ['Requires at least', 'Requires PHP', 'License']) assert.equal(told(readme, name), told(header, name), name);
  assert.equal(told(readme, 'License'), 'GPL-2.0-or-later');
  assert.match(told(readme, 'Tested up to'), /^\d+\.\d+$/);
  assert.ok(told(readme, 'Tags').split(',').length <= 5, 'five tags count');
  const [, short] = readme.split('\n\n');
  assert.ok(short.length <= 150, `the short description has ${short.length} letters`);
  for (const section of ['Description', 'Installation', 'Frequently Asked Questions', 'Changelog']) assert.match(readme, new RegExp(`^== ${section} ==$`, 'm'));
  assert.match(readme, new RegExp(`^= ${told(header, 'Version').replace(/\./g, '\\.')} =$`, 'm'));
  for (const compiled of ['engine/', 'assets/rules.wasm', 'assets/admin.js', 'assets/worker.js']) {
    assert.ok(readme.includes(`\`${compiled}`), `${compiled}: where its source is`);
  }
  assert.ok(existsSync(path.join(root, 'LICENSE')));
});

test('orders in tables of their own and the block checkout are declared (I5)', () => {
  const code = readFileSync(path.join(plugin, 'src/Plugin.php'), 'utf8');
  for (const feature of ['custom_order_tables', 'cart_checkout_blocks']) assert.match(code, new RegExp(`declare_compatibility\\('${feature}', DONGBO_FILE, true\\)`));
});
