// Makes of each language's `.po` what WordPress loads: `.mo` and `.l10n.php` for PHP, JSON for the
// bundle, and of the source the template `.pot`.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mo, po } from 'gettext-parser';
import { languages } from '../build/places.mjs';
import { LOCALES, catalogue, entries, gathered, key, read } from './catalogue.mjs';
import { DOMAIN, bundleSentences, jsSentences, phpSentences } from './scan.mjs';

/** The scripts by their handles, under which WordPress looks translations up, and the files they are made of. */
const BOXES = { 'dongbo-order-box': 'js/admin/order-box.mjs', 'dongbo-product-box': 'js/admin/product-box.mjs' };
/** What both boxes say besides. */
const SHARED = 'js/admin/trouble.mjs';
const HANDLES = {
  'dongbo-admin': (file) => !Object.values(BOXES).includes(file),
  ...Object.fromEntries(Object.entries(BOXES).map(([handle, own]) => [handle, (file) => file === own || file === SHARED])),
};

/** Writes every product of every language. */
export function compile() {
  mkdirSync(languages, { recursive: true });
  const php = gathered(phpSentences());
  const js = gathered(bundleSentences());
  const all = gathered([...phpSentences(), ...jsSentences()]);
  const file = (name) => path.join(languages, name);
  writeFileSync(file(`${DOMAIN}.pot`), po.compile(catalogue(all, new Map(), { 'Content-Type': 'text/plain; charset=UTF-8' })));
  for (const locale of LOCALES) {
    const source = read(locale);
    const known = new Map([...entries(source)].filter(([, forms]) => forms.some(Boolean)));
    writeFileSync(file(`${DOMAIN}-${locale}.mo`), mo.compile(chosen(source, php, known)));
    writeFileSync(file(`${DOMAIN}-${locale}.l10n.php`), l10n(locale, source, php, known));
    for (const [handle, of] of Object.entries(HANDLES)) {
      const own = new Map([...js].filter(([, { places }]) => places.some(of)));
      writeFileSync(file(`${DOMAIN}-${locale}-${handle}.json`), jed(locale, source, own, known));
    }
    console.log(`${locale}: ${known.size} of ${all.size} sentences`);
  }
}

/** Only what is translated: an empty one would show as nothing. */
const chosen = (source, sentences, known) => catalogue(
  new Map([...sentences].filter(([id]) => known.has(id))), known, source.headers,
);

/** WordPress 6.5 and newer load this without parsing. */
function l10n(locale, source, sentences, known) {
  const rows = [...sentences.keys()].filter((id) => known.has(id)).sort()
    .map((id) => `${quoted(id)}=>${quoted(known.get(id).join('\0'))}`);
  return `<?php\nreturn ['domain'=>'${DOMAIN}','plural-forms'=>${quoted(source.headers['Plural-Forms'])},`
    + `'language'=>'${locale}','messages'=>[${rows.join(',')}]];\n`;
}

/** Double quotes, because a context is divided from its sentence by a control character. */
const quoted = (text) => `"${text.replace(/[\\"$]/g, '\\$&').replace(/\n/g, '\\n').replace(/\u0004/g, '\\x04').replace(/\0/g, '\\0')}"`;

/** The form `wp.i18n.setLocaleData` takes. */
function jed(locale, source, sentences, known) {
  const messages = { '': { domain: DOMAIN, lang: locale, 'plural-forms': source.headers['Plural-Forms'] } };
  for (const sentence of sentences.values()) {
    const id = key(sentence);
    if (known.has(id)) messages[id] = known.get(id);
  }
  return `${JSON.stringify({ domain: 'messages', locale_data: { messages } })}\n`;
}
