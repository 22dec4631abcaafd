//! Branches: to a label, out of the function, one of many.

use crate::control::Kind;
use crate::expr::Expr;
use crate::function::FunctionGen;
use crate::numeric;
use crate::structure::Skip;
use wasmparser::BrTable;

impl FunctionGen<'_, '_> {
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

    /// What ends the function with these results.
    pub fn leave_function(&mut self, values: Vec<Expr>) -> Vec<String> {
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
        self.prove_by(&condition);
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
}
