//! Loads, stores and bulk memory on `$m`, a packed array of 32-bit words.
//!
//! LLVM only emits an access with its natural alignment hint where anything else is undefined behaviour, so the hint
//! is trusted; smaller hints, and everything in strict mode, go through helpers that look at the address. Reads out of
//! bounds hit an undefined array key, which the error handler turns into a trap; writes would silently grow the array,
//! so the word is read first.

use crate::expr::{prec, Expr};
use crate::frame::InFrame;
use crate::function::FunctionGen;
use crate::numeric;
use crate::types::{Type, U32_MAX};
use wasmparser::{MemArg, Operator};

/// A load or store: bits moved, sign extension, type on the stack.
#[derive(Clone, Copy)]
struct Access {
    bits: u32,
    signed: bool,
    ty: Type,
}

fn access(op: &Operator<'_>) -> Option<(Access, bool, MemArg)> {
    use Operator as O;
    let (bits, signed, ty, is_store, memarg) = match op {
        O::I32Load { memarg } => (32, false, Type::I32, false, memarg),
        O::I64Load { memarg } => (64, false, Type::I64, false, memarg),
        O::F32Load { memarg } => (32, false, Type::F32, false, memarg),
        O::F64Load { memarg } => (64, false, Type::F64, false, memarg),
        O::I32Load8S { memarg } => (8, true, Type::I32, false, memarg),
        O::I32Load8U { memarg } => (8, false, Type::I32, false, memarg),
        O::I32Load16S { memarg } => (16, true, Type::I32, false, memarg),
        O::I32Load16U { memarg } => (16, false, Type::I32, false, memarg),
        O::I64Load8S { memarg } => (8, true, Type::I64, false, memarg),
        O::I64Load8U { memarg } => (8, false, Type::I64, false, memarg),
        O::I64Load16S { memarg } => (16, true, Type::I64, false, memarg),
        O::I64Load16U { memarg } => (16, false, Type::I64, false, memarg),
        O::I64Load32S { memarg } => (32, true, Type::I64, false, memarg),
        O::I64Load32U { memarg } => (32, false, Type::I64, false, memarg),
        O::I32Store { memarg } => (32, false, Type::I32, true, memarg),
        O::I64Store { memarg } => (64, false, Type::I64, true, memarg),
        O::F32Store { memarg } => (32, false, Type::F32, true, memarg),
        O::F64Store { memarg } => (64, false, Type::F64, true, memarg),
        O::I32Store8 { memarg } => (8, false, Type::I32, true, memarg),
        O::I32Store16 { memarg } => (16, false, Type::I32, true, memarg),
        O::I64Store8 { memarg } => (8, false, Type::I64, true, memarg),
        O::I64Store16 { memarg } => (16, false, Type::I64, true, memarg),
        O::I64Store32 { memarg } => (32, false, Type::I64, true, memarg),
        _ => return None,
    };
    Some((Access { bits, signed, ty }, is_store, *memarg))
}

/// How far below 0 an address may come out without being masked: the address it stands for is then in the last page
/// of 4 GiB, which no array of PHP reaches, and an undefined key traps like it.
const BELOW: i128 = 65_536;

/// Whether an unmasked i32 traps as an address exactly where the masked one would.
fn traps_alike(base: &Expr) -> bool {
    !base.is_bool && base.range.within(-BELOW, U32_MAX)
}

/// `a+offset` without wrap-around, as the specification computes addresses.
fn effective(base: Expr, offset: u64) -> Expr {
    let base = base.canonical().retyped(Type::I64);
    let offset = Expr::int(offset as i64, Type::I64);
    if offset.konst == Some(0) {
        base
    } else {
        numeric::i64_arith('+', &base, &offset)
    }
}

/// The text of the word index of a byte address.
fn word(address: &Expr) -> String {
    match address.konst {
        Some(value) => (value >> 2).to_string(),
        None => format!("{}>>2", address.at(prec::SHIFT)),
    }
}

/// The shift, in bits, of a byte (`unit` 1) or half word (2) inside its word.
fn shift(address: &str, level: u8, unit: u32) -> String {
    let address = if level <= prec::AND {
        format!("({address})")
    } else {
        address.to_owned()
    };
    format!("({address}&{})<<3", if unit == 1 { 3 } else { 2 })
}

impl FunctionGen<'_, '_> {
    /// Handles loads, stores and memory instructions; false when `op` is none of them.
    pub fn memory_operator(&mut self, op: &Operator<'_>) -> bool {
        use Operator as O;
        if let Some((access, is_store, memarg)) = access(op) {
            if is_store {
                self.store(access, memarg);
            } else {
                self.load(access, memarg);
            }
            return true;
        }
        match op {
            O::MemorySize { .. } => {
                let mut size = Expr::leaf("\\count($m)>>14".to_owned(), prec::SHIFT, Type::I32)
                    .with_range(0, 65536);
                size.touches.state = true;
                size.size = 2;
                self.push(size);
            }
            O::MemoryGrow { .. } => {
                self.spill_state(1);
                let by = self.pop().canonical();
                let text = format!("self::_grow($m,{})", by.text);
                let mut grown = Expr::call(text, Type::I32, &[by]);
                grown.touches.effect = true;
                grown.touches.state = true;
                self.push(grown);
            }
            O::MemoryCopy { .. } => self.bulk("mcopy", None),
            O::MemoryFill { .. } => self.bulk("mfill", None),
            O::MemoryInit { data_index, .. } => self.bulk("minit", Some(*data_index)),
            O::DataDrop { data_index } => self.emit(format!("self::$ds[{data_index}]='';")),
            _ => return false,
        }
        true
    }

    fn bulk(&mut self, helper: &str, segment: Option<u32>) {
        self.spill_state(3);
        let args = self.pop_many(3);
        let mut texts: Vec<String> = args.into_iter().map(|a| a.canonical().text).collect();
        if let Some(segment) = segment {
            texts.insert(0, format!("self::$ds[{segment}]"));
        }
        self.emit(format!("self::{helper}($m,{});", texts.join(",")));
    }

    fn trusts(&self, access: Access, memarg: MemArg, address: &Expr) -> bool {
        let unit = i64::from((access.bits / 8).min(4));
        match address.konst {
            Some(value) => value % unit == 0,
            None => access.bits == 8 || (!self.cx.strict && 1i64 << memarg.align >= unit),
        }
    }

    /// Where in the stack frame an access goes, if all of it is inside and none of it crosses a word it must not.
    fn frame_access(&self, access: Access, memarg: MemArg, base: &Expr) -> Option<InFrame> {
        let byte = base.in_frame?.moved(i64::try_from(memarg.offset).ok()?)?;
        let unit = i64::from((access.bits / 8).min(4));
        (byte.holds(i64::from(access.bits / 8)) && byte.offset % unit == 0).then_some(byte)
    }

    /// The local an address counts from, and how many bytes after it the access ends.
    fn reach(&self, access: Access, memarg: MemArg, base: &Expr) -> Option<(u32, i64)> {
        let [local] = base.vars[..] else { return None };
        let is_local = (local as usize) < self.locals.len() && base.text == self.var_name(local);
        let end = i64::try_from(memarg.offset)
            .ok()?
            .checked_add(i64::from(access.bits / 8))?;
        is_local.then_some((local, end))
    }

    /// The address of an access, masked only where that could matter: its first word is touched before anything is
    /// written, unless it is the second of two.
    fn address(&self, access: Access, memarg: MemArg, base: Expr) -> Expr {
        if memarg.offset == 0 && access.bits <= 32 && traps_alike(&base) {
            return base.retyped(Type::I64);
        }
        effective(base, memarg.offset)
    }

    fn load(&mut self, access: Access, memarg: MemArg) {
        let base = self.pop();
        if let Some(byte) = self.frame_access(access, memarg, &base) {
            let value = load_from_frame(access, byte, base);
            return self.push_loaded(access, value);
        }
        let reach = self.reach(access, memarg, &base);
        let is_plain = base.is_simple();
        let next = is_plain.then(|| effective(base.clone(), memarg.offset + 4));
        let address = self.address(access, memarg, base);
        let trusted = self.trusts(access, memarg, &address);
        let int_type = match access.ty {
            Type::F32 => Type::I32,
            Type::F64 => Type::I64,
            ty => ty,
        };
        let value = if !trusted {
            let text = format!("self::l{}($m,{})", access.bits, address.text);
            Expr::call(text, int_type, &[address])
        } else {
            match access.bits {
                64 => load64(&address, next),
                32 => Expr::call(format!("$m[{}]", word(&address)), int_type, &[address]),
                bits => load_part(&address, is_plain, bits, int_type),
            }
        }
        .loading();
        self.push_loaded(
            access,
            Expr {
                proves: reach,
                ..value
            },
        );
    }

    fn push_loaded(&mut self, access: Access, value: Expr) {
        let int_type = value.ty;
        let value = match access.bits {
            64 => value,
            bits => value.with_range(0, (1i128 << bits) - 1),
        };
        let value = if access.signed {
            numeric::extend(value, access.bits, int_type)
        } else {
            value
        };
        self.push(value);
        match access.ty {
            Type::F32 => {
                self.helper("f32from", 1, Type::F32, false);
            }
            Type::F64 => {
                self.helper("f64from", 1, Type::F64, false);
            }
            _ => {}
        }
    }

    fn store(&mut self, access: Access, memarg: MemArg) {
        match access.ty {
            Type::F32 => {
                self.helper("f32bits", 1, Type::I32, false);
            }
            Type::F64 => {
                self.helper("f64bits", 1, Type::I64, false);
            }
            _ => {}
        }
        self.spill_state(2);
        let top = self.stack.len();
        if access.bits == 64 {
            if self.stack[top - 1].words.is_none() {
                self.simple_top(1);
            }
        } else if self.stack[top - 1].touches.effect {
            self.spill(top - 1);
        }
        let value = self.pop().into_int();
        let base = self.pop();
        if let Some(byte) = self.frame_access(access, memarg, &base) {
            return self.emit(store_to_frame(access, byte, value));
        }
        let is_plain = base.is_simple();
        let reach = self.reach(access, memarg, &base);
        let proves = value.proves;
        let address = self.address(access, memarg, base);
        let proven = reach.is_some_and(|(local, bytes)| self.is_proven(local, bytes));
        let trusted = self.trusts(access, memarg, &address);
        let statement = if !trusted {
            let value = if access.bits == 64 {
                value
            } else {
                low_bits(value, access.bits)
            };
            format!(
                "self::s{}($m,{},{});",
                access.bits, address.text, value.text
            )
        } else {
            match access.bits {
                64 => self.store64(&address, &value, proven),
                32 => {
                    let value = low_bits(value, 32).text;
                    if proven || self.in_first_pages(&address, 4) {
                        format!("$m[{}]={value};", word(&address))
                    } else {
                        format!("$m[$J={}];$m[$J]={value};", word(&address))
                    }
                }
                bits => store_part(&address, is_plain, &low_bits(value, bits), bits),
            }
        };
        self.emit(statement);
        for (local, bytes) in reach.filter(|_| trusted).into_iter().chain(proves) {
            self.prove(local, bytes);
        }
    }

    /// Memory never shrinks: a constant address inside the first pages needs no check.
    fn in_first_pages(&self, address: &Expr, bytes: i64) -> bool {
        address
            .konst
            .is_some_and(|a| a + bytes <= self.cx.least_memory)
    }

    fn store64(&self, address: &Expr, value: &Expr, proven: bool) -> String {
        let [low, high] = halves(value);
        // Two words moved: the upper one is read before the lower one is written, which may be the same.
        let (keep, high) = match value.words {
            Some(_) => (format!("$K={high};"), "$K".to_owned()),
            None => (String::new(), high),
        };
        if self.in_first_pages(address, 8) {
            let at = address.konst.unwrap_or(0) >> 2;
            return format!("{keep}$m[{at}]={low};$m[{}]={high};", at + 1);
        }
        let index = word(address);
        if proven {
            return format!("{keep}$m[$J={index}]={low};$m[$J+1]={high};");
        }
        format!("$m[($J={index})+1];{keep}$m[$J]={low};$m[$J+1]={high};")
    }
}

/// The texts of both words of an i64, low first.
fn halves(value: &Expr) -> [String; 2] {
    if let Some(words) = &value.words {
        return words.clone();
    }
    let low = low_bits(value.clone(), 32).text;
    let high = low_bits(numeric::shr_signed(value.clone(), 32, Type::I64), 32);
    let high = match value.konst {
        Some(value) => ((value >> 32) & 0xffff_ffff).to_string(),
        None if value.range.within(0, 0xffff_ffff) => "0".to_owned(),
        None => high.text,
    };
    [low, high]
}

/// The words of 64 bits in the frame.
fn frame_words(byte: InFrame) -> [String; 2] {
    let next = InFrame {
        offset: byte.offset + 4,
        ..byte
    };
    [
        format!("$m[{}]", byte.word()),
        format!("$m[{}]", next.word()),
    ]
}

fn load_from_frame(access: Access, byte: InFrame, base: Expr) -> Expr {
    let ty = match access.ty {
        Type::F32 => Type::I32,
        Type::F64 => Type::I64,
        ty => ty,
    };
    let [low, high] = frame_words(byte);
    let (text, level) = match access.bits {
        64 => (format!("{low}|{high}<<32"), prec::OR),
        32 => (low.clone(), prec::PRIMARY),
        bits => part_of(&low, (byte.offset & 3) * 8, bits),
    };
    let mut value = Expr::call(text, ty, &[base]);
    value.prec = level;
    value.size = 2;
    value.touches.state = true;
    value.words = (access.bits == 64).then_some([low, high]);
    value
}

fn store_to_frame(access: Access, byte: InFrame, value: Expr) -> String {
    let [low, high] = frame_words(byte);
    match access.bits {
        64 => {
            let [first, second] = halves(&value);
            // The upper word of the source may be the lower one of the target: surely not when
            // both are of this frame and differ.
            let apart = byte.same_frame(&second) && second != low;
            if value.words.is_some() && !apart {
                format!("$K={second};{low}={first};{high}=$K;")
            } else {
                format!("{low}={first};{high}={second};")
            }
        }
        32 => format!("{low}={};", low_bits(value, 32).text),
        bits => {
            let mask = (1i64 << bits) - 1;
            let by = (byte.offset & 3) * 8;
            let keep = 0xffff_ffff & !(mask << by);
            let value = low_bits(value, bits);
            match value.konst {
                Some(0) => format!("{low}=$m[{}]&{keep};", byte.word()),
                _ => {
                    let moved = numeric::shl(value.retyped(Type::I64), by as u32, Type::I64);
                    format!("{low}={low}&{keep}|{};", moved.at(prec::OR + 1))
                }
            }
        }
    }
}

/// Bits of a word.
fn part_of(cell: &str, by: i64, bits: u32) -> (String, u8) {
    let mask = (1i64 << bits) - 1;
    match (by, by + i64::from(bits)) {
        (0, _) => (format!("{cell}&{mask}"), prec::AND),
        (by, 32) => (format!("{cell}>>{by}"), prec::SHIFT),
        (by, _) => (format!("{cell}>>{by}&{mask}"), prec::AND),
    }
}

fn low_bits(value: Expr, bits: u32) -> Expr {
    let mask = (1i64 << bits) - 1;
    let value = value.into_int();
    if let Some(constant) = value.konst {
        return Expr::int(constant & mask, Type::I64);
    }
    if value.range.within(0, i128::from(mask)) {
        return value;
    }
    let ty = value.ty;
    numeric::bitwise('&', value, Expr::int(mask, ty), ty)
}

/// `next` is the address of the upper half when it is as cheap to compute as to keep.
fn load64(address: &Expr, next: Option<Expr>) -> Expr {
    let words = match (address.konst, next) {
        (Some(value), _) => Some([
            format!("$m[{}]", value >> 2),
            format!("$m[{}]", (value >> 2) + 1),
        ]),
        (None, Some(next)) => Some([
            format!("$m[{}]", word(address)),
            format!("$m[{}]", word(&next)),
        ]),
        (None, None) => None,
    };
    let text = match &words {
        Some([low, high]) => format!("{low}|{high}<<32"),
        None => format!("$m[$I={}]|$m[$I+1]<<32", word(address)),
    };
    let mut value = Expr::call(text, Type::I64, std::slice::from_ref(address));
    value.prec = prec::OR;
    value.words = words;
    value
}

fn load_part(address: &Expr, is_plain: bool, bits: u32, ty: Type) -> Expr {
    let mask = (1i64 << bits) - 1;
    let (text, level) = if let Some(value) = address.konst {
        part_of(&format!("$m[{}]", value >> 2), (value & 3) * 8, bits)
    } else if is_plain {
        let by = shift(&address.text, address.prec, bits / 8);
        (format!("$m[{}]>>({by})&{mask}", word(address)), prec::AND)
    } else {
        let by = shift("$I", prec::PRIMARY, bits / 8);
        (
            format!("$m[($I={})>>2]>>({by})&{mask}", address.text),
            prec::AND,
        )
    };
    let mut value = Expr::call(text, ty, std::slice::from_ref(address));
    value.prec = level;
    value
}

fn store_part(address: &Expr, is_plain: bool, value: &Expr, bits: u32) -> String {
    let mask = (1i64 << bits) - 1;
    if let Some(constant) = address.konst {
        let (at, by) = (constant >> 2, (constant & 3) * 8);
        let keep = 0xffff_ffff & !(mask << by);
        let moved = numeric::shl(value.clone().retyped(Type::I64), by as u32, Type::I64);
        return format!("$m[{at}]=$m[{at}]&{keep}|{};", moved.at(prec::OR + 1));
    }
    let (cell, by) = if is_plain {
        (
            format!("$J={}", word(address)),
            shift(&address.text, address.prec, bits / 8),
        )
    } else {
        (
            format!("$J=($K={})>>2", address.text),
            shift("$K", prec::PRIMARY, bits / 8),
        )
    };
    let moved = match value.konst {
        Some(0) => String::new(),
        _ => format!("|{}<<$K", value.at(prec::SHIFT)),
    };
    format!("$m[{cell}]=$m[$J]&~({mask}<<($K={by})){moved};")
}
