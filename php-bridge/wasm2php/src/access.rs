//! Loads and stores as instructions have them, and the addresses they mean.

use crate::expr::{prec, Expr};
use crate::numeric;
use crate::types::{Type, U32_MAX};
use wasmparser::{MemArg, Operator};

/// A load or store: bits moved, sign extension, type on the stack.
#[derive(Clone, Copy)]
pub struct Access {
    /// Bits moved.
    pub bits: u32,
    /// Extended by its sign.
    pub signed: bool,
    /// On the stack.
    pub ty: Type,
}

/// What an instruction moves, whether it stores, and where; nothing of one that does neither.
pub fn access(op: &Operator<'_>) -> Option<(Access, bool, MemArg)> {
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
pub const BELOW: i128 = 65_536;

/// Whether an unmasked i32 traps as an address exactly where the masked one would.
pub fn traps_alike(base: &Expr) -> bool {
    !base.is_bool && base.range.within(-BELOW, U32_MAX)
}

/// `a+offset` without wrap-around, as the specification computes addresses.
pub fn effective(base: Expr, offset: u64) -> Expr {
    let base = base.canonical().retyped(Type::I64);
    let offset = Expr::int(offset as i64, Type::I64);
    if offset.konst == Some(0) {
        base
    } else {
        numeric::i64_arith('+', &base, &offset)
    }
}

/// The text of the word index of a byte address.
pub fn word(address: &Expr) -> String {
    match address.konst {
        Some(value) => (value >> 2).to_string(),
        None => format!("{}>>2", address.at(prec::SHIFT)),
    }
}

/// The shift, in bits, of a byte (`unit` 1) or half word (2) inside its word.
pub fn shift(address: &str, level: u8, unit: u32) -> String {
    let address = if level <= prec::AND {
        format!("({address})")
    } else {
        address.to_owned()
    };
    format!("({address}&{})<<3", if unit == 1 { 3 } else { 2 })
}
