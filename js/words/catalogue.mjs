// The template (every sentence once) and a language's catalogue, as gettext-parser holds them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { po } from 'gettext-parser';
import { languages } from '../build/places.mjs';
import { DOMAIN } from './scan.mjs';

/** The languages that are complete; English is the source. */
export const LOCALES = ['vi'];

/** A language's source file. */
export const poFile = (locale) => path.join(languages, `${DOMAIN}-${locale}.po`);

/** A language's catalogue. */
export const read = (locale) => po.parse(readFileSync(poFile(locale)));

/** What tells two sentences apart: gettext's own key. */
export const key = ({ id, context }) => (context === undefined ? id : `${context}\u0004${id}`);

/** Sentences by key, each once, with every file it stands in. */
export function gathered(sentences) {
  const all = new Map();
  for (const { place, ...sentence } of sentences) {
    const known = all.get(key(sentence));
    if (known === undefined) {
      all.set(key(sentence), { ...sentence, places: [place] });
    } else {
      if (!known.places.includes(place)) known.places.push(place);
      if (known.plural === undefined && sentence.plural !== undefined) known.plural = sentence.plural;
    }
  }
  return all;
}

/** A catalogue's entries as `key → translated forms`. */
export function entries(catalogue) {
  const all = new Map();
  for (const [context, sentences] of Object.entries(catalogue.translations)) {
    for (const [id, { msgstr }] of Object.entries(sentences)) {
      if (id !== '') all.set(key({ id, context: context === '' ? undefined : context }), msgstr);
    }
  }
  return all;
}

/** A catalogue of these sentences, with the translations `known` has for them. */
export function catalogue(sentences, known, headers) {
  const translations = { '': {} };
  const sorted = [...sentences.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  for (const sentence of sorted) {
    const { id, plural, context = '', comment, places } = sentence;
    translations[context] ??= {};
    translations[context][id] = {
      msgid: id,
      ...(context === '' ? {} : { msgctxt: context }),
      ...(plural === undefined ? {} : { msgid_plural: plural }),
      msgstr: known.get(key(sentence)) ?? [''],
      comments: { ...(comment === undefined ? {} : { extracted: comment }), reference: places.sort().join('\n') },
    };
  }
  return { charset: 'utf-8', headers, translations };
}
