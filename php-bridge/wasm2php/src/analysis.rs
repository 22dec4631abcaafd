//! Facts about the whole module found before any code is written: who calls whom, what is recursive, which tables
//! and segments are touched at run time.

use crate::bits::Bits;
use crate::error::Error;
use crate::frame::{self, StackFrame};
use crate::module::{ExportKind, Init, Module, Placement};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{FunctionBody, Operator};

/// Facts about a module.
#[derive(Default)]
pub struct Analysis {
    /// Defined functions, callees before callers where there is no cycle.
    pub order: Vec<u32>,
    /// Functions that can be on the stack twice.
    pub recursive: Bits,
    /// Tables whose content may differ from their element segments.
    pub dynamic_tables: BTreeSet<u32>,
    /// (canonical type, table) of every `call_indirect`.
    pub dispatchers: BTreeSet<(u32, u32)>,
    /// Functions that can be reached through a reference.
    pub referenced: BTreeSet<u32>,
    /// An instruction names a data segment.
    pub uses_data: bool,
    /// An instruction makes a reference or names an element segment.
    pub uses_elements: bool,
    /// Stack frames by function.
    pub frames: BTreeMap<u32, StackFrame>,
}

/// The locals that each loop of a body sets, by the offset of its instruction.
///
/// # Errors
/// Only what the parser itself reports.
pub fn set_in_loops(body: &FunctionBody<'_>) -> Result<BTreeMap<u64, Bits>, Error> {
    let mut loops: BTreeMap<u64, Bits> = BTreeMap::new();
    // The offset of each open loop; blocks and ifs end too, but nothing is kept of them.
    let mut open: Vec<Option<u64>> = Vec::new();
    for item in body.get_operators_reader()?.into_iter_with_offsets() {
        let (op, offset) = item?;
        match op {
            Operator::Loop { .. } => {
                loops.insert(offset, Bits::default());
                open.push(Some(offset));
            }
            Operator::Block { .. } | Operator::If { .. } => open.push(None),
            Operator::End => {
                open.pop();
            }
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                for offset in open.iter().flatten() {
                    if let Some(set) = loops.get_mut(offset) {
                        set.insert(local_index as usize);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(loops)
}

/// Reads every body once.
///
/// # Errors
/// Only what the parser itself reports; bodies are valid by then.
pub fn analyse(module: &Module<'_>) -> Result<Analysis, Error> {
    let least_memory = module.memory.as_ref().map_or(0, |m| (m.min * 65536) as i64);
    let mut facts = Analysis {
        frames: frame::find(module, least_memory)?,
        ..Analysis::default()
    };
    for element in &module.elements {
        for item in &element.items {
            if let Init::Func(func) = item {
                facts.referenced.insert(*func);
            }
        }
        if let Placement::Active(table, offset) = element.placement {
            if !matches!(offset, Init::I32(_))
                || element.items.iter().any(|i| matches!(i, Init::Global(_)))
            {
                facts.dynamic_tables.insert(table);
            }
        }
    }
    for (index, table) in module.tables.iter().enumerate() {
        if table.import.is_some() {
            facts.dynamic_tables.insert(index as u32);
        }
    }
    for export in &module.exports {
        match export.kind {
            ExportKind::Table => {
                facts.dynamic_tables.insert(export.index);
            }
            ExportKind::Func => {
                facts.referenced.insert(export.index);
            }
            _ => {}
        }
    }
    for global in &module.globals {
        if let (Init::Func(func), None) = (global.init, &global.import) {
            facts.referenced.insert(func);
            facts.uses_elements = true;
        }
    }
    let mut calls: Vec<Vec<u32>> = vec![Vec::new(); module.funcs.len()];
    let mut indirect: Vec<Vec<u32>> = vec![Vec::new(); module.funcs.len()];
    for (index, func) in module.funcs.iter().enumerate() {
        let Some(body) = &func.body else { continue };
        for op in body.get_operators_reader()? {
            match op? {
                Operator::Call { function_index } => calls[index].push(function_index),
                Operator::CallIndirect {
                    type_index,
                    table_index,
                } => {
                    let ty = module.canonical_type(type_index);
                    facts.dispatchers.insert((ty, table_index));
                    indirect[index].push(ty);
                }
                Operator::RefFunc { function_index } => {
                    facts.referenced.insert(function_index);
                    facts.uses_elements = true;
                }
                Operator::TableGet { table }
                | Operator::TableSet { table }
                | Operator::TableSize { table }
                | Operator::TableGrow { table }
                | Operator::TableFill { table }
                | Operator::TableInit { table, .. } => {
                    facts.dynamic_tables.insert(table);
                    facts.uses_elements = true;
                }
                Operator::TableCopy {
                    dst_table,
                    src_table,
                } => {
                    facts.dynamic_tables.extend([dst_table, src_table]);
                }
                Operator::ElemDrop { .. } => facts.uses_elements = true,
                Operator::MemoryInit { .. } | Operator::DataDrop { .. } => facts.uses_data = true,
                _ => {}
            }
        }
    }
    for (edges, types) in calls.iter_mut().zip(&indirect) {
        for ty in types.iter().collect::<BTreeSet<_>>() {
            edges.extend(
                facts
                    .referenced
                    .iter()
                    .filter(|f| module.funcs[**f as usize].ty == *ty),
            );
        }
        edges.sort_unstable();
        edges.dedup();
    }
    components(&calls, &mut facts);
    facts
        .order
        .retain(|f| module.funcs[*f as usize].body.is_some());
    Ok(facts)
}

/// Tarjan's strongly connected components, without recursion; they come out callees first.
fn components(edges: &[Vec<u32>], facts: &mut Analysis) {
    const NEW: u32 = u32::MAX;
    let count = edges.len();
    let (mut number, mut low) = (vec![NEW; count], vec![0u32; count]);
    let (mut open, mut on_stack) = (Vec::new(), vec![false; count]);
    let mut next = 0;
    for root in 0..count {
        if number[root] != NEW {
            continue;
        }
        let mut work = vec![(root, 0usize)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                number[node] = next;
                low[node] = next;
                next += 1;
                open.push(node);
                on_stack[node] = true;
            }
            if let Some(target) = edges[node].get(edge) {
                let target = *target as usize;
                work.push((node, edge + 1));
                if number[target] == NEW {
                    work.push((target, 0));
                } else if on_stack[target] {
                    low[node] = low[node].min(number[target]);
                }
                continue;
            }
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == number[node] {
                let mut members = Vec::new();
                while let Some(member) = open.pop() {
                    on_stack[member] = false;
                    members.push(member as u32);
                    if member == node {
                        break;
                    }
                }
                let cyclic = members.len() > 1 || edges[node].contains(&(node as u32));
                for member in &members {
                    if cyclic {
                        facts.recursive.insert(*member as usize);
                    }
                    facts.order.push(*member);
                }
            }
        }
    }
}
