//! One module in several files: the same answers, traps wherever they arise, nothing twice.

#[path = "support/class.rs"]
mod class;

use class::{options, php, run};
use std::path::PathBuf;
use wasm2php::{translate_split, Home, Piece};

const MODULE: &str = r#"(module (memory (export "m") 1)
  (global $depth (mut i32) (i32.const 0))
  (type $step (func (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 0) $twice $divide)
  (func $twice (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1)))
  (func $divide (param i32) (result i32) (i32.div_s (i32.const 10) (local.get 0)))
  (func $deep (param i32) (result i32)
    (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
    (if (result i32) (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1)))) (else (global.get $depth))))
  (func (export "by") (param i32 i32) (result i32) (call_indirect (type $step) (local.get 1) (local.get 0)))
  (func $direct (export "direct") (param i32) (result i32) (call $twice (call $deep (local.get 0))))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))"#;

/// `$twice` and `$deep` live in `Low`, exports in `High`, the rest in the class.
fn homes(pieces: &[Piece<'_>]) -> Vec<Home> {
    let home = |piece: &Piece<'_>| match piece.name {
        Some("twice" | "deep") => Some("Low".to_owned()),
        Some("divide") => None,
        _ => Some("High".to_owned()),
    };
    pieces.iter().map(home).collect()
}

/// Writes the files; gives the code that loads them.
fn files(name: &str, wat: &str) -> (Vec<(String, String)>, String) {
    let wasm = wat::parse_str(wat).expect("valid");
    let files = translate_split(&wasm, &options("A\\M"), homes).expect("translates");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("folder");
    let load = files
        .iter()
        .map(|(class, text)| {
            let file = folder.join(format!("{class}.php"));
            std::fs::write(&file, text).expect("written");
            format!("require '{}';", file.display())
        })
        .collect();
    (files, load)
}

#[test]
fn functions_call_each_other_across_files() {
    let (files, load) = files("split-calls", MODULE);
    let names: Vec<&str> = files.iter().map(|(class, _)| class.as_str()).collect();
    assert_eq!(names, ["M", "High", "Low"]);
    let script = "$e = new A\\M; echo $e->by(0, 21), ' ', $e->by(1, 5), ' ', $e->direct(3), ' ', $e->direct(3), ' ', $e->load(0);";
    assert_eq!(run(&format!("{load} {script}")), "42 2 8 16 0");
    let whole = php("split-whole", MODULE, &options("A\\M"), script);
    assert_eq!(whole, "42 2 8 16 0", "as in one file");
}

#[test]
fn traps_arise_in_every_file() {
    let (_, load) = files("split-traps", MODULE);
    let script = format!(
        "{load} function tell($f) {{ try {{ echo $f(); }} catch (Throwable $t) {{ echo get_class($t), ': ', $t->getMessage(); }} echo \"\\n\"; }}
         tell(fn() => (new A\\M)->load(65536)); tell(fn() => (new A\\M)->by(1, 0)); tell(fn() => (new A\\M)->by(2, 0));
         tell(fn() => (new A\\M(null, ['stackBytes' => 4096]))->direct(100000)); tell(fn() => (new A\\M)->direct(1));"
    );
    assert_eq!(
        run(&script),
        "A\\Trap: out of bounds memory access\nA\\Trap: integer divide by zero\nA\\Trap: undefined element\n\
         A\\Trap: call stack exhausted\n4\n"
    );
}

#[test]
fn nothing_is_written_twice_and_the_same_every_time() {
    let (files, _) = files("split-once", MODULE);
    let all: String = files.iter().map(|(_, text)| text.as_str()).collect();
    for body in ["div32s(10,", "<<1&4294967295"] {
        let found = all.matches(body).count();
        assert_eq!(found, 1, "{body} {found} times");
    }
    let again = translate_split(
        &wat::parse_str(MODULE).expect("valid"),
        &options("A\\M"),
        homes,
    );
    assert_eq!(again.expect("translates"), files);
}
