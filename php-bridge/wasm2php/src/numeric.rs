//! Integer instructions as PHP expressions: wrap-around, signedness and the bounds that spare masks.
//!
//! i32 lives as an unsigned PHP int and is masked lazily; i64 is a PHP int whose overflow PHP would turn into a
//! float, so every sum, difference and product that is not proven small is checked with `\is_int`.

use crate::expr::{prec, Expr};
use crate::types::{Interval, Type, I32_MAX, U32_MAX};

/// Comparison operators with PHP spelling and opposite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cmp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `>`
    Gt,
    /// `<=`
    Le,
    /// `>=`
    Ge,
}

impl Cmp {
    fn spelling(self) -> (&'static str, u8) {
        match self {
            Cmp::Eq => ("==", prec::EQ),
            Cmp::Ne => ("!=", prec::EQ),
            Cmp::Lt => ("<", prec::REL),
            Cmp::Gt => (">", prec::REL),
            Cmp::Le => ("<=", prec::REL),
            Cmp::Ge => (">=", prec::REL),
        }
    }

    fn opposite(self) -> Self {
        match self {
            Cmp::Eq => Cmp::Ne,
            Cmp::Ne => Cmp::Eq,
            Cmp::Lt => Cmp::Ge,
            Cmp::Ge => Cmp::Lt,
            Cmp::Gt => Cmp::Le,
            Cmp::Le => Cmp::Gt,
        }
    }
}

/// A PHP comparison; `ordered` says that its opposite may be used (false for floats, because of NaN).
pub fn compare(cmp: Cmp, a: &Expr, b: &Expr, ordered: bool) -> Expr {
    let build = |cmp: Cmp| {
        let (op, level) = cmp.spelling();
        // PHP's comparisons do not associate: both sides bind tighter.
        (format!("{}{op}{}", a.at(level + 1), b.at(level + 1)), level)
    };
    let (text, level) = build(cmp);
    let negation = ordered.then(|| build(cmp.opposite()));
    Expr::leaf(text, level, Type::I32)
        .needing(&[a.clone(), b.clone()])
        .boolean(negation)
}

/// `==` and `!=` of i32.
pub fn i32_equality(cmp: Cmp, a: Expr, b: Expr) -> Expr {
    if b.konst == Some(0) {
        return if cmp == Cmp::Eq {
            i32_eqz(a)
        } else {
            let truth = a.truth();
            if truth.is_bool {
                truth
            } else {
                compare(cmp, &truth, &Expr::i32(0), true)
            }
        };
    }
    compare(cmp, &a.canonical(), &b.canonical(), true)
}

/// `i32.eqz`
pub fn i32_eqz(a: Expr) -> Expr {
    let truth = a.truth();
    if truth.is_bool {
        truth.falsehood()
    } else {
        compare(Cmp::Eq, &truth, &Expr::i32(0), true)
    }
}

/// Unsigned order of i32.
pub fn i32_unsigned(cmp: Cmp, a: Expr, b: Expr) -> Expr {
    compare(cmp, &a.canonical(), &b.canonical(), true)
}

/// Signed order of i32: values that are proven non-negative or signed compare as they are, otherwise the sign
/// bit is flipped on both sides.
pub fn i32_signed(cmp: Cmp, a: Expr, b: Expr) -> Expr {
    let plain = |e: &Expr| e.is_bool || e.range.within(-I32_MAX - 1, I32_MAX);
    if plain(&a) && plain(&b) {
        return compare(cmp, &a.into_int(), &b.into_int(), true);
    }
    if b.konst == Some(0) && (cmp == Cmp::Lt || cmp == Cmp::Ge) {
        let cmp = if cmp == Cmp::Lt { Cmp::Gt } else { Cmp::Le };
        return compare(
            cmp,
            &a.canonical(),
            &Expr::int(I32_MAX as i64, Type::I32),
            true,
        );
    }
    if b.konst == Some(U32_MAX as i64) && (cmp == Cmp::Gt || cmp == Cmp::Le) {
        let cmp = if cmp == Cmp::Gt { Cmp::Le } else { Cmp::Gt };
        return compare(
            cmp,
            &a.canonical(),
            &Expr::int(I32_MAX as i64, Type::I32),
            true,
        );
    }
    let flip = |e: Expr| {
        let e = e.canonical();
        match e.konst {
            Some(value) => Expr::int(value ^ 0x8000_0000, Type::I32),
            None => Expr::binary(
                "^",
                prec::XOR,
                &e,
                &Expr::int(0x8000_0000, Type::I32),
                Type::I32,
            )
            .with_range(0, U32_MAX),
        }
    };
    compare(cmp, &flip(a), &flip(b), true)
}

/// Signed order and equality of i64.
pub fn i64_signed(cmp: Cmp, a: Expr, b: Expr) -> Expr {
    compare(cmp, &a, &b, true)
}

/// Unsigned order of i64.
pub fn i64_unsigned(cmp: Cmp, a: Expr, b: Expr) -> Expr {
    if a.range.lo >= 0 && b.range.lo >= 0 {
        return compare(cmp, &a, &b, true);
    }
    let flip = |e: Expr| match e.konst {
        Some(value) => Expr::int(value ^ i64::MIN, Type::I64),
        None => Expr::binary(
            "^",
            prec::XOR,
            &e,
            &Expr::int(i64::MIN, Type::I64),
            Type::I64,
        ),
    };
    compare(cmp, &flip(a), &flip(b), true)
}

/// `a+b` as PHP, with a negative constant written as a subtraction.
fn sum(a: &Expr, b: &Expr, ty: Type) -> Expr {
    match b.konst {
        Some(value) if value < 0 && value != i64::MIN => {
            let b = Expr::int(-value, ty);
            Expr::binary("-", prec::ADD, a, &b, ty)
        }
        _ => Expr::binary("+", prec::ADD, a, b, ty),
    }
}

/// `i32.add`, raw.
pub fn i32_add(a: Expr, b: Expr) -> Expr {
    let (mut a, mut b) = (a.into_int(), b.into_int());
    if let (Some(byte), Some(by)) = (a.in_frame, b.konst) {
        if let Some(moved) = byte.moved(i64::from(by as i32)) {
            return Expr::frame_byte(moved);
        }
    }
    if let (Some(x), Some(y)) = (a.konst, b.konst) {
        return Expr::i32((x as i32).wrapping_add(y as i32));
    }
    if b.konst.is_some() {
        b = b.signed();
    } else if a.konst.is_some() && !b.touches.effect {
        std::mem::swap(&mut a, &mut b);
        b = b.signed();
    }
    if b.konst == Some(0) {
        return a;
    }
    if !a.range.add(&b.range).fits() {
        a = a.canonical();
        if b.konst.is_none() {
            b = b.canonical();
        }
    }
    let range = a.range.add(&b.range);
    sum(&a, &b, Type::I32).with_range(range.lo, range.hi)
}

/// `i32.sub`, raw.
pub fn i32_sub(a: Expr, b: Expr) -> Expr {
    if let Some(value) = b.konst {
        return i32_add(a, Expr::i32((value as i32).wrapping_neg()));
    }
    let (mut a, mut b) = (a.into_int(), b.into_int());
    if !a.range.sub(&b.range).fits() {
        a = a.canonical();
        b = b.canonical();
    }
    let range = a.range.sub(&b.range);
    Expr::binary("-", prec::ADD, &a, &b, Type::I32).with_range(range.lo, range.hi)
}

/// `i32.mul`, raw: one side is made signed when the product of two u32 could leave 64 bits.
pub fn i32_mul(a: Expr, b: Expr) -> Expr {
    let (mut a, mut b) = (a.into_int(), b.into_int());
    if let (Some(x), Some(y)) = (a.konst, b.konst) {
        return Expr::i32((x as i32).wrapping_mul(y as i32));
    }
    if b.konst.is_some() {
        b = b.signed();
    }
    if !a.range.mul(&b.range).fits() {
        a = a.canonical();
        b = if b.konst.is_some() { b } else { b.canonical() };
    }
    if !a.range.mul(&b.range).fits() {
        a = a.signed();
    }
    let range = a.range.mul(&b.range);
    Expr::binary("*", prec::MUL, &a, &b, Type::I32).with_range(range.lo, range.hi)
}

/// `and`, `or`, `xor` of either width; a raw i32 stays raw unless a side is canonical under `and`.
pub fn bitwise(op: char, a: Expr, b: Expr, ty: Type) -> Expr {
    let (a, b) = (a.into_int(), b.into_int());
    if let (Some(x), Some(y)) = (a.konst, b.konst) {
        let value = match op {
            '&' => x & y,
            '|' => x | y,
            _ => x ^ y,
        };
        return Expr::int(value, ty);
    }
    if op == '&' {
        match (a.konst, b.konst) {
            (_, Some(mask)) if mask >= 0 => return a.mask(mask),
            (Some(mask), _) if mask >= 0 => return b.mask(mask),
            _ => {}
        }
    }
    let (level, range) = match op {
        '&' => (prec::AND, a.range.and(&b.range)),
        '|' => (prec::OR, a.range.or(&b.range)),
        _ => (prec::XOR, a.range.or(&b.range)),
    };
    let text: String = op.to_string();
    Expr::binary(&text, level, &a, &b, ty).with_range(range.lo, range.hi)
}

/// `shl` by a constant.
pub fn shl(a: Expr, by: u32, ty: Type) -> Expr {
    let a = a.into_int();
    if by == 0 {
        return a;
    }
    if let Some(value) = a.konst {
        return match ty {
            Type::I32 => Expr::i32(((value as u32) << by) as i32),
            _ => Expr::int(value << by, ty),
        };
    }
    let range = a.range.shl(by);
    Expr::binary("<<", prec::SHIFT, &a, &Expr::int(i64::from(by), ty), ty)
        .with_range(range.lo, range.hi)
}

/// Arithmetic shift right by a constant of a value that is signed in PHP.
pub fn shr_signed(a: Expr, by: u32, ty: Type) -> Expr {
    if by == 0 {
        return a;
    }
    let range = a.range.shr(by);
    Expr::binary(">>", prec::SHIFT, &a, &Expr::int(i64::from(by), ty), ty)
        .with_range(range.lo, range.hi)
}

/// Logical shift right of an i64 by a constant.
pub fn i64_shr_u(a: Expr, by: u32) -> Expr {
    if by == 0 || a.range.lo >= 0 {
        return shr_signed(a, by, Type::I64);
    }
    let mask = Expr::int((u64::MAX >> by) as i64, Type::I64);
    bitwise('&', shr_signed(a, by, Type::I64), mask, Type::I64)
}

/// The shift amount modulo the width, for shifts by a variable.
pub fn amount(b: Expr, width: i64) -> Expr {
    let b = b.into_int();
    if b.range.within(0, i128::from(width) - 1) {
        return b;
    }
    let ty = b.ty;
    bitwise('&', b, Expr::int(width - 1, ty), ty)
}

/// `extend8_s`, `extend16_s`, `extend32_s`: the result is signed in PHP (raw for i32).
pub fn extend(a: Expr, bits: u32, ty: Type) -> Expr {
    let (a, sign) = (a.into_int(), 1i64 << (bits - 1));
    if a.range.within(-i128::from(sign), i128::from(sign) - 1) {
        return a;
    }
    let mask = sign * 2 - 1;
    let low = if a.range.within(0, i128::from(mask)) {
        a
    } else {
        bitwise('&', a, Expr::int(mask, ty), ty)
    };
    let sign_bit = Expr::int(sign, ty);
    let flipped = Expr::binary("^", prec::XOR, &low, &sign_bit, ty);
    Expr::binary("-", prec::ADD, &flipped, &sign_bit, ty)
        .with_range(-i128::from(sign), i128::from(sign) - 1)
}

/// Sum, difference or product of i64 whose operands must be simple, with the overflow check where needed.
pub fn i64_arith(op: char, a: &Expr, b: &Expr) -> Expr {
    if let (Some(x), Some(y)) = (a.konst, b.konst) {
        let value = match op {
            '+' => x.wrapping_add(y),
            '-' => x.wrapping_sub(y),
            _ => x.wrapping_mul(y),
        };
        return Expr::int(value, Type::I64);
    }
    let range = i64_range(op, &a.range, &b.range);
    let plain = match op {
        '+' => sum(a, b, Type::I64),
        '-' => match b.konst {
            Some(value) if value < 0 && value != i64::MIN => {
                Expr::binary("+", prec::ADD, a, &Expr::int(-value, Type::I64), Type::I64)
            }
            _ => Expr::binary("-", prec::ADD, a, b, Type::I64),
        },
        _ => Expr::binary("*", prec::MUL, a, b, Type::I64),
    };
    if range.fits() {
        return plain.with_range(range.lo, range.hi);
    }
    let helper = match op {
        '+' => "add64",
        '-' => "sub64",
        _ => "mul64",
    };
    let text = format!(
        "(\\is_int($V={})?$V:self::{helper}({},{}))",
        plain.text, a.text, b.text
    );
    let mut guarded = Expr::leaf(text, prec::PRIMARY, Type::I64).needing(&[a.clone(), b.clone()]);
    guarded.size += 4;
    guarded
}

/// Whether the operation needs the overflow check, and with it simple operands.
pub fn i64_range(op: char, a: &Interval, b: &Interval) -> Interval {
    match op {
        '+' => a.add(b),
        '-' => a.sub(b),
        _ => a.mul(b),
    }
}
