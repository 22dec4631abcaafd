// Runs tests/corpus through the rules as Node has them. See README.md.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as rules from '../../js/pkg/node/dongbo.js';

const here = dirname(fileURLToPath(import.meta.url));
const files = readdirSync(here, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.json'))
    .sort();

test('there are cases', () => assert.ok(files.length > 0));

for (const file of files) {
    const { name, call, input, expect } = JSON.parse(readFileSync(join(here, file), 'utf8'));
    test(`${relative(here, join(here, file))}: ${name}`, () => {
        const answer = rules[call]?.(input) ?? { error: { code: 'no-such-call' } };
        // Why an input cannot be read is said in each door's own words.
        if (answer.error && expect.error) {
            assert.equal(answer.error.code, expect.error.code);
        } else {
            assert.equal(JSON.stringify(answer), JSON.stringify(expect));
        }
    });
}
