//! Builds the rules for PHP, Node and the browser, as `wasm-pack.toml` says.
//!
//! Installs nothing: what is missing is named, with the command that brings it.

mod check;
mod compile;
mod config;
mod error;
mod homes;
mod js;
#[cfg(feature = "test-runner")]
mod js_test;
mod link;
mod panics;
mod php;
mod scan;
mod types;
mod words;
mod zip;

use config::Config;
use error::Error;
use std::process::ExitCode;

const HELP: &str = "\
Builds the rules crate, as wasm-pack.toml describes.

Usage: cargo run -p dongbo-build -- <command>

  php    the rules as PHP classes for the plugin, loaded by groups of exports
  js     the rules for Node and the browser
  words  the sentences of src/words.json for PHP and JavaScript
  types  the forms of records and exports for TypeScript and PHP
  all    all of these
  zip    build/dongbo.zip, of what is built already
  check  every code of the rules has a sentence and every sentence a code; the rules use only
         record forms that all three doors can read

With `--features test-runner` (before the `--`):

  js-test  tests/web.rs in Node, with wasm-bindgen's own test runner
";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    match run(&command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dongbo-build: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str) -> Result<(), Error> {
    #[cfg(feature = "test-runner")]
    if command == js_test::RUNNER {
        return js_test::run_module(std::env::args_os().skip(2));
    }
    if matches!(command, "" | "help" | "--help" | "-h") {
        print!("{HELP}");
        return Ok(());
    }
    let config = Config::find()?;
    match command {
        "php" => php::build(&config),
        "js" => js::build(&config),
        "words" => words::build(&config),
        "types" => types::build(&config),
        "all" => {
            words::build(&config)?;
            types::build(&config)?;
            php::build(&config)?;
            js::build(&config)
        }
        #[cfg(feature = "test-runner")]
        "js-test" => js_test::run(&config),
        "check" => check::check(&config),
        "zip" => zip::build(&config),
        _ => Err(Error::Command(command.to_owned())),
    }
}
