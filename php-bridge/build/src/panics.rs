//! Takes out of a module what a panic would say.
//!
//! Rules do not panic by intent; where the library they are written with could, the message is
//! made by formatting code that nobody would read in PHP: a trap is told as such. A function that
//! never returns (it can only say something and trap) becomes the bare trap, and what only it
//! needed goes: measured, a twentieth of the generated PHP.

use crate::error::Error;
use std::collections::HashSet;
use walrus::ir::{
    dfs_in_order, dfs_pre_order_mut, Instr, InstrSeq, InstrSeqId, Unreachable, Visitor, VisitorMut,
};
use walrus::{FunctionId, FunctionKind, LocalFunction, Module};

/// The module without messages.
pub fn silenced(wasm: &[u8]) -> Result<Vec<u8>, Error> {
    let mut module =
        Module::from_buffer(wasm).map_err(|error| Error::Module(format!("{error:#}")))?;
    let traps: HashSet<FunctionId> = module
        .funcs
        .iter_local()
        .filter(|(_, function)| never_returns(function))
        .map(|(id, _)| id)
        .collect();
    for (id, function) in module.funcs.iter_local_mut() {
        let entry = function.entry_block();
        if traps.contains(&id) {
            function.block_mut(entry).instrs.clear();
            function.builder_mut().func_body().unreachable();
        }
    }
    for (_, function) in module.funcs.iter_local_mut() {
        let entry = function.entry_block();
        dfs_pre_order_mut(&mut Ends(&traps), function, entry);
    }
    drop_table_if_uncalled(&mut module);
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// Whether every way through the function ends in a trap or goes round for ever: its last
/// instruction traps and nothing leaves it earlier.
fn never_returns(function: &LocalFunction) -> bool {
    let entry = function.entry_block();
    let traps_at_end = matches!(
        function.block(entry).instrs.last(),
        Some((Instr::Unreachable(_), _))
    );
    let mut leaves = Leaves {
        entry,
        found: false,
    };
    dfs_in_order(&mut leaves, function, entry);
    traps_at_end && !leaves.found
}

struct Leaves {
    entry: InstrSeqId,
    found: bool,
}

impl<'a> Visitor<'a> for Leaves {
    fn start_instr_seq(&mut self, sequence: &'a InstrSeq) {
        self.found |= sequence
            .instrs
            .iter()
            .any(|(instruction, _)| match instruction {
                Instr::Return(_) | Instr::ReturnCall(_) | Instr::ReturnCallIndirect(_) => true,
                Instr::Br(br) => br.block == self.entry,
                Instr::BrIf(br) => br.block == self.entry,
                Instr::BrTable(table) => {
                    table.default == self.entry || table.blocks.contains(&self.entry)
                }
                _ => false,
            });
    }
}

/// Puts the trap where a function is called that only traps; what follows is never reached.
struct Ends<'a>(&'a HashSet<FunctionId>);

impl VisitorMut for Ends<'_> {
    fn start_instr_seq_mut(&mut self, sequence: &mut InstrSeq) {
        let ends = |instruction: &Instr| matches!(instruction, Instr::Call(call) if self.0.contains(&call.func));
        if let Some(at) = sequence
            .instrs
            .iter()
            .position(|(instruction, _)| ends(instruction))
        {
            let place = sequence
                .instrs
                .get(at)
                .map(|(_, place)| *place)
                .unwrap_or_default();
            sequence.instrs.truncate(at);
            sequence
                .instrs
                .push((Instr::Unreachable(Unreachable {}), place));
        }
    }
}

/// A table keeps all its functions alive; without a call through it, it is needed by nothing.
fn drop_table_if_uncalled(module: &mut Module) {
    let mut live = HashSet::new();
    let mut left: Vec<FunctionId> = module
        .exports
        .iter()
        .filter_map(|export| match export.item {
            walrus::ExportItem::Function(id) => Some(id),
            _ => None,
        })
        .chain(module.start)
        .collect();
    while let Some(id) = left.pop() {
        if !live.insert(id) {
            continue;
        }
        if let FunctionKind::Local(function) = &module.funcs.get(id).kind {
            let mut calls = Calls {
                direct: Vec::new(),
                through_table: false,
            };
            dfs_in_order(&mut calls, function, function.entry_block());
            if calls.through_table {
                return;
            }
            left.extend(calls.direct);
        }
    }
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    for element in elements {
        module.elements.delete(element);
    }
    for table in module.tables.iter_mut() {
        table.elem_segments.clear();
    }
}

struct Calls {
    direct: Vec<FunctionId>,
    through_table: bool,
}

impl<'a> Visitor<'a> for Calls {
    fn start_instr_seq(&mut self, sequence: &'a InstrSeq) {
        for (instruction, _) in &sequence.instrs {
            match instruction {
                Instr::Call(call) => self.direct.push(call.func),
                Instr::ReturnCall(call) => self.direct.push(call.func),
                Instr::RefFunc(reference) => self.direct.push(reference.func),
                Instr::CallIndirect(_) | Instr::ReturnCallIndirect(_) => self.through_table = true,
                _ => {}
            }
        }
    }
}
