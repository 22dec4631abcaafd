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
}

impl Answer {
    /// The body.
    pub fn into_json(self) -> String {
        match self {
            Self::List(envelope) => envelope.into_json(),
            Self::Json(json) => json,
        }
    }
}
