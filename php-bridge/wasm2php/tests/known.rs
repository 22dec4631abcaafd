//! What the translator knows better than the module: functions by their names, and addresses that need no mask. It shows
//! nowhere but in time.

#[path = "support/class.rs"]
mod class;

use class::{options, php};
use std::path::PathBuf;
use std::process::Command;

#[test]
fn memcmp_by_words_answers_like_the_byte_loop() {
    let wat = r#"(module (memory 1)
      (func $memcmp (param $a i32) (param $b i32) (param $n i32) (result i32) (local $d i32)
        (block $out (loop $next
          (br_if $out (i32.eqz (local.get $n)))
          (local.set $d (i32.sub (i32.load8_u (local.get $a)) (i32.load8_u (local.get $b))))
          (br_if $out (local.get $d))
          (local.set $a (i32.add (local.get $a) (i32.const 1)))
          (local.set $b (i32.add (local.get $b) (i32.const 1)))
          (local.set $n (i32.sub (local.get $n) (i32.const 1)))
          (br $next)))
        (local.get $d))
      (func (export "compare") (param i32 i32 i32) (result i32)
        (call $memcmp (local.get 0) (local.get 1) (local.get 2))))"#;
    // Every alignment and length, on bytes that are often equal, the last ones at the very end of the memory.
    let script = "$e = new A\\M; mt_srand(5); $sums = [0, 0]; \
      foreach ([0, 65536 - 64] as $base) for ($round = 0; $round < 60; ++$round) { \
        $t = ''; for ($i = 0; $i < 64; ++$i) $t .= mt_rand(0, 5) ? 'a' : chr(mt_rand(0, 255)); $e->writeBytes($base, $t); \
        for ($a = 0; $a < 4; ++$a) for ($b = 0; $b < 4; ++$b) { $n = mt_rand(0, 17); $at = 64 - $n - $b; \
          $r = $e->compare($base + $a, $base + $at, $n); $x = strcmp(substr($t, $a, $n), substr($t, $at, $n)); \
          if (($r > 2147483647 ? -1 : ($r ? 1 : 0)) !== ($x <=> 0)) echo \"wrong $a $at $n\\n\"; \
          ++$sums[$r === 0 ? 0 : 1]; echo $r, ' '; } } echo $sums[0] > 100 && $sums[1] > 100 ? 'both' : 'one-sided';";
    let mut strict = options("A\\M");
    strict.strict = true;
    let by_words = php("memcmp", wat, &options("A\\M"), script);
    assert!(
        by_words.ends_with("both") && !by_words.contains("wrong"),
        "{by_words}"
    );
    assert_eq!(by_words, php("memcmp-strict", wat, &strict, script));
}

/// Checked products of i64 are products of 128 bits, which compiler-builtins makes of many small ones.
#[test]
fn products_of_128_bits_are_those_of_rust() {
    let source = r#"#![crate_type = "cdylib"]
      #[no_mangle] pub extern "C" fn low(a: i64, b: i64) -> i64 { std::hint::black_box(i128::from(a) * i128::from(b)) as i64 }
      #[no_mangle] pub extern "C" fn high(a: i64, b: i64) -> i64 { (std::hint::black_box(i128::from(a) * i128::from(b)) >> 64) as i64 }
      #[no_mangle] pub extern "C" fn wide(a: i64, b: i64, c: i64, d: i64) -> i64 {
        let (x, y) = ((a as i128) << 64 | c as u64 as i128, (b as i128) << 64 | d as u64 as i128);
        let p = x.wrapping_mul(y); (p >> 64) as i64 ^ p as i64 }
      #[no_mangle] pub extern "C" fn checked(a: i64, b: i64) -> i64 { a.checked_mul(b).unwrap_or(-77) }"#;
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("known-multiply");
    let (rust, wasm) = (base.with_extension("rs"), base.with_extension("wasm"));
    std::fs::write(&rust, source).expect("written");
    let rustc = Command::new("rustc")
        .args(["--edition=2021", "--target=wasm32-unknown-unknown"])
        .args(["-Copt-level=s", "-Cpanic=abort", "-Cstrip=debuginfo", "-o"])
        .args([&wasm, &rust])
        .output()
        .expect("rustc runs");
    assert!(
        rustc.status.success(),
        "{}",
        String::from_utf8_lossy(&rustc.stderr)
    );
    let wasm = std::fs::read(&wasm).expect("read");
    let class = wasm2php::translate(&wasm, &options("A\\W")).expect("translates");
    assert!(
        class.contains("\\is_int($V=$b*$d)"),
        "the function of 128-bit products was not known"
    );
    let file = base.with_extension("php");
    std::fs::write(&file, class).expect("written");
    let numbers = [
        0,
        1,
        -1,
        2,
        -3,
        100,
        -1000,
        0x7fff_ffff,
        -0x8000_0000,
        0xffff_ffff,
        0x1_0000_0000,
        3_037_000_499,
        3_037_000_500,
        -3_037_000_500,
        i64::MAX,
        i64::MIN,
        i64::MAX / 3,
        i64::MIN / 7,
    ];
    let (mut calls, mut expected) = (String::new(), String::new());
    let literal = |n: i64| match n {
        i64::MIN => "PHP_INT_MIN".to_owned(),
        n => n.to_string(),
    };
    for a in numbers {
        for b in numbers {
            let product = i128::from(a) * i128::from(b);
            let (c, d) = (a.wrapping_mul(77) ^ b, b.wrapping_sub(a));
            let x = i128::from(a) << 64 | i128::from(c as u64);
            let y = i128::from(b) << 64 | i128::from(d as u64);
            let wide = x.wrapping_mul(y);
            expected.push_str(&format!(
                "{} {} {} {} ",
                product as i64,
                (product >> 64) as i64,
                (wide >> 64) as i64 ^ wide as i64,
                a.checked_mul(b).unwrap_or(-77)
            ));
            let [a, b, c, d] = [a, b, c, d].map(literal);
            calls.push_str(&format!(
                "echo $e->low({a},{b}),' ',$e->high({a},{b}),' ',$e->wide({a},{b},{c},{d}),' ',$e->checked({a},{b}),' ';"
            ));
        }
    }
    let output = Command::new("php")
        .args(["-r", &format!("require $argv[1]; $e = new A\\W; {calls}")])
        .arg(&file)
        .output()
        .expect("php runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

/// Sums below 0 and above the memory trap as the masked ones would, also where an access before proved the address.
#[test]
fn addresses_at_both_ends_trap_where_the_specification_says() {
    let wat = r#"(module (memory 1 2)
      (func (export "below") (param i32) (result i32) (i32.load (i32.add (local.get 0) (i32.const -8))))
      (func (export "byte") (param i32) (result i32) (i32.load8_u (i32.add (local.get 0) (i32.const -1))))
      (func (export "put") (param i32) (i32.store (i32.add (local.get 0) (i32.const -8)) (i32.const 7)))
      (func (export "put8") (param i32) (i32.store8 (i32.add (local.get 0) (i32.const -1)) (i32.const 7)))
      (func (export "past") (param i32) (result i32)
        (drop (i32.load8_u (local.get 0)))
        (i32.load8_u (i32.add (local.get 0) (i32.const 60000))))
      (func (export "joined") (param i32 i32) (result i32) (local i32)
        (local.set 2 (i32.load (local.get 0)))
        (if (local.get 1) (then (local.set 0 (i32.const -4))) (else (local.set 2 (i32.const 3))))
        (i32.add (local.get 2) (i32.load (i32.add (local.get 0) (i32.const 8)))))
      (func (export "round") (param i32 i32) (result i32) (local i32)
        (drop (i32.load (local.get 0)))
        (loop $next
          (local.set 2 (i32.add (local.get 2) (i32.load (i32.add (local.get 0) (i32.const 4)))))
          (local.set 0 (i32.add (local.get 0) (i32.const -4)))
          (br_if $next (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
        (local.get 2)))"#;
    let script = "$t = function ($n, ...$a) { $e = new A\\M; $e->writeBytes(0, str_repeat(\"\\1\\0\\0\\0\", 8)); \
      try { $r = $e->$n(...$a); echo $n, ' ', implode(',', $a), ': ', var_export($r, true), ' ', crc32($e->readBytes(0, 65536)), \"\\n\"; } \
      catch (A\\Trap $x) { echo $n, ' ', implode(',', $a), ': ', $x->getMessage(), ' ', crc32($e->readBytes(0, 65536)), \"\\n\"; } }; \
      foreach ([0, 4, 8, 12, 65536, 65540, 65544, 65548, 4294967288, 4294967292] as $a) { $t('below', $a); $t('put', $a); } \
      foreach ([0, 1, 2, 65536, 65537, 4294967295] as $a) { $t('byte', $a); $t('put8', $a); } \
      foreach ([0, 5535, 5536, 65535, 65536] as $a) $t('past', $a); \
      foreach ([[0, 0], [0, 1], [65532, 0], [65524, 0], [4294967292, 0]] as $a) $t('joined', ...$a); \
      foreach ([[0, 1], [0, 2], [0, 3], [16, 6], [16, 7], [65532, 1]] as $a) $t('round', ...$a);";
    let mut strict = options("A\\M");
    strict.strict = true;
    let told = php("ends", wat, &options("A\\M"), script);
    assert_eq!(told, php("ends-strict", wat, &strict, script));
    for line in [
        "below 0: out of bounds",
        "below 8: 1 ",
        "put 4: out of bounds",
        "byte 0: out of bounds",
        "past 5535: 0 ",
        "past 5536: out of bounds",
        "joined 0,1: 2 ",
        "round 0,2: 2 ",
        "round 0,3: out of bounds",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
}
