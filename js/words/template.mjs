// `npm run template`: brings each language's file up to the source and says what is still to translate.
import { existsSync, writeFileSync } from 'node:fs';
import { po } from 'gettext-parser';
import { LOCALES, catalogue, entries, gathered, poFile, read } from './catalogue.mjs';
import { jsSentences, phpSentences } from './scan.mjs';

const FOLD = 120;

/** The headers of a language's file. No date: the same source gives the same file. */
const headers = (locale) => ({
  'Project-Id-Version': 'Dongbo',
  Language: locale,
  'MIME-Version': '1.0',
  'Content-Type': 'text/plain; charset=UTF-8',
  'Content-Transfer-Encoding': '8bit',
  // Vietnamese has one form.
  'Plural-Forms': 'nplurals=1; plural=0;',
});

const sentences = gathered([...phpSentences(), ...jsSentences()]);
for (const locale of LOCALES) {
  const known = existsSync(poFile(locale)) ? entries(read(locale)) : new Map();
  const wanted = catalogue(sentences, known, headers(locale));
  writeFileSync(poFile(locale), `${po.compile(wanted, { foldLength: FOLD }).toString()}\n`);
  const missing = [...sentences.keys()].filter((id) => !known.get(id)?.some(Boolean));
  console.log(`${locale}: ${sentences.size} sentences, ${missing.length} to translate`);
  missing.forEach((id) => console.log(`  ${JSON.stringify(id)}`));
}
