//! Which runs are due (product.md I7, D3).
//!
//! | run | how often |
//! |---|---|
//! | `full` | every 12 hours (setting); it reads everything, so nothing else runs beside it |
//! | `delta` | every 15 minutes (setting) |
//! | `stock` | every 15 to 60 minutes: as often as a fifth of the API's 5,000 calls an hour allows |
//! | `named` | at once, for goods marked to be read again, while that costs less than a sweep |
//!
//! More marked goods than pages of a sweep are read by what costs less: changes and stock.

use super::protocol::RunKind;
use super::steps::{DETAILS, PAGE_SIZE};
use crate::model::Instant;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

const MINUTE: i64 = 60_000;
/// A fifth of what KiotViet allows in an hour (kiotviet-api.md §1.4): the rest is for everything else.
const CALLS: i64 = 1_000;

/// When a kind of run last started, however it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRun {
    /// The kind.
    pub kind: RunKind,
    /// When it started.
    pub at: Instant,
}

/// What [`runs_due`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunsDueInput {
    /// The shop's settings.
    pub settings: Settings,
    /// The instant.
    pub now: Instant,
    /// The last run of each kind; a kind that never ran is left out.
    #[serde(default)]
    pub last: Vec<LastRun>,
    /// How many goods the mirror holds.
    #[serde(default)]
    pub known_goods: i64,
    /// How many goods are marked to be read again.
    #[serde(default)]
    pub marked: i64,
}

/// Which runs are due, in the order to start them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunsDue {
    /// The runs; one that is running already is not started twice.
    pub runs: Vec<RunKind>,
    /// When to ask again at the latest; absent when nothing runs by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Instant>,
}

/// Tells which runs are due.
#[must_use]
pub fn runs_due(input: RunsDueInput) -> RunsDue {
    let settings = &input.settings;
    if !settings.automatic {
        return RunsDue {
            runs: Vec::new(),
            next: None,
        };
    }
    let pages = pages(input.known_goods);
    let every = |kind| match kind {
        RunKind::Full => settings.full_hours.max(1).saturating_mul(60),
        RunKind::Delta => settings.delta_minutes.max(1),
        _ => stock_minutes(pages),
    };
    let then = |kind| {
        // A full run reads what the others would.
        let counts = |last: &&LastRun| last.kind == kind || last.kind == RunKind::Full;
        let last = input.last.iter().filter(counts).max_by_key(|last| last.at);
        let pause = every(kind).saturating_mul(MINUTE);
        last.map(|last| last.at.saturating_add(pause))
    };
    let mut runs = Vec::new();
    let mut next = input
        .now
        .saturating_add(every(RunKind::Delta).saturating_mul(MINUTE));
    let many = input.marked > pages.min(DETAILS);
    for kind in [RunKind::Full, RunKind::Delta, RunKind::Stock] {
        let marked = many && kind != RunKind::Full;
        match then(kind) {
            Some(at) if at > input.now && !marked => next = next.min(at),
            _ => runs.push(kind),
        }
        if runs.contains(&RunKind::Full) {
            break;
        }
    }
    if input.marked > 0 && !many && !runs.contains(&RunKind::Full) {
        runs.insert(0, RunKind::Named);
    }
    RunsDue {
        runs,
        next: Some(next),
    }
}

/// Pages of a whole sweep.
fn pages(goods: i64) -> i64 {
    let last = goods.max(0).saturating_add(PAGE_SIZE).saturating_sub(1);
    last.checked_div(PAGE_SIZE).unwrap_or(0).max(1)
}

/// Minutes between two sweeps of so many pages.
fn stock_minutes(pages: i64) -> i64 {
    let minutes = pages.saturating_mul(60).checked_div(CALLS).unwrap_or(0);
    minutes.clamp(15, 60)
}
