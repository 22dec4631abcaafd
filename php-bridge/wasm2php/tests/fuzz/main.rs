//! Differential fuzzing: random modules from `wasm-smith`, random arguments, generated PHP against Node.
//!
//! Every module is translated twice, strictly and trusting alignment hints. The hints of `wasm-smith`'s modules are first
//! lowered to one byte (random addresses keep no promise); every third module is of our own making and keeps them. Seeded: `FUZZ_SEED` (default 1) and `FUZZ_RUNS` (default 1,200)
//! choose the round; `FUZZ_RUNS=100000 cargo test -p wasm2php --release --test fuzz -- --nocapture` is the long one.

mod aligned;
#[path = "../support/alignment.rs"]
mod alignment;
mod generate;
#[path = "../support/report.rs"]
mod report;

use serde_json::{json, Value};
use std::path::Path;
use std::process::Command;

const MODULES: usize = 50;
const INPUTS: usize = 8;

#[test]
fn generated_php_equals_node() {
    let seed = number("FUZZ_SEED", 1);
    let runs = number("FUZZ_RUNS", 1200) as usize;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{seed}"));
    let (mut done, mut traps, mut batch) = (0, 0, 0);
    while done < runs {
        let mut random = generate::Random::new(seed.wrapping_mul(1_000_003).wrapping_add(batch));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("folder");
        let cases = prepare(&folder, &mut random);
        let list = folder.join("cases.json");
        std::fs::write(&list, Value::Array(cases).to_string()).expect("written");
        let node = lines("node", &[], "node.mjs", &list);
        let php = lines("php", &["-d", "memory_limit=1G"], "php.php", &list);
        let differences = compare(&node, &php);
        assert!(
            differences.is_empty(),
            "seed {seed}, batch {batch} (modules in {}):\n{}",
            folder.display(),
            differences.join("\n")
        );
        done += node.len() * 2;
        traps += node.iter().filter(|line| line.contains("trap")).count() * 2;
        batch += 1;
    }
    report::line(&format!(
        "fuzz: {done} runs against Node without a difference, {traps} of them traps, seed {seed}"
    ));
    assert!(
        traps < done * 3 / 4,
        "nearly everything trapped: the fuzz says little"
    );
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// Writes modules and both translations; the cases for the two runners.
fn prepare(folder: &Path, random: &mut generate::Random) -> Vec<Value> {
    let mut cases = Vec::new();
    for index in 0..MODULES {
        let keeps_hints = index % 3 == 0;
        let next = if keeps_hints {
            aligned::module
        } else {
            generate::module
        };
        let Some(module) = next(random) else {
            continue;
        };
        let lowered = if keeps_hints {
            module.bytes.clone()
        } else {
            alignment::without_alignment(&module.bytes)
        };
        let wasm = folder.join(format!("m{index}.wasm"));
        std::fs::write(&wasm, &module.bytes).expect("written");
        let mut files = Vec::new();
        for (mode, strict, bytes) in [("s", true, &module.bytes), ("t", false, &lowered)] {
            let mut options =
                wasm2php::Options::new(&format!("Fuzz\\M{index}{mode}")).expect("a name");
            options.strict = strict;
            let php = wasm2php::translate(bytes, &options)
                .unwrap_or_else(|why| panic!("{} does not translate: {why}", wasm.display()));
            let file = folder.join(format!("m{index}{mode}.php"));
            std::fs::write(&file, php).expect("written");
            files.push(json!([file, format!("\\{}", options.class)]));
        }
        let calls: Vec<Value> = (0..INPUTS).map(|_| module.call(random)).collect();
        cases.push(json!({"module": index, "wasm": wasm, "php": files, "calls": calls, "globals": module.globals}));
    }
    cases
}

fn lines(program: &str, flags: &[&str], script: &str, list: &Path) -> Vec<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz")
        .join(script);
    let output = Command::new(program)
        .args(flags)
        .arg(script)
        .arg(list)
        .output()
        .unwrap_or_else(|why| panic!("{program} does not run: {why}"));
    let text = String::from_utf8_lossy(&output.stdout);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let end = lines.pop();
    assert_eq!(
        end.as_deref(),
        Some("END"),
        "{program} died after {:?}: {}",
        lines.last(),
        String::from_utf8_lossy(&output.stderr)
    );
    lines
}

/// PHP prints two lines (strict, trusting) for each of Node's.
fn compare(node: &[String], php: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    if php.len() != node.len() * 2 {
        found.push(format!(
            "{} lines from Node, {} from PHP",
            node.len(),
            php.len()
        ));
    }
    for (native, both) in node.iter().zip(php.chunks(2)) {
        for line in both {
            // How deep a stack goes is each machine's own affair.
            if native.ends_with("stack") || line.ends_with("stack") {
                continue;
            }
            let line = line.trim_start_matches("s ").trim_start_matches("t ");
            if line != native {
                found.push(format!("node {native}\nphp  {line}"));
            }
        }
    }
    found
}
