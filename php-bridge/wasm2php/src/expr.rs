//! A PHP expression under construction: its text, and what the translator must know about it.

use crate::frame::InFrame;
use crate::types::{Interval, Type, I32_MAX, U32_MAX};

/// PHP operator precedence, higher binds tighter. `&` and `|` are *below* comparisons in PHP.
pub mod prec {
    /// Variables, literals, calls, anything in parentheses.
    pub const PRIMARY: u8 = 20;
    /// Casts, `!`, `~`.
    pub const UNARY: u8 = 18;
    /// `*` `/` `%`
    pub const MUL: u8 = 16;
    /// `+` `-`
    pub const ADD: u8 = 14;
    /// `<<` `>>`
    pub const SHIFT: u8 = 12;
    /// `<` `<=` `>` `>=`
    pub const REL: u8 = 10;
    /// `==` `!=`
    pub const EQ: u8 = 9;
    /// `&`
    pub const AND: u8 = 8;
    /// `^`
    pub const XOR: u8 = 7;
    /// `|`
    pub const OR: u8 = 6;
    /// Negative literals and whatever must be wrapped inside any operator.
    pub const LOWEST: u8 = 1;
}

/// What evaluating an expression depends on or does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touches {
    /// Reads memory, a mutable global or a table.
    pub state: bool,
    /// Changes state or calls out.
    pub effect: bool,
    /// May trap.
    pub trap: bool,
}

impl Touches {
    fn join(self, other: Self) -> Self {
        Touches {
            state: self.state || other.state,
            effect: self.effect || other.effect,
            trap: self.trap || other.trap,
        }
    }
}

/// A PHP expression with type, bounds and dependencies.
///
/// An i32 expression may be *raw*: equal to the wanted value only modulo 2^32. [`Expr::canonical`] masks it.
#[derive(Debug, Clone)]
pub struct Expr {
    /// PHP source.
    pub text: String,
    /// Precedence of the outermost operator.
    pub prec: u8,
    /// WebAssembly type.
    pub ty: Type,
    /// The PHP value is a bool (comparisons); only with `Type::I32`.
    pub is_bool: bool,
    /// Bounds of the PHP value when it is an int.
    pub range: Interval,
    /// Variables read, sorted: locals by index, then temporaries.
    pub vars: Vec<u32>,
    /// Dependencies and effects.
    pub touches: Touches,
    /// Number of nodes, to keep expressions readable for PHP's compiler.
    pub size: u32,
    /// The value when it is an integer constant (canonical for i32).
    pub konst: Option<i64>,
    /// For a bool: the opposite, as text and precedence.
    pub negation: Option<(String, u8)>,
    /// For `inner & constant`: text and precedence of `inner`, and the constant.
    pub masked: Option<(String, u8, i64)>,
    /// The value is the address of a byte in this function's stack frame.
    pub in_frame: Option<InFrame>,
    /// For an i64 just loaded: its words, low first, as texts that can be read in any order.
    pub words: Option<[String; 2]>,
    /// Evaluating it proves that this local plus this many bytes is still inside the memory.
    pub proves: Option<(u32, i64)>,
}

impl Expr {
    /// Anything without operands.
    pub fn leaf(text: String, prec: u8, ty: Type) -> Self {
        Expr {
            text,
            prec,
            ty,
            is_bool: false,
            range: match ty {
                Type::I32 => Interval::u32(),
                _ => Interval::any(),
            },
            vars: Vec::new(),
            touches: Touches::default(),
            size: 1,
            konst: None,
            negation: None,
            masked: None,
            in_frame: None,
            words: None,
            proves: None,
        }
    }

    /// An i32 constant, canonical.
    pub fn i32(value: i32) -> Self {
        Self::int(i64::from(value as u32), Type::I32)
    }

    /// An integer constant.
    pub fn int(value: i64, ty: Type) -> Self {
        let (text, prec) = int_literal(value);
        let mut expr = Self::leaf(text, prec, ty);
        expr.konst = Some(value);
        expr.range = Interval::point(value);
        expr
    }

    /// A variable.
    pub fn var(id: u32, text: String, ty: Type) -> Self {
        let mut expr = Self::leaf(text, prec::PRIMARY, ty);
        expr.vars.push(id);
        expr
    }

    /// The address of a byte in the stack frame.
    pub fn frame_byte(byte: InFrame) -> Self {
        let word = byte.word();
        let (text, prec) = match byte.offset & 3 {
            0 => (format!("{word}<<2"), prec::SHIFT),
            rest => (format!("({word}<<2)+{rest}"), prec::ADD),
        };
        let mut expr = Self::leaf(text, prec, Type::I32).with_range(0, i128::from(byte.frame.top));
        expr.vars.push(byte.frame.local);
        expr.size = 2;
        expr.in_frame = Some(byte);
        expr
    }

    /// A call of anything; `parts` are the arguments, for their dependencies.
    pub fn call(text: String, ty: Type, parts: &[Expr]) -> Self {
        Self::leaf(text, prec::PRIMARY, ty).needing(parts)
    }

    /// Takes over the dependencies and size of `parts`.
    pub fn needing(mut self, parts: &[Expr]) -> Self {
        for part in parts {
            self.absorb(part);
        }
        self
    }

    fn absorb(&mut self, part: &Expr) {
        for var in &part.vars {
            if let Err(at) = self.vars.binary_search(var) {
                self.vars.insert(at, *var);
            }
        }
        self.touches = self.touches.join(part.touches);
        self.size += part.size;
        // No part is evaluated only sometimes: what may trap never stays inside an arm of `?:`.
        self.proves = self.proves.or(part.proves);
    }

    /// Sets the bounds.
    pub fn with_range(mut self, lo: i128, hi: i128) -> Self {
        self.range = Interval::new(lo, hi);
        self
    }

    /// Marks as reading state and able to trap (a load).
    pub fn loading(mut self) -> Self {
        self.touches.state = true;
        self.touches.trap = true;
        self
    }

    /// Whether repeating the text costs nothing and changes nothing.
    pub fn is_simple(&self) -> bool {
        self.konst.is_some()
            || (self.size == 1 && self.touches == Touches::default() && !self.is_bool)
    }

    /// The text, parenthesised when it binds looser than `min`.
    pub fn at(&self, min: u8) -> String {
        if self.prec < min {
            format!("({})", self.text)
        } else {
            self.text.clone()
        }
    }

    /// A left-associative PHP binary operator.
    pub fn binary(op: &str, level: u8, a: &Expr, b: &Expr, ty: Type) -> Self {
        let text = format!("{}{op}{}", a.at(level), b.at(level + 1));
        let mut expr = Self::leaf(text, level, ty);
        expr.absorb(a);
        expr.absorb(b);
        expr.range = Interval::any();
        expr
    }

    /// The same value under another type; a bool becomes an int first.
    pub fn retyped(self, ty: Type) -> Self {
        let mut expr = self.into_int();
        expr.ty = ty;
        if let (Some(value), Type::I32) = (expr.konst, ty) {
            return Self::int(value & U32_MAX as i64, Type::I32);
        }
        expr
    }

    /// A bool turned into 0 or 1, anything else unchanged.
    pub fn into_int(self) -> Self {
        if !self.is_bool {
            return self;
        }
        let mut expr = self;
        expr.text = format!("(int){}", expr.at(prec::UNARY));
        expr.prec = prec::UNARY;
        expr.is_bool = false;
        expr.negation = None;
        expr.range = Interval::new(0, 1);
        expr
    }

    /// An i32 in 0..=2^32-1; other types unchanged.
    pub fn canonical(self) -> Self {
        if self.ty != Type::I32 {
            return self;
        }
        let expr = self.into_int();
        if expr.range.within(0, U32_MAX) {
            return expr;
        }
        if let Some(value) = expr.konst {
            return Self::int(value & U32_MAX as i64, Type::I32);
        }
        expr.mask(U32_MAX as i64)
    }

    /// `self & mask` for a mask of 0 or more; masks on masks become one, and one that changes nothing is left out.
    pub fn mask(self, mask: i64) -> Self {
        let expr = self.into_int();
        if let Some(value) = expr.konst {
            return Self::int(value & mask, expr.ty);
        }
        let full = mask & mask.wrapping_add(1) == 0;
        if full && expr.range.within(0, i128::from(mask)) {
            return expr;
        }
        let (mut text, mut level, mut mask) = (expr.text.clone(), expr.prec, mask);
        if let Some((inner, inner_level, other)) = &expr.masked {
            (text, level) = (inner.clone(), *inner_level);
            mask &= other;
        }
        let top = if expr.range.lo >= 0 {
            expr.range.hi.min(i128::from(mask))
        } else {
            i128::from(mask)
        };
        let operand = if level < prec::AND {
            format!("({text})")
        } else {
            text.clone()
        };
        let mut result = Self::leaf(format!("{operand}&{mask}"), prec::AND, expr.ty)
            .needing(std::slice::from_ref(&expr))
            .with_range(0, top);
        result.masked = Some((text, level, mask));
        result
    }

    /// An i32 in -2^31..2^31.
    pub fn signed(self) -> Self {
        let expr = self.into_int();
        if expr.range.within(-I32_MAX - 1, I32_MAX) {
            return expr;
        }
        let expr = expr.canonical();
        if let Some(value) = expr.konst {
            return Self::int(i64::from(value as u32 as i32), Type::I32);
        }
        if expr.range.hi <= I32_MAX {
            return expr;
        }
        let sign = Self::int(0x8000_0000, Type::I32);
        let flipped = Self::binary("^", prec::XOR, &expr, &sign, Type::I32);
        Self::binary("-", prec::ADD, &flipped, &sign, Type::I32).with_range(-I32_MAX - 1, I32_MAX)
    }

    /// A PHP bool with its opposite.
    pub fn boolean(mut self, negation: Option<(String, u8)>) -> Self {
        self.ty = Type::I32;
        self.is_bool = true;
        self.range = Interval::new(0, 1);
        self.negation = negation;
        self.konst = None;
        self
    }

    /// A form for a condition, where any int but 0 is true.
    pub fn truth(self) -> Self {
        if self.is_bool || self.range.within(-U32_MAX, U32_MAX) {
            self
        } else {
            self.canonical()
        }
    }

    /// The opposite of [`Expr::truth`].
    pub fn falsehood(self) -> Self {
        let truth = self.truth();
        let (text, level) = match (&truth.negation, truth.konst) {
            (Some(negation), _) => negation.clone(),
            (None, Some(value)) => (
                String::from(if value == 0 { "true" } else { "false" }),
                prec::PRIMARY,
            ),
            (None, None) => (format!("!{}", truth.at(prec::UNARY)), prec::UNARY),
        };
        let back = if truth.is_bool {
            Some((truth.text.clone(), truth.prec))
        } else {
            None
        };
        let mut expr = truth;
        expr.masked = None;
        expr.text = text;
        expr.prec = level;
        expr.size += 1;
        expr.boolean(back)
    }
}

/// An integer literal PHP parses as an int, and its precedence.
pub fn int_literal(value: i64) -> (String, u8) {
    if value == i64::MIN {
        ("(-9223372036854775807-1)".to_owned(), prec::PRIMARY)
    } else if value < 0 {
        (value.to_string(), prec::LOWEST)
    } else {
        (value.to_string(), prec::PRIMARY)
    }
}
