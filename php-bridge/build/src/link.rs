//! Links what some exports need, and nothing else.
//!
//! The rules are compiled once; the linker then keeps what it reaches from the exports it is told,
//! functions and data each by itself, under the names they have in the library.

use crate::compile::optimised;
use crate::config::Build;
use crate::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The module of these exports, out of the compiled library. `purpose` names its file.
pub fn exports(
    library: &Path,
    build: &Build,
    purpose: &str,
    names: &[&str],
) -> Result<Vec<u8>, Error> {
    let module = library.with_file_name(format!("{purpose}.wasm"));
    let linker = linker();
    let run = Command::new(&linker)
        .args(["-flavor", "wasm"])
        .args(["--no-entry", "--gc-sections", "--strip-debug"])
        // What is imported is told by the source; the address says where data ends.
        .args(["--allow-undefined", "--export=__heap_base"])
        .args(names.iter().map(|name| format!("--export={name}")))
        .args(&build.link_args)
        .arg("-o")
        .arg(&module)
        .arg(library)
        .output()
        .map_err(|error| Error::Linker(format!("{}: {error}", linker.display())))?;
    if !run.status.success() {
        return Err(Error::Linker(
            String::from_utf8_lossy(&run.stderr).into_owned(),
        ));
    }
    let module = optimised(&module, build.optimiser)?;
    std::fs::read(&module).map_err(Error::file(&module))
}

/// The linker that the compiler itself uses for WebAssembly; it lies beside the compiler.
fn linker() -> PathBuf {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let told = |what| {
        let output = Command::new(&rustc).args(["--print", what]).output().ok()?;
        Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
    };
    let beside = told("sysroot").zip(told("host-tuple")).map(|(root, host)| {
        Path::new(&root)
            .join("lib/rustlib")
            .join(host)
            .join("bin/rust-lld")
    });
    // Some distributions have it elsewhere.
    beside
        .filter(|path| path.is_file())
        .unwrap_or_else(|| "rust-lld".into())
}
