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
    for code in sentences.keys() {
        let in_shell = || shell.iter().any(|text| text.contains(&format!("'{code}'")));
        if !literals.contains(code) && !in_shell() {
            findings.push(format!("src/words.json: nothing says `{code}`"));
        }
    }
    println!("{} sentences", sentences.len());
    for finding in &findings {
        eprintln!("{finding}");
    }
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Error::Check(findings.len()))
    }
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
    use super::{is_code, refused};

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
}
