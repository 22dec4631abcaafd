import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { check_settings as checkSettings } from '../../pkg/node/dongbo.js';

// The labels are read as text: `@wordpress/i18n` stands on the page only.
const source = ['labels.mjs', 'labels-orders.mjs', 'labels-push.mjs'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n');
const keys = new Set([...source.matchAll(/^ {2}(?:'([^']+)'|([\w-]+)):/gm)].map(([, quoted, plain]) => quoted ?? plain));
const { ok: { fields } } = checkSettings({ choices: [] });

test('every setting of the rules has a name (H7)', () => {
  assert.deepEqual(fields.map(({ name }) => name).filter((name) => !keys.has(name)), []);
});

test('every value of a choice has a name (H7)', () => {
  const all = fields.flatMap(({ name, values = [], columns = [] }) => [...values, ...columns.flatMap(({ values: more = [] }) => more)].map((value) => [`${name}=${value}`, value]));
  assert.deepEqual(all.filter(([full, value]) => !keys.has(full) && !keys.has(value)).map(([full]) => full), []);
});

test('every page of the settings is in the menu (H7)', () => {
  assert.deepEqual([...new Set(fields.map(({ group }) => group))].filter((group) => !source.includes(`['${group}', __(`)), []);
});

test('every column of a table has a name (H7)', () => {
  assert.deepEqual([...new Set(fields.flatMap(({ columns = [] }) => columns.map(({ name }) => name)))].filter((name) => !keys.has(name)), []);
});
