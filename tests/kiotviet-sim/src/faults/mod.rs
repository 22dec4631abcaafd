//! Faults on purpose: rules that say when, actions that say what.

mod action;
mod preset;
mod rule;
mod tamper;

pub use action::{Action, RetryAfter};
pub use preset::Preset;
pub use rule::{matches_path, Faults, Rule, RuleSet};
pub use tamper::{tamper_envelope, tamper_query};
