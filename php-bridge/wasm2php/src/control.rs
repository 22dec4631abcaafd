//! Structured control flow as PHP: `if`/`else` stay, every other branch is a `goto`, `br_table` a `switch`.

use crate::bits::Bits;
use crate::expr::Expr;
use crate::function::FunctionGen;
use crate::module::value_type;
use crate::numeric;
use crate::structure::Skip;
use crate::types::{Signature, Type};
use std::collections::BTreeMap;
use wasmparser::{BlockType, BrTable};

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
    kind: Kind,
    label: u32,
    used: bool,
    height: usize,
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
    fn branch_types(&self) -> &[Type] {
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

    fn leave_with(&mut self, assigned: &Bits) {
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
            self.pop().truth()
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

    fn push_vars(&mut self, frame: &Frame) {
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
    fn assign(&mut self, vars: &[u32], values: Vec<Expr>) {
        for statement in self.assignments(vars, values) {
            self.emit(statement);
        }
    }

    fn assignments(&mut self, vars: &[u32], values: Vec<Expr>) -> Vec<String> {
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

    /// Statements that leave for the frame `depth` levels up with `values`.
    fn jump(&mut self, depth: u32, values: Vec<Expr>) -> Vec<String> {
        let at = self.frames.len() - 1 - depth as usize;
        if self.frames[at].kind == Kind::Function {
            return self.leave_function(values);
        }
        let assigned = self.assigned.clone();
        let frame = &mut self.frames[at];
        frame.used = true;
        frame.leave_with(&assigned);
        let (vars, label) = (frame.vars.clone(), frame.label);
        *self.jumps.uses.entry(label).or_default() += 1;
        let mut statements = self.assignments(&vars, values);
        statements.push(format!("goto L{label};"));
        statements
    }

    fn leave_function(&mut self, values: Vec<Expr>) -> Vec<String> {
        let texts: Vec<String> = values.iter().map(|v| v.clone().canonical().text).collect();
        let result = match texts.len() {
            0 => String::new(),
            1 => format!(" {}", texts[0]),
            _ => format!(" [{}]", texts.join(",")),
        };
        let mut statements = Vec::new();
        if self.cx.recursive.contains(self.index as usize) {
            let leave = format!("self::$d-={};", self.frame_cost());
            if values.iter().any(|v| v.touches.effect) {
                statements.push(format!("$R={};", result.trim_start()));
                statements.push(leave);
                statements.push("return $R;".to_owned());
                return statements;
            }
            statements.push(leave);
        }
        statements.push(format!("return{result};"));
        statements
    }

    fn arity(&self, depth: u32) -> usize {
        let at = self.frames.len() - 1 - depth as usize;
        self.frames[at].branch_types().len()
    }

    /// `br`
    pub fn branch(&mut self, depth: u32) {
        let values = self.pop_many(self.arity(depth));
        let statements = self.jump(depth, values);
        let top = self.frames.last().map_or(0, |f| f.height);
        // What is left on the stack is dropped by the branch; calls among it still happen.
        self.flush_dropped(top);
        self.out.extend(statements);
        self.dead = true;
    }

    /// Evaluates pending calls above `height`, then forgets those entries.
    fn flush_dropped(&mut self, height: usize) {
        for i in height..self.stack.len() {
            if self.stack[i].touches.effect || self.stack[i].touches.trap {
                self.spill(i);
            }
        }
        for entry in 0..height.min(self.stack.len()) {
            if self.stack[entry].touches.effect {
                self.spill(entry);
            }
        }
        self.stack.truncate(height);
    }

    /// `return`
    pub fn return_now(&mut self) {
        self.branch(self.frames.len() as u32 - 1);
    }

    /// `unreachable`
    pub fn unreachable(&mut self) {
        let height = self.frames.last().map_or(0, |f| f.height);
        self.flush_dropped(height);
        self.emit("self::_end();".to_owned());
        self.dead = true;
    }

    /// `br_if`
    pub fn branch_if(&mut self, depth: u32) {
        let arity = self.arity(depth);
        let top = self.stack.len();
        if arity > 0 {
            for i in top - 1 - arity..top - 1 {
                if !self.stack[i].is_simple() {
                    self.spill(i);
                }
            }
        }
        self.spill_traps(1);
        let condition = self.pop().truth();
        match condition.konst {
            Some(0) => return,
            Some(_) => return self.branch(depth),
            None => {}
        }
        let values = self.stack[self.stack.len() - arity..].to_vec();
        for value in &values {
            value.vars.iter().for_each(|v| self.pin(*v));
        }
        let skips = self.is_forward(depth).then(|| {
            let negated = numeric::i32_eqz(condition.clone()).text;
            (self.label(depth), negated)
        });
        let statements = self.jump(depth, values);
        let is_bare = statements.len() == 1;
        let body = if is_bare {
            statements.concat()
        } else {
            format!("{{{}}}", statements.concat())
        };
        self.emit(format!("if({}){body}", condition.text));
        if let Some((label, negated)) = skips.filter(|_| is_bare) {
            let at = self.out.len() - 1;
            self.jumps.skips.push(Skip { at, label, negated });
        }
    }

    fn label(&self, depth: u32) -> u32 {
        self.frames[self.frames.len() - 1 - depth as usize].label
    }

    /// Whether a branch leads to a label further down.
    fn is_forward(&self, depth: u32) -> bool {
        let at = self.frames.len() - 1 - depth as usize;
        !matches!(self.frames[at].kind, Kind::Loop | Kind::Function)
    }

    /// `br_table`
    pub fn branch_table(&mut self, table: &BrTable<'_>) -> Result<(), String> {
        let targets: Vec<u32> = table
            .targets()
            .collect::<Result<_, _>>()
            .map_err(|e| e.to_string())?;
        let default = table.default();
        let arity = self.arity(default);
        self.simple_top(arity + 1);
        let index = self.pop().canonical();
        let values = self.pop_many(arity);
        let mut cases: Vec<(u32, String)> = Vec::new();
        for (case, target) in targets.iter().enumerate() {
            if *target == default {
                continue;
            }
            match cases.iter_mut().find(|(t, _)| t == target) {
                Some((_, labels)) => labels.push_str(&format!("case {case}:")),
                None => cases.push((*target, format!("case {case}:"))),
            }
        }
        let height = self.frames.last().map_or(0, |f| f.height);
        self.flush_dropped(height);
        let fallback = self.jump(default, values.clone()).concat();
        if cases.is_empty() {
            self.emit(fallback);
        } else {
            let mut text = format!("switch({}){{", index.text);
            for (target, labels) in cases {
                text.push_str(&format!(
                    "\n{labels}{}",
                    self.jump(target, values.clone()).concat()
                ));
            }
            text.push_str(&format!("\ndefault:{fallback}}}"));
            self.emit(text);
        }
        self.dead = true;
        Ok(())
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
