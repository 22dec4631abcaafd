//! Codes against sentences, and record forms against what all three doors can read.
//!
//! A code is a string literal of the rules in kebab case with a dash: `"price-zero"`. What looks
//! so and is never shown stands in wasm-pack.toml under `not-codes`.

use crate::config::Config;
use crate::error::{read, Error};
use crate::scan::{scan, Found};
use crate::words;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a record's attribute may not say: fields are read by position in PHP (src/bind/php.rs).
const REFUSED: &[&str] = &[
    "alias",
    "flatten",
    "untagged",
    "tag",
    "content",
    "skip",
    "skip_deserializing",
    "other",
];

/// Prints each finding; an error counts them.
pub fn check(config: &Config) -> Result<(), Error> {
    let sentences = words::load(config)?;
    let rules = files(&config.root.join("src"), "rs")?;
    let mut findings = Vec::new();
    let mut literals = BTreeSet::new();
    for path in &rules {
        let place = path
            .strip_prefix(&config.root)
            .unwrap_or(path)
            .display()
            .to_string();
        for found in scan(&read(path)?) {
            match found {
                Found::Literal(line, text) => {
                    if is_code(&text)
                        && !sentences.contains_key(&text)
                        && !config.words.not_codes.contains(&text)
                    {
                        findings.push(format!(
                            "{place}:{line}: `{text}` has no sentence in src/words.json"
                        ));
                    }
                    literals.insert(text);
                }
                Found::Attribute(line, text) => {
                    if let Some(word) = refused(&text) {
                        findings.push(format!(
                            "{place}:{line}: `{word}` cannot be read by position"
                        ));
                    }
                }
            }
        }
    }
    let shell = files(&config.root.join("php-bridge/plugin/src"), "php")?;
    let generated = config.root.join(&config.words.php);
    let shell: Vec<String> = shell
        .iter()
        .filter(|path| **path != generated)
        .map(|path| read(path))
        .collect::<Result<_, _>>()?;
    for (code, sentence) in &sentences {
        let in_shell = || shell.iter().any(|text| text.contains(&format!("'{code}'")));
        if !literals.contains(code) && !in_shell() {
            findings.push(format!("src/words.json: nothing says `{code}`"));
        }
        findings.extend(odd_translation(code, sentence));
    }
    let untranslated = sentences
        .values()
        .filter(|sentence| sentence.vi.is_none())
        .count();
    println!(
        "{} sentences, {untranslated} of them without Vietnamese",
        sentences.len()
    );
    for finding in &findings {
        eprintln!("{finding}");
    }
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Error::Check(findings.len()))
    }
}

/// A translation that names other parameters than its text, or translates none.
fn odd_translation(code: &str, sentence: &words::Sentence) -> Option<String> {
    let pairs = [
        (Some(&sentence.en), &sentence.vi),
        (sentence.remedy.as_ref(), &sentence.remedy_vi),
    ];
    let odd = pairs.into_iter().any(|(en, vi)| {
        let told = |text: &String| parameters(text).into_iter().map(str::to_owned).collect();
        let en: Option<BTreeSet<String>> = en.map(told);
        vi.as_ref().is_some_and(|vi| en != Some(told(vi)))
    });
    odd.then(|| {
        format!("src/words.json: `{code}`: English and Vietnamese name different parameters")
    })
}

fn parameters(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// `two-words`, at least.
fn is_code(text: &str) -> bool {
    text.contains('-')
        && text.split('-').all(|part| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

fn refused(attribute: &str) -> Option<&'static str> {
    let inside = attribute.strip_prefix("#[serde(")?;
    inside
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .find_map(|word| REFUSED.iter().find(|refused| **refused == word).copied())
}

/// All files with this ending below a folder, in order.
pub fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Error> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(Error::file(&folder))? {
            let path = entry.map_err(Error::file(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                all.push(path);
            }
        }
    }
    all.sort();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{is_code, parameters, refused};

    #[test]
    fn codes_are_kebab_case() {
        assert!(is_code("price-zero") && is_code("a1-b2"));
        for other in [
            "price",
            "regular_price",
            "Price-zero",
            "a--b",
            "-a",
            "a-1",
            "text/html",
            "a b-c",
        ] {
            assert!(!is_code(other), "{other}");
        }
    }

    #[test]
    fn forms_that_cannot_be_read_by_position_are_named() {
        assert_eq!(refused(r#"#[serde(default, alias = "x")]"#), Some("alias"));
        assert_eq!(
            refused(r#"#[serde(skip_serializing_if = "Option::is_none")]"#),
            None
        );
        assert_eq!(refused("#[derive(Debug)]"), None);
    }

    #[test]
    fn parameters_are_named_in_braces() {
        assert_eq!(
            parameters("{a} of {b}").into_iter().collect::<Vec<_>>(),
            ["a", "b"]
        );
    }
}
