//! Every instruction, dispatched to the module that knows its kind.

use crate::control::Kind;
use crate::expr::{prec, Expr};
use crate::function::FunctionGen;
use crate::module::value_type;
use crate::numeric::{self, Cmp};
use crate::types::Type;
use crate::unsupported;
use wasmparser::Operator;

impl FunctionGen<'_, '_> {
    /// Translates one instruction.
    ///
    /// # Errors
    /// The reason as text; the caller adds function and offset.
    pub fn operator(&mut self, op: &Operator<'_>) -> Result<(), String> {
        if self.dead {
            return self.skip(op);
        }
        use Operator as O;
        match op {
            O::Nop => {}
            O::Unreachable => self.unreachable(),
            O::Block { blockty } => self.enter(Kind::Block, *blockty)?,
            O::Loop { blockty } => self.enter(Kind::Loop, *blockty)?,
            O::If { blockty } => self.enter(Kind::If, *blockty)?,
            O::Else => self.otherwise(),
            O::End => self.end(),
            O::Br { relative_depth } => self.branch(*relative_depth),
            O::BrIf { relative_depth } => self.branch_if(*relative_depth),
            O::BrTable { targets } => self.branch_table(targets)?,
            O::Return => self.return_now(),
            O::Call { function_index } => self.call(*function_index),
            O::CallIndirect {
                type_index,
                table_index,
            } => self.call_indirect(*type_index, *table_index),
            O::Drop => self.drop_value(),
            O::Select => self.select(),
            O::TypedSelect { ty } => {
                value_type(*ty).map_err(|e| e.to_string())?;
                self.select();
            }
            O::LocalGet { local_index } => {
                let value = self.get_local(*local_index);
                self.push(value);
            }
            O::LocalSet { local_index } => {
                self.set_local(*local_index);
            }
            O::LocalTee { local_index } => {
                let value = self.set_local(*local_index);
                self.push(value);
            }
            O::GlobalGet { global_index } => {
                let value = self.cx.global_read(*global_index);
                self.push(value);
            }
            O::GlobalSet { global_index } => {
                self.spill_state(1);
                let value = self.pop().canonical();
                let place = self.cx.global_place(*global_index);
                self.emit(format!("{place}={};", value.text));
            }
            O::I32Const { value } => self.push(Expr::i32(*value)),
            O::I64Const { value } => self.push(Expr::int(*value, Type::I64)),
            _ => {
                if !(self.integer(op)
                    || self.memory_operator(op)
                    || self.float_operator(op)
                    || self.table_operator(op))
                {
                    return Err(unsupported::name(op));
                }
            }
        }
        Ok(())
    }

    /// Unreachable code is not translated, only its nesting is followed.
    fn skip(&mut self, op: &Operator<'_>) -> Result<(), String> {
        match op {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                self.skipping += 1
            }
            Operator::End if self.skipping > 0 => self.skipping -= 1,
            Operator::Else if self.skipping > 0 => {}
            Operator::End => self.end(),
            Operator::Else => self.otherwise(),
            _ => {}
        }
        Ok(())
    }

    fn drop_value(&mut self) {
        let value = self.pop();
        if value.touches.effect || value.touches.trap {
            self.emit(format!("{};", value.text));
        }
    }

    fn select(&mut self) {
        let top = self.stack.len();
        for i in [top - 3, top - 2] {
            // PHP evaluates one arm only: what must happen anyway happens before.
            let touches = self.stack[i].touches;
            if touches.effect || touches.trap {
                self.spill(i);
            }
        }
        let condition = self.pop().truth();
        let (b, a) = (self.pop(), self.pop());
        let value = match (a.ty, a.konst, b.konst) {
            (Type::I32, Some(1), Some(0)) if condition.is_bool => condition,
            (Type::I32, Some(0), Some(1)) if condition.is_bool => condition.falsehood(),
            _ => {
                let (a, b) = (a.into_int(), b.into_int());
                let text = format!("({}?{}:{})", condition.text, a.text, b.text);
                let range = a.range.join(&b.range);
                Expr::call(text, a.ty, &[condition, a, b]).with_range(range.lo, range.hi)
            }
        };
        self.push(value);
    }

    pub fn unary(&mut self, build: impl FnOnce(Expr) -> Expr) -> bool {
        let a = self.pop();
        let value = build(a);
        self.push(value);
        true
    }

    pub fn binary(&mut self, build: impl FnOnce(Expr, Expr) -> Expr) -> bool {
        let b = self.pop();
        let a = self.pop();
        let value = build(a, b);
        self.push(value);
        true
    }

    /// Calls a pure helper of the generated class.
    pub fn helper(&mut self, name: &str, arity: usize, ty: Type, traps: bool) -> bool {
        let args: Vec<Expr> = self
            .pop_many(arity)
            .into_iter()
            .map(Expr::canonical)
            .collect();
        let texts: Vec<&str> = args.iter().map(|a| a.text.as_str()).collect();
        let mut value = Expr::call(format!("self::{name}({})", texts.join(",")), ty, &args);
        value.touches.trap |= traps;
        self.push(value);
        true
    }

    fn bits_helper(&mut self, name: &str, ty: Type) -> bool {
        self.helper(name, 1, ty, false);
        let counted = self.pop().with_range(0, 64);
        self.push(counted);
        true
    }

    fn integer(&mut self, op: &Operator<'_>) -> bool {
        use numeric as n;
        use Operator as O;
        match op {
            O::I32Eqz => self.unary(n::i32_eqz),
            O::I32Eq => self.binary(|a, b| n::i32_equality(Cmp::Eq, a, b)),
            O::I32Ne => self.binary(|a, b| n::i32_equality(Cmp::Ne, a, b)),
            O::I32LtU => self.binary(|a, b| n::i32_unsigned(Cmp::Lt, a, b)),
            O::I32GtU => self.binary(|a, b| n::i32_unsigned(Cmp::Gt, a, b)),
            O::I32LeU => self.binary(|a, b| n::i32_unsigned(Cmp::Le, a, b)),
            O::I32GeU => self.binary(|a, b| n::i32_unsigned(Cmp::Ge, a, b)),
            O::I32LtS => self.binary(|a, b| n::i32_signed(Cmp::Lt, a, b)),
            O::I32GtS => self.binary(|a, b| n::i32_signed(Cmp::Gt, a, b)),
            O::I32LeS => self.binary(|a, b| n::i32_signed(Cmp::Le, a, b)),
            O::I32GeS => self.binary(|a, b| n::i32_signed(Cmp::Ge, a, b)),
            O::I64Eqz => self.unary(|a| n::i64_signed(Cmp::Eq, a, Expr::int(0, Type::I64))),
            O::I64Eq => self.binary(|a, b| n::i64_signed(Cmp::Eq, a, b)),
            O::I64Ne => self.binary(|a, b| n::i64_signed(Cmp::Ne, a, b)),
            O::I64LtS => self.binary(|a, b| n::i64_signed(Cmp::Lt, a, b)),
            O::I64GtS => self.binary(|a, b| n::i64_signed(Cmp::Gt, a, b)),
            O::I64LeS => self.binary(|a, b| n::i64_signed(Cmp::Le, a, b)),
            O::I64GeS => self.binary(|a, b| n::i64_signed(Cmp::Ge, a, b)),
            O::I64LtU => self.binary(|a, b| n::i64_unsigned(Cmp::Lt, a, b)),
            O::I64GtU => self.binary(|a, b| n::i64_unsigned(Cmp::Gt, a, b)),
            O::I64LeU => self.binary(|a, b| n::i64_unsigned(Cmp::Le, a, b)),
            O::I64GeU => self.binary(|a, b| n::i64_unsigned(Cmp::Ge, a, b)),
            O::I32Add => self.binary(n::i32_add),
            O::I32Sub => self.binary(n::i32_sub),
            O::I32Mul => self.binary(n::i32_mul),
            O::I64Add => self.i64_arith('+'),
            O::I64Sub => self.i64_arith('-'),
            O::I64Mul => self.i64_arith('*'),
            O::I32And => self.binary(|a, b| n::bitwise('&', a, b, Type::I32)),
            O::I32Or => self.binary(|a, b| n::bitwise('|', a, b, Type::I32)),
            O::I32Xor => self.binary(|a, b| n::bitwise('^', a, b, Type::I32)),
            O::I64And => self.binary(|a, b| n::bitwise('&', a, b, Type::I64)),
            O::I64Or => self.binary(|a, b| n::bitwise('|', a, b, Type::I64)),
            O::I64Xor => self.binary(|a, b| n::bitwise('^', a, b, Type::I64)),
            O::I32Clz => self.bits_helper("clz32", Type::I32),
            O::I32Ctz => self.bits_helper("ctz32", Type::I32),
            O::I32Popcnt => self.bits_helper("popcnt32", Type::I32),
            O::I64Clz => self.bits_helper("clz64", Type::I64),
            O::I64Ctz => self.bits_helper("ctz64", Type::I64),
            O::I64Popcnt => self.bits_helper("popcnt64", Type::I64),
            O::I32WrapI64 => self.unary(|a| a.retyped(Type::I32)),
            O::I64ExtendI32U => self.unary(|a| a.canonical().retyped(Type::I64)),
            O::I64ExtendI32S => self.unary(|a| a.signed().retyped(Type::I64)),
            O::I32Extend8S => self.unary(|a| n::extend(a, 8, Type::I32)),
            O::I32Extend16S => self.unary(|a| n::extend(a, 16, Type::I32)),
            O::I64Extend8S => self.unary(|a| n::extend(a, 8, Type::I64)),
            O::I64Extend16S => self.unary(|a| n::extend(a, 16, Type::I64)),
            O::I64Extend32S => self.unary(|a| n::extend(a, 32, Type::I64)),
            _ => self.shift(op) || self.division(op),
        }
    }

    pub fn top_constant(&self) -> Option<i64> {
        self.stack.last().and_then(|e| e.konst)
    }

    fn shift(&mut self, op: &Operator<'_>) -> bool {
        use numeric as n;
        use Operator as O;
        let constant = self.top_constant();
        let (c32, c64) = (
            constant.map(|c| (c & 31) as u32),
            constant.map(|c| (c & 63) as u32),
        );
        match op {
            O::I32Shl => self.binary(|a, b| match c32 {
                Some(by) => n::shl(a, by, Type::I32),
                None => {
                    let by = n::amount(b, 32);
                    let a = a.canonical();
                    Expr::binary("<<", prec::SHIFT, &a, &by, Type::I32)
                        .with_range(0, a.range.hi << 31)
                }
            }),
            O::I32ShrU => self.binary(|a, b| match c32 {
                Some(by) => n::shr_signed(a.canonical(), by, Type::I32),
                None => {
                    let by = n::amount(b, 32);
                    let a = a.canonical();
                    Expr::binary(">>", prec::SHIFT, &a, &by, Type::I32).with_range(0, a.range.hi)
                }
            }),
            O::I32ShrS => self.binary(|a, b| match c32 {
                Some(by) => n::shr_signed(a.signed(), by, Type::I32),
                None => {
                    let by = n::amount(b, 32);
                    let a = a.signed();
                    Expr::binary(">>", prec::SHIFT, &a, &by, Type::I32)
                        .with_range(a.range.lo.min(0), a.range.hi.max(0))
                }
            }),
            O::I64Shl => self.binary(|a, b| match c64 {
                Some(by) => n::shl(a, by, Type::I64),
                None => Expr::binary("<<", prec::SHIFT, &a, &n::amount(b, 64), Type::I64),
            }),
            O::I64ShrS => self.binary(|a, b| match c64 {
                Some(by) => n::shr_signed(a, by, Type::I64),
                None => Expr::binary(">>", prec::SHIFT, &a, &n::amount(b, 64), Type::I64)
                    .with_range(a.range.lo.min(0), a.range.hi.max(0)),
            }),
            O::I64ShrU => match c64 {
                Some(by) => self.binary(|a, _| n::i64_shr_u(a, by)),
                None if self.stack[self.stack.len() - 2].range.lo >= 0 => self.binary(|a, b| {
                    Expr::binary(">>", prec::SHIFT, &a, &n::amount(b, 64), Type::I64)
                        .with_range(0, a.range.hi)
                }),
                None => self.helper("shr64", 2, Type::I64, false),
            },
            O::I32Rotl => self.rotate32(c32, "rotl32"),
            O::I32Rotr => self.rotate32(c32.map(|by| (32 - by) & 31), "rotr32"),
            O::I64Rotl => self.rotate64(c64, "rotl64"),
            O::I64Rotr => self.rotate64(c64.map(|by| (64 - by) & 63), "rotr64"),
            _ => false,
        }
    }

    fn rotate32(&mut self, left: Option<u32>, helper: &str) -> bool {
        let Some(by) = left else {
            return self.helper(helper, 2, Type::I32, false);
        };
        self.pop();
        self.simple_top(1);
        self.unary(|a| {
            let a = a.canonical();
            if by == 0 {
                return a;
            }
            let high = numeric::shl(a.clone(), by, Type::I32);
            let low = numeric::shr_signed(a, 32 - by, Type::I32);
            numeric::bitwise('|', high, low, Type::I32)
        })
    }

    fn rotate64(&mut self, left: Option<u32>, helper: &str) -> bool {
        let Some(by) = left else {
            return self.helper(helper, 2, Type::I64, false);
        };
        self.pop();
        self.simple_top(1);
        self.unary(|a| {
            if by == 0 {
                return a;
            }
            let high = numeric::shl(a.clone(), by, Type::I64);
            let low = numeric::i64_shr_u(a, 64 - by);
            numeric::bitwise('|', high, low, Type::I64)
        })
    }

    fn i64_arith(&mut self, op: char) -> bool {
        let top = self.stack.len();
        let range = numeric::i64_range(op, &self.stack[top - 2].range, &self.stack[top - 1].range);
        if !range.fits() {
            self.simple_top(2);
        }
        self.binary(|a, b| {
            if op == '+' && b.konst == Some(0) {
                a
            } else {
                numeric::i64_arith(op, &a, &b)
            }
        })
    }
}
