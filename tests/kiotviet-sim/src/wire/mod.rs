//! How intended rows are spelled on the wire: key order, omitted nulls, number styles, list envelopes, errors.

pub mod document;
mod envelope;
mod refusal;
mod row;

pub use document::Parts;
pub use envelope::{Envelope, RemovedIds};
pub use refusal::{Refusal, HTML, JSON, PLAIN};
pub use row::{array, text, Row};

/// What an endpoint answers with HTTP 200.
pub enum Answer {
    /// A list in the common envelope; list faults work on it before it becomes text.
    List(Envelope),
    /// Any other JSON.
    Json(String),
    /// A picture.
    Bytes {
        /// `image/png`.
        content_type: &'static str,
        /// The file.
        bytes: Vec<u8>,
    },
}

impl Answer {
    /// Type and body.
    pub fn into_body(self) -> (&'static str, Vec<u8>) {
        match self {
            Self::List(envelope) => (JSON, envelope.into_json().into_bytes()),
            Self::Json(json) => (JSON, json.into_bytes()),
            Self::Bytes {
                content_type,
                bytes,
            } => (content_type, bytes),
        }
    }
}
