//! A module in the text format as a class, run by PHP.

use std::path::PathBuf;
use std::process::Command;
use wasm2php::{translate, Options};

/// Options for a class of this name.
pub fn options(class: &str) -> Options {
    Options::new(class).expect("a class name")
}

/// Translates, runs `script` after loading the class, returns what it prints.
pub fn php(name: &str, wat: &str, options: &Options, script: &str) -> String {
    let wasm = wat::parse_str(wat).expect("valid text");
    let class = translate(&wasm, options).expect("translates");
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("class-{name}.php"));
    std::fs::write(&file, class).expect("written");
    run(&format!("require '{}'; {script}", file.display()))
}

/// What PHP prints.
pub fn run(script: &str) -> String {
    let output = Command::new("php")
        .args(["-d", "error_reporting=-1", "-d", "display_errors=1", "-r"])
        .arg(format!("declare(strict_types=1); {script}"))
        .output()
        .expect("php runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}
