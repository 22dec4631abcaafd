import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../build/places.mjs';
import { browserWords } from './browser.mjs';
import { LOCALES, entries, gathered, key, read } from './catalogue.mjs';
import { inJs, inPhp, jsSentences, phpSentences } from './scan.mjs';

const sentences = gathered([...phpSentences(), ...jsSentences()]);

/** `%s`, `%1$d`, `{name}`: what a translation must hold exactly as the source does. */
const places = (text) => (text.match(/%(?:\d+\$)?[sd]|%%|\{\w+\}/g) ?? []).sort();

for (const locale of LOCALES) {
  const known = entries(read(locale));

  test(`${locale}: every sentence is translated`, () => {
    assert.deepEqual([...sentences.keys()].filter((id) => !known.get(id)?.every(Boolean)), []);
  });

  test(`${locale}: nothing is translated that is said no more`, () => {
    assert.deepEqual([...known.keys()].filter((id) => !sentences.has(id)), []);
  });

  test(`${locale}: the same places for values as in English`, () => {
    const differing = [...sentences.values()].filter((sentence) => {
      const form = known.get(key(sentence))?.[0] ?? '';
      return form !== '' && ![sentence.id, sentence.plural].filter(Boolean).some((text) => String(places(text)) === String(places(form)));
    });
    assert.deepEqual(differing.map(({ id }) => id), []);
  });

  test(`${locale}: no space at an end that the source has not`, () => {
    assert.deepEqual([...sentences.values()].filter((sentence) => /^\s|\s$/.test(known.get(key(sentence))?.[0] ?? '')).map(({ id }) => id), []);
  });
}

test('sentences with values carry a note for translators', () => {
  const bare = [...sentences.values()].filter(({ id, comment }) => /%\d?\$?[sd]/.test(id) && comment === undefined);
  assert.deepEqual(bare.map(({ id, places: at }) => `${at[0]}: ${id}`), []);
});

test('PHP is read by its syntax: comments and other domains are no sentences', () => {
  const found = inPhp("<?php\n// __('no', 'dongbo')\n/* translators: %s: a name. */\n$a = sprintf(__('Hi %s', 'dongbo'), $b); echo \\_n('one', 'many', $n, 'dongbo');", 'x.php');
  assert.deepEqual(found.map(({ id, plural }) => [id, plural]), [['Hi %s', undefined], ['one', 'many']]);
  assert.match(found[0].comment, /a name/);
  assert.throws(() => inPhp("<?php __('x', 'other');", 'x.php'), /not of the domain/);
  assert.throws(() => inPhp("<?php __($x, 'dongbo');", 'x.php'), /literals/);
});

test('JavaScript is read through JSX', () => {
  const found = inJs("const a = <p title={__('Hi', 'dongbo')}>{sprintf(_n('one', 'many', n, 'dongbo'), n)}</p>;", 'x.jsx');
  assert.deepEqual(found.map(({ id }) => id), ['Hi', 'one']);
});

test('the bundle has a sentence for every code a plan of the corpus gives (H3)', () => {
  const corpus = path.join(root, 'tests/corpus');
  const codes = new Set();
  for (const file of readdirSync(corpus, { recursive: true }).map(String).filter((name) => name.endsWith('.json'))) {
    const { call, expect } = JSON.parse(readFileSync(path.join(corpus, file), 'utf8'));
    if (call !== 'plan_goods' && call !== 'plan_categories') continue;
    for (const [, code] of JSON.stringify(expect).matchAll(/"code":"([a-z0-9-]+)"/g)) codes.add(code);
  }
  const words = browserWords();
  assert.ok(codes.size > 40, `${codes.size} codes`);
  assert.deepEqual([...codes].filter((code) => !words.includes(`'${code}': {`)), []);
});
