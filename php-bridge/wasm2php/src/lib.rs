//! Translates a WebAssembly module ahead of time into one plain PHP file with one class.
//!
//! The file needs no extension, no FFI and no `eval`, runs on PHP 7.4 to 8.5 (64-bit) and is fast enough for real
//! work because it is ordinary PHP: expressions, `if`, `goto` and static method calls on an array of 32-bit words.
//!
//! ```
//! let wasm = wat::parse_str(r#"(module (func (export "add") (param i32 i32) (result i32)
//!     local.get 0 local.get 1 i32.add))"#)?;
//! let options = wasm2php::Options::new("Vendor\\Adder")?;
//! let php = wasm2php::translate(&wasm, &options)?;
//! assert!(php.contains("final class Adder"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! In PHP: `$e = new \Vendor\Adder(); $e->call('add', 2, 3);` or `$e->add(2, 3)`.

mod access;
mod analysis;
mod bits;
mod boot;
mod branch;
mod call;
mod cells;
mod context;
mod control;
mod division;
mod emit;
mod error;
mod expr;
mod float;
mod frame;
mod function;
mod instance;
mod known;
mod memory;
mod module;
mod names;
mod numeric;
mod operator;
mod options;
mod parts;
mod split;
mod structure;
mod types;
mod unsupported;

pub use emit::source_hash;
pub use error::Error;
pub use options::Options;
pub use split::{Home, Piece};
use wasmparser::WasmFeatures;

/// Translates the bytes of a module into the text of a PHP file.
///
/// The same bytes and options give the same text on any machine.
///
/// # Errors
/// [`Error::Invalid`] for bytes that are no valid module, [`Error::Unsupported`] for valid modules that need more than
/// WebAssembly 2.0 without SIMD, [`Error::Options`] for names PHP does not take.
pub fn translate(wasm: &[u8], options: &Options) -> Result<String, Error> {
    with_functions(wasm, options, |cx, functions| {
        emit::file(cx, options, wasm, functions)
    })
}

/// Translates into several files, so that a request loads only the functions it needs: first the class with memory,
/// helpers and exports, then for each home a class that holds functions of it. All are to be loaded before a call that
/// reaches them, the first one first.
///
/// `homes` is told the functions (as the name section calls them) and the size of their PHP, and says for each which
/// class it goes into; those without a home stay in the class itself. Homes nothing went into make no file.
///
/// # Errors
/// As [`translate`].
pub fn translate_split(
    wasm: &[u8],
    options: &Options,
    homes: impl FnOnce(&[Piece<'_>]) -> Vec<Home>,
) -> Result<Vec<(String, String)>, Error> {
    with_functions(wasm, options, |cx, functions| {
        split::files(cx, options, wasm, functions, homes)
    })
}

/// Translates every function and hands the module and them, by index, to `write`.
fn with_functions<T>(
    wasm: &[u8],
    options: &Options,
    write: impl FnOnce(&context::Context<'_>, &[(u32, String)]) -> T,
) -> Result<T, Error> {
    options.check()?;
    let module = module::Module::parse(wasm, features(options))?;
    let analysis = analysis::analyse(&module)?;
    let cx = context::Context::new(&module, &analysis, options.strict, options.fuel);
    let mut functions = Vec::new();
    for index in &analysis.order {
        if let Some(body) = &module.funcs[*index as usize].body {
            let text = function::FunctionGen::new(&cx, *index, body)?.translate(body)?;
            functions.push((*index, text));
        }
    }
    Ok(write(&cx, &functions))
}

/// The proposals that are translated.
fn features(options: &Options) -> WasmFeatures {
    let first = WasmFeatures::MUTABLE_GLOBAL | WasmFeatures::FLOATS | WasmFeatures::GC_TYPES;
    if options.version1 {
        return first;
    }
    first
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::MULTI_VALUE
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::REFERENCE_TYPES
}
