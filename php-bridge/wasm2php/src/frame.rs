//! Stack frames of compiled code: addresses that are known to be inside the memory.
//!
//! LLVM keeps a stack pointer in a global; a function that needs memory for its variables begins with
//! `frame = pointer - size` and gives it back at its end. Where the whole module keeps to that, the pointer only ever
//! falls from its first value, a multiple of 16, in multiples of 16. So after one look at its lowest word everything
//! inside a frame exists, is aligned as its offset says, and no address in it wraps around. The local then holds a
//! word index: `$m[$c+6]` is shorter and faster than a checked `$m[$c+24>>2]`.

use crate::error::Error;
use crate::function::local_name;
use crate::module::{ExportKind, Init, Module};
use crate::types::Type;
use std::collections::BTreeMap;
use wasmparser::{FunctionBody, Operator};

/// The frame of one function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StackFrame {
    /// The local that holds it, as a word index.
    pub local: u32,
    /// Bytes.
    pub size: i64,
    /// How many instructions make it.
    pub prologue: usize,
    /// Whether they move the stack pointer (a function that calls nothing need not).
    pub moves: bool,
    /// The global that is the stack pointer.
    pub global: u32,
    /// The stack pointer's first value, its greatest.
    pub top: i64,
}

/// A byte inside a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InFrame {
    /// The frame.
    pub frame: StackFrame,
    /// Bytes from its start; at most its size.
    pub offset: i64,
}

impl InFrame {
    /// The byte `by` further on, unless that leaves the frame.
    pub fn moved(self, by: i64) -> Option<Self> {
        let offset = self.offset.checked_add(by)?;
        (0..=self.frame.size)
            .contains(&offset)
            .then_some(InFrame { offset, ..self })
    }

    /// The text of the index of the word it lies in.
    pub fn word(self) -> String {
        let name = local_name(self.frame.local as usize);
        match self.offset >> 2 {
            0 => name,
            words => format!("{name}+{words}"),
        }
    }

    /// Whether this is the text of a word of the same frame.
    pub fn same_frame(self, word: &str) -> bool {
        let start = format!("$m[{}", local_name(self.frame.local as usize));
        word.strip_prefix(&start)
            .is_some_and(|rest| rest.starts_with([']', '+']) && !rest.contains('>'))
    }

    /// Whether this many bytes from here on are inside.
    pub fn holds(self, bytes: i64) -> bool {
        self.offset + bytes <= self.frame.size
    }
}

/// The frames of all functions that have one, when the module keeps to the convention.
///
/// # Errors
/// Only what the parser itself reports.
pub fn find(module: &Module<'_>, least_memory: i64) -> Result<BTreeMap<u32, StackFrame>, Error> {
    let Some((global, top)) = stack_pointer(module, least_memory) else {
        return Ok(BTreeMap::new());
    };
    let mut frames = BTreeMap::new();
    for (index, func) in module.funcs.iter().enumerate() {
        let Some(body) = &func.body else { continue };
        let parameters = module.signature(index as u32).params.len() as u32;
        match of_function(body, global, top, parameters)? {
            Found::Frame(frame) => {
                frames.insert(index as u32, frame);
            }
            Found::None => {}
            Found::Odd => return Ok(BTreeMap::new()),
        }
    }
    Ok(frames)
}

/// The first mutable i32 global, if nobody outside can change it and its value suits a stack.
fn stack_pointer(module: &Module<'_>, least_memory: i64) -> Option<(u32, i64)> {
    let suits = |global: &crate::module::Global| global.mutable && global.ty == Type::I32;
    let index = module.globals.iter().position(suits)?;
    let global = &module.globals[index];
    let exported =
        |e: &&crate::module::Export| e.kind == ExportKind::Global && e.index == index as u32;
    if global.import.is_some() || module.exports.iter().any(|e| exported(&e)) {
        return None;
    }
    match global.init {
        Init::I32(top) if top > 0 && top % 16 == 0 && i64::from(top) <= least_memory => {
            Some((index as u32, i64::from(top)))
        }
        _ => None,
    }
}

enum Found {
    None,
    Frame(StackFrame),
    /// The stack pointer is set in a way that is not understood.
    Odd,
}

fn of_function(
    body: &FunctionBody<'_>,
    global: u32,
    top: i64,
    parameters: u32,
) -> Result<Found, Error> {
    let ops = body
        .get_operators_reader()?
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    let frame = prologue(&ops, global, top);
    let begins = frame.filter(|f| f.moves).map_or(0, |f| f.prologue);
    for at in begins..ops.len() {
        if !matches!(ops[at], Operator::GlobalSet { global_index } if global_index == global) {
            continue;
        }
        let returns = at >= 3
            && frame.is_some_and(|frame| {
                matches!(ops[at - 3], Operator::LocalGet { local_index } if local_index == frame.local)
                    && matches!(ops[at - 2], Operator::I32Const { value } if i64::from(value) == frame.size)
                    && matches!(ops[at - 1], Operator::I32Add)
            });
        if !returns {
            return Ok(Found::Odd);
        }
    }
    let Some(frame) = frame else {
        return Ok(Found::None);
    };
    let sets = ops.iter().filter(|op| match op {
        Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
            *local_index == frame.local
        }
        _ => false,
    });
    match (sets.count(), frame.moves) {
        (1, _) if frame.local >= parameters => Ok(Found::Frame(frame)),
        (_, false) => Ok(Found::None),
        // What is given back at the end could be anything.
        _ => Ok(Found::Odd),
    }
}

fn prologue(ops: &[Operator<'_>], global: u32, top: i64) -> Option<StackFrame> {
    let [Operator::GlobalGet { global_index }, Operator::I32Const { value }, Operator::I32Sub, rest @ ..] =
        ops
    else {
        return None;
    };
    let size = i64::from(*value);
    if *global_index != global || size <= 0 || size % 16 != 0 {
        return None;
    }
    let sets = |op: Option<&Operator<'_>>| matches!(op, Some(Operator::GlobalSet { global_index }) if *global_index == global);
    let (local, prologue, moves) = match rest {
        [Operator::LocalTee { local_index }, next, ..] if sets(Some(next)) => {
            (*local_index, 5, true)
        }
        [Operator::LocalSet { local_index }, Operator::LocalGet { local_index: read }, ..]
            if read == local_index && sets(rest.get(2)) =>
        {
            (*local_index, 6, true)
        }
        [Operator::LocalSet { local_index }, ..] => (*local_index, 4, false),
        _ => return None,
    };
    Some(StackFrame {
        local,
        size,
        prologue,
        moves,
        global,
        top,
    })
}
