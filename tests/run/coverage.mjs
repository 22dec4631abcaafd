// One line a number of product.md: which cases and tests bear it. Fails when a claimed number has none.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../harness/run.mjs';

/** Numbers that resolved issues claim; each must be borne by a test. */
const claimed = readFileSync(path.join(root, 'tests/run/claimed'), 'utf8')
  .split('\n').filter((line) => line && !line.startsWith('#')).flatMap((line) => line.split(' '));
const bearers = new Map(claimed.map((number) => [number, []]));
const bears = (number, test) => bearers.set(number, [...(bearers.get(number) ?? []), test]);

const files = (folder, ending) => readdirSync(path.join(root, folder), { recursive: true })
  .filter((name) => name.endsWith(ending) && !name.includes('node_modules')).map((name) => path.join(folder, name));

for (const file of files('tests/corpus', '.json')) {
  const { name, numbers = [] } = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  numbers.forEach((number) => bears(number, name));
}
for (const file of [...files('tests/e2e', '.mjs'), ...files('tests/screens', '.mjs'), ...files('tests/plugin/cases', '.php'), ...files('tests/contract/cases', '.php'), ...files('src', '.rs')]) {
  const text = readFileSync(path.join(root, file), 'utf8');
  // A test's sentence, or the comment above it, names its numbers in brackets: (B2, C4).
  for (const [, list] of text.matchAll(/\(((?:[A-IQ]\d{1,2}(?:[,;–-] ?)?)+)\)/g)) {
    const isTest = file.startsWith('tests/') || file.includes('/tests');
    if (isTest) list.match(/[A-IQ]\d{1,2}/g).forEach((number) => bears(number, path.basename(file)));
  }
}
let without = 0;
for (const number of [...bearers.keys()].sort((a, b) => a[0].localeCompare(b[0]) || Number(a.slice(1)) - Number(b.slice(1)))) {
  const tests = [...new Set(bearers.get(number))];
  if (tests.length === 0) without += 1;
  process.stdout.write(`${number}: ${tests.length === 0 ? 'NO TEST' : `${tests.length} (${tests.slice(0, 3).join('; ')}${tests.length > 3 ? '; …' : ''})`}\n`);
}
process.stdout.write(`${bearers.size - without} passed, ${without} failed\n`);
process.exit(without === 0 ? 0 : 1);
