//! What every function of one translation shares: the module, its analysis, and how names are written in PHP.

use crate::analysis::Analysis;
use crate::expr::{prec, Expr};
use crate::frame::StackFrame;
use crate::known;
use crate::module::{ExportKind, Init, Module};
use crate::types::Type;
use std::collections::BTreeSet;

/// Shared by all functions.
pub struct Context<'m> {
    /// The module.
    pub module: &'m Module<'m>,
    /// Facts found beforehand.
    pub analysis: &'m Analysis,
    /// No trust in alignment hints, every trap exactly where the specification has it.
    pub strict: bool,
    /// Count fuel.
    pub fuel: bool,
    /// Same as in the analysis, for brevity.
    pub recursive: crate::bits::Bits,
    /// Bytes of memory that certainly exist.
    pub least_memory: i64,
    /// Import modules in order of first use.
    pub hosts: Vec<String>,
    /// Mutable globals that live in a cell because another module or the host may hold them too.
    pub shared_globals: BTreeSet<u32>,
}

impl<'m> Context<'m> {
    /// Collects what is derived from the module.
    pub fn new(module: &'m Module<'m>, analysis: &'m Analysis, strict: bool, fuel: bool) -> Self {
        let mut hosts: Vec<String> = Vec::new();
        let sources = module
            .funcs
            .iter()
            .filter_map(|f| f.import.as_ref())
            .chain(module.tables.iter().filter_map(|t| t.import.as_ref()))
            .chain(module.memory.iter().filter_map(|m| m.import.as_ref()))
            .chain(module.globals.iter().filter_map(|g| g.import.as_ref()));
        for source in sources {
            if !hosts.contains(&source.module) {
                hosts.push(source.module.clone());
            }
        }
        let mut shared_globals = BTreeSet::new();
        for (index, global) in module.globals.iter().enumerate() {
            let exported = module
                .exports
                .iter()
                .any(|e| e.kind == ExportKind::Global && e.index == index as u32);
            if global.mutable && (global.import.is_some() || exported) {
                shared_globals.insert(index as u32);
            }
        }
        Context {
            module,
            analysis,
            strict,
            fuel,
            recursive: analysis.recursive.clone(),
            least_memory: module.memory.as_ref().map_or(0, |m| (m.min * 65536) as i64),
            hosts,
            shared_globals,
        }
    }

    /// The stack frame of a function, where its addresses may be trusted.
    pub fn stack_frame(&self, func: u32) -> Option<StackFrame> {
        if self.strict {
            return None;
        }
        self.analysis.frames.get(&func).copied()
    }

    /// Statements at the start of a function: stack depth where it can recurse, fuel where asked for.
    pub fn entry(&self, func: u32, cost: u32) -> String {
        let mut text = String::new();
        if self.recursive.contains(func as usize) {
            text.push_str(&format!(
                "if((self::$d+={cost})>self::$l)self::_trap('call stack exhausted');\n"
            ));
        }
        if self.fuel {
            text.push_str("if(--self::$u<0)self::_trap('fuel exhausted');\n");
        }
        text
    }

    /// Static property that holds the host of an import module.
    pub fn host(&self, module: &str) -> String {
        let index = self.hosts.iter().position(|h| h == module).unwrap_or(0);
        format!("self::$h{index}")
    }

    /// A call of `func` with the dependencies left to the caller: text and precedence.
    pub fn call_text(&self, func: u32, args: &[Expr]) -> (String, u8) {
        let texts: Vec<&str> = args.iter().map(|a| a.text.as_str()).collect();
        self.call_with(func, &texts)
    }

    /// A call of `func` with arguments given as PHP source.
    pub fn call_with(&self, func: u32, args: &[&str]) -> (String, u8) {
        if !self.strict && known::is_memcmp(self.module, func) {
            return (format!("self::mcmp($m,{})", args.join(",")), prec::PRIMARY);
        }
        let Some(source) = &self.module.funcs[func as usize].import else {
            let args: String = args.iter().map(|a| format!(",{a}")).collect();
            return (format!("self::f{func}($m{args})"), prec::PRIMARY);
        };
        let call = format!(
            "{}->{}({})",
            self.host(&source.module),
            member(&source.name),
            args.join(",")
        );
        match self.module.signature(func).results.as_slice() {
            [Type::I32] => (format!("{call}&4294967295"), prec::AND),
            [Type::I64] => (format!("{call}|0"), prec::OR),
            [Type::F32 | Type::F64] => (format!("(float){call}"), prec::UNARY),
            [] | [_] => (call, prec::PRIMARY),
            several => {
                let letters: String = several.iter().map(|t| t.letter()).collect();
                (format!("self::_several('{letters}',{call})"), prec::PRIMARY)
            }
        }
    }

    /// Name of the method that dispatches `call_indirect`.
    pub fn dispatcher(&self, ty: u32, table: u32) -> String {
        if table == 0 {
            format!("c{ty}")
        } else {
            format!("c{ty}_{table}")
        }
    }

    /// Where a global is kept.
    pub fn global_place(&self, index: u32) -> String {
        if self.shared_globals.contains(&index) {
            format!("self::$g{index}->v")
        } else {
            format!("self::$g{index}")
        }
    }

    /// Reading a global: a literal when it never changes.
    pub fn global_read(&self, index: u32) -> Expr {
        let global = &self.module.globals[index as usize];
        if !global.mutable && global.import.is_none() {
            match global.init {
                Init::I32(value) => return Expr::i32(value),
                Init::I64(value) => return Expr::int(value, Type::I64),
                Init::F32(bits) => {
                    return crate::float::constant(crate::float::f64_from_f32_bits(bits), Type::F32)
                }
                Init::F64(bits) => return crate::float::constant(bits, Type::F64),
                Init::Global(other) => return self.global_read(other),
                Init::Null | Init::Func(_) => {}
            }
        }
        let mut value = Expr::leaf(self.global_place(index), prec::PRIMARY, global.ty);
        value.size = 2;
        value.touches.state = global.mutable;
        value
    }

    /// PHP source of a constant initialiser.
    pub fn init_text(&self, init: Init) -> String {
        match init {
            Init::I32(value) => (value as u32).to_string(),
            Init::I64(value) => crate::expr::int_literal(value).0,
            Init::F32(bits) => crate::float::literal(crate::float::f64_from_f32_bits(bits)),
            Init::F64(bits) => crate::float::literal(bits),
            Init::Global(index) => self.global_read(index).text,
            Init::Null => "null".to_owned(),
            Init::Func(func) => format!("self::$fr[{func}]"),
        }
    }
}

/// `name` or `{'na me'}` after `->`.
pub fn member(name: &str) -> String {
    if is_identifier(name) {
        name.to_owned()
    } else {
        format!("{{{}}}", quote(name))
    }
}

/// Whether PHP takes `name` as an identifier.
pub fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A single-quoted PHP string; one that reads like a reference to a member (see `emit::named`) is broken in two.
pub fn quote(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{}'", text.replace("self::", "self:'.':"))
}
