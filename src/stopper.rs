//! The stopper (product.md D4): how much is too much to be done without asking.
//!
//! Before a run writes its first good, every family is planned with [`crate::plan::GoodsInput::count`],
//! the counts of all plans are added up and [`judge`]d. For webhooks the shell adds up what was
//! written in the last 24 hours and gives it as `window`.

use crate::model::Param;
use crate::plan::Reason;
use crate::settings::Settings;
use crate::stock::param;
use crate::text::integer;
use serde::{Deserialize, Serialize};

/// What plans would do to the shop's goods; added up field by field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Linked goods, those linked by the plan among them.
    pub linked: i64,
    /// Linked goods that could be bought and then could not, for want of stock.
    pub zeros: i64,
    /// Linked goods whose price changes by more than half.
    pub prices: i64,
    /// Linked goods of which any field is written.
    pub changed: i64,
}

/// What [`judge`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgeInput {
    /// The shop's settings.
    pub settings: Settings,
    /// The sums over the whole plan; `linked` over all families, also those with nothing to plan.
    pub counts: Counts,
    /// What was written in the last 24 hours already, for webhooks.
    #[serde(default)]
    pub window: Counts,
    /// The rules are of another version than at the last run: every field counts.
    #[serde(default)]
    pub rules_changed: bool,
    /// A person has seen the plan and said yes.
    #[serde(default)]
    pub accepted: bool,
}

/// Whether a plan may be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// It may; otherwise somebody is asked first.
    pub go: bool,
    /// Why not, each with a sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

/// Judges the sums of a whole plan before its first write.
#[must_use]
pub fn judge(input: JudgeInput) -> Judgement {
    let JudgeInput {
        settings,
        counts,
        window,
        rules_changed,
        accepted,
    } = input;
    let every = if rules_changed { counts.changed } else { 0 };
    let mut reasons = Vec::new();
    for (code, count, before) in [
        ("stop-zeros", counts.zeros, window.zeros),
        ("stop-prices", counts.prices, window.prices),
        ("stop-changes", every, 0),
    ] {
        let count = count.saturating_add(before);
        if !accepted && exceeds(count, counts.linked, &settings) {
            reasons.push(Reason {
                code: code.into(),
                params: share(count, &counts, &settings),
            });
        }
    }
    Judgement {
        go: reasons.is_empty(),
        reasons,
    }
}

fn share(count: i64, counts: &Counts, settings: &Settings) -> Vec<Param> {
    vec![
        param("count", &integer(count)),
        param("linked", &integer(counts.linked)),
        param("percent", &integer(settings.stopper_percent)),
    ]
}

/// So few are never too many.
const LEAST: i64 = 20;

/// Whether `count` of `all` is more than the stopper's share: more than the setting's percent of
/// all, and more than 20.
#[must_use]
pub fn exceeds(count: i64, all: i64, settings: &Settings) -> bool {
    let percent = settings.stopper_percent.clamp(0, 100);
    let (share, limit) = (count.checked_mul(100), all.max(0).checked_mul(percent));
    let (Some(share), Some(limit)) = (share, limit) else {
        return true;
    };
    count > LEAST && share > limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_twenty_and_more_than_the_share_is_too_much() {
        let settings = Settings::default();
        for (count, all, stops) in [
            (20, 20, false),
            (21, 21, true),
            (21, 105, false),
            (22, 105, true),
            (600, 3000, false),
            (601, 3000, true),
            (i64::MAX, 1, true),
        ] {
            assert_eq!(exceeds(count, all, &settings), stops, "{count} of {all}");
        }
        let never = Settings {
            stopper_percent: 100,
            ..Settings::default()
        };
        assert!(!exceeds(3000, 3000, &never));
    }
}
