//! The run: which requests to make, in which order, and what to do when they fail.
//!
//! A run is an explicit state. [`advance`] is pure: state and replies in, state and the next
//! requests out; requests of one answer are independent of each other. The shell's loop:
//!
//! ```text
//! run = advance(start)
//! loop: do every request; for a GET call its `reader`, store the rows; run = advance(run, replies)
//!       save run and rows in one commit; stop when `done`, or sleep until `wait_until`
//! ```
//!
//! Phases of a full run: token → branches → categories → books → prices of the chosen books →
//! goods → stock of goods that came without → plan categories → plan goods → done.

mod protocol;

pub use protocol::{AdvanceInput, Advanced, Complete, Page, Progress, Reply, Request, RequestKind, Run, RunKind, Summary};
