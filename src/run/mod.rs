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
//! goods → stock of goods that came without → goods suspected to be deleted → plan categories → plan goods → done.
//!
//! Requests stay in [`Run::out`] until they are replied to, so a shell that was killed asks again
//! with no replies and gets the same ones. Everything is bounded: tries of a page, restarts of a
//! list, failures in a row, replies of a run; waits for the rate limit alone are not failures.
//! The other kinds of run are tables in [`steps`]: what changed since the last run (`delta`), the
//! stock of all goods (`stock`), goods by their ids (`named`).

mod calls;
mod deleting;
mod due;
mod failing;
mod listing;
mod machine;
mod paging;
mod protocol;
mod steps;
#[cfg(test)]
mod tests;

pub use calls::{may_call, MayCall, MayCallInput};
pub use due::{runs_due, LastRun, RunsDue, RunsDueInput};
pub use machine::advance;
pub use protocol::{
    AdvanceInput, Advanced, Checkpoint, Complete, Page, Progress, Removed, Reply, Request,
    RequestKind, Run, RunKind, Summary,
};
