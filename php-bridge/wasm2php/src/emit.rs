//! The PHP file: header, trap class, the class with its fixed parts, helpers in use, dispatchers and functions.

use crate::boot;
use crate::context::{is_identifier, quote, Context};
use crate::instance;
use crate::module::ExportKind;
use crate::options::Options;
use crate::types::Signature;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

const CLASS: &str = include_str!("runtime/class.inc");
const HELPERS: [&str; 4] = [
    include_str!("runtime/integers.inc"),
    include_str!("runtime/memory.inc"),
    include_str!("runtime/tables.inc"),
    include_str!("runtime/floats.inc"),
];
const GUARD: &str = include_str!("runtime/guard.inc");

/// What marks members of the class among generated text.
const SELF: &str = "self::";

/// Public names the class has anyway; an export of such a name gets `_x` appended as a method.
const TAKEN: [&str; 17] = [
    "call",
    "failure",
    "pages",
    "fuel",
    "refuel",
    "readbytes",
    "writebytes",
    "readwords",
    "writewords",
    "exports",
    "getglobal",
    "setglobal",
    "callindex",
    "onerror",
    "selftest",
    "wasmexport",
    "__construct",
];

/// Writes the whole file.
pub fn file(
    cx: &Context<'_>,
    options: &Options,
    wasm: &[u8],
    functions: &[(u32, String)],
) -> String {
    let texts: Vec<&str> = functions.iter().map(|(_, text)| text.as_str()).collect();
    let text = class(cx, options, wasm, &texts, &texts.concat(), IN_THIS_FILE);
    let name = split(&options.class).1;
    named(&text, |_| name)
}

/// `text` with the methods and variables after `self::` named by their class instead, which `class_of` tells: PHP keeps
/// what a class name leads to, but asks anew at every call what `self` is.
pub fn named<'a>(text: &str, class_of: impl Fn(&str) -> &'a str) -> String {
    let mut parts = text.split(SELF);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_constant = part.starts_with(|c: char| c.is_ascii_uppercase())
            || part.starts_with("class,")
            || part.starts_with("class.");
        if is_constant {
            out.push_str(SELF);
        } else {
            out.push_str(class_of(part));
            out.push_str("::");
        }
        out.push_str(part);
    }
    out
}

/// How the class knows its own code: whether an error arose in the file `$file`.
pub const IN_THIS_FILE: &str = "$file===__FILE__";

/// The file of the class, with `functions` in it; `used_by` are all that call its helpers.
pub fn class(
    cx: &Context<'_>,
    options: &Options,
    wasm: &[u8],
    functions: &[&str],
    used_by: &str,
    in_code: &str,
) -> String {
    let hash = source_hash(wasm);
    let mut body =
        format!("/** SHA-256 of the module this was made of. */\npublic const SOURCE='{hash}';\n");
    body.push_str(&constants(cx));
    body.push_str(&instance::properties(cx));
    let state = instance::state(cx);
    let fixed = chunks(CLASS)
        .join("\n\n")
        .replace("STATE_EMPTY", &instance::empty_state(cx))
        .replace("STATE_SET", &format!("[{}]", state.join(",")))
        .replace("STATE", &format!("[{}]", state.join(",")))
        .replace("IN_CODE", in_code)
        .replace("KNOWN_ANSWER", KNOWN_ANSWER);
    body.push_str(&fixed);
    body.push_str("\n\n");
    body.push_str(&boot::boot(cx));
    body.push_str(&instance::wasm_export(cx));
    body.push_str(&export_methods(cx));
    let mut code = String::new();
    for (ty, table) in &cx.analysis.dispatchers {
        code.push_str(&instance::dispatcher(cx, *ty, *table));
    }
    for function in functions {
        code.push_str(function);
    }
    body.push_str(&used_helpers(&format!("{body}{code}{used_by}")));
    body.push_str(&code);
    let (namespace, class) = split(&options.class);
    let trap = options.trap_class();
    let (trap_space, trap_name) = split(&trap);
    let body = body.replace("TRAP", &format!("\\{trap}"));
    format!(
        "<?php\n{header}declare(strict_types=1);\nnamespace {trap_space}{{\nif(!\\class_exists({trap_quoted})){{\n/** \
         A WebAssembly trap; the message is the reason. */\nfinal class {trap_name} extends \\RuntimeException{{}}\n}}\n}}\n\
         namespace {namespace}{{\n{guard}\n/** The module as a class; see the methods. */\nfinal class {class}{{\n{body}}}\n}}\n",
        header = header(options, &hash, wasm.len()),
        trap_quoted = quote(&trap),
        guard = chunks(GUARD).join("\n"),
    )
}

/// What `known(…, 200)` in the class gives on a correct PHP; a test computes it independently.
pub const KNOWN_ANSWER: &str = "[1911968228,5534768814916755420,402,4156665698]";

/// SHA-256 of a module, as the header and the class's constant `SOURCE` name it.
///
/// ```
/// assert!(wasm2php::source_hash(b"").starts_with("e3b0c44298fc1c14"));
/// ```
#[must_use]
pub fn source_hash(wasm: &[u8]) -> String {
    Sha256::digest(wasm)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub fn header(options: &Options, hash: &str, length: usize) -> String {
    let clean = |text: &str| text.replace("*/", "* /");
    format!(
        "/**\n * Generated by wasm2php {}. Do not edit.\n *\n * Source: {}, {} bytes, sha256 {hash}\n * Rebuild: {}\n */\n",
        env!("CARGO_PKG_VERSION"),
        clean(&options.source),
        length,
        clean(&options.command()),
    )
}

/// The blocks of a runtime file: separated by blank lines, without the opening tag and its comment.
fn chunks(text: &str) -> Vec<&str> {
    let blocks = text.trim_end().split("\n\n");
    blocks.filter(|block| !block.starts_with("<?php")).collect()
}

/// Namespace and bare name.
pub fn split(class: &str) -> (&str, &str) {
    class.rsplit_once('\\').unwrap_or(("", class))
}

fn used_helpers(code: &str) -> String {
    let helpers: Vec<(&str, &str)> = HELPERS
        .into_iter()
        .flat_map(chunks)
        .filter_map(|block| {
            let name = block.split("function ").nth(1)?.split('(').next()?;
            Some((name, block))
        })
        .collect();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut open: Vec<&str> = vec![code];
    while let Some(text) = open.pop() {
        for name in text
            .split("self::")
            .skip(1)
            .filter_map(|rest| rest.split('(').next())
        {
            if let Some(at) = helpers.iter().position(|(helper, _)| *helper == name) {
                if used.insert(at) {
                    open.push(helpers[at].1);
                }
            }
        }
    }
    used.iter()
        .map(|at| format!("{}\n\n", helpers[*at].1))
        .collect()
}

fn export_text(signature: &Signature) -> (String, String) {
    let text = signature.text();
    let (params, results) = text.split_once(':').unwrap_or(("", ""));
    (params.to_owned(), results.to_owned())
}

fn constants(cx: &Context<'_>) -> String {
    let mut functions = String::new();
    for export in cx
        .module
        .exports
        .iter()
        .filter(|e| e.kind == ExportKind::Func)
    {
        let (params, results) = export_text(cx.module.signature(export.index));
        functions.push_str(&format!(
            "{}=>[{},'{params}','{results}'],",
            quote(&export.name),
            export.index
        ));
    }
    let mut signatures = String::new();
    for func in &cx.analysis.referenced {
        signatures.push_str(&format!("{func}=>'{}',", cx.module.signature(*func).text()));
    }
    format!(
        "/** Exported functions: index, parameter and result types (i, l, f, d). */\nprivate const FUNCTIONS=[{functions}];\n\
         private const SIGNATURES=[{signatures}];\n"
    )
}

/// A public method for every exported function whose name allows it.
fn export_methods(cx: &Context<'_>) -> String {
    let mut text = String::new();
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|t| (*t).to_owned()).collect();
    for export in cx
        .module
        .exports
        .iter()
        .filter(|e| e.kind == ExportKind::Func)
    {
        let signature = cx.module.signature(export.index);
        let mut name: String = export
            .name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '_' {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        if !is_identifier(&name) {
            name.insert(0, '_');
        }
        if name.starts_with("__") {
            name.insert(0, 'x');
        }
        while !taken.insert(name.to_ascii_lowercase()) || looks_internal(&name) {
            name.push_str("_x");
        }
        let (params, results) = export_text(signature);
        let args: Vec<String> = (0..signature.params.len())
            .map(|i| format!("$a{i}"))
            .collect();
        text.push_str(&format!(
            "/** Export {} ({params}):{results}. */\npublic function {name}({}){{return $this->call({});}}\n\n",
            quote(&export.name).replace("*/", "* /"),
            args.join(","),
            std::iter::once(quote(&export.name))
                .chain(args.clone())
                .collect::<Vec<_>>()
                .join(",")
        ));
    }
    text
}

/// `f12`, `c3_1` and helper names are methods of the class already.
fn looks_internal(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let numbered = |start: char| {
        lower.strip_prefix(start).is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'_')
        })
    };
    numbered('f')
        || numbered('c')
        || HELPERS.iter().chain([&CLASS]).any(|text| {
            text.to_ascii_lowercase()
                .contains(&format!("function {lower}("))
        })
}

#[cfg(test)]
mod tests {
    /// The same steps as `_known` in `runtime/class.inc`, in a language that wraps by itself.
    #[test]
    fn known_answer_is_right() {
        let mut m: [u32; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
        let (mut a, mut b, mut k) = (2463534242u32, -7046029254386353131i64, 0i64);
        for _ in 0..200 {
            a ^= a << 13;
            a ^= a >> 17;
            a ^= a << 5;
            b = b.wrapping_mul(6364136223846793005);
            b = b.wrapping_add(1442695040888963407);
            b = b.wrapping_sub(i64::from(a));
            let high = (a >> 29) as usize;
            if (a as i32) < m[high] as i32 {
                let shift = (a & 3) * 8;
                m[high] = m[high] & !(255 << shift) | ((b & 255) as u32) << shift;
            } else {
                let part = match (a & 3) * 8 {
                    0 => (a / 10).wrapping_mul(7),
                    shift => {
                        let at = (a >> 30) as usize;
                        m[at] >> shift | m[at + 1] << (32 - shift)
                    }
                };
                let at = ((a & 28) >> 2) as usize;
                m[at] = m[at].wrapping_add(part);
            }
            k += match a & 3 {
                0 => 1,
                1 | 2 if b >= 0 => 3,
                1 | 2 => 5,
                _ => 0,
            };
        }
        let mixed = m.iter().fold(0, |all, word| all ^ word);
        assert_eq!(format!("[{a},{b},{k},{mixed}]"), super::KNOWN_ANSWER);
    }
}
