//! The text of a load or store, once it is known where it goes: words of `$m`, parts of one, or two.

use crate::access::{shift, word, Access};
use crate::expr::{prec, Expr};
use crate::frame::InFrame;
use crate::numeric;
use crate::types::Type;

/// The texts of both words of an i64, low first.
pub fn halves(value: &Expr) -> [String; 2] {
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
pub fn frame_words(byte: InFrame) -> [String; 2] {
    let next = InFrame {
        offset: byte.offset + 4,
        ..byte
    };
    [
        format!("$m[{}]", byte.word()),
        format!("$m[{}]", next.word()),
    ]
}

/// A load from the stack frame.
pub fn load_from_frame(access: Access, byte: InFrame, base: Expr) -> Expr {
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

/// A store to the stack frame, as a statement.
pub fn store_to_frame(access: Access, byte: InFrame, value: Expr) -> String {
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
pub fn part_of(cell: &str, by: i64, bits: u32) -> (String, u8) {
    let mask = (1i64 << bits) - 1;
    match (by, by + i64::from(bits)) {
        (0, _) => (format!("{cell}&{mask}"), prec::AND),
        (by, 32) => (format!("{cell}>>{by}"), prec::SHIFT),
        (by, _) => (format!("{cell}>>{by}&{mask}"), prec::AND),
    }
}

/// The lowest bits of a value.
pub fn low_bits(value: Expr, bits: u32) -> Expr {
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
pub fn load64(address: &Expr, next: Option<Expr>) -> Expr {
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

/// A load of a byte or half word.
pub fn load_part(address: &Expr, is_plain: bool, bits: u32, ty: Type) -> Expr {
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

/// A store of a byte or half word, as a statement.
pub fn store_part(address: &Expr, is_plain: bool, value: &Expr, bits: u32) -> String {
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
