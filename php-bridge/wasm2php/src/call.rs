//! Calls: direct, to the host, through a table, and the table instructions.

use crate::expr::Expr;
use crate::function::FunctionGen;
use crate::types::{Signature, Type};
use wasmparser::Operator;

impl FunctionGen<'_, '_> {
    /// `call`
    pub fn call(&mut self, func: u32) {
        let signature = self.cx.module.signature(func).clone();
        self.spill_state(signature.params.len());
        let args = self.arguments(&signature);
        let (text, level) = self.cx.call_text(func, &args);
        self.finish_call(text, level, &signature, &args);
    }

    /// `call_indirect`: one dispatcher per signature checks bounds, null and type by not knowing the number.
    pub fn call_indirect(&mut self, ty: u32, table: u32) {
        let ty = self.cx.module.canonical_type(ty);
        let signature = self.cx.module.types[ty as usize].clone();
        self.spill_state(signature.params.len() + 1);
        let index = self.pop().canonical();
        let mut args = self.arguments(&signature);
        let mut texts: Vec<&str> = args.iter().map(|a| a.text.as_str()).collect();
        texts.push(&index.text);
        let name = self.cx.dispatcher(ty, table);
        let text = format!("self::{name}($m,{})", texts.join(","));
        args.push(index);
        self.finish_call(text, crate::expr::prec::PRIMARY, &signature, &args);
    }

    fn arguments(&mut self, signature: &Signature) -> Vec<Expr> {
        self.pop_many(signature.params.len())
            .into_iter()
            .map(Expr::canonical)
            .collect()
    }

    fn finish_call(&mut self, text: String, level: u8, signature: &Signature, args: &[Expr]) {
        match signature.results.as_slice() {
            [] => self.emit(format!("{text};")),
            [ty] => {
                let mut value = Expr::call(text, *ty, args);
                value.prec = level;
                value.touches.effect = true;
                value.touches.state = true;
                self.push(value);
            }
            several => {
                let temps: Vec<u32> = several
                    .iter()
                    .map(|_| {
                        let temp = self.fresh();
                        self.pin(temp);
                        temp
                    })
                    .collect();
                let names: Vec<String> = temps.iter().map(|t| self.var_name(*t)).collect();
                self.emit(format!("[{}]={text};", names.join(",")));
                for ((temp, name), ty) in temps.into_iter().zip(names).zip(several) {
                    self.stack.push(Expr::var(temp, name, *ty));
                }
            }
        }
    }

    /// Handles references and tables; false when `op` is none of them.
    pub fn table_operator(&mut self, op: &Operator<'_>) -> bool {
        use Operator as O;
        match op {
            O::RefNull { hty } => {
                let ty = if *hty == wasmparser::HeapType::EXTERN {
                    Type::ExternRef
                } else {
                    Type::FuncRef
                };
                self.push(Expr::leaf(
                    "null".to_owned(),
                    crate::expr::prec::PRIMARY,
                    ty,
                ));
            }
            O::RefIsNull => {
                let value = self.pop();
                let build = |op: &str| format!("{}{op}null", value.at(crate::expr::prec::REL));
                let negation = Some((build("!=="), crate::expr::prec::EQ));
                let test = Expr::leaf(build("==="), crate::expr::prec::EQ, Type::I32);
                self.push(test.needing(&[value]).boolean(negation));
            }
            O::RefFunc { function_index } => {
                let text = format!("self::$fr[{function_index}]");
                let mut value = Expr::leaf(text, crate::expr::prec::PRIMARY, Type::FuncRef);
                value.size = 2;
                self.push(value);
            }
            O::TableGet { table } => {
                let index = self.pop().canonical();
                let text = format!("self::tget(self::$t{table},{})", index.text);
                let ty = self.cx.module.tables[*table as usize].ty;
                self.push(Expr::call(text, ty, &[index]).loading());
            }
            O::TableSet { table } => {
                self.spill_state(2);
                let value = self.pop();
                let index = self.pop().canonical();
                self.emit(format!(
                    "self::tset(self::$t{table},{},{});",
                    index.text, value.text
                ));
            }
            O::TableSize { table } => {
                let text = format!("\\count(self::$t{table}->e)");
                let mut size = Expr::leaf(text, crate::expr::prec::PRIMARY, Type::I32);
                size.touches.state = true;
                size.size = 2;
                self.push(size);
            }
            O::TableGrow { table } => {
                self.spill_state(2);
                let args = self.pop_many(2);
                let text = format!(
                    "self::tgrow(self::$t{table},{},{})",
                    args[0].text,
                    args[1].clone().canonical().text
                );
                let mut grown = Expr::call(text, Type::I32, &args);
                grown.touches.effect = true;
                grown.touches.state = true;
                self.push(grown);
            }
            O::TableFill { table } => self.table_bulk(format!("tfill(self::$t{table}")),
            O::TableCopy {
                dst_table,
                src_table,
            } => {
                self.table_bulk(format!("tcopy(self::$t{dst_table},self::$t{src_table}"));
            }
            O::TableInit { elem_index, table } => {
                self.table_bulk(format!("tinit(self::$t{table},self::$es[{elem_index}]"));
            }
            O::ElemDrop { elem_index } => self.emit(format!("self::$es[{elem_index}]=[];")),
            _ => return false,
        }
        true
    }

    fn table_bulk(&mut self, start: String) {
        self.spill_state(3);
        let args = self.pop_many(3);
        let texts: Vec<String> = args.into_iter().map(|a| a.canonical().text).collect();
        self.emit(format!("self::{start},{});", texts.join(",")));
    }
}
