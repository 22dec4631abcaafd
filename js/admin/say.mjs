// A code of the rules in words: the browser's plans bring codes, the server's answers sentences.
import { __ } from '@wordpress/i18n';
import { words } from '../pkg/words.mjs';

let table;

/** Fills `{name}` places. */
export const fill = (text, params = []) => params.reduce((all, { name, value }) => all.split(`{${name}}`).join(value), text);

/** A code without a sentence is still shown with all it says. */
const bare = (code, params) => (params.length === 0 ? code : `${code} (${params.map(({ name, value }) => `${name}: ${value}`).join(', ')})`);

/** @returns {{code: string, sentence: string, remedy: string}} */
export function say({ code, params = [] }) {
  table ??= words(__);
  const entry = table[code];
  if (entry === undefined) return { code, sentence: bare(code, params), remedy: '' };
  return { code, sentence: fill(entry.sentence, params), remedy: entry.remedy === null ? '' : fill(entry.remedy, params) };
}

const LONGEST = 70;

/** A sentence as a line of a list: places for values left open. */
export function short(sentence) {
  const text = sentence.replace(/\{\w+\}/g, '…');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
