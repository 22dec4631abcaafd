//! What can go wrong in a build, with the remedy.

use std::path::{Path, PathBuf};

/// A failed build.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not a command.
    #[error("`{0}` is no command; `--help` lists them")]
    Command(String),
    /// Started outside the project.
    #[error("no wasm-pack.toml here or above: start it inside the project")]
    Outside,
    /// A file or program could not be used.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// wasm-pack.toml or words.json is not of its form.
    #[error("{path}: {detail}")]
    Form {
        /// Which.
        path: PathBuf,
        /// Why.
        detail: String,
    },
    /// The compiler has no wasm32 target.
    #[error(
        "this Rust cannot build WebAssembly yet; run `rustup target add wasm32-unknown-unknown`"
    )]
    NoTarget,
    /// cargo failed; it has said why.
    #[error("the rules did not compile for {0} (cargo's own words are above)")]
    Cargo(&'static str),
    /// wasm-opt is asked for and not there.
    #[error("wasm-opt: {0}; install binaryen or set `optimiser = \"none\"` in wasm-pack.toml")]
    WasmOpt(String),
    /// The linker is missing or refused.
    #[error("linking the rules: {0}")]
    Linker(String),
    /// The compiled module could not be read.
    #[error("the compiled module cannot be read: {0}")]
    Module(String),
    /// wasm-bindgen refused the module.
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),
    /// wasm2php refused the module.
    #[error("wasm2php: {0}")]
    Translate(String),
    /// A part of the plugin is not built.
    #[error("php-bridge/plugin/{0} is not built; run `make build` first")]
    Unbuilt(&'static str),
    /// The zip could not be written.
    #[error("the zip: {0}")]
    Zip(String),
    /// The zip is larger than a shop's host should be asked to take.
    #[error("the zip has {0} bytes; product.md allows 1 MB (1,048,576)")]
    Large(usize),
    /// The check found something.
    #[error("{0} thing(s) to put right, named above")]
    Check(usize),
}

impl Error {
    /// A closure for `map_err` on file operations.
    pub fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File {
            path: path.to_owned(),
            source,
        }
    }
}

/// Reads a text file.
pub fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(Error::file(path))
}

/// Writes a file, and its folder, unless it holds these bytes already: what depends on its time
/// stays built.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if std::fs::read(path).is_ok_and(|held| held == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    std::fs::write(path, bytes).map_err(Error::file(path))
}
