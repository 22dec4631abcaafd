//! What the caller chooses.

use crate::error::Error;

/// Options of a translation.
///
/// ```
/// let options = wasm2php::Options::new("Vendor\\Module")?;
/// assert_eq!(options.trap_class(), "Vendor\\Trap");
/// # Ok::<(), wasm2php::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Options {
    /// Full name of the generated class, without a leading backslash.
    pub class: String,
    /// Full name of the exception thrown on traps; by default `Trap` beside the class.
    pub trap: Option<String>,
    /// Do not trust alignment hints; every trap exactly where the specification has it. Slower.
    pub strict: bool,
    /// Count calls and loop rounds, so that a budget can stop the module.
    pub fuel: bool,
    /// Name of the source for the header (no directory, so that output is the same on any machine).
    pub source: String,
    /// Accept only WebAssembly 1.0 (the validator then refuses later proposals).
    pub version1: bool,
}

impl Options {
    /// Options for a class name, everything else by default.
    ///
    /// # Errors
    /// [`Error::Options`] when `class` is no PHP class name.
    pub fn new(class: &str) -> Result<Self, Error> {
        let options = Options {
            class: class.trim_start_matches('\\').to_owned(),
            trap: None,
            strict: false,
            fuel: false,
            source: "module.wasm".to_owned(),
            version1: false,
        };
        options.check()?;
        Ok(options)
    }

    /// Checks the names.
    ///
    /// # Errors
    /// [`Error::Options`] naming the class that PHP would not take.
    pub fn check(&self) -> Result<(), Error> {
        for class in [self.class.as_str(), self.trap_class().as_str()] {
            if !class.split('\\').all(crate::context::is_identifier) {
                return Err(Error::Options(format!(
                    "\"{class}\" is not a PHP class name; write it like 'Vendor\\Module'"
                )));
            }
        }
        if self.class.eq_ignore_ascii_case(&self.trap_class()) {
            return Err(Error::Options(
                "the class and its trap class cannot have the same name; choose --trap".to_owned(),
            ));
        }
        Ok(())
    }

    /// Full name of the exception.
    pub fn trap_class(&self) -> String {
        match (&self.trap, self.class.rsplit_once('\\')) {
            (Some(trap), _) => trap.trim_start_matches('\\').to_owned(),
            (None, Some((space, _))) => format!("{space}\\Trap"),
            (None, None) => "Trap".to_owned(),
        }
    }

    /// The command that makes the same file again.
    pub fn command(&self) -> String {
        let mut command = format!("wasm2php {} --class '{}'", self.source, self.class);
        if let Some(trap) = &self.trap {
            command.push_str(&format!(" --trap '{trap}'"));
        }
        for (on, flag) in [
            (self.strict, " --strict"),
            (self.fuel, " --fuel"),
            (self.version1, " --version1"),
        ] {
            if on {
                command.push_str(flag);
            }
        }
        command
    }
}
