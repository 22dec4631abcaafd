//! Runs `tests/corpus` through the rules as they are natively. See `tests/corpus/README.md`.
//!
//! `cargo test --test corpus`, or with `-- --print <part of a path>` to see what the rules answer
//! now. There is no way to accept an answer but to read it and write it down.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().position(|argument| argument == "--print") {
        Some(at) => print(
            root,
            arguments
                .get(at.saturating_add(1))
                .map_or("", String::as_str),
        ),
        None => run(root),
    };
    match result {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// One case file.
struct Case {
    path: String,
    name: String,
    call: String,
    input: Value,
    expect: Value,
}

/// Prints the answers of all cases whose path holds `part`.
fn print(root: &Path, part: &str) -> Result<usize, String> {
    for case in cases(root)?
        .into_iter()
        .filter(|case| case.path.contains(part))
    {
        let answer = dongbo::bind::call(&case.call, case.input);
        println!("{}\n{answer:#}", case.path);
    }
    Ok(0)
}

/// Runs all cases; gives the number of failures.
fn run(root: &Path) -> Result<usize, String> {
    let words = read(&root.join("src/words.json"))?;
    let mut unsaid = BTreeSet::new();
    let (mut passed, mut failed) = (0_usize, 0_usize);
    for case in cases(root)? {
        let answer = dongbo::bind::call(&case.call, case.input);
        codes(&answer, &mut |code| {
            if words.get(code).is_none() {
                unsaid.insert(code.to_owned());
            }
        });
        // Why an input cannot be read is said in each door's own words.
        let (got, wanted) = match (
            answer.pointer("/error/code"),
            case.expect.pointer("/error/code"),
        ) {
            (Some(got), Some(wanted)) => (got.to_string(), wanted.to_string()),
            _ => (answer.to_string(), case.expect.to_string()),
        };
        if got == wanted {
            passed = passed.saturating_add(1);
        } else {
            failed = failed.saturating_add(1);
            println!(
                "failed: {} ({})\n  expected {wanted}\n  answered {got}",
                case.path, case.name
            );
        }
    }
    if unsaid.is_empty() {
        passed = passed.saturating_add(1);
    } else {
        failed = failed.saturating_add(1);
        println!("failed: codes without a sentence in src/words.json: {unsaid:?}");
    }
    println!("corpus native: {passed} passed, {failed} failed");
    Ok(failed)
}

/// Tells every code of an answer: of issues, reasons, failures and fields.
fn codes(value: &Value, tell: &mut impl FnMut(&str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| codes(item, tell)),
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(code) if matches!(name.as_str(), "code" | "reason") => {
                        // SKUs and codes of POS orders are called `code` too; a code of ours is in
                        // small letters.
                        let ours = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
                        if !code.is_empty() && code.bytes().all(ours) {
                            tell(code);
                        }
                    }
                    _ => codes(field, tell),
                }
            }
        }
        _ => {}
    }
}

/// All cases, in the order of their paths.
fn cases(root: &Path) -> Result<Vec<Case>, String> {
    let mut files = Vec::new();
    let mut folders = vec![root.join("tests/corpus")];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| told(&folder, error))?;
        for entry in entries {
            let path = entry.map_err(|error| told(&folder, error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    if files.is_empty() {
        return Err("tests/corpus holds no case".into());
    }
    files.iter().map(|path| case(root, path)).collect()
}

fn case(root: &Path, path: &Path) -> Result<Case, String> {
    let value = read(path)?;
    let text = |name: &str| {
        let text = value.get(name).and_then(Value::as_str).map(str::to_owned);
        text.ok_or_else(|| told(path, format!("`{name}` is missing or no text")))
    };
    let part = |name: &str| {
        value
            .get(name)
            .cloned()
            .ok_or_else(|| told(path, format!("`{name}` is missing")))
    };
    if !value.get("numbers").is_some_and(Value::is_array) {
        return Err(told(path, "`numbers` is missing or no list"));
    }
    Ok(Case {
        path: path
            .strip_prefix(root)
            .unwrap_or(path)
            .display()
            .to_string(),
        name: text("name")?,
        call: text("call")?,
        input: part("input")?,
        expect: part("expect")?,
    })
}

fn read(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| told(path, error))?;
    serde_json::from_str(&text).map_err(|error| told(path, error))
}

fn told(path: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
