//! One function body: the operand stack of pending expressions and the statements written so far.
//!
//! A pushed value stays an expression until something would change what it reads; only then it is *spilled* to a
//! temporary `$_N`. PHP reads plain variables late, so an assignment is never embedded beside the same variable.

use crate::analysis;
use crate::bits::Bits;
use crate::context::Context;
use crate::control::Frame;
use crate::error::Error;
use crate::expr::Expr;
use crate::frame::{InFrame, StackFrame};
use crate::known;
use crate::module::value_type;
use crate::names;
use crate::structure::{self, Jumps};
use crate::types::Type;
use std::collections::BTreeMap;
use wasmparser::FunctionBody;

/// An address that was looked at lies inside the memory, which ends at least this far below 4 GiB (see `_boot` and
/// `_grow`): so far above it no sum wraps.
const ABOVE: i64 = 65_536;

/// Expressions above this many nodes are spilled, which keeps PHP's compiler from deep recursion.
const MAX_SIZE: u32 = 60;

/// The generator of one function.
pub struct FunctionGen<'c, 'm> {
    /// What all functions share.
    pub cx: &'c Context<'m>,
    /// Index in the function space.
    pub index: u32,
    /// Types of parameters and locals.
    pub locals: Vec<Type>,
    /// Statements.
    pub out: Vec<String>,
    /// Operand stack.
    pub stack: Vec<Expr>,
    /// Control stack.
    pub frames: Vec<Frame>,
    /// Locals certainly assigned here.
    pub assigned: Bits,
    /// Locals that may be read before any assignment.
    pub uninitialised: Bits,
    /// Code here cannot be reached.
    pub dead: bool,
    /// Jumps that may become blocks again.
    pub jumps: Jumps,
    /// Nesting inside unreachable code.
    pub skipping: u32,
    /// Labels handed out.
    pub labels: u32,
    /// Temporaries handed out at most.
    pub temps: u32,
    /// Its stack frame.
    frame: Option<StackFrame>,
    /// Locals that are addresses: this many bytes from them on are certainly inside the memory.
    pub proven: BTreeMap<u32, i64>,
    /// How many times any local was set so far, and for each the count when it was.
    pub changes: u32,
    changed: BTreeMap<u32, u32>,
    /// What each loop sets, by the offset of its instruction.
    loops: BTreeMap<u64, Bits>,
    /// The offset of the current instruction.
    offset: u64,
    /// Temporaries in operands of the current instruction that left the stack.
    pinned: Vec<u32>,
}

impl<'c, 'm> FunctionGen<'c, 'm> {
    /// Prepares the translation of function `index`.
    pub fn new(cx: &'c Context<'m>, index: u32, body: &FunctionBody<'_>) -> Result<Self, Error> {
        let mut locals = cx.module.signature(index).params.clone();
        let mut assigned = Bits::default();
        (0..locals.len()).for_each(|i| assigned.insert(i));
        for group in body.get_locals_reader()? {
            let (count, ty) = group?;
            let ty = value_type(ty)?;
            locals.extend(std::iter::repeat_n(ty, count as usize));
        }
        Ok(FunctionGen {
            cx,
            index,
            locals,
            out: Vec::new(),
            stack: Vec::new(),
            frames: Vec::new(),
            assigned,
            uninitialised: Bits::default(),
            dead: false,
            jumps: Jumps::default(),
            skipping: 0,
            labels: 0,
            temps: 0,
            frame: cx.stack_frame(index),
            proven: BTreeMap::new(),
            changes: 0,
            changed: BTreeMap::new(),
            loops: analysis::set_in_loops(body)?,
            offset: 0,
            pinned: Vec::new(),
        })
    }

    /// Translates the body and returns the PHP method.
    ///
    /// # Errors
    /// [`Error::Unsupported`] naming the instruction, this function and the offset.
    pub fn translate(mut self, body: &FunctionBody<'_>) -> Result<String, Error> {
        self.enter_function();
        let prologue = self.enter_frame();
        let operators = body.get_operators_reader()?.into_iter_with_offsets();
        for item in operators.skip(prologue) {
            let (op, offset) = item?;
            self.pinned.clear();
            self.offset = offset;
            self.operator(&op).map_err(|what| Error::Unsupported {
                what,
                function: Some(self.cx.module.function_label(self.index)),
                offset,
            })?;
        }
        Ok(self.finish())
    }

    /// Makes the stack frame; returns how many instructions that stands for.
    fn enter_frame(&mut self) -> usize {
        let Some(frame) = self.frame else { return 0 };
        let name = local_name(frame.local as usize);
        let pointer = self.cx.global_place(frame.global);
        // Reading the lowest word traps where the stack has no room left.
        self.emit(format!("$m[{name}={pointer}-{}>>2];", frame.size));
        if frame.moves {
            self.emit(format!("{pointer}={name}<<2;"));
        }
        self.assigned.insert(frame.local as usize);
        frame.prologue
    }

    /// Notes that an address with this many bytes after it was looked at.
    pub fn prove(&mut self, local: u32, bytes: i64) {
        if !self.cx.strict && (local as usize) < self.locals.len() {
            let known = self.proven.entry(local).or_insert(0);
            *known = bytes.max(*known);
        }
    }

    /// Notes what evaluating an expression, which happens here, proves.
    pub fn prove_by(&mut self, evaluated: &Expr) {
        if let Some((local, bytes)) = evaluated.proves {
            self.prove(local, bytes);
        }
    }

    /// Whether these bytes after an address are certainly inside the memory.
    pub fn is_proven(&self, local: u32, bytes: i64) -> bool {
        self.proven.get(&local).is_some_and(|known| bytes <= *known)
    }

    /// Where ways meet, what was known before they parted stays known of locals that none of them set.
    pub fn recall_proofs(&mut self, mut known: BTreeMap<u32, i64>, since: u32) {
        known.retain(|local, _| self.changed.get(local).is_none_or(|at| *at <= since));
        self.proven = known;
    }

    /// At the beginning of a loop, what is known of locals that it never sets stays known.
    pub fn enter_loop_proofs(&mut self) {
        let set = self.loops.get(&self.offset);
        self.proven
            .retain(|local, _| set.is_some_and(|set| !set.contains(*local as usize)));
    }

    fn finish(mut self) -> String {
        structure::restructure(&mut self.out, &self.jumps);
        let arity = self.cx.module.signature(self.index).params.len();
        let params: String = (0..arity).map(|i| format!(",{}", local_name(i))).collect();
        let mut body = self.cx.entry(self.index, self.frame_cost());
        if !self.cx.strict && known::is_multiply(self.cx.module, self.index) {
            body.push_str(known::MULTIPLY);
        }
        for zero in ["0", "0.0", "null"] {
            let names: Vec<String> = (arity..self.locals.len())
                .filter(|i| self.uninitialised.contains(*i) && self.locals[*i].zero() == zero)
                .map(local_name)
                .collect();
            if !names.is_empty() {
                body.push_str(&format!("{}={zero};", names.join("=")));
            }
        }
        // Not a line a statement: that would be a twentieth of the file, and of what it is packed into.
        body.push_str(&self.out.concat());
        format!(
            "private static function f{}(&$m{params}){{\n{}\n}}\n",
            self.index,
            names::renamed(&body, arity)
        )
    }

    /// Zend stack slots (16 bytes) one call takes, estimated: header, variables and intermediate results.
    pub fn frame_cost(&self) -> u32 {
        16 + self.locals.len() as u32
    }

    /// PHP name of a variable id: locals first, temporaries after them.
    pub fn var_name(&self, id: u32) -> String {
        let id = id as usize;
        match id.checked_sub(self.locals.len()) {
            Some(temp) => format!("$_{temp}"),
            None => local_name(id),
        }
    }

    /// Writes a statement, after pending calls that come before it in the program.
    pub fn emit(&mut self, statement: String) {
        self.flush_effects();
        self.out.push(statement);
    }

    fn flush_effects(&mut self) {
        for i in 0..self.stack.len() {
            if self.stack[i].touches.effect {
                self.spill(i);
            }
        }
    }

    /// A temporary no pending expression, enclosing block or current operand uses.
    pub fn fresh(&mut self) -> u32 {
        let base = self.locals.len() as u32;
        let mut id = base;
        while self.pinned.contains(&id)
            || self.frames.iter().any(|f| f.reserves(id))
            || self.stack.iter().any(|e| e.vars.binary_search(&id).is_ok())
        {
            id += 1;
        }
        self.temps = self.temps.max(id - base + 1);
        id
    }

    /// Keeps a temporary from being handed out again within this instruction.
    pub fn pin(&mut self, id: u32) {
        self.pinned.push(id);
    }

    /// Evaluates stack entry `i` now, into a temporary.
    pub fn spill(&mut self, i: usize) {
        // A constant, or an address in the frame, whose variable never changes.
        if self.stack[i].konst.is_some() || self.stack[i].in_frame.is_some() {
            return;
        }
        if !self.stack[i].touches.effect {
            self.flush_effects();
        }
        let value = self.stack[i].clone().canonical();
        self.prove_by(&value);
        let temp = self.fresh();
        let name = self.var_name(temp);
        self.out.push(format!("{name}={};", value.text));
        let mut var = Expr::var(temp, name, value.ty);
        var.range = value.range;
        self.stack[i] = var;
    }

    /// Spills every entry for which `which` holds.
    fn spill_where(&mut self, below: usize, which: impl Fn(&Expr) -> bool) {
        for i in 0..self.stack.len().saturating_sub(below) {
            if which(&self.stack[i]) {
                self.spill(i);
            }
        }
    }

    /// Before state changes: spills what reads state, except the topmost `operands`.
    pub fn spill_state(&mut self, operands: usize) {
        self.spill_where(operands, |e| {
            e.touches.state || e.touches.effect || e.touches.trap
        });
    }

    /// Before a branch that may drop values: what may trap does so first.
    pub fn spill_traps(&mut self, operands: usize) {
        self.spill_where(operands, |e| e.touches.trap);
    }

    /// Before control flow splits: every entry becomes a constant or a temporary.
    pub fn spill_all(&mut self, operands: usize) {
        let base = self.locals.len() as u32;
        self.spill_where(operands, |e| {
            !(e.is_simple() && e.vars.iter().all(|v| *v >= base))
        });
    }

    /// Makes the topmost `count` entries cheap to repeat.
    pub fn simple_top(&mut self, count: usize) {
        for i in self.stack.len() - count..self.stack.len() {
            if !self.stack[i].is_simple() {
                self.spill(i);
            }
        }
    }

    /// Pushes a value.
    pub fn push(&mut self, value: Expr) {
        if value.touches.effect {
            self.spill_state(0);
        }
        let large = value.size > MAX_SIZE;
        self.stack.push(value);
        if large {
            self.spill(self.stack.len() - 1);
        }
    }

    /// Pops a value. Validated code never underflows.
    pub fn pop(&mut self) -> Expr {
        let value = self.stack.pop().unwrap_or_else(|| Expr::i32(0));
        self.pinned.extend_from_slice(&value.vars);
        value
    }

    /// Pops `count` values, first pushed first.
    pub fn pop_many(&mut self, count: usize) -> Vec<Expr> {
        let mut values: Vec<Expr> = (0..count).map(|_| self.pop()).collect();
        values.reverse();
        values
    }

    /// `local.get`
    pub fn get_local(&mut self, index: u32) -> Expr {
        if !self.assigned.contains(index as usize) {
            self.uninitialised.insert(index as usize);
        }
        if let Some(frame) = self.frame.filter(|f| f.local == index) {
            return Expr::frame_byte(InFrame { frame, offset: 0 });
        }
        let ty = self.locals[index as usize];
        let var = Expr::var(index, local_name(index as usize), ty);
        match self.proven.get(&index) {
            Some(known) if ty == Type::I32 => {
                var.with_range(0, i128::from((1_i64 << 32) - ABOVE.max(*known)))
            }
            _ => var,
        }
    }

    /// `local.set`; returns the bounds of what was stored.
    pub fn set_local(&mut self, index: u32) -> Expr {
        let last = self.stack.len() - 1;
        for i in 0..last {
            if self.stack[i].vars.binary_search(&index).is_ok() {
                self.spill(i);
            }
        }
        let value = self.pop().canonical();
        let name = local_name(index as usize);
        if value.text != name {
            self.emit(format!("{name}={};", value.text));
            self.prove_by(&value);
            self.proven.remove(&index);
            self.changes += 1;
            self.changed.insert(index, self.changes);
        }
        self.assigned.insert(index as usize);
        let mut var = Expr::var(index, name, self.locals[index as usize]);
        var.range = value.range;
        var
    }
}

/// `$a`, `$b`, … `$z`, `$aa`, … without `$m` (the memory) and `$this`.
pub fn local_name(index: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijklnopqrstuvwxyz";
    let mut rest = index + 1;
    let mut name = Vec::new();
    while rest > 0 {
        rest -= 1;
        name.push(LETTERS[rest % LETTERS.len()]);
        rest /= LETTERS.len();
    }
    name.reverse();
    let name = String::from_utf8_lossy(&name).into_owned();
    if name == "this" {
        "$this_".to_owned()
    } else {
        format!("${name}")
    }
}
