//! Runs `tests/web.rs` in Node with wasm-bindgen's own test runner, in the version of the lock file.

use crate::compile::{self, TARGET};
use crate::config::Config;
use crate::error::Error;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// The command under which cargo calls this program for each test module.
pub const RUNNER: &str = "run-js-test";

/// Builds the tests as WebAssembly and runs them.
pub fn run(config: &Config) -> Result<(), Error> {
    compile::target_is_there()?;
    let me = std::env::current_exe().map_err(Error::file(Path::new("dongbo-build")))?;
    let mut runner = me.into_os_string();
    runner.push(" ");
    runner.push(RUNNER);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(&cargo)
        .current_dir(&config.root)
        .env(
            "CARGO_TARGET_DIR",
            compile::target_folder(config).join("rules/js-test"),
        )
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .args([
            "test",
            "--package",
            "dongbo",
            "--test",
            "web",
            "--target",
            TARGET,
        ])
        .args(["--features", "js-all"])
        .status()
        .map_err(Error::file(Path::new(&cargo)))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::Cargo("js-test"))
    }
}

/// Runs one module, as cargo asks.
pub fn run_module(arguments: impl Iterator<Item = OsString>) -> Result<(), Error> {
    let name = OsString::from("wasm-bindgen-test-runner");
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(
        std::iter::once(name).chain(arguments),
    )
    .map_err(|error| Error::Bindgen(format!("{error:#}")))
}
