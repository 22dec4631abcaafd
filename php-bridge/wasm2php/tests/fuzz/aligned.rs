//! Random programs in the manner of compiled code: natural alignment that is kept, stack frames, pointers with offsets,
//! copies, loops and calls. They try what the translator concludes from addresses, which `wasm-smith` cannot: its
//! addresses keep no promise.

use crate::generate::{describe, Generated, Random};

const INTS: [&str; 3] = ["x", "y", "z"];
const LONGS: [&str; 2] = ["u", "v"];
const POINTERS: [&str; 2] = ["p", "q"];

/// The next program.
pub fn module(random: &mut Random) -> Option<Generated> {
    let functions = 2 + random.below(4) as usize;
    let mut wat = String::from(
        "(module (memory (export \"memory\") 1 2) (global $sp (mut i32) (i32.const 4096))\n",
    );
    // Some bytes to read that are not all zero.
    wat.push_str("(data (i32.const 64) \"\\01\\ff\\80\\7f\\00\\fe\\10abcdefghijklmnop\")\n");
    for index in 0..functions {
        wat.push_str(&Program::new(random, index).function());
    }
    wat.push(')');
    describe(wat::parse_str(&wat).unwrap_or_else(|why| panic!("{why}\n{wat}")))
}

struct Program<'r> {
    random: &'r mut Random,
    index: usize,
    frame: u64,
    labels: usize,
    text: String,
}

impl<'r> Program<'r> {
    fn new(random: &'r mut Random, index: usize) -> Self {
        let frame = [0, 16, 32, 64, 112][random.below(5) as usize];
        Program {
            random,
            index,
            frame,
            labels: 0,
            text: String::new(),
        }
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.random.below(from.len() as u64) as usize]
    }

    fn function(mut self) -> String {
        let index = self.index;
        self.text = format!(
            "(func $f{index} (export \"f{index}\") (param $x i32) (param $p i32) (param $u i64) (result i32)\n\
             (local $fp i32) (local $y i32) (local $z i32) (local $q i32) (local $v i64) (local $n i32)\n"
        );
        if self.frame > 0 {
            self.text.push_str(&format!(
                "(global.set $sp (local.tee $fp (i32.sub (global.get $sp) (i32.const {}))))\n",
                self.frame
            ));
        }
        // Arguments from outside keep no promise: the first thing is to align them.
        self.text.push_str(
            "(local.set $p (i32.or (i32.and (local.get $p) (i32.const 0x7ff8)) (i32.const 64)))\n\
             (local.set $q (i32.const 256))\n",
        );
        let count = 4 + self.random.below(10);
        for _ in 0..count {
            self.statement(3);
        }
        if self.frame > 0 {
            self.text.push_str(&format!(
                "(global.set $sp (i32.add (local.get $fp) (i32.const {})))\n",
                self.frame
            ));
        }
        self.text.push_str(
            "(i32.xor (local.get $x) (i32.add (local.get $y) (i32.wrap_i64 (local.get $v)))))\n",
        );
        self.text
    }

    /// An address that is a multiple of 8, as text; and a largest offset that makes sense with it.
    fn address(&mut self) -> (String, u64) {
        if self.frame > 0 && self.random.below(3) > 0 {
            if self.random.below(6) == 0 {
                let inner = 8 * self.random.below(self.frame / 8);
                return (format!("(i32.add (local.get $fp) (i32.const {inner}))"), 16);
            }
            return ("(local.get $fp)".to_owned(), self.frame);
        }
        let pointer = self.pick(&POINTERS);
        match self.random.below(8) {
            0 => (
                format!("(i32.sub (local.get ${pointer}) (i32.const 16))"),
                32,
            ),
            1 => (
                format!("(i32.add (local.get ${pointer}) (i32.const 24))"),
                32,
            ),
            _ => (format!("(local.get ${pointer})"), 64),
        }
    }

    fn load(&mut self, long: bool) -> String {
        let (op, width) = match (long, self.random.below(5)) {
            (false, 0) => ("i32.load8_s", 1),
            (false, 1) => ("i32.load8_u", 1),
            (false, 2) => ("i32.load16_u", 2),
            (false, _) => ("i32.load", 4),
            (true, 0) => ("i64.load32_s", 4),
            (true, 1) => ("i64.load16_s", 2),
            (true, 2) => ("i64.load8_u", 1),
            (true, _) => ("i64.load", 8),
        };
        let (address, reach) = self.address();
        let offset = width * self.random.below(reach / width + 1);
        format!("({op} offset={offset} {address})")
    }

    fn value(&mut self, long: bool, depth: u32) -> String {
        let ty = if long { "i64" } else { "i32" };
        if depth == 0 || self.random.below(3) == 0 {
            return match (self.random.below(4), long) {
                (0, _) => {
                    let number = self.random.next();
                    let small = if number.is_multiple_of(3) {
                        number >> 40
                    } else {
                        number >> 60
                    };
                    format!(
                        "({ty}.const {})",
                        if long { small } else { small & 0x7fff_ffff }
                    )
                }
                (1, _) => self.load(long),
                (_, true) => format!("(local.get ${})", self.pick(&LONGS)),
                (_, false) => format!("(local.get ${})", self.pick(&INTS)),
            };
        }
        match self.random.below(6) {
            0 if long => format!("(i64.extend_i32_u {})", self.value(false, depth - 1)),
            0 => format!("(i32.wrap_i64 {})", self.value(true, depth - 1)),
            1 => {
                let (a, b) = (self.value(long, depth - 1), self.value(long, depth - 1));
                format!("(select {a} {b} {})", self.value(false, depth - 1))
            }
            _ => {
                let op = self.pick(&[
                    "add", "sub", "mul", "and", "or", "xor", "shl", "shr_u", "shr_s", "rotl",
                ]);
                let (a, b) = (self.value(long, depth - 1), self.value(long, depth - 1));
                format!("({ty}.{op} {a} {b})")
            }
        }
    }

    fn store(&mut self) -> String {
        let (op, width, long) = match self.random.below(7) {
            0 => ("i32.store8", 1, false),
            1 => ("i32.store16", 2, false),
            2 => ("i64.store32", 4, true),
            3 | 4 => ("i64.store", 8, true),
            _ => ("i32.store", 4, false),
        };
        let (address, reach) = self.address();
        let offset = width * self.random.below(reach / width + 1);
        let value = if self.random.below(3) == 0 {
            self.load(long)
        } else {
            self.value(long, 2)
        };
        format!("({op} offset={offset} {address} {value})\n")
    }

    fn statement(&mut self, depth: u32) {
        match self.random.below(if depth == 0 { 8 } else { 12 }) {
            0..=2 => {
                let text = self.store();
                self.text.push_str(&text);
            }
            3 => {
                let (local, value) = (self.pick(&INTS), self.value(false, 2));
                self.text
                    .push_str(&format!("(local.set ${local} {value})\n"));
            }
            4 => {
                let (local, value) = (self.pick(&LONGS), self.value(true, 2));
                self.text
                    .push_str(&format!("(local.set ${local} {value})\n"));
            }
            5 => {
                let (pointer, value) = (self.pick(&POINTERS), self.value(false, 1));
                // Now and then at the very end of the memory, where offsets decide.
                let text = if self.random.below(8) == 0 {
                    format!("(i32.const {})", 65536 - 8 * self.random.below(12))
                } else {
                    format!("(i32.or (i32.and {value} (i32.const 0x7ff8)) (i32.const 64))")
                };
                self.text
                    .push_str(&format!("(local.set ${pointer} {text})\n"));
            }
            6 => {
                let (to, (from, _)) = (self.pick(&POINTERS), self.address());
                self.text.push_str(&format!("(local.set ${to} {from})\n"));
            }
            7 if self.index > 0 => self.call(),
            7 => {
                let (to, from) = (self.address().0, self.address().0);
                let size = self.random.below(40);
                self.text
                    .push_str(&format!("(memory.copy {to} {from} (i32.const {size}))\n"));
            }
            8 => {
                let condition = self.value(false, 2);
                self.text.push_str(&format!("(if {condition} (then\n"));
                self.body(depth);
                if self.random.below(2) == 0 {
                    self.text.push_str(") (else\n");
                    self.body(depth);
                }
                self.text.push_str("))\n");
            }
            9 | 10 => {
                let label = self.label();
                self.text.push_str(&format!("(block $l{label}\n"));
                self.body(depth);
                let condition = self.value(false, 1);
                self.text
                    .push_str(&format!("(br_if $l{label} {condition})\n"));
                self.body(depth);
                self.text.push_str(")\n");
            }
            _ => {
                let label = self.label();
                self.text
                    .push_str(&format!("(local.set $n (i32.const 3)) (loop $l{label}\n"));
                self.body(0);
                self.text.push_str(&format!(
                    "(br_if $l{label} (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))\n"
                ));
            }
        }
    }

    fn body(&mut self, depth: u32) {
        for _ in 0..=self.random.below(3) {
            self.statement(depth.saturating_sub(1));
        }
    }

    fn label(&mut self) -> usize {
        self.labels += 1;
        self.labels
    }

    fn call(&mut self) {
        let callee = self.random.below(self.index as u64);
        let (local, x, u) = (self.pick(&INTS), self.value(false, 1), self.value(true, 1));
        let pointer = self.address().0;
        self.text.push_str(&format!(
            "(local.set ${local} (call $f{callee} {x} {pointer} {u}))\n"
        ));
    }
}
