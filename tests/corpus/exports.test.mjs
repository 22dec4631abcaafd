// The generated types against the real exports of both builds, and against every case.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as rules from '../../js/pkg/node/dongbo.js';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const text = (path) => readFileSync(join(root, path), 'utf8');
const types = JSON.parse(text('js/pkg/types.json'));
const names = types.calls.map(({ name }) => name).sort();
const found = (path, pattern) => [...text(path).matchAll(pattern)].map(([, name]) => name).sort();

test('JavaScript exports exactly the calls of the types', () => {
    assert.deepEqual(Object.keys(rules).filter((name) => typeof rules[name] === 'function' && !name.startsWith('__')).sort(), names);
    assert.deepEqual(found('js/pkg/rules.d.ts', /^export function (\w+)\(/gm), names);
});

test('PHP exports exactly the calls of the types', () => {
    const functions = text('php-bridge/plugin/engine/Rules.php').match(/const FUNCTIONS=\[(.*?)\];/s)[1];
    const exported = [...functions.matchAll(/'(\w+)'=>/g)].map(([, name]) => name);
    assert.deepEqual(exported.sort(), names);
    assert.deepEqual(found('php-bridge/plugin/engine/Calls.php', /public static function (\w+)\(/g), names);
});

/** Says where a value is not of a form; nothing where it is. */
function wrong(value, form, place, fillings = {}) {
    if (typeof form === 'string') {
        const kinds = { text: 'string', integer: 'number', flag: 'boolean', any: 'object' };
        const fits = typeof value === kinds[form] && value !== null && (form !== 'integer' || Number.isSafeInteger(value));
        return fits ? [] : [`${place}: no ${form}`];
    }
    const [[kind, what]] = Object.entries(form);
    switch (kind) {
        case 'list':
            return Array.isArray(value) ? value.flatMap((item, i) => wrong(item, what, `${place}[${i}]`, fillings)) : [`${place}: no list`];
        case 'filling':
            return wrong(value, fillings[what], place);
        case 'named': {
            const [name, inner] = what;
            if (types.choices[name]) {
                return types.choices[name].includes(value) ? [] : [`${place}: "${value}" is no ${name}`];
            }
            const record = types.records[name];
            if (!record) {
                return [`${place}: no type ${name}`];
            }
            if (typeof value !== 'object' || value === null || Array.isArray(value)) {
                return [`${place}: no record`];
            }
            const filled = Object.fromEntries(record.fillings.map((filling, i) => [filling, inner[i]]));
            const known = new Set(record.fields.map((field) => field.name));
            return [
                ...Object.keys(value).filter((key) => !known.has(key)).map((key) => `${place}.${key}: not in ${name}`),
                ...record.fields.flatMap((field) => {
                    if (value[field.name] === undefined) {
                        return field.optional ? [] : [`${place}.${field.name}: missing in ${name}`];
                    }
                    return wrong(value[field.name], field.form, `${place}.${field.name}`, filled);
                }),
            ];
        }
    }
    return [`${place}: unknown form ${kind}`];
}

test('every answer of the corpus is of its type', () => {
    const files = readdirSync(here, { recursive: true }).map(String).filter((file) => file.endsWith('.json'));
    const seen = new Set();
    const findings = files.flatMap((file) => {
        const { call, expect } = JSON.parse(readFileSync(join(here, file), 'utf8'));
        const type = types.calls.find(({ name }) => name === call);
        if (!expect.ok || !type) {
            return [];
        }
        seen.add(call);
        return wrong(expect.ok, type.output, file);
    });
    assert.deepEqual(findings, []);
    assert.deepEqual([...seen].sort(), names, 'every export has a case');
});

test('a value of another form is noticed', () => {
    const output = types.calls.find(({ name }) => name === 'version').output;
    assert.deepEqual(wrong({ rules: '1' }, output, 'v'), []);
    assert.deepEqual(wrong({ rules: 1, more: 2 }, output, 'v'), ['v.more: not in Version', 'v.rules: no text']);
});
