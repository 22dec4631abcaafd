// Finds every translatable sentence of the plugin: PHP by its syntax tree, JavaScript by its own.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import { transformSync } from 'esbuild';
import { Engine } from 'php-parser';
import { js, plugin, root } from '../build/places.mjs';
import { browserWords, wordsFile } from './browser.mjs';

export const DOMAIN = 'dongbo';

const mainFile = path.join(plugin, 'dongbo.php');

/** How many lines above its sentence a translators' note may stand. */
const NOTE_ABOVE = 2;

/** Which argument of a call is what. */
const CALLS = new Map(Object.entries({
  __: ['id', 'domain'],
  _e: ['id', 'domain'],
  esc_html__: ['id', 'domain'],
  esc_attr__: ['id', 'domain'],
  esc_html_e: ['id', 'domain'],
  esc_attr_e: ['id', 'domain'],
  _x: ['id', 'context', 'domain'],
  esc_html_x: ['id', 'context', 'domain'],
  esc_attr_x: ['id', 'context', 'domain'],
  _n: ['id', 'plural', 'number', 'domain'],
  _nx: ['id', 'plural', 'number', 'context', 'domain'],
  _n_noop: ['id', 'plural', 'domain'],
}));

/**
 * @typedef {{id: string, plural?: string, context?: string, comment?: string, place: string}} Sentence
 * @returns {Sentence[]} Every sentence of the PHP part, in the order of files.
 */
export const phpSentences = () => [
  ...described(), ...[mainFile, ...files(path.join(plugin, 'src'), /\.php$/)].flatMap((file) => inPhp(readFileSync(file, 'utf8'), relative(file))),
];

/** What WordPress says of the plugin where plugins are listed; it translates the header by itself. */
function described() {
  const [, id] = /^ \* Description: +(.+)$/m.exec(readFileSync(mainFile, 'utf8'));
  return [{ id, comment: 'Description of the plugin in the list of plugins.', place: relative(mainFile) }];
}

/** @returns {Sentence[]} Every sentence of the JavaScript part: the screens, and what is said for each code. */
export const jsSentences = () => [...screens(), ...inJs(readFileSync(wordsFile, 'utf8'), relative(wordsFile))];

/** @returns {Sentence[]} Those that the bundle carries. */
export const bundleSentences = () => [...screens(), ...inJs(browserWords(), relative(wordsFile))];

const screens = () => files(path.join(js, 'admin'), /(?<!\.test)\.(jsx?|mjs)$/)
  .flatMap((file) => inJs(readFileSync(file, 'utf8'), relative(file)));

/** Sentences of one PHP source. */
export function inPhp(source, place) {
  const engine = new Engine({ parser: { extractDoc: true, php7: true }, ast: { withPositions: true } });
  const found = [];
  const visit = (node, notes) => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      node.forEach((child) => visit(child, notes));
      return;
    }
    const here = [...notes, ...(node.leadingComments ?? []).map(({ value }) => value)];
    if (node.kind === 'call' && node.what.kind === 'name') {
      const name = node.what.name.replace(/^\\/, '');
      const inside = [...here, ...node.arguments.flatMap(({ leadingComments }) => leadingComments ?? []).map(({ value }) => value)];
      note(found, name, node.arguments.map(phpText), inside, place, node.loc.start.line);
    }
    for (const [key, child] of Object.entries(node)) {
      if (key !== 'loc' && key !== 'leadingComments' && key !== 'trailingComments') visit(child, here);
    }
  };
  visit(engine.parseCode(source).children, []);
  return found;
}

/** Sentences of one JavaScript source. */
export function inJs(source, place) {
  const { code } = transformSync(source, { loader: 'jsx', jsx: 'transform', charset: 'utf8', legalComments: 'inline' });
  const found = [];
  simple(parse(code, { ecmaVersion: 2022, sourceType: 'module' }), {
    CallExpression(node) {
      const name = node.callee.type === 'Identifier' ? node.callee.name : node.callee.property?.name;
      note(found, name, node.arguments.map(jsText), [], place);
    },
  });
  // esbuild drops comments inside expressions: a note stands on its sentence's line or just above.
  const lines = source.split('\n');
  for (const sentence of found) {
    const quoted = sentence.id.replace(/\\/g, '\\\\').replace(/'/g, "\\'");
    const near = lines.flatMap((line, at) => (line.includes(`'${quoted}'`) ? lines.slice(Math.max(0, at - NOTE_ABOVE), at + 1) : []));
    const comment = near.map((line) => /translators:.*?(?=\*\/|$)/.exec(line)?.[0].trim()).findLast(Boolean);
    if (comment !== undefined) sentence.comment = comment;
  }
  return found;
}

/** Adds the call to what was found, when it is one that translates. */
function note(found, name, values, comments, place, line) {
  const names = CALLS.get(name);
  if (names === undefined) return;
  const sentence = Object.fromEntries(names.map((part, index) => [part, values[index]]));
  if (sentence.domain !== DOMAIN) {
    throw new Error(`${place}${line ? `:${line}` : ''}: ${name}(${JSON.stringify(sentence.id)}) is not of the domain “${DOMAIN}”`);
  }
  if (typeof sentence.id !== 'string' || (names.includes('plural') && typeof sentence.plural !== 'string')) {
    throw new Error(`${place}${line ? `:${line}` : ''}: ${name}() takes plain literals, or nobody can translate it`);
  }
  const comment = comments.findLast((text) => text.includes('translators:'));
  found.push({
    id: sentence.id,
    ...(sentence.plural === undefined ? {} : { plural: sentence.plural }),
    ...(sentence.context === undefined ? {} : { context: sentence.context }),
    ...(comment === undefined ? {} : { comment: comment.replace(/^\/\*+\s*|\s*\*+\/$/g, '').trim() }),
    place,
  });
}

/** A literal's text; undefined for anything that is computed. */
function phpText(node) {
  if (node.kind === 'string') return node.value;
  if (node.kind === 'bin' && node.type === '.') {
    const [left, right] = [phpText(node.left), phpText(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

function jsText(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked;
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [jsText(node.left), jsText(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

const files = (folder, ending) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && ending.test(entry.name))
  .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
  .sort();
const relative = (file) => path.relative(root, file);
