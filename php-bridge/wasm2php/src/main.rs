//! `wasm2php module.wasm -o Module.php --class 'Vendor\Module'`

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wasm2php::{translate, Options};

const HELP: &str = "\
wasm2php: translates a WebAssembly module ahead of time into one plain PHP file

Usage: wasm2php MODULE.wasm --class 'Vendor\\Module' [-o Module.php] [options]

  -o, --output FILE   where to write (default: standard output)
  --class NAME        full name of the generated class
  --trap NAME         full name of the exception thrown on traps
                      (default: Trap in the namespace of the class; declared unless it exists)
  --fuel              count calls and loop rounds, so that the option 'fuel' can stop the module
  --strict            do not trust alignment hints; exact traps everywhere (slower)
  --version1          accept WebAssembly 1.0 only
  -h, --help          this text
  -V, --version       the version

In PHP:
  require 'Module.php';
  $e = new \\Vendor\\Module($host, ['maxPages' => 64]);
  $e->call('function', 1, 2);

$host is an object with one method per imported function (or one object per import module).
";

struct Args {
    input: PathBuf,
    output: Option<PathBuf>,
    options: Options,
}

fn main() -> ExitCode {
    match parse(std::env::args().skip(1).collect()) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(args)) => match run(&args) {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                eprintln!("wasm2php: {}: {why}", args.input.display());
                ExitCode::FAILURE
            }
        },
        Err(why) => {
            eprintln!("wasm2php: {why}\nTry: wasm2php --help");
            ExitCode::from(2)
        }
    }
}

fn parse(words: Vec<String>) -> Result<Option<Args>, String> {
    let (mut input, mut output, mut class, mut trap) = (None, None, None, None);
    let (mut fuel, mut strict, mut version1) = (false, false, false);
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut value = |name: &str| words.next().ok_or(format!("{name} needs a value"));
        match word.as_str() {
            "-h" | "--help" => {
                print!("{HELP}");
                return Ok(None);
            }
            "-V" | "--version" => {
                println!("wasm2php {}", env!("CARGO_PKG_VERSION"));
                return Ok(None);
            }
            "-o" | "--output" => output = Some(PathBuf::from(value("--output")?)),
            "--class" => class = Some(value("--class")?),
            "--trap" => trap = Some(value("--trap")?),
            "--fuel" => fuel = true,
            "--strict" => strict = true,
            "--version1" => version1 = true,
            other if other.starts_with('-') => return Err(format!("unknown option {other}")),
            other if input.is_none() => input = Some(PathBuf::from(other)),
            other => return Err(format!("one module at a time, {other} is the second")),
        }
    }
    let input: PathBuf = input.ok_or("no module given")?;
    let class = class.ok_or("--class is missing, for instance --class 'Vendor\\Module'")?;
    let mut options = Options::new(&class).map_err(|e| e.to_string())?;
    options.trap = trap;
    options.fuel = fuel;
    options.strict = strict;
    options.version1 = version1;
    if let Some(name) = input.file_name() {
        options.source = name.to_string_lossy().into_owned();
    }
    options.check().map_err(|e| e.to_string())?;
    Ok(Some(Args {
        input,
        output,
        options,
    }))
}

fn run(args: &Args) -> Result<(), String> {
    let wasm = std::fs::read(&args.input).map_err(|e| e.to_string())?;
    let php = translate(&wasm, &args.options).map_err(|e| e.to_string())?;
    match &args.output {
        Some(path) => write(path, &php),
        None => {
            print!("{php}");
            Ok(())
        }
    }
}

fn write(path: &Path, php: &str) -> Result<(), String> {
    std::fs::write(path, php).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
