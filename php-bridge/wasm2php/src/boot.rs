//! `_boot($host,$pages)` of the class: imports, memory, globals, tables and segments of a new instance.

use crate::context::{quote, Context};
use crate::instance::{dynamic_tables, is_kept, keeps_references};
use crate::module::{Init, Placement};
use crate::types::Type;
use base64::Engine;

/// `boot($host,$pages)`: everything the constructor does that depends on the module.
pub fn boot(cx: &Context<'_>) -> String {
    let mut text = String::from("private function _boot($host,$pages){\n");
    boot_hosts(cx, &mut text);
    boot_references(cx, &mut text);
    boot_memory(cx, &mut text);
    boot_globals(cx, &mut text);
    boot_tables(cx, &mut text);
    boot_attach(cx, &mut text);
    boot_segments(cx, &mut text);
    if let Some(start) = cx.module.start {
        text.push_str("$m=&$this->mem->w;\n");
        text.push_str(&format!("{};\n", cx.call_with(start, &[]).0));
    }
    text.push_str("}\n\n");
    text
}

fn boot_hosts(cx: &Context<'_>, text: &mut String) {
    for (index, host) in cx.hosts.iter().enumerate() {
        text.push_str(&format!(
            "self::$h{index}=self::_host($host,{});\n",
            quote(host)
        ));
    }
    for func in &cx.module.funcs {
        if let Some(source) = &func.import {
            let signature = cx.module.types[func.ty as usize].text();
            text.push_str(&link(
                cx,
                &source.module,
                &source.name,
                "func",
                &format!("'{signature}'"),
            ));
            text.push_str(";\n");
        }
    }
}

fn link(cx: &Context<'_>, module: &str, name: &str, kind: &str, ty: &str) -> String {
    format!(
        "self::_link({},{},{},'{kind}',{ty})",
        cx.host(module),
        quote(module),
        quote(name)
    )
}

fn boot_references(cx: &Context<'_>, text: &mut String) {
    if keeps_references(cx) {
        text.push_str("self::$fr=[];\nforeach(self::SIGNATURES as $f=>$t)self::$fr[$f]=(object)['i'=>$this,'f'=>$f,'t'=>$t];\n");
    }
}

fn boot_memory(cx: &Context<'_>, text: &mut String) {
    let Some(memory) = &cx.module.memory else {
        return;
    };
    let max = memory.max.map_or("null".to_owned(), |m| m.to_string());
    let min = memory.min;
    if let Some(source) = &memory.import {
        let found = link(cx, &source.module, &source.name, "memory", "null");
        text.push_str(&format!(
            "$this->mem={found};\nself::_limits($this->mem,\\count($this->mem->w)>>14,{min},{max},'memory');\n"
        ));
    } else {
        let words = min * 16384;
        text.push_str(&format!(
            "$pages=\\min($pages,65535);\nif({min}>$pages)throw new \\InvalidArgumentException('the module needs {min} pages of memory, maxPages is '.$pages);\n\
             $this->mem->max={max};\n$this->mem->limit=\\min($pages,{});\n$this->mem->w={};\n",
            memory.max.unwrap_or(65536),
            if words == 0 { "[]".to_owned() } else { format!("\\array_fill(0,{words},0)") },
        ));
    }
    text.push_str("self::$x=$this->mem->limit;\n");
}

fn boot_globals(cx: &Context<'_>, text: &mut String) {
    for (index, global) in cx.module.globals.iter().enumerate() {
        if let Some(source) = &global.import {
            let ty = quote(&global_type(global.ty, global.mutable));
            let found = link(cx, &source.module, &source.name, "global", &ty);
            text.push_str(&format!("self::$g{index}={found};\n"));
        } else if is_kept(cx, index) {
            let value = cx.init_text(global.init);
            if cx.shared_globals.contains(&(index as u32)) {
                text.push_str(&format!("self::$g{index}=(object)['v'=>{value}];\n"));
            } else {
                text.push_str(&format!("self::$g{index}={value};\n"));
            }
        }
    }
}

/// `mi` for a mutable i32, `ci` for a constant one.
pub fn global_type(ty: Type, mutable: bool) -> String {
    format!("{}{}", if mutable { 'm' } else { 'c' }, ty.letter())
}

fn boot_tables(cx: &Context<'_>, text: &mut String) {
    for index in dynamic_tables(cx) {
        let table = &cx.module.tables[index];
        let max = table.max.map_or("null".to_owned(), |m| m.to_string());
        if let Some(source) = &table.import {
            let found = link(
                cx,
                &source.module,
                &source.name,
                "table",
                &format!("'{}'", table.ty.letter()),
            );
            text.push_str(&format!(
                "self::$t{index}={found};\nself::_limits(self::$t{index},\\count(self::$t{index}->e),{},{max},'table');\n",
                table.min
            ));
        } else {
            let elements = if table.min == 0 {
                "[]".to_owned()
            } else {
                format!("\\array_fill(0,{},null)", table.min)
            };
            text.push_str(&format!(
                "self::$t{index}=(object)['e'=>{elements},'max'=>{max},'limit'=>{}];\n",
                table.max.unwrap_or(10_000_000).min(10_000_000)
            ));
        }
    }
}

fn boot_attach(cx: &Context<'_>, text: &mut String) {
    for index in 0..cx.hosts.len() {
        text.push_str(&format!(
            "if(\\method_exists(self::$h{index},'attach'))self::$h{index}->attach($this);\n"
        ));
        // One object may serve several import modules: it is told once.
        if index == 0 && cx.hosts.len() > 1 {
            text.push_str("if(!\\is_array($host))goto attached;\n");
        }
    }
    if cx.hosts.len() > 1 {
        text.push_str("attached:\n");
    }
}

fn boot_segments(cx: &Context<'_>, text: &mut String) {
    if cx.analysis.uses_elements {
        text.push_str("self::$es=[];\n");
    }
    for (index, element) in cx.module.elements.iter().enumerate() {
        let items: Vec<String> = element.items.iter().map(|i| cx.init_text(*i)).collect();
        if cx.analysis.uses_elements {
            let kept = if element.placement == Placement::Passive {
                items.join(",")
            } else {
                String::new()
            };
            text.push_str(&format!("self::$es[{index}]=[{kept}];\n"));
        }
    }
    for element in &cx.module.elements {
        let Placement::Active(table, offset) = element.placement else {
            continue;
        };
        let count = element.items.len();
        if cx.analysis.dynamic_tables.contains(&table) {
            let items: Vec<String> = element.items.iter().map(|i| cx.init_text(*i)).collect();
            text.push_str(&format!(
                "self::tinit(self::$t{table},[{}],{},0,{count});\n",
                items.join(","),
                cx.init_text(offset)
            ));
        } else if constant_offset(offset) + count as u64 > cx.module.tables[table as usize].min {
            text.push_str("self::_trap('out of bounds table access');\n");
        }
    }
    if cx.analysis.uses_data {
        text.push_str("self::$ds=[];\n");
        for (index, data) in cx.module.datas.iter().enumerate() {
            let kept = if data.placement == Placement::Passive {
                format!("\\base64_decode('{}')", encode(data.bytes))
            } else {
                "''".to_owned()
            };
            text.push_str(&format!("self::$ds[{index}]={kept};\n"));
        }
    }
    boot_data(cx, text);
}

pub fn constant_offset(init: Init) -> u64 {
    match init {
        Init::I32(value) => u64::from(value as u32),
        _ => 0,
    }
}

fn encode(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// Active data: when all offsets are known and inside the first pages, the bytes become runs of whole words.
fn boot_data(cx: &Context<'_>, text: &mut String) {
    let active: Vec<(Init, &[u8])> = cx
        .module
        .datas
        .iter()
        .filter_map(|d| match d.placement {
            Placement::Active(_, offset) => Some((offset, d.bytes)),
            _ => None,
        })
        .collect();
    let own = cx
        .module
        .memory
        .as_ref()
        .is_some_and(|m| m.import.is_none());
    let known = active.iter().all(|(offset, bytes)| {
        matches!(offset, Init::I32(_))
            && constant_offset(*offset) as i64 + bytes.len() as i64 <= cx.least_memory
    });
    if own && known {
        for (word, run) in runs(&active) {
            text.push_str(&format!(
                "$i={word};\nforeach(\\unpack('V*',\\base64_decode('{}')) as $v)$this->mem->w[$i++]=$v;\n",
                encode(&run)
            ));
        }
        return;
    }
    for (offset, bytes) in active {
        text.push_str(&format!(
            "self::minit($this->mem->w,\\base64_decode('{}'),{},0,{});\n",
            encode(bytes),
            cx.init_text(offset),
            bytes.len()
        ));
    }
}

/// Joins segments into runs of whole words; gaps of more than 64 zero words split them.
fn runs(active: &[(Init, &[u8])]) -> Vec<(u64, Vec<u8>)> {
    let end = active
        .iter()
        .map(|(offset, bytes)| constant_offset(*offset) as usize + bytes.len())
        .max()
        .unwrap_or(0);
    let mut image = vec![0u8; end.next_multiple_of(4)];
    for (offset, bytes) in active {
        let start = constant_offset(*offset) as usize;
        image[start..start + bytes.len()].copy_from_slice(bytes);
    }
    let mut found: Vec<(u64, Vec<u8>)> = Vec::new();
    for (word, bytes) in image.chunks(4).enumerate() {
        if bytes == [0; 4] {
            continue;
        }
        let word = word as u64;
        match found.last_mut() {
            Some((start, run)) if word - *start - run.len() as u64 / 4 <= 64 => {
                run.resize((word - *start) as usize * 4, 0);
                run.extend_from_slice(bytes);
            }
            _ => found.push((word, bytes.to_vec())),
        }
    }
    found
}
