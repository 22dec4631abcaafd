//! Structured control flow as PHP: `if`/`else` stay, every other branch is a `goto`, `br_table` a `switch`.

use crate::bits::Bits;
use crate::expr::Expr;
use crate::function::FunctionGen;
use crate::module::value_type;
use crate::types::{Signature, Type};
use std::collections::BTreeMap;
use wasmparser::BlockType;

/// What opened a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The function itself; branching to it returns.
    Function,
    /// `block`
    Block,
    /// `loop`
    Loop,
    /// `if` before its `else`
    If,
    /// `if` after its `else`
    Else,
}

/// One level of control.
#[derive(Debug)]
pub struct Frame {
    /// What opened it.
    pub kind: Kind,
    /// Its label.
    pub label: u32,
    /// A branch goes to it.
    pub used: bool,
    /// Entries of the operand stack below it.
    pub height: usize,
    signature: Signature,
    /// Temporaries that carry the branch values.
    pub vars: Vec<u32>,
    exits: Option<Bits>,
    entry: Bits,
    slot: usize,
    params: Vec<Expr>,
    /// What was known of addresses when it was opened, and how many times locals had been set by then.
    known: BTreeMap<u32, i64>,
    since: u32,
}

impl Frame {
    /// What a branch to it carries.
    pub fn branch_types(&self) -> &[Type] {
        if self.kind == Kind::Loop {
            &self.signature.params
        } else {
            &self.signature.results
        }
    }

    /// Whether a temporary must survive until this frame ends.
    pub fn reserves(&self, temp: u32) -> bool {
        self.vars.contains(&temp) || self.params.iter().any(|p| p.vars.contains(&temp))
    }

    /// One more way leads to its end, on which these locals are assigned.
    pub fn leave_with(&mut self, assigned: &Bits) {
        match &mut self.exits {
            Some(exits) => exits.intersect(assigned),
            None => self.exits = Some(assigned.clone()),
        }
    }
}

impl FunctionGen<'_, '_> {
    fn block_signature(&self, ty: BlockType) -> Result<Signature, String> {
        Ok(match ty {
            BlockType::Empty => Signature::default(),
            BlockType::Type(ty) => Signature {
                params: Vec::new(),
                results: vec![value_type(ty).map_err(|e| e.to_string())?],
            },
            BlockType::FuncType(index) => self.cx.module.types[index as usize].clone(),
        })
    }

    /// Opens the frame of the whole body.
    pub fn enter_function(&mut self) {
        let signature = Signature {
            params: Vec::new(),
            results: self.cx.module.signature(self.index).results.clone(),
        };
        self.frames.push(Frame {
            kind: Kind::Function,
            label: 0,
            used: false,
            height: 0,
            signature,
            vars: Vec::new(),
            exits: None,
            entry: Bits::default(),
            slot: 0,
            params: Vec::new(),
            known: BTreeMap::new(),
            since: 0,
        });
    }

    /// `block`, `loop`, `if`
    pub fn enter(&mut self, kind: Kind, ty: BlockType) -> Result<(), String> {
        let signature = self.block_signature(ty)?;
        let condition = (kind == Kind::If).then(|| {
            self.spill_all(1);
            let condition = self.pop().truth();
            self.prove_by(&condition);
            condition
        });
        if condition.is_none() {
            self.spill_all(0);
        }
        self.labels += 1;
        let mut frame = Frame {
            kind,
            label: self.labels,
            used: false,
            height: self.stack.len() - signature.params.len(),
            signature,
            vars: Vec::new(),
            exits: None,
            entry: self.assigned.clone(),
            slot: 0,
            params: Vec::new(),
            known: self.proven.clone(),
            since: self.changes,
        };
        for _ in 0..frame.branch_types().len() {
            let temp = self.fresh();
            self.pin(temp);
            frame.vars.push(temp);
        }
        if kind == Kind::Loop {
            let values = self.pop_many(frame.signature.params.len());
            self.assign(&frame.vars, values);
            frame.slot = self.out.len();
            self.emit(String::new());
            self.enter_loop_proofs();
            self.push_vars(&frame);
            self.charge_fuel();
        }
        if let Some(condition) = condition {
            frame.params = self.stack[frame.height..].to_vec();
            self.emit(format!("if({}){{", condition.text));
        }
        self.frames.push(frame);
        Ok(())
    }

    pub fn push_vars(&mut self, frame: &Frame) {
        let types = frame.branch_types().to_vec();
        for (temp, ty) in frame.vars.iter().zip(types) {
            let name = self.var_name(*temp);
            self.stack.push(Expr::var(*temp, name, ty));
        }
    }

    fn charge_fuel(&mut self) {
        if self.cx.fuel {
            self.out
                .push("if(--self::$u<0)self::_trap('fuel exhausted');".to_owned());
        }
    }

    /// Parallel assignment of branch values to their temporaries.
    pub fn assign(&mut self, vars: &[u32], values: Vec<Expr>) {
        for statement in self.assignments(vars, values) {
            self.emit(statement);
        }
    }

    pub fn assignments(&mut self, vars: &[u32], values: Vec<Expr>) -> Vec<String> {
        let mut statements = Vec::new();
        let mut pending: Vec<(u32, Expr)> = Vec::new();
        for (i, (var, value)) in vars.iter().zip(values.iter()).enumerate() {
            let value = value.clone().canonical();
            if value.vars == [*var] && value.is_simple() {
                continue;
            }
            // A later value still reads this variable: keep it aside first.
            let read_later = values[i + 1..].iter().any(|v| v.vars.contains(var));
            let target = if read_later {
                let temp = self.fresh();
                self.pin(temp);
                let name = self.var_name(temp);
                pending.push((*var, Expr::var(temp, name, value.ty)));
                temp
            } else {
                *var
            };
            statements.push(format!("{}={};", self.var_name(target), value.text));
        }
        for (var, value) in pending {
            statements.push(format!("{}={};", self.var_name(var), value.text));
        }
        statements
    }

    /// `else`
    pub fn otherwise(&mut self) {
        let Some(mut frame) = self.frames.pop() else {
            return;
        };
        self.settle(&mut frame);
        self.emit("}else{".to_owned());
        // Nothing of the other arm has happened here.
        self.proven = frame.known.clone();
        self.stack.truncate(frame.height);
        self.stack.extend(frame.params.iter().cloned());
        self.assigned = frame.entry.clone();
        self.dead = false;
        frame.kind = Kind::Else;
        self.frames.push(frame);
    }

    /// Falls through to the end of `frame`: its results go to their temporaries.
    fn settle(&mut self, frame: &mut Frame) {
        if self.dead {
            return;
        }
        // The frame is off the control stack: protect its temporaries by hand.
        frame.vars.iter().for_each(|v| self.pin(*v));
        let values = self.pop_many(frame.signature.results.len());
        self.assign(&frame.vars, values);
        frame.leave_with(&self.assigned);
    }

    /// `end`
    pub fn end(&mut self) {
        let Some(mut frame) = self.frames.pop() else {
            return;
        };
        match frame.kind {
            Kind::Function => {
                if !self.dead {
                    let values = self.pop_many(frame.signature.results.len());
                    for statement in self.leave_function(values) {
                        self.emit(statement);
                    }
                }
                self.dead = true;
            }
            Kind::Loop => {
                if frame.used {
                    self.out[frame.slot] = format!("L{}:", frame.label);
                }
                if self.dead {
                    self.stack.truncate(frame.height);
                }
            }
            Kind::Block if !frame.used => {
                if self.dead {
                    self.stack.truncate(frame.height);
                }
            }
            Kind::Block => {
                self.settle(&mut frame);
                self.join(frame, String::new());
            }
            Kind::If => {
                self.settle(&mut frame);
                let mut closing = "}".to_owned();
                let params = frame.params.clone();
                let passed = self.assignments(&frame.vars, params).concat();
                if !passed.is_empty() {
                    closing = format!("}}else{{{passed}}}");
                }
                let entry = frame.entry.clone();
                frame.leave_with(&entry);
                self.join(frame, closing);
            }
            Kind::Else => {
                self.settle(&mut frame);
                self.join(frame, "}".to_owned());
            }
        }
    }

    fn join(&mut self, mut frame: Frame, closing: String) {
        self.stack.truncate(frame.height);
        self.recall_proofs(std::mem::take(&mut frame.known), frame.since);
        if !closing.is_empty() {
            self.emit(closing);
        }
        if frame.used {
            self.emit(format!("L{}:", frame.label));
            self.jumps.labels.insert(frame.label, self.out.len() - 1);
        }
        match &frame.exits {
            Some(exits) => {
                self.assigned = exits.clone();
                self.dead = false;
                self.push_vars(&frame);
            }
            None => self.dead = true,
        }
    }
}
