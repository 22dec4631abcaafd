//! Which runs are due (product.md I7, D3).
//!
//! | run | how often |
//! |---|---|
//! | `full` | every 12 hours (setting); it reads everything, so nothing else runs beside it |
//! | `delta` | every 15 minutes (setting) |
//! | `stock` | every 15 to 60 minutes: as often as a fifth of the API's 5,000 calls an hour allows |
//! | `named` | at once, for goods marked to be read again, while that costs less than a sweep |
//! | `touched` | at once, when something arrived by itself or a date made a family due (C4) |
//! | `orders`, `customers` | as often as `delta`, beside the others; `marked-orders`, `marked-customers` at once |
//!
//! More marked goods than pages of a sweep are read by what costs less: changes and stock. Where
//! webhooks are not to be relied on, changes and stock are asked for three times as often (I3).
//! A direction that the owner switched off or starts by hand makes no run due (A5).

use super::protocol::RunKind;
use super::steps::{DETAILS, PAGE_SIZE};
use crate::model::{is_false, Instant};
use crate::settings::{Direction, Settings};
use serde::{Deserialize, Serialize};

const MINUTE: i64 = 60_000;
/// A fifth of what KiotViet allows in an hour (kiotviet-api.md §1.4): the rest is for everything else.
const CALLS: i64 = 1_000;

/// How much more often is asked where webhooks fail, and the shortest pause.
const DEAF: i64 = 3;
const SHORTEST: i64 = 5;
/// How often the POS's list of webhooks is looked at.
const LOOK_AT_WEBHOOKS: i64 = 60;

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
    /// How many families wait to be planned: something arrived for them, or a date made them due.
    #[serde(default)]
    pub touched: i64,
    /// The last run of each kind that ended well, by the time it started.
    #[serde(default)]
    pub done: Vec<LastRun>,
    /// A list lost its checkpoint and is to be read in full: a webhook said that something in it
    /// is gone, or came late.
    #[serde(default)]
    pub lists_due: bool,
    /// Webhooks are not to be relied on now: refused, displaced, silent, or not genuine.
    #[serde(default)]
    pub deaf: bool,
    /// When the POS's list of webhooks was last looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhooks_checked: Option<Instant>,
    /// How many POS orders and invoices are marked to be read.
    #[serde(default)]
    pub marked_orders: i64,
    /// How many customers of either side are marked to be looked at.
    #[serde(default)]
    pub marked_customers: i64,
}

/// Which runs are due, in the order to start them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunsDue {
    /// The runs; one that is running already is not started twice.
    pub runs: Vec<RunKind>,
    /// The runs of orders and customers, which have a lane of their own: they wait for no sweep of
    /// goods, and none waits for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<RunKind>,
    /// When to ask again at the latest; absent when nothing runs by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Instant>,
    /// Goods marked until this instant have been read since: their marks go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Instant>,
    /// The POS's list of webhooks is to be looked at.
    #[serde(default, skip_serializing_if = "is_false")]
    pub webhooks: bool,
}

/// Tells which runs are due.
#[must_use]
pub fn runs_due(input: RunsDueInput) -> RunsDue {
    let settings = &input.settings;
    let read = read_until(&input.done);
    if !settings.automatic {
        return RunsDue {
            runs: Vec::new(),
            beside: Vec::new(),
            next: None,
            read,
            webhooks: false,
        };
    }
    let pages = pages(input.known_goods);
    let every = |kind| match kind {
        RunKind::Full => settings.full_hours.max(1).saturating_mul(60),
        RunKind::Delta => sooner(settings.delta_minutes.max(1), input.deaf),
        _ => sooner(stock_minutes(pages), input.deaf),
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
        if !wanted(kind, settings) {
            continue;
        }
        let marked = many && kind != RunKind::Full || input.lists_due && kind == RunKind::Delta;
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
    // Nothing is asked of the POS for it, so it waits for nothing.
    if input.touched > 0 {
        runs.insert(0, RunKind::Touched);
    }
    let pause = LOOK_AT_WEBHOOKS.saturating_mul(MINUTE);
    RunsDue {
        runs,
        beside: beside(&input, &mut next),
        next: Some(next),
        read,
        webhooks: input
            .webhooks_checked
            .is_none_or(|at| input.now.saturating_sub(at) >= pause),
    }
}

/// The runs of orders and customers that are due.
fn beside(input: &RunsDueInput, next: &mut Instant) -> Vec<RunKind> {
    let settings = &input.settings;
    let pause = sooner(settings.delta_minutes.max(1), input.deaf).saturating_mul(MINUTE);
    let kinds = [
        (
            settings.follows_sales(),
            RunKind::Orders,
            RunKind::MarkedOrders,
            input.marked_orders,
        ),
        (
            settings.follows_customers(),
            RunKind::Customers,
            RunKind::MarkedCustomers,
            input.marked_customers,
        ),
    ];
    let mut runs = Vec::new();
    for (wanted, all, marked, count) in kinds {
        if !wanted {
            continue;
        }
        let last = input.last.iter().filter(|last| last.kind == all);
        match last.map(|last| last.at.saturating_add(pause)).max() {
            Some(at) if at > input.now => {
                *next = at.min(*next);
                if count > 0 {
                    runs.push(marked);
                }
            }
            _ => runs.push(all),
        }
    }
    runs
}

/// Whether a kind of run has anything to do by itself (A5).
fn wanted(kind: RunKind, settings: &Settings) -> bool {
    let directions = &settings.directions;
    let (goods, categories) = (directions.goods, directions.categories);
    let all = [goods, categories, directions.prices, directions.stock];
    let of_kind = match kind {
        RunKind::Stock => all.get(3..),
        RunKind::Delta => all.get(..3),
        _ => all.get(..),
    };
    of_kind.is_some_and(|some| some.contains(&Direction::Automatic))
}

/// Until when every good has been read: by a full run, or by changes and stock together.
fn read_until(done: &[LastRun]) -> Option<Instant> {
    let of = |kind| {
        let ends = done.iter().filter(|last| last.kind == kind);
        ends.map(|last| last.at).max()
    };
    let both = of(RunKind::Delta).min(of(RunKind::Stock));
    both.max(of(RunKind::Full))
}

/// Minutes, fewer where webhooks fail.
fn sooner(minutes: i64, deaf: bool) -> i64 {
    if deaf {
        let third = minutes.checked_div(DEAF).unwrap_or(minutes);
        return third.max(SHORTEST.min(minutes));
    }
    minutes
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
