//! Floating point: f64 is PHP's float, f32 a float rounded after every operation.
//!
//! Everything where PHP differs from IEEE 754 (division by zero, NaN signs, rounding, conversions) is a helper.

use crate::expr::{prec, Expr};
use crate::function::FunctionGen;
use crate::numeric::{compare, Cmp};
use crate::types::Type;
use wasmparser::Operator;

impl FunctionGen<'_, '_> {
    /// Handles floating-point instructions; false when `op` is none of them.
    pub fn float_operator(&mut self, op: &Operator<'_>) -> bool {
        use Operator as O;
        use Type::{F32, F64, I32, I64};
        match op {
            O::F32Const { value } => self.push(constant(f64_from_f32_bits(value.bits()), F32)),
            O::F64Const { value } => self.push(constant(value.bits(), F64)),
            O::F32Eq | O::F64Eq => self.float_compare(Cmp::Eq),
            O::F32Ne | O::F64Ne => self.float_compare(Cmp::Ne),
            O::F32Lt | O::F64Lt => self.float_compare(Cmp::Lt),
            O::F32Gt | O::F64Gt => self.float_compare(Cmp::Gt),
            O::F32Le | O::F64Le => self.float_compare(Cmp::Le),
            O::F32Ge | O::F64Ge => self.float_compare(Cmp::Ge),
            O::F64Add => self.float_arith("+", prec::ADD),
            O::F64Sub => self.float_arith("-", prec::ADD),
            O::F64Mul => self.float_arith("*", prec::MUL),
            _ => {
                let (helper, arity, ty, traps) = match op {
                    O::F32Add => ("f32add", 2, F32, false),
                    O::F32Sub => ("f32sub", 2, F32, false),
                    O::F32Mul => ("f32mul", 2, F32, false),
                    O::F32Div => ("f32div", 2, F32, false),
                    O::F64Div => ("f64div", 2, F64, false),
                    O::F32Min => ("fmin", 2, F32, false),
                    O::F64Min => ("fmin", 2, F64, false),
                    O::F32Max => ("fmax", 2, F32, false),
                    O::F64Max => ("fmax", 2, F64, false),
                    O::F32Copysign => ("fcopysign", 2, F32, false),
                    O::F64Copysign => ("fcopysign", 2, F64, false),
                    O::F32Abs => ("fabs", 1, F32, false),
                    O::F64Abs => ("fabs", 1, F64, false),
                    O::F32Neg => ("fneg", 1, F32, false),
                    O::F64Neg => ("fneg", 1, F64, false),
                    O::F32Ceil => ("fceil", 1, F32, false),
                    O::F64Ceil => ("fceil", 1, F64, false),
                    O::F32Floor => ("ffloor", 1, F32, false),
                    O::F64Floor => ("ffloor", 1, F64, false),
                    O::F32Trunc => ("ftrunc", 1, F32, false),
                    O::F64Trunc => ("ftrunc", 1, F64, false),
                    O::F32Nearest => ("fnearest", 1, F32, false),
                    O::F64Nearest => ("fnearest", 1, F64, false),
                    O::F32Sqrt => ("f32sqrt", 1, F32, false),
                    O::F64Sqrt => ("f64sqrt", 1, F64, false),
                    O::I32TruncF32S | O::I32TruncF64S => ("trunc32s", 1, I32, true),
                    O::I32TruncF32U | O::I32TruncF64U => ("trunc32u", 1, I32, true),
                    O::I64TruncF32S | O::I64TruncF64S => ("trunc64s", 1, I64, true),
                    O::I64TruncF32U | O::I64TruncF64U => ("trunc64u", 1, I64, true),
                    O::I32TruncSatF32S | O::I32TruncSatF64S => ("sat32s", 1, I32, false),
                    O::I32TruncSatF32U | O::I32TruncSatF64U => ("sat32u", 1, I32, false),
                    O::I64TruncSatF32S | O::I64TruncSatF64S => ("sat64s", 1, I64, false),
                    O::I64TruncSatF32U | O::I64TruncSatF64U => ("sat64u", 1, I64, false),
                    O::F32ConvertI64S => ("f32i64s", 1, F32, false),
                    O::F32ConvertI64U => ("f32i64u", 1, F32, false),
                    O::F64ConvertI64U => ("f64i64u", 1, F64, false),
                    O::F32DemoteF64 => ("f32demote", 1, F32, false),
                    O::F64PromoteF32 => ("f64promote", 1, F64, false),
                    O::I32ReinterpretF32 => ("f32bits", 1, I32, false),
                    O::I64ReinterpretF64 => ("f64bits", 1, I64, false),
                    O::F32ReinterpretI32 => ("f32from", 1, F32, false),
                    O::F64ReinterpretI64 => ("f64from", 1, F64, false),
                    _ => return self.float_from_int(op),
                };
                return self.helper(helper, arity, ty, traps);
            }
        }
        true
    }

    fn float_from_int(&mut self, op: &Operator<'_>) -> bool {
        use Operator as O;
        let a = match op {
            O::F64ConvertI32S | O::F32ConvertI32S => self.pop().signed(),
            O::F64ConvertI32U | O::F32ConvertI32U => self.pop().canonical(),
            O::F64ConvertI64S => self.pop(),
            _ => return false,
        };
        let mut value = Expr::call(format!("(float){}", a.at(prec::UNARY)), Type::F64, &[a]);
        value.prec = prec::UNARY;
        self.push(value);
        if matches!(op, O::F32ConvertI32S | O::F32ConvertI32U) {
            self.helper("f32demote", 1, Type::F32, false);
        }
        true
    }

    fn float_compare(&mut self, cmp: Cmp) {
        let (b, a) = (self.pop(), self.pop());
        self.push(compare(cmp, &a, &b, false));
    }

    fn float_arith(&mut self, op: &str, level: u8) {
        let (b, a) = (self.pop(), self.pop());
        self.push(Expr::binary(op, level, &a, &b, Type::F64));
    }
}

/// Bits of the f64 that stands for an f32; a NaN keeps its payload and its quiet bit.
pub fn f64_from_f32_bits(bits: u32) -> u64 {
    let value = f32::from_bits(bits);
    if !value.is_nan() {
        return f64::from(value).to_bits();
    }
    let sign = u64::from(bits >> 31) << 63;
    sign | 0x7ff0_0000_0000_0000 | u64::from(bits & 0x007f_ffff) << 29
}

/// A float literal; NaNs with a sign or payload are made from their bits.
pub fn constant(bits: u64, ty: Type) -> Expr {
    let value = f64::from_bits(bits);
    let text = literal(bits);
    let level = if value.is_sign_negative() && !value.is_nan() {
        prec::LOWEST
    } else {
        prec::PRIMARY
    };
    Expr::leaf(text, level, ty)
}

/// PHP source of a float given by its bits.
pub fn literal(bits: u64) -> String {
    let value = f64::from_bits(bits);
    if value.is_nan() {
        if bits == 0x7ff8_0000_0000_0000 {
            "\\NAN".to_owned()
        } else {
            format!("self::f64from({})", crate::expr::int_literal(bits as i64).0)
        }
    } else if value.is_infinite() {
        if value > 0.0 { "\\INF" } else { "-\\INF" }.to_owned()
    } else {
        // Rust's shortest form that reads back as the same float; the exponent keeps it short.
        let text = format!("{value:?}");
        if text.contains(['.', 'e']) {
            text
        } else {
            format!("{text}.0")
        }
    }
}
