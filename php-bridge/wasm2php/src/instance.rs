//! The parts of the class that make an instance: state, imports, memory, tables, segments, dispatchers, exports.

use crate::boot::{constant_offset, global_type};
use crate::context::{quote, Context};
use crate::function::local_name;
use crate::module::{ExportKind, Init, Module, Placement};

/// Static properties that belong to an instance, besides depth, stack limit and fuel.
fn own_state(cx: &Context<'_>) -> Vec<String> {
    let mut names: Vec<String> = (0..cx.hosts.len()).map(|i| format!("h{i}")).collect();
    names.extend(
        (0..cx.module.globals.len())
            .filter(|i| is_kept(cx, *i))
            .map(|i| format!("g{i}")),
    );
    names.extend(dynamic_tables(cx).map(|i| format!("t{i}")));
    if keeps_references(cx) {
        names.push("fr".to_owned());
    }
    if cx.analysis.uses_elements {
        names.push("es".to_owned());
    }
    if cx.analysis.uses_data {
        names.push("ds".to_owned());
    }
    names
}

pub fn is_kept(cx: &Context<'_>, global: usize) -> bool {
    let global = &cx.module.globals[global];
    global.mutable || global.import.is_some() || matches!(global.init, Init::Null | Init::Func(_))
}

pub fn dynamic_tables<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = usize> + 'a {
    (0..cx.module.tables.len()).filter(|i| cx.analysis.dynamic_tables.contains(&(*i as u32)))
}

pub fn keeps_references(cx: &Context<'_>) -> bool {
    cx.analysis.uses_elements || !cx.analysis.dynamic_tables.is_empty()
}

/// The state as PHP places, in a fixed order; fuel is the third.
pub fn state(cx: &Context<'_>) -> Vec<String> {
    let mut places: Vec<String> = ["d", "l", "u"]
        .iter()
        .map(|n| format!("self::${n}"))
        .collect();
    places.extend(own_state(cx).iter().map(|n| format!("self::${n}")));
    places
}

/// The state before an instance is made.
pub fn empty_state(cx: &Context<'_>) -> String {
    let mut values = vec!["0"; 3];
    values.extend(std::iter::repeat_n("null", own_state(cx).len()));
    format!("[{}]", values.join(","))
}

/// Declarations of the state.
pub fn properties(cx: &Context<'_>) -> String {
    own_state(cx)
        .iter()
        .map(|n| format!("private static ${n};\n"))
        .collect()
}

/// `wasmExport($name)`: kind, type and value of any export, for linking.
pub fn wasm_export(cx: &Context<'_>) -> String {
    let mut text = String::from(
        "/** @internal Kind, type and value of an export, for linking instances. */\npublic function wasmExport(string $name){\n\
         if(self::$c!==$this){$k=$this->_enter();try{return $this->wasmExport($name);}finally{$this->_leave($k);}}\n",
    );
    for export in &cx.module.exports {
        let index = export.index;
        let value = match export.kind {
            ExportKind::Func => format!(
                "['func','{0}',(object)['i'=>$this,'f'=>{index},'t'=>'{0}']]",
                cx.module.signature(index).text()
            ),
            ExportKind::Memory => "['memory','',$this->mem]".to_owned(),
            ExportKind::Table => format!(
                "['table','{}',self::$t{index}]",
                cx.module.tables[index as usize].ty.letter()
            ),
            ExportKind::Global => {
                let global = &cx.module.globals[index as usize];
                let value = if cx.shared_globals.contains(&index) {
                    format!("self::$g{index}")
                } else {
                    cx.global_read(index).text
                };
                format!(
                    "['global','{}',{value}]",
                    global_type(global.ty, global.mutable)
                )
            }
        };
        text.push_str(&format!(
            "if($name==={})return {value};\n",
            quote(&export.name)
        ));
    }
    text.push_str("return null;\n}\n\n");
    text.push_str(&imported_wrappers(cx));
    text
}

/// Imported functions as methods, where something refers to them by number.
fn imported_wrappers(cx: &Context<'_>) -> String {
    let mut text = String::new();
    for func in &cx.analysis.referenced {
        if cx.module.funcs[*func as usize].import.is_none() {
            continue;
        }
        let names: Vec<String> = (0..cx.module.signature(*func).params.len())
            .map(local_name)
            .collect();
        let args: Vec<&str> = names.iter().map(String::as_str).collect();
        let params: String = names.iter().map(|n| format!(",{n}")).collect();
        text.push_str(&format!(
            "private static function f{func}(&$m{params}){{return {};}}\n",
            cx.call_with(*func, &args).0
        ));
    }
    text
}

/// The method behind `call_indirect` of one signature through one table.
pub fn dispatcher(cx: &Context<'_>, ty: u32, table: u32) -> String {
    let arity = cx.module.types[ty as usize].params.len();
    let names: Vec<String> = (0..arity).map(local_name).collect();
    let params: String = names.iter().map(|n| format!(",{n}")).collect();
    let args: Vec<&str> = names.iter().map(String::as_str).collect();
    let name = cx.dispatcher(ty, table);
    let call = |func: u32| cx.call_with(func, &args).0;
    let mut text = format!("private static function {name}(&$m{params},$I){{\n");
    if cx.analysis.dynamic_tables.contains(&table) {
        let wanted = cx.module.types[ty as usize].text();
        text.push_str(&format!(
            "$R=self::callee(self::$t{table},$I,'{wanted}');\nif($R->i!==self::$c)return $R->i->callIndex($R->f,[{}]);\nswitch($R->f){{\n",
            args.join(",")
        ));
        for func in &cx.analysis.referenced {
            if cx.module.funcs[*func as usize].ty == ty {
                text.push_str(&format!("case {func}:return {};\n", call(*func)));
            }
        }
        text.push_str("}\n}\n");
        return text;
    }
    let entries = static_entries(cx.module, table);
    text.push_str("switch($I){\n");
    for (index, entry) in entries.iter().enumerate() {
        if let Some(func) = entry.filter(|f| cx.module.funcs[*f as usize].ty == ty) {
            text.push_str(&format!("case {index}:return {};\n", call(func)));
        }
    }
    let filled: String = entries
        .iter()
        .map(|e| if e.is_some() { '1' } else { '0' })
        .collect();
    text.push_str(&format!("}}\nself::nocall('{filled}',$I);\n}}\n"));
    text
}

fn static_entries(module: &Module<'_>, table: u32) -> Vec<Option<u32>> {
    let size = module.tables[table as usize].min as usize;
    let mut entries = vec![None; size];
    for element in &module.elements {
        let Placement::Active(into, offset) = element.placement else {
            continue;
        };
        if into != table {
            continue;
        }
        let start = constant_offset(offset) as usize;
        if start + element.items.len() > size {
            break;
        }
        for (at, item) in element.items.iter().enumerate() {
            entries[start + at] = match item {
                Init::Func(func) => Some(*func),
                _ => None,
            };
        }
    }
    entries
}
