//! `POST /_sim/life`: a shop's days in fast motion. Every step is made of ordinary changes, so state, dates and webhooks
//! are those of `POST /_sim/change`. The same shop, seed and instant give the same steps.

mod books;
mod family;
mod goods;
mod kinds;
mod outline;
mod stock;
mod trade;
mod view;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{json, Value};

use super::session::Session;
use crate::state::State;
use crate::time::VnTime;
use kinds::{Kind, Mix};
use view::View;

/// What to live through.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wish {
    /// How many steps; a step may be several changes, as when a family is renamed.
    changes: usize,
    /// Another seed, another life.
    #[serde(default)]
    seed: u64,
    /// The instant of all changes; now when absent.
    #[serde(default)]
    at: Option<VnTime>,
    /// Weights of the kinds of steps that occur; all with their usual weights when absent.
    #[serde(default)]
    mix: BTreeMap<String, u32>,
    /// Orders, invoices and customers too.
    #[serde(default)]
    orders: bool,
    /// How long an hour of a campaign is: campaigns begin within 72 of them and last 1 to 7 times 24.
    #[serde(default = "hour")]
    campaign_hour_seconds: i64,
    /// How many steps share a firing of webhooks: their rows of one type go together.
    #[serde(default = "one")]
    steps_per_firing: usize,
}

fn one() -> usize {
    1
}

fn hour() -> i64 {
    3_600
}

/// How often a step is thrown again when the shop has nothing for it (no stopped good to resume …).
const THROWS: usize = 200;

/// Does all steps, or none; answers what was changed.
///
/// # Errors
/// A sentence when the wish makes no sense or the shop has nothing that could change.
pub fn live(state: &mut State, wish: &Wish) -> Result<Value, String> {
    if wish.steps_per_firing == 0 {
        return Err("stepsPerFiring must be at least 1".into());
    }
    if wish.campaign_hour_seconds < 0 {
        return Err("campaignHourSeconds must not be negative".into());
    }
    let mix = Mix::read(&wish.mix, wish.orders)?;
    let mut dice = fastrand::Rng::with_seed(wish.seed);
    let mut session = Session::open(state);
    if let Some(at) = wish.at {
        session.set_now(at);
    }
    let mut steps = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for number in 1..=wish.changes {
        let (kind, changes) = step(&session, &mix, wish.campaign_hour_seconds, &mut dice)?;
        for change in &changes {
            session.apply(change).map_err(|error| {
                format!(
                    "step {number}, {}: {error}; nothing was changed",
                    kind.name()
                )
            })?;
        }
        if number % wish.steps_per_firing == 0 {
            session.part();
        }
        *counts.entry(kind.name()).or_default() += 1;
        steps.push(json!({"step": number, "kind": kind.name(), "changes": changes}));
    }
    session.commit(state)?;
    Ok(json!({"ok": true, "counts": counts, "steps": steps}))
}

/// The next step: a kind the shop has something for, and its changes.
fn step(
    session: &Session,
    mix: &Mix,
    hour: i64,
    dice: &mut fastrand::Rng,
) -> Result<(Kind, Vec<super::change::Change>), String> {
    for _ in 0..THROWS {
        let kind = mix.pick(dice);
        let mut view = View {
            shop: session.catalogue(),
            now: session.now(),
            hour,
            dice,
        };
        if let Some(changes) = kind.plan(&mut view).filter(|changes| !changes.is_empty()) {
            return Ok((kind, changes));
        }
    }
    Err(format!(
        "nothing in the shop can change in the ways asked for ({}); nothing was changed",
        mix.names()
    ))
}
