//! The sentences of every code: `src/words.json` → PHP and JavaScript.

use crate::config::Config;
use crate::error::{read, write, Error};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What is said for one code. `{name}` stands for the parameter of that name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// The sentence in English, the source of every translation.
    pub en: String,
    /// What to do about it, in English.
    pub remedy: Option<String>,
}

/// All sentences by code.
pub fn load(config: &Config) -> Result<BTreeMap<String, Sentence>, Error> {
    let path = config.root.join(&config.words.source);
    serde_json::from_str(&read(&path)?).map_err(|error| Error::Form {
        path,
        detail: error.to_string(),
    })
}

/// Writes the PHP class and the JavaScript module.
pub fn build(config: &Config) -> Result<(), Error> {
    let sentences = load(config)?;
    for (out, text) in [
        (&config.words.php, php(&sentences, &config.words.domain)),
        (&config.words.js, js(&sentences, &config.words.domain)),
    ] {
        let path = config.root.join(out);
        write(&path, text.as_bytes())?;
        println!("{}", path.display());
    }
    Ok(())
}

/// A text in single quotes: PHP and JavaScript agree on what must be escaped in it.
fn quoted(text: &str) -> String {
    format!(
        "'{}'",
        text.replace('\\', "\\\\")
            .replace('\'', "\\'")
            .replace('\n', " ")
    )
}

/// A class, because WordPress finds what to translate by its literals.
fn php(sentences: &BTreeMap<String, Sentence>, domain: &str) -> String {
    let remedies = sentences
        .iter()
        .filter_map(|(code, s)| Some((code, s.remedy.as_ref()?)));
    format!(
        "<?php\n\
         // Generated from src/words.json by `cargo run -p dongbo-build -- words`: edit that file.\n\n\
         declare(strict_types=1);\n\n\
         namespace Dongbo\\Words;\n\n\
         /**\n * What is said for each code, in the site's language. `{{name}}` stands for the parameter of that name.\n */\n\
         final class Texts\n{{\n\
         {}\n{}\
         \x20   /** @return string[] Every code that has a sentence. */\n\
         \x20   public static function codes(): array\n\
         \x20   {{\n\
         \x20       return [\n{}        ];\n\
         \x20   }}\n\
         }}\n",
        lookup("sentence", "The sentence of a code; null where there is none.", sentences.iter().map(|(c, s)| (c, &s.en)), domain),
        lookup("remedy", "What to do about it; null where nothing is to be done.", remedies, domain),
        sentences.keys().fold(String::new(), |all, code| format!("{all}            {},\n", quoted(code))),
    )
}

fn lookup<'a>(
    name: &str,
    summary: &str,
    texts: impl Iterator<Item = (&'a String, &'a String)>,
    domain: &str,
) -> String {
    let mut cases = String::new();
    for (code, text) in texts {
        // Writing to a String does not fail.
        let _ = write!(
            cases,
            "            case {}:\n                return \\__({}, {});\n",
            quoted(code),
            quoted(text),
            quoted(domain)
        );
    }
    format!(
        "    /** {summary} */\n\
         \x20   public static function {name}(string $code): ?string\n\
         \x20   {{\n\
         \x20       switch ($code) {{\n{cases}        }}\n\
         \x20       return null;\n\
         \x20   }}\n\n"
    )
}

/// A function of `__`, so that the module needs no WordPress to be read.
fn js(sentences: &BTreeMap<String, Sentence>, domain: &str) -> String {
    let mut rows = String::new();
    for (code, sentence) in sentences {
        let said = |text: &str| format!("__({}, {})", quoted(text), quoted(domain));
        let remedy = sentence.remedy.as_deref().map_or("null".to_owned(), said);
        // Writing to a String does not fail.
        let _ = writeln!(
            rows,
            "    {}: {{ sentence: {}, remedy: {remedy} }},",
            quoted(code),
            said(&sentence.en)
        );
    }
    format!(
        "// Generated from src/words.json by `cargo run -p dongbo-build -- words`: edit that file.\n\n\
         /** code → sentence and remedy, in the language of `__` (of @wordpress/i18n). */\n\
         export const words = (__) => ({{\n{rows}}});\n"
    )
}

#[cfg(test)]
mod tests {
    use super::{js, php, Sentence};
    use std::collections::BTreeMap;

    fn sentences() -> BTreeMap<String, Sentence> {
        let sentence = |en: &str, remedy: Option<&str>| Sentence {
            en: en.into(),
            remedy: remedy.map(Into::into),
        };
        BTreeMap::from([
            (
                "a-code".into(),
                sentence("It's {name} \\ here", Some("Do it")),
            ),
            ("b-code".into(), sentence("Plain", None)),
        ])
    }

    #[test]
    fn php_quotes_what_would_end_the_literal() {
        let text = php(&sentences(), "dongbo");
        assert!(
            text.contains(r"return \__('It\'s {name} \\ here', 'dongbo');"),
            "{text}"
        );
        assert!(
            text.contains("case 'a-code':\n                return \\__('Do it', 'dongbo');"),
            "{text}"
        );
        assert_eq!(
            text.matches("case 'b-code'").count(),
            1,
            "no remedy, no case: {text}"
        );
    }

    #[test]
    fn javascript_says_null_where_there_is_no_remedy() {
        let text = js(&sentences(), "dongbo");
        assert!(
            text.contains("'b-code': { sentence: __('Plain', 'dongbo'), remedy: null },"),
            "{text}"
        );
    }
}
