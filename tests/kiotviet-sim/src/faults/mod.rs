//! Faults on purpose: rules that say when, actions that say what.

mod action;
mod rule;
mod tamper;

pub use action::{Action, RetryAfter};
pub use rule::{Faults, Rule, RuleSet};
pub use tamper::{tamper_envelope, tamper_query};
