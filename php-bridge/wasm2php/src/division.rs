//! Quotients and rests: PHP's operators where they are exact, helpers where they are not.

use crate::expr::{prec, Expr};
use crate::function::FunctionGen;
use crate::types::{Type, U32_MAX};
use wasmparser::Operator;

impl FunctionGen<'_, '_> {
    /// Handles divisions; false when `op` is none.
    pub fn division(&mut self, op: &Operator<'_>) -> bool {
        use Operator as O;
        let constant = self.top_constant();
        match op {
            O::I32DivU => self.binary(|a, b| {
                let (a, b) = (a.canonical(), b.canonical());
                let quotient = Expr::binary("/", prec::MUL, &a, &b, Type::I32);
                // Exact: two u32 quotients differ by more than a float's rounding.
                let mut value = Expr::call(
                    format!("(int)({})", quotient.text),
                    Type::I32,
                    &[a.clone(), b],
                )
                .with_range(0, a.range.hi);
                value.prec = prec::UNARY;
                value.touches.trap |= constant.is_none_or(|c| c == 0);
                value
            }),
            O::I32RemU => self.binary(|a, b| {
                let (a, b) = (a.canonical(), b.canonical());
                let mut value = Expr::binary("%", prec::MUL, &a, &b, Type::I32)
                    .with_range(0, a.range.hi.min((b.range.hi - 1).max(0)));
                value.touches.trap |= constant.is_none_or(|c| c == 0);
                value
            }),
            O::I32DivS => match constant {
                Some(c) if c != 0 && c != U32_MAX as i64 => self.binary(|a, b| {
                    let (a, b) = (a.signed(), b.signed());
                    let quotient = Expr::binary("/", prec::MUL, &a, &b, Type::I32);
                    let mut value =
                        Expr::call(format!("(int)({})", quotient.text), Type::I32, &[a, b])
                            .with_range(-0x8000_0000, 0x7fff_ffff);
                    value.prec = prec::UNARY;
                    value
                }),
                _ => self.helper("div32s", 2, Type::I32, true),
            },
            O::I32RemS => self.binary(|a, b| {
                let mut value = Expr::binary("%", prec::MUL, &a.signed(), &b.signed(), Type::I32)
                    .with_range(-0x8000_0000, 0x7fff_ffff);
                value.touches.trap |= constant.is_none_or(|c| c == 0);
                value
            }),
            O::I64DivS => match constant {
                Some(c) if c != 0 && c != -1 => self.divide_exactly(),
                _ => self.helper("div64s", 2, Type::I64, true),
            },
            O::I64RemS => self.binary(|a, b| {
                let mut value = Expr::binary("%", prec::MUL, &a, &b, Type::I64)
                    .with_range(a.range.lo.min(0), a.range.hi.max(0));
                value.touches.trap |= constant.is_none_or(|c| c == 0);
                value
            }),
            O::I64DivU => {
                if self.both_non_negative() {
                    match constant {
                        Some(c) if c > 0 => self.divide_exactly(),
                        _ => self.helper("div64s", 2, Type::I64, true),
                    }
                } else {
                    self.helper("div64u", 2, Type::I64, true)
                }
            }
            O::I64RemU => {
                if self.both_non_negative() {
                    self.binary(|a, b| {
                        let mut value = Expr::binary("%", prec::MUL, &a, &b, Type::I64)
                            .with_range(0, a.range.hi.min((b.range.hi - 1).max(0)));
                        value.touches.trap |= constant.is_none_or(|c| c == 0);
                        value
                    })
                } else {
                    self.helper("rem64u", 2, Type::I64, true)
                }
            }
            _ => false,
        }
    }

    fn both_non_negative(&self) -> bool {
        let top = self.stack.len();
        self.stack[top - 1].range.lo >= 0 && self.stack[top - 2].range.lo >= 0
    }

    /// `(a-a%c)/c`: no rest, so PHP's `/` stays an int.
    fn divide_exactly(&mut self) -> bool {
        let top = self.stack.len();
        if !self.stack[top - 2].is_simple() {
            self.spill(top - 2);
        }
        self.binary(|a, c| {
            let rest = Expr::binary("%", prec::MUL, &a, &c, Type::I64);
            let floor = Expr::binary("-", prec::ADD, &a, &rest, Type::I64);
            let value = Expr::binary("/", prec::MUL, &floor, &c, Type::I64);
            match c.konst {
                Some(c) if c > 0 => {
                    let c = i128::from(c);
                    value.with_range(a.range.lo.min(0) / c, a.range.hi.max(0) / c)
                }
                _ => value,
            }
        })
    }
}
