//! Loads, stores and bulk memory on `$m`, a packed array of 32-bit words.
//!
//! LLVM only emits an access with its natural alignment hint where anything else is undefined behaviour, so the hint
//! is trusted; smaller hints, and everything in strict mode, go through helpers that look at the address. Reads out of
//! bounds hit an undefined array key, which the error handler turns into a trap; writes would silently grow the array,
//! so the word is read first.

use crate::access::{access, effective, traps_alike, word, Access};
use crate::cells::{
    halves, load64, load_from_frame, load_part, low_bits, store_part, store_to_frame,
};
use crate::expr::{prec, Expr};
use crate::frame::InFrame;
use crate::function::FunctionGen;
use crate::numeric;
use crate::types::Type;
use wasmparser::{MemArg, Operator};

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
        let proves = [value.proves, base.proves];
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
        let looked_at = reach.filter(|_| trusted);
        for (local, bytes) in looked_at.into_iter().chain(proves.into_iter().flatten()) {
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
