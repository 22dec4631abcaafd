//! What a module consists of.

use crate::types::Type;
use wasmparser::FunctionBody;

/// Where an import comes from.
#[derive(Debug, Clone)]
pub struct Source {
    /// Import module name.
    pub module: String,
    /// Import field name.
    pub name: String,
}

/// A function of the index space, imported or defined.
pub struct Function<'a> {
    /// Index into [`Module::types`], the first of equal types.
    pub ty: u32,
    /// Set when the host supplies it.
    pub import: Option<Source>,
    /// Set when the module supplies it.
    pub body: Option<FunctionBody<'a>>,
    /// From the name section.
    pub name: Option<String>,
}

/// A constant initialiser.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Init {
    /// i32 constant.
    I32(i32),
    /// i64 constant.
    I64(i64),
    /// f32 constant, bits.
    F32(u32),
    /// f64 constant, bits.
    F64(u64),
    /// Value of an (imported, immutable) global.
    Global(u32),
    /// Null reference.
    Null,
    /// Function reference.
    Func(u32),
}

/// A table of the index space.
pub struct Table {
    /// Element type.
    pub ty: Type,
    /// Elements at start.
    pub min: u64,
    /// Declared maximum.
    pub max: Option<u64>,
    /// Set when the host supplies it.
    pub import: Option<Source>,
}

/// The linear memory.
pub struct Memory {
    /// Pages at start.
    pub min: u64,
    /// Declared maximum in pages.
    pub max: Option<u64>,
    /// Set when the host supplies it.
    pub import: Option<Source>,
}

/// A global of the index space.
pub struct Global {
    /// Its type.
    pub ty: Type,
    /// Whether it may be set.
    pub mutable: bool,
    /// Its first value (meaningless for imports).
    pub init: Init,
    /// Set when the host supplies it.
    pub import: Option<Source>,
}

/// What an export names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportKind {
    /// A function.
    Func,
    /// A table.
    Table,
    /// The memory.
    Memory,
    /// A global.
    Global,
}

/// One export.
pub struct Export {
    /// Its name, any UTF-8.
    pub name: String,
    /// What it names.
    pub kind: ExportKind,
    /// Index in the space of its kind.
    pub index: u32,
}

/// How a segment is placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Placement {
    /// At instantiation, into this table or memory at this offset.
    Active(u32, Init),
    /// By an instruction.
    Passive,
    /// Only declares references.
    Declared,
}

/// An element segment.
pub struct Element {
    /// How it is placed.
    pub placement: Placement,
    /// Its references.
    pub items: Vec<Init>,
}

/// A data segment.
pub struct Data<'a> {
    /// How it is placed.
    pub placement: Placement,
    /// Its bytes.
    pub bytes: &'a [u8],
}
