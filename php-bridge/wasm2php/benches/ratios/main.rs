//! `cargo bench -p wasm2php`: generated PHP against hand-written PHP and Node's native WebAssembly, in one run; and against
//! another runtime in PHP where [`ADAPTER`] names one.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// PHP without opcache, with it, and with the JIT that needs no guard.
const MODES: [(&str, &[&str]); 3] = [
    ("opcache off", &["-d", "opcache.enable_cli=0"]),
    (
        "opcache on",
        &[
            "-d",
            "opcache.enable_cli=1",
            "-d",
            "opcache.file_update_protection=0",
            "-d",
            "opcache.jit=off",
        ],
    ),
    (
        "function JIT",
        &[
            "-d",
            "opcache.enable_cli=1",
            "-d",
            "opcache.file_update_protection=0",
            "-d",
            "opcache.jit=function",
            "-d",
            "opcache.jit_buffer_size=64M",
        ],
    ),
];

/// Names a PHP file that brings another runtime in; `other.php` says what it returns.
const ADAPTER: &str = "WASM2PHP_BENCH_RUNTIME";

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/ratios");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ratios");
    std::fs::create_dir_all(&folder).expect("folder");
    let folder_text = folder.to_string_lossy().into_owned();
    let page = output(Command::new("php").arg(here.join("page.php")));
    std::fs::write(folder.join("page.json"), page).expect("written");
    // The flags of the profile `wasm`, with which rules are built.
    for (source, class) in [("kernels.rs", "Kernels"), ("planner.rs", "Planner")] {
        let wasm = folder.join(format!("{class}.wasm"));
        output(
            Command::new("rustc")
                .args([
                    "--edition=2021",
                    "--target=wasm32-unknown-unknown",
                    "-Copt-level=s",
                    "-Clto=fat",
                    "-Ccodegen-units=1",
                    "-Cpanic=abort",
                ])
                .args([
                    "-Cstrip=debuginfo",
                    "-Clink-arg=-zstack-size=65536",
                    "-Clink-arg=--stack-first",
                    "-o",
                ])
                .arg(&wasm)
                .arg(here.join(source)),
        );
        let options = wasm2php::Options::new(&format!("Bench\\{class}")).expect("a name");
        let bytes = std::fs::read(&wasm).expect("read");
        let php = wasm2php::translate(&bytes, &options).expect("translates");
        println!("{class}: {} B of wasm, {} B of PHP", bytes.len(), php.len());
        std::fs::write(folder.join(format!("{class}.php")), php).expect("written");
    }
    let mut rows: Vec<(&str, Value)> = Vec::new();
    for (mode, flags) in MODES {
        let text = output(
            Command::new("php")
                .args(flags)
                .arg(here.join("bench.php"))
                .args([folder_text.as_str(), "101"]),
        );
        rows.push((mode, serde_json::from_str(&text).expect("JSON")));
    }
    let text = output(
        Command::new("node")
            .arg(here.join("bench.mjs"))
            .args([folder_text.as_str(), "101"]),
    );
    let node: Value = serde_json::from_str(&text).expect("JSON");
    println!(
        "{:<22}{:<14}{:>10}{:>10}{:>12}{:>12}{:>12}",
        "work", "PHP", "ms", "hand ms", "x hand", "Node ms", "x Node"
    );
    for (name, native) in node.as_object().expect("object") {
        for (mode, times) in &rows {
            let (generated, hand) = (
                number(&times[name]["generated"]),
                number(&times[name]["hand"]),
            );
            let inside = times[name]["inside"].as_f64().unwrap_or(generated);
            println!(
                "{name:<22}{mode:<14}{generated:>10.3}{hand:>10.3}{:>12.1}{:>12.4}{:>12.1}",
                generated / hand,
                number(&native["ms"]),
                inside / number(&native["ms"]),
            );
        }
    }
    if let Some(adapter) = std::env::var_os(ADAPTER) {
        compare_other(&here, &folder_text, Path::new(&adapter), &node);
    }
}

/// Times the other runtime, with opcache and few rounds: such runtimes are up to a hundred times slower.
fn compare_other(here: &Path, folder: &str, adapter: &Path, node: &Value) {
    let adapter = adapter
        .canonicalize()
        .unwrap_or_else(|why| panic!("{ADAPTER}={}: {why}", adapter.display()));
    let [_, (mode, flags), _] = MODES;
    let text = output(
        Command::new("php")
            .args(flags)
            .arg(here.join("other.php"))
            .args([folder, "5"])
            .arg(&adapter),
    );
    let other: Value = serde_json::from_str(&text).expect("JSON");
    println!("\n{} with {mode}:", adapter.display());
    for (name, native) in node.as_object().expect("object") {
        let (own, there) = (number(&native["ms"]), number(&other[name]["ms"]));
        let same = native["value"] == other[name]["value"];
        let told = if same { "" } else { "   WRONG RESULT" };
        println!(
            "{name:<22}{there:>10.3} ms{:>10.1} x Node{told}",
            there / own
        );
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn output(command: &mut Command) -> String {
    let done = command
        .output()
        .unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(
        done.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8_lossy(&done.stdout).into_owned()
}
