//! The generated class as its users meet it: hosts, errors, limits, several instances, names, determinism.

#[path = "support/class.rs"]
mod class;

use class::{options, php};
use std::path::PathBuf;
use std::process::Command;
use wasm2php::{translate, Error, Options};

const HOST: &str = r#"(module
  (import "host" "get" (func $get (param i32 i64) (result i32)))
  (import "host" "odd-name" (func $odd (param f64) (result i64)))
  (memory (export "memory") 1)
  (func (export "go") (param i32) (result i32)
    (i32.store (i32.const 8) (call $get (local.get 0) (i64.const -5)))
    (i32.load (i32.const 8)))
  (func (export "odd") (result i64) (call $odd (f64.const 1.5)))
  (func (export "oob") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "write") (param i32) (i32.store (local.get 0) (i32.const 7)))
  (func (export "div") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "stop") unreachable))"#;

const HOST_CLASS: &str = r#"class H { public $e; public $seen = [];
  function attach($e) { $this->e = $e; }
  function get(int $a, int $b) { $this->seen[] = [$a, $b]; return -1; }
  function __call($n, $a) { return $n === 'odd-name' ? 41 + count($a) : null; } }
  function tell($f) { try { var_export($f()); } catch (Throwable $t) { echo get_class($t), ': ', $t->getMessage(); } echo "\n"; }"#;

#[test]
fn host_gets_unsigned_and_gives_any_int() {
    let script = format!(
        "{HOST_CLASS} $h = new H; $e = new A\\M($h); tell(fn() => $e->go(-2)); tell(fn() => $e->call('odd')); \
         echo json_encode($h->seen), \"\\n\"; tell(fn() => $h->e === $e); tell(fn() => bin2hex($e->readBytes(7, 6)));"
    );
    let told = php("host", HOST, &options("A\\M"), &script);
    assert_eq!(
        told,
        "4294967295\n42\n[[4294967294,-5]]\ntrue\n'00ffffffff00'\n"
    );
}

#[test]
fn missing_host_method_is_named() {
    let script = format!("{HOST_CLASS} tell(fn() => new A\\M(new stdClass)); tell(fn() => new A\\M); tell(fn() => new A\\M(['env' => new H]));");
    let told = php("missing", HOST, &options("A\\M"), &script);
    assert!(
        told.contains(r#"unknown import: func "get" of module "host""#),
        "{told}"
    );
    assert_eq!(
        told.matches(r#"no host object for module "host""#).count(),
        2,
        "{told}"
    );
}

#[test]
fn traps_are_exceptions_and_stop_the_instance() {
    for (call, reason) in [
        ("$e->oob(65536)", "out of bounds memory access"),
        ("$e->oob(-4)", "out of bounds memory access"),
        ("$e->write(65536)", "out of bounds memory access"),
        ("$e->div(1, 0)", "integer divide by zero"),
        ("$e->div(-2147483648, -1)", "integer overflow"),
        ("$e->stop()", "unreachable"),
    ] {
        let script = format!("{HOST_CLASS} $e = new A\\M(new H); tell(fn() => {call}); tell(fn() => $e->go(1)); tell(fn() => $e->failure()); tell(fn() => (new A\\M(new H))->go(1));");
        let told = php("traps", HOST, &options("A\\M"), &script);
        let expected = format!(
            "A\\Trap: {reason}\nA\\Trap: this instance was stopped by an earlier failure: {reason}\n'{reason}'\n4294967295\n"
        );
        assert_eq!(told, expected, "{call}");
    }
}

/// Found by the fuzzer (seed 7, batch 22): values that nobody uses may still trap, and do so in their order.
#[test]
fn traps_of_unused_values_happen() {
    let wat = r#"(module (memory (export "m") 1)
      (func (export "branch") (param i32)
        (drop (i32.load (i32.const 70000)) (block (br_if 1 (local.get 0)))))
      (func (export "early") (param i32)
        (i32.load (i32.const 70000)) (br_if 0 (local.get 0)) drop)
      (func (export "before_store") (param i32) (result i32)
        (i32.div_u (i32.const 1) (local.get 0)) (i32.store (i32.const 0) (i32.const 7)))
      (func (export "select") (param i32) (result i32)
        (select (i32.const 1) (i32.load (i32.const 70000)) (local.get 0)))
      (func (export "drop") (drop (i32.load (i32.const 70000)))))"#;
    let script = "function t($f) { try { return json_encode($f()); } catch (A\\Trap $t) { return $t->getMessage(); } } \
      foreach (['branch' => [1], 'early' => [1], 'before_store' => [0], 'select' => [1], 'drop' => []] as $n => $a) { \
        $e = new A\\M; echo t(fn() => $e->call($n, ...$a)), ' ', $e->readWords(0, 1)[0], \"\\n\"; }";
    let mut strict = options("A\\M");
    strict.strict = true;
    for options in [options("A\\M"), strict] {
        let told = php("unused", wat, &options, script);
        let outside = "out of bounds memory access 0\n";
        let expected = format!("{outside}{outside}integer divide by zero 0\n{outside}{outside}");
        assert_eq!(told, expected, "strict: {}", options.strict);
    }
}

#[test]
fn an_exception_of_the_host_passes_through_and_stops_the_instance() {
    let script = format!(
        "{HOST_CLASS} class B extends H {{ function get(int $a, int $b) {{ throw new DomainException('mine'); }} }} \
         $e = new A\\M(new B); tell(fn() => $e->go(1)); tell(fn() => $e->go(1));"
    );
    let told = php("exception", HOST, &options("A\\M"), &script);
    assert_eq!(
        told,
        "DomainException: mine\nA\\Trap: this instance was stopped by an earlier failure: mine\n"
    );
}

#[test]
fn notices_of_the_host_go_to_the_handler_set_before_and_it_is_restored() {
    let script = format!(
        "{HOST_CLASS} class B extends H {{ function get(int $a, int $b) {{ $x = []; return (int)($x[3] ?? @$x[4]) + 5; }} }} \
         $mine = function ($l, $m) {{ echo \"mine: $m\\n\"; return true; }}; set_error_handler($mine); \
         $e = new A\\M(new B); tell(fn() => $e->go(1)); tell(fn() => set_error_handler(null) === $mine);"
    );
    let told = php("handler", HOST, &options("A\\M"), &script);
    assert!(told.starts_with("mine: Undefined"), "{told}");
    assert!(told.ends_with("\n5\ntrue\n"), "{told}");
}

#[test]
fn instances_stand_side_by_side_and_inside_each_other() {
    let wat = r#"(module (import "host" "back" (func $back (param i32) (result i32)))
      (global $g (mut i32) (i32.const 0)) (memory 1)
      (func (export "set") (param i32) (global.set $g (local.get 0)) (i32.store (i32.const 0) (local.get 0)))
      (func (export "get") (result i32) (i32.add (global.get $g) (i32.load (i32.const 0))))
      (func (export "through") (param i32) (result i32)
        (i32.add (call $back (local.get 0)) (global.get $g))))"#;
    let script = "class H { public $f; function back(int $n) { return ($this->f)($n); } } $h = new H; $i = new H; \
      $a = new A\\M($h); $b = new A\\M($i); $a->set(1); $b->set(20); echo $a->get(), ' ', $b->get(), \"\\n\"; \
      $h->f = function ($n) use ($b, $a) { $a->set(5); return $b->through($n) + $b->get(); }; $i->f = fn($n) => $n * 100; \
      echo $a->through(3), ' ', $a->get(), ' ', $b->get(), \"\\n\"; \
      $w = WeakReference::create($a); unset($a); $h->f = null; echo $w->get() === null ? 'released' : 'kept';";
    let told = php("instances", wat, &options("A\\M"), script);
    // Inner: 300 + 20 (global of b) + 40 (get of b); outer adds the global of a, which the call back set to 5.
    assert_eq!(told, "2 40\n365 10 40\nreleased");
}

#[test]
fn fuel_stops_endless_loops_and_recursion() {
    let wat = r#"(module (func (export "spin") (loop (br 0)))
      (func $deep (export "deep") (param i32) (result i32) (i32.add (i32.const 1) (call $deep (local.get 0))))
      (func (export "fine") (result i32) (i32.const 3)))"#;
    let mut fueled = options("A\\M");
    fueled.fuel = true;
    let script = "function t($f) { try { echo $f(), \"\\n\"; } catch (A\\Trap $t) { echo $t->getMessage(), \"\\n\"; } } \
      t(fn() => (new A\\M(null, ['fuel' => 10000]))->spin()); t(fn() => (new A\\M(null, ['fuel' => 100]))->deep(1)); \
      $e = new A\\M(null, ['fuel' => 1]); t(fn() => $e->fine()); $e->refuel(1); t(fn() => $e->fine()); echo $e->fuel(), \"\\n\"; \
      t(fn() => (new A\\M)->deep(1));";
    let told = php("fuel", wat, &fueled, script);
    assert_eq!(
        told,
        "fuel exhausted\nfuel exhausted\n3\n3\n0\ncall stack exhausted\n"
    );
    // The stack limit needs no fuel and holds under PHP's usual memory limit.
    let script = "ini_set('memory_limit', '128M'); try { (new A\\M)->deep(1); } catch (A\\Trap $t) { echo $t->getMessage(); }";
    assert_eq!(
        php("stack", wat, &options("A\\M"), script),
        "call stack exhausted"
    );
}

#[test]
fn memory_is_limited_and_refused_growth_is_told_to_the_module() {
    let wat = r#"(module (memory 2) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "size") (result i32) (memory.size)))"#;
    let script = "$e = new A\\M(null, ['maxPages' => 4]); echo $e->grow(1), ' ', $e->grow(2), ' ', $e->grow(1), ' ', $e->size(), ' ', $e->pages(), \"\\n\"; \
      try { new A\\M(null, ['maxPages' => 1]); } catch (InvalidArgumentException $t) { echo $t->getMessage(), \"\\n\"; } \
      foreach ([[131070, 4], [-1, 1], [0, 131073]] as [$p, $n]) { try { (new A\\M)->readBytes($p, $n); } catch (A\\Trap $t) { echo $t->getMessage(), \"\\n\"; } } \
      $e = new A\\M; $e->writeBytes(131071, 'x'); $e->writeWords(8, [-1, 258]); echo bin2hex($e->readBytes(7, 10)), json_encode($e->readWords(8, 2)); \
      try { $e->writeBytes(131071, 'xy'); } catch (A\\Trap $t) { echo \"\\n\", $t->getMessage(), ' ', $e->size(); }";
    let told = php("memory", wat, &options("A\\M"), script);
    let outside = "out of bounds memory access by the host";
    assert_eq!(
        told,
        format!("2 4294967295 3 4 4\nthe module needs 2 pages of memory, maxPages is 1\n{outside}\n{outside}\n{outside}\n00ffffffff020100000000[4294967295,258]\n{outside} 2")
            .replace("020100000000[", "0201000000[")
    );
}

#[test]
fn exports_of_any_name_are_callable() {
    let wat = r#"(module (func (export "call") (result i32) (i32.const 1)) (func (export "f1") (result i32) (i32.const 2))
      (func (export "with space") (result i32) (i32.const 3)) (func (export "") (result i32) (i32.const 4))
      (func (export "0") (result i32) (i32.const 5)) (func (export "trap") (result i32) (i32.const 6))
      (func (export "__construct") (result i32) (i32.const 7)) (func (export "Call") (result i32) (i32.const 8))
      (func (export "self::f1'\\") (result i32) (i32.const 9)))"#;
    let script = "$e = new M; foreach (['call', 'f1', 'with space', '', '0', 'trap', '__construct', 'Call', 'self::f1\\'\\\\'] as $n) echo $e->call($n); \
      echo ' ', $e->with_space(), $e->f1_x(), $e->trap(), $e->call_x(); \
      try { $e->call('no'); } catch (BadMethodCallException $t) { echo \"\\n\", $t->getMessage(); } \
      try { $e->call('f1', 3); } catch (ArgumentCountError $t) { echo \"\\n\", $t->getMessage(); }";
    let told = php("names", wat, &options("M"), script);
    assert_eq!(
        told,
        "123456789 3261\nno exported function \"no\"\n0 arguments expected, 1 given"
    );
}

#[test]
fn bytes_come_back_as_they_were_written() {
    let wat = r#"(module (memory (export "memory") 1))"#;
    let script = "$e = new M; mt_srand(1); $all = str_repeat(chr(170), 3000); $e->writeBytes(0, $all); \
      foreach ([0, 1, 3, 4, 7, 8, 9, 415, 416, 417, 424, 831, 832, 1000] as $n) for ($at = 100; $at < 104; ++$at) { \
      $t = ''; for ($i = 0; $i < $n; ++$i) $t .= chr(mt_rand(0, 255)); \
      $e->writeBytes($at, $t); $all = substr_replace($all, $t, $at, $n); \
      if ($e->readBytes(0, 3000) !== $all || $e->readBytes($at, $n) !== $t) echo \"$n bytes at $at\\n\"; } echo 'done';";
    assert_eq!(php("bytes", wat, &options("M"), script), "done");
}

/// Found by the fuzz (seed 20261123, batch 34).
#[test]
fn a_nan_made_shorter_loses_the_end_of_its_payload() {
    let wat = r#"(module (func (export "through") (param i64) (result i64)
      (i64.reinterpret_f64 (f64.promote_f32 (f32.demote_f64 (f64.reinterpret_i64 (local.get 0)))))))"#;
    let script =
        "$e = new M; echo $e->through(-68719476737), ' ', $e->through(0x7ff0000020000001);";
    assert_eq!(
        php("nan", wat, &options("M"), script),
        "-69256347648 9221120237577961472"
    );
}

#[test]
fn modules_link_through_exports() {
    let wasm = wat::parse_str(r#"(module (import "a" "g" (global $g (mut i32))) (import "a" "m" (memory 1))
      (import "a" "f" (func $f (param i32) (result i32)))
      (func (export "go") (result i32) (global.set $g (i32.const 9)) (i32.store (i32.const 4) (i32.const 11)) (call $f (i32.const 2))))"#)
        .expect("valid");
    let second = translate(&wasm, &options("B\\N")).expect("translates");
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("class-second.php");
    std::fs::write(&file, second).expect("written");
    let first = r#"(module (global (export "g") (mut i32) (i32.const 1)) (memory (export "m") 1)
      (func (export "f") (param i32) (result i32) (i32.mul (local.get 0) (i32.add (global.get 0) (i32.load (i32.const 4))))))"#;
    let script = format!(
        "require '{}'; $a = new A\\M; $b = new B\\N(['a' => $a->exports()]); echo $b->go(), ' ', $a->getGlobal('g'); \
         $a->setGlobal('g', -1); echo ' ', $b->go();",
        file.display()
    );
    assert_eq!(php("link", first, &options("A\\M"), &script), "40 9 40");
}

#[test]
fn output_is_the_same_every_time_and_says_where_it_is_from() {
    let wasm = wat::parse_str(HOST).expect("valid");
    let mut options = options("Vendor\\Deep\\Module");
    options.source = "rules.wasm".to_owned();
    options.fuel = true;
    options.trap = Some("Vendor\\Stop".to_owned());
    let text = translate(&wasm, &options).expect("translates");
    assert_eq!(text, translate(&wasm, &options).expect("translates"));
    assert!(text.contains(&format!(
        "Generated by wasm2php {}",
        env!("CARGO_PKG_VERSION")
    )));
    assert!(text.contains(
        "Rebuild: wasm2php rules.wasm --class 'Vendor\\Deep\\Module' --trap 'Vendor\\Stop' --fuel"
    ));
    assert!(text.contains(&format!("{} bytes, sha256 ", wasm.len())));
    assert!(!text.contains("eval("));
    assert!(!text.contains(env!("CARGO_MANIFEST_DIR")));
}

#[test]
fn errors_name_instruction_function_and_offset() {
    let refuse = |wat: &str| {
        translate(&wat::parse_str(wat).expect("parses"), &options("M")).expect_err("refused")
    };
    let told = refuse(
        r#"(module (func $first) (func $sums (result i32) (i8x16.extract_lane_s 3 (v128.const i32x4 1 2 3 4))))"#,
    );
    let text = told.to_string();
    assert!(
        text.contains("v128.const") && text.contains("simd"),
        "{text}"
    );
    assert!(
        text.contains("function 1 (sums)") && text.contains("offset 0x"),
        "{text}"
    );
    let text = refuse("(module (memory 1 1 shared) (func (drop (i32.atomic.load (i32.const 0)))))")
        .to_string();
    assert!(
        text.contains("i32.atomic.load") && text.contains("threads"),
        "{text}"
    );
    let text = refuse("(module (tag $t) (func (throw $t)))").to_string();
    assert!(
        text.contains("throw") && text.contains("function 0"),
        "{text}"
    );
    let text = refuse("(module (func $f (return_call $f)))").to_string();
    assert!(
        text.contains("return_call") && text.contains("tail_call"),
        "{text}"
    );
    let text = refuse("(module (memory i64 1))").to_string();
    assert!(
        text.contains("unsupported") && text.contains("memory64"),
        "{text}"
    );
    let broken = translate(b"\0asm\x01\0\0\0\x0a\x01", &options("M")).expect_err("refused");
    assert!(
        matches!(&broken, Error::Invalid(why) if why.contains("offset")),
        "{broken}"
    );
    assert!(matches!(Options::new("1x\\y"), Err(Error::Options(_))));
}

#[test]
fn a_big_module_translates_in_seconds_and_runs() {
    // 16,000 functions of 26 instructions, each calling the one before.
    let mut wat =
        String::from("(module (memory 1) (func $f0 (param i32) (result i32) (local.get 0))");
    for n in 1..16000 {
        wat.push_str(&format!(
            "(func $f{n} (param i32) (result i32) (local i64) (local.set 1 (i64.extend_i32_u (local.get 0)))
             (i32.store offset={} (i32.const {}) (i32.xor (local.get 0) (i32.const {n})))
             (if (i32.gt_s (local.get 0) (i32.const 5)) (then (local.set 1 (i64.mul (local.get 1) (i64.const {n}77777777777)))))
             (i32.add (i32.load (i32.const {})) (i32.wrap_i64 (i64.shr_u (local.get 1) (i64.const 3)))))",
            n % 7 * 4, n % 997 * 4, n % 991 * 4
        ));
    }
    wat.push_str("(func (export \"go\") (param i32) (result i32)");
    for n in (0..16000).step_by(125) {
        wat.push_str(&format!("(local.set 0 (call $f{n} (local.get 0)))"));
    }
    wat.push_str("(local.get 0)))");
    let wasm = wat::parse_str(&wat).expect("valid");
    let start = std::time::Instant::now();
    let php_text = translate(&wasm, &options("M")).expect("translates");
    let took = start.elapsed();
    assert!(took.as_secs() < 20, "{took:?}");
    assert!(wasm.len() > 1_000_000, "{} bytes", wasm.len());
    println!(
        "{} B of wasm to {} B of PHP in {took:?}",
        wasm.len(),
        php_text.len()
    );
    let told = php(
        "big",
        &wat,
        &options("M"),
        "$e = new M; echo $e->go(123456);",
    );
    assert_eq!(
        told,
        native(&wasm),
        "the big module answers otherwise in Node"
    );
}

fn native(wasm: &[u8]) -> String {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("class-big.wasm");
    std::fs::write(&file, wasm).expect("written");
    let script = "const i = new WebAssembly.Instance(new WebAssembly.Module(require('fs').readFileSync(process.argv[1]))); process.stdout.write(String(i.exports.go(123456) >>> 0))";
    let output = Command::new("node")
        .args(["-e", script])
        .arg(&file)
        .output()
        .expect("node runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
