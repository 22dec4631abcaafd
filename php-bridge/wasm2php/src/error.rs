//! What can go wrong while translating, said so that the reader can find the place in the module.

use std::fmt;

/// Why a module was not translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The bytes are no valid module; the text is the validator's own, with its offset.
    Invalid(String),
    /// The module is valid but needs something the translator does not do.
    Unsupported {
        /// The instruction or construct, by its WebAssembly name.
        what: String,
        /// Function index and name, when the construct stands in a function body.
        function: Option<String>,
        /// Byte offset in the module.
        offset: u64,
    },
    /// The options given contradict themselves or cannot be used.
    Options(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Invalid(why) => write!(f, "not a valid module: {why}"),
            Error::Unsupported {
                what,
                function: Some(function),
                offset,
            } => write!(f, "unsupported: {what} in {function} at offset {offset:#x}"),
            Error::Unsupported {
                what,
                function: None,
                offset,
            } => write!(f, "unsupported: {what} at offset {offset:#x}"),
            Error::Options(why) => write!(f, "bad options: {why}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<wasmparser::Error> for Error {
    fn from(error: wasmparser::Error) -> Self {
        Error::Invalid(error.to_string())
    }
}
