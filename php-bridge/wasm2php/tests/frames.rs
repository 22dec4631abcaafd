//! What is known of addresses (stack frames, bytes looked at before) changes the text, never the result: the same
//! module translated with and without that knowledge (strict) answers alike.

use std::path::PathBuf;
use std::process::Command;
use wasm2php::{translate, Options};

const STACK: &str = r#"(global $sp (mut i32) (i32.const 1024))"#;

/// Calls `run(n)` for every number; one line an answer, `trap` where it traps.
fn answers(wat: &str, strict: bool, inputs: &[i32], name: &str) -> String {
    let wasm = wat::parse_str(wat).expect("valid text");
    let mut options = Options::new("Test\\Module").expect("a class name");
    options.strict = strict;
    let class = translate(&wasm, &options).expect("translates");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("{name}-{strict}.php"));
    std::fs::write(&file, class).expect("written");
    let inputs: Vec<String> = inputs.iter().map(i32::to_string).collect();
    let script = format!(
        "require $argv[1]; foreach ([{}] as $n) {{ $m = new \\Test\\Module(); \
         try {{ echo $m->call('run', $n), \"\\n\"; }} catch (\\Test\\Trap $t) {{ echo \"trap\\n\"; }} }}",
        inputs.join(",")
    );
    let run = Command::new("php")
        .args([
            "-d",
            "error_reporting=-1",
            "-d",
            "display_errors=1",
            "-r",
            &script,
        ])
        .arg(&file)
        .output()
        .expect("php runs");
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{text}");
    text
}

/// Compares both translations and gives the common answers.
fn alike(wat: &str, inputs: &[i32], name: &str) -> Vec<String> {
    let known = answers(wat, false, inputs, name);
    assert_eq!(known, answers(wat, true, inputs, name), "{name}");
    known.lines().map(str::to_owned).collect()
}

#[test]
fn every_width_at_every_place_of_a_frame() {
    let mut body = String::new();
    for (offset, kind) in [
        (0, "i32"),
        (4, "i64"),
        (12, "i32"),
        (16, "i64"),
        (24, "i32"),
        (28, "i32"),
        (30, "i32"),
    ] {
        let (store, value) = match (kind, offset) {
            ("i64", _) => (
                "i64.store",
                "(i64.mul (i64.extend_i32_s (local.get $n)) (i64.const 81985529216486895))",
            ),
            (_, 24) => ("i32.store8", "(local.get $n)"),
            (_, 28) => ("i32.store16", "(i32.mul (local.get $n) (i32.const 257))"),
            (_, 30) => ("i32.store8", "(i32.const 0)"),
            _ => ("i32.store", "(i32.mul (local.get $n) (i32.const 65537))"),
        };
        body.push_str(&format!(
            "({store} offset={offset} (local.get $f) {value})\n"
        ));
    }
    for offset in [25, 26, 27, 31] {
        body.push_str(&format!("(i32.store8 offset={offset} (local.get $f) (i32.sub (i32.const {offset}) (local.get $n)))\n"));
    }
    let mut sum = String::from("(i64.const 7)");
    for (offset, load) in [
        (0, "i64.load"),
        (8, "i64.load"),
        (16, "i64.load32_s"),
        (20, "i64.load32_u"),
        (24, "i64.load8_s"),
        (25, "i64.load8_u"),
        (26, "i64.load16_s"),
        (28, "i64.load16_u"),
        (27, "i64.load8_s"),
        (31, "i64.load8_u"),
        (3, "i64.load align=1"),
        (13, "i64.load16_u align=1"),
    ] {
        let (load, align) = load.split_once(' ').unwrap_or((load, ""));
        sum = format!("(i64.xor (i64.mul {sum} (i64.const 31)) ({load} offset={offset} {align} (local.get $f)))");
    }
    let wat = format!(
        r#"(module (memory 1) {STACK} (func (export "run") (param $n i32) (result i64) (local $f i32) (local $r i64)
            global.get $sp i32.const 32 i32.sub local.tee $f global.set $sp
            {body} (local.set $r {sum})
            local.get $f i32.const 32 i32.add global.set $sp local.get $r))"#
    );
    let found = alike(
        &wat,
        &[0, 1, -1, 255, 256, 65535, 1234567, i32::MAX, i32::MIN],
        "widths",
    );
    assert_eq!(found.len(), 9);
    assert!(!found.contains(&"trap".to_owned()));
}

#[test]
fn words_moved_over_each_other() {
    // 64 bits from one place of a frame (or of a pointer into it) to another, one word up and down.
    let mut body = String::new();
    for (to, from) in [(4, 0), (8, 12), (16, 16), (20, 8), (0, 24)] {
        body.push_str(&format!("(i64.store offset={to} align=4 (local.get $f) (i64.load offset={from} align=4 (local.get $f)))"));
        body.push_str(&format!("(i64.store offset={to} align=4 (local.get $p) (i64.load offset={} align=4 (local.get $f)))", from + 4));
        body.push_str(&format!("(i64.store offset={} align=4 (local.get $f) (i64.load offset={from} align=4 (local.get $p)))", to + 4));
        body.push_str(&format!("(i64.store offset={to} align=4 (local.get $p) (i64.load offset={} align=4 (local.get $p)))", from + 4));
    }
    let fill: String = (0..12)
        .map(|i| {
            format!(
                "(i32.store offset={} (local.get $f) (i32.add (local.get $n) (i32.const {})))",
                i * 4,
                i * 0x0101_0101
            )
        })
        .collect();
    let sum = (0..12).fold("(i64.const 0)".to_owned(), |sum, i| {
        format!(
            "(i64.add (i64.mul {sum} (i64.const 1000003)) (i64.load32_u offset={} (local.get $f)))",
            i * 4
        )
    });
    let wat = format!(
        r#"(module (memory 1) {STACK} (func (export "run") (param $n i32) (result i64) (local $f i32) (local $p i32) (local $r i64)
            global.get $sp i32.const 48 i32.sub local.tee $f global.set $sp
            (local.set $p (i32.add (local.get $f) (i32.and (local.get $n) (i32.const 4))))
            {fill} {body} (local.set $r {sum})
            local.get $f i32.const 48 i32.add global.set $sp local.get $r))"#
    );
    let found = alike(&wat, &[0, 4, 123_456, -77], "moves");
    assert!(!found.contains(&"trap".to_owned()));
}

#[test]
fn a_full_stack_traps() {
    let wat = format!(
        r#"(module (memory 1) {STACK} (func $down (export "run") (param $n i32) (result i32) (local $f i32)
            global.get $sp i32.const 16 i32.sub local.tee $f global.set $sp
            (i32.store offset=4 (local.get $f) (local.get $n))
            (if (local.get $n) (then (i32.store offset=8 (local.get $f) (call $down (i32.sub (local.get $n) (i32.const 1))))))
            (local.set $n (i32.add (i32.load offset=8 (local.get $f)) (i32.load offset=4 (local.get $f))))
            local.get $f i32.const 16 i32.add global.set $sp local.get $n))"#
    );
    assert_eq!(
        alike(&wat, &[3, 63, 64, 1000], "full"),
        ["6", "2016", "trap", "trap"]
    );
}

#[test]
fn one_look_at_an_address_counts_until_it_changes() {
    let wat = r#"(module (memory 1) (func (export "run") (param $n i32) (result i32) (local $p i32) (local $i i32)
        (local.set $p (local.get $n))
        (i32.store offset=8 (local.get $p) (i32.const 5))
        (i32.store offset=4 (local.get $p) (i32.const 6))
        (i64.store offset=0 align=4 (local.get $p) (i64.const 77309411337))
        (if (i32.and (local.get $n) (i32.const 4)) (then
            (local.set $p (i32.add (local.get $p) (i32.const 65504)))
            (i32.store offset=4 (local.get $p) (i32.const 1))))
        (i32.store offset=8 (local.get $p) (i32.const 9))
        (loop $again
            (i32.store offset=8 (local.get $p) (i32.add (i32.load offset=4 (local.get $p)) (local.get $i)))
            (local.set $p (i32.add (local.get $p) (i32.const 4)))
            (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3))))
        (i32.store offset=8 (local.get $p) (i32.load offset=8 (local.get $p)))
        (i32.add (i32.load offset=4 (local.get $p)) (i32.load (local.get $p)))))"#;
    let inputs = [
        0, 4, 8, 12, 24, 65500, 65512, 65516, 65520, 65524, 65528, 65532, 65536, -4, -8, -65536,
    ];
    let found = alike(wat, &inputs, "looks");
    assert!(
        found.contains(&"trap".to_owned()) && found.iter().any(|answer| answer != "trap"),
        "{found:?}"
    );
}

#[test]
fn a_pointer_that_is_set_otherwise_makes_no_frame() {
    // The second function moves the pointer to anywhere: no frame may be trusted.
    let wat = format!(
        r#"(module (memory 1) {STACK}
            (func $wild (param $n i32) (global.set $sp (local.get $n)))
            (func (export "run") (param $n i32) (result i32) (local $f i32)
                (call $wild (local.get $n)) (call $leaf))
            (func $leaf (result i32) (local $f i32)
                global.get $sp i32.const 16 i32.sub local.tee $f global.set $sp
                (i32.store offset=4 (local.get $f) (i32.const 42))
                (i32.load offset=4 (local.get $f))))"#
    );
    let found = alike(&wat, &[1024, 1032, 65536, 65540, 65560, 8, -16], "wild");
    assert_eq!(found.first().map(String::as_str), Some("42"));
}
