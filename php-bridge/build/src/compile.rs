//! Compiles the rules crate to wasm32: to a module for wasm-bindgen, to a library for [`crate::link`].

use crate::config::{Build, Config, Optimiser};
use crate::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles and links; gives the module's path. `purpose` names the build in errors.
pub fn module(
    config: &Config,
    build: &Build,
    features: &[String],
    purpose: &'static str,
) -> Result<PathBuf, Error> {
    let module = rustc(config, build, features, purpose, "cdylib")?.join("dongbo.wasm");
    optimised(&module, build.optimiser)
}

/// Compiles and links nothing yet; gives the archive's path.
pub fn library(
    config: &Config,
    build: &Build,
    features: &[String],
    purpose: &'static str,
) -> Result<PathBuf, Error> {
    Ok(rustc(config, build, features, purpose, "staticlib")?.join("libdongbo.a"))
}

/// Compiles; gives the folder of what came out.
fn rustc(
    config: &Config,
    build: &Build,
    features: &[String],
    purpose: &'static str,
    kind: &str,
) -> Result<PathBuf, Error> {
    target_is_there()?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let folder = target_folder(config).join("rules").join(purpose);
    let mut command = Command::new(&cargo);
    command
        .current_dir(&config.root)
        // A folder of its own for each build: features differ, and neither waits for the other.
        .env("CARGO_TARGET_DIR", &folder)
        .env("CARGO_ENCODED_RUSTFLAGS", without_places())
        .args([
            "rustc",
            "--quiet",
            "--package",
            "dongbo",
            "--lib",
            "--crate-type",
            kind,
        ])
        .args(["--target", TARGET, "--profile", &build.profile])
        .args(["--features", &features.join(",")]);
    if kind == "cdylib" {
        command.arg("--");
        let arguments = build.link_args.iter();
        command.args(arguments.map(|argument| format!("-Clink-arg={argument}")));
    }
    let status = command.status().map_err(Error::file(Path::new(&cargo)))?;
    if !status.success() {
        return Err(Error::Cargo(purpose));
    }
    Ok(folder.join(TARGET).join(&build.profile))
}

/// Where this machine keeps the sources of crates is no part of the rules: the same ones give the
/// same bytes everywhere.
fn without_places() -> String {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let registries = home.map(|home| home.join("registry/src"));
    let folders = registries
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .flatten();
    let mut flags: Vec<String> = folders
        .map(|folder| format!("--remap-path-prefix={}=crates", folder.path().display()))
        .collect();
    flags.sort();
    flags.join("\x1f")
}

/// `CARGO_TARGET_DIR`, or `target` of the project.
pub fn target_folder(config: &Config) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || config.root.join("target"),
        |folder| config.root.join(folder),
    )
}

/// Refuses where the compiler lacks the target.
pub fn target_is_there() -> Result<(), Error> {
    let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    let folder = output
        .ok()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    match folder {
        Some(folder) if Path::new(&folder).is_dir() => Ok(()),
        _ => Err(Error::NoTarget),
    }
}

/// The module after its optimiser, if it has one.
pub fn optimised(module: &Path, optimiser: Optimiser) -> Result<PathBuf, Error> {
    if optimiser == Optimiser::None {
        return Ok(module.to_owned());
    }
    let out = module.with_extension("opt.wasm");
    let run = Command::new("wasm-opt")
        .args([
            "-Os",
            "--all-features",
            "--disable-gc",
            "--disable-custom-descriptors",
            "-o",
        ])
        .arg(&out)
        .arg(module)
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Error::WasmOpt(error.to_string()))?;
    if run.status.success() {
        Ok(out)
    } else {
        Err(Error::WasmOpt(
            String::from_utf8_lossy(&run.stderr).into_owned(),
        ))
    }
}
