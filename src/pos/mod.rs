//! The POS's own language: answers in, rows out.
//!
//! Each `read_*` is total. It takes an answer as the shell received it and gives the rows that
//! could be read, an issue for each that could not (with its place and id), the facts of the page,
//! and a failure when the answer as a whole is none.

mod answer;

pub use answer::{Answer, Failure, FailureKind, PageFacts, Problem, Reading};
