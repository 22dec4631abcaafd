//! One module in several files: the class, and beside it classes that hold only functions.
//!
//! State, helpers and exports stay in the class; a function calls another one by the class it lives in. To PHP that is
//! a static call like any other, so nothing runs slower, and without opcache a request pays for what it loads only.

use crate::context::Context;
use crate::emit;
use crate::function::local_name;
use crate::instance::keeps_references;
use crate::module::ExportKind;
use crate::options::Options;
use std::collections::{BTreeMap, BTreeSet};

/// A function of the module, as it is told to who finds it a home.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// From the name section.
    pub name: Option<&'a str>,
    /// Bytes of PHP.
    pub size: usize,
}

/// The bare name of the class a function goes into; `None` is the module's own class.
pub type Home = Option<String>;

/// The files by the bare names of their classes, the module's own first.
pub fn files(
    cx: &Context<'_>,
    options: &Options,
    wasm: &[u8],
    functions: &[(u32, String)],
    homes: impl FnOnce(&[Piece<'_>]) -> Vec<Home>,
) -> Vec<(String, String)> {
    let pieces: Vec<Piece<'_>> = functions
        .iter()
        .map(|(index, text)| Piece {
            name: cx.module.funcs[*index as usize].name.as_deref(),
            size: text.len(),
        })
        .collect();
    let class = emit::split(&options.class).1;
    let places: BTreeMap<u32, String> = homes(&pieces)
        .into_iter()
        .zip(functions)
        .filter_map(|(home, (index, _))| Some((*index, home?)))
        .collect();
    let mut files = vec![(
        class.to_owned(),
        main_file(cx, options, wasm, functions, &places),
    )];
    for home in places.values().collect::<BTreeSet<_>>() {
        let texts = functions
            .iter()
            .filter(|(index, _)| places.get(index) == Some(home))
            .map(|(_, text)| qualified(text, class, &places));
        let body: String = texts.collect();
        files.push((home.clone(), home_file(options, wasm, home, class, &body)));
    }
    files
}

/// The class itself, open to the others, with doors to exported functions that live elsewhere.
fn main_file(
    cx: &Context<'_>,
    options: &Options,
    wasm: &[u8],
    functions: &[(u32, String)],
    places: &BTreeMap<u32, String>,
) -> String {
    let here: Vec<&str> = functions
        .iter()
        .filter(|(index, _)| !places.contains_key(index))
        .map(|(_, text)| text.as_str())
        .collect();
    let doors = doors(cx, places);
    let everything: String = functions.iter().map(|(_, text)| text.as_str()).collect();
    let mut inside = here;
    inside.push(FILES);
    let text = emit::class(
        cx,
        options,
        wasm,
        &inside,
        &everything,
        "isset(self::$files[$file])",
    );
    let class = emit::split(&options.class).1;
    let text = qualified(&text, class, places);
    // The doors are written with their classes already, and close the class.
    let end = text.rfind("}\n}\n").unwrap_or(text.len());
    let (body, rest) = text.split_at(end);
    format!("{body}{doors}{rest}").replace("private static ", "public static ")
}

/// Which files hold code of the module: errors that arise there are its own.
const FILES: &str = "private static $files=[__FILE__=>true];
/** @internal Told by a file of functions when it is loaded. */
private static function holds(string $file): void{self::$files[$file]=true;}
";

/// Functions that are called by number, as methods of the class.
fn doors(cx: &Context<'_>, places: &BTreeMap<u32, String>) -> String {
    let exported = cx.module.exports.iter();
    let mut called: BTreeSet<u32> = exported
        .filter(|export| export.kind == ExportKind::Func)
        .map(|export| export.index)
        .collect();
    if keeps_references(cx) {
        called.extend(&cx.analysis.referenced);
    }
    let mut text = String::new();
    for (index, home) in called
        .iter()
        .filter_map(|index| Some((index, places.get(index)?)))
    {
        let arity = cx.module.signature(*index).params.len();
        let names: String = (0..arity).map(|i| format!(",{}", local_name(i))).collect();
        text.push_str(&format!(
            "private static function f{index}(&$m{names}){{return {home}::f{index}($m{names});}}\n"
        ));
    }
    text
}

/// A class of functions.
fn home_file(options: &Options, wasm: &[u8], home: &str, class: &str, body: &str) -> String {
    let hash = emit::source_hash(wasm);
    let space = emit::split(&options.class).0;
    let space = if space.is_empty() {
        String::new()
    } else {
        format!("namespace {space};\n")
    };
    format!(
        "<?php\n{}declare(strict_types=1);\n{space}/** Functions of {{@see {class}}}, which is loaded first. */\nfinal class {home}{{\n\
         /** SHA-256 of the module this was made of. */\npublic const SOURCE='{hash}';\n{}}}\n{class}::holds(__FILE__);\n",
        emit::header(options, &hash, wasm.len()),
        body.replace("private static ", "public static "),
    )
}

/// `text` with what it calls named by the class it lives in.
fn qualified(text: &str, class: &str, places: &BTreeMap<u32, String>) -> String {
    emit::named(text, |member| {
        function_number(member)
            .and_then(|index| places.get(&index))
            .map_or(class, String::as_str)
    })
}

/// 12 for `f12(…`.
fn function_number(text: &str) -> Option<u32> {
    let rest = text.strip_prefix('f')?;
    rest.get(..rest.find('(')?)?.parse().ok()
}
