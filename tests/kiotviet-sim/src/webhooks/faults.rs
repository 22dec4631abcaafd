//! Deliveries that go wrong on purpose.

use serde::{Deserialize, Serialize};

/// Chances per delivery, 0 to 1. Every delivery throws the same dice, so one seed gives one course of things.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Chances {
    /// Seed of the dice.
    pub seed: u64,
    /// Never sent.
    pub lost: f64,
    /// So many deliveries are never sent before the dice are thrown at all.
    pub lose_first: u64,
    /// The first attempt gets lost on the way; the second comes after the usual wait, as `Attempt` 2.
    pub first_attempt_lost: f64,
    /// Sent twice.
    pub doubled: f64,
    /// The second one has an `Id` of its own.
    pub doubled_new_id: bool,
    /// Sent after up to `reordered_by` later ones.
    pub reordered: f64,
    /// How many may overtake, at least 1.
    pub reordered_by: u64,
    /// How long a reordered one waits to be overtaken.
    pub reordered_ms: u64,
    /// Sent `late_ms` later and after all that wait then.
    pub late: f64,
    /// How late.
    pub late_ms: u64,
    /// Sent without a signature although there is a secret.
    pub unsigned: f64,
    /// Signed with another secret.
    pub badly_signed: f64,
    /// Only deliveries of these types; all when empty.
    pub types: Vec<String>,
}

impl Default for Chances {
    fn default() -> Self {
        Self {
            seed: 0,
            lost: 0.0,
            lose_first: 0,
            first_attempt_lost: 0.0,
            doubled: 0.0,
            doubled_new_id: false,
            reordered: 0.0,
            reordered_by: 5,
            reordered_ms: 1_000,
            late: 0.0,
            late_ms: 2_000,
            unsigned: 0.0,
            badly_signed: 0.0,
            types: Vec::new(),
        }
    }
}

/// How a delivery is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// As registered.
    Right,
    /// No header.
    Missing,
    /// With another secret.
    Wrong,
}

/// What becomes of one delivery.
#[derive(Clone, Copy, Debug)]
pub struct Fate {
    /// Never sent.
    pub lost: bool,
    /// The first attempt does not arrive.
    pub first_attempt_lost: bool,
    /// Sent twice.
    pub doubled: bool,
    /// So many later ones may overtake.
    pub overtaken_by: Option<u64>,
    /// Sent late.
    pub late: bool,
    /// How it is signed.
    pub signing: Signing,
}

/// The chances in force and their dice.
#[derive(Default)]
pub struct DeliveryFaults {
    /// What was asked for.
    pub chances: Chances,
    dice: fastrand::Rng,
}

impl DeliveryFaults {
    /// Puts chances in force; the dice start anew.
    ///
    /// # Errors
    /// A sentence when a chance is not between 0 and 1, or a type is unknown.
    pub fn set(&mut self, chances: Chances) -> Result<(), String> {
        let named = [
            ("lost", chances.lost),
            ("firstAttemptLost", chances.first_attempt_lost),
            ("doubled", chances.doubled),
            ("reordered", chances.reordered),
            ("late", chances.late),
            ("unsigned", chances.unsigned),
            ("badlySigned", chances.badly_signed),
        ];
        if let Some((name, chance)) = named
            .iter()
            .find(|(_, chance)| !(0.0..=1.0).contains(chance))
        {
            return Err(format!("{name}: {chance} is no chance between 0 and 1"));
        }
        if chances.reordered_by == 0 {
            return Err("reorderedBy must be at least 1".into());
        }
        for name in &chances.types {
            super::Kind::parse(name)?;
        }
        self.dice = fastrand::Rng::with_seed(chances.seed);
        self.chances = chances;
        Ok(())
    }

    /// Throws the dice for one delivery.
    pub fn fate(&mut self, kind: super::Kind) -> Fate {
        let chances = &self.chances;
        let struck =
            chances.types.is_empty() || chances.types.iter().any(|name| name == kind.name());
        if struck && self.chances.lose_first > 0 {
            self.chances.lose_first -= 1;
            return Fate {
                lost: true,
                first_attempt_lost: false,
                doubled: false,
                overtaken_by: None,
                late: false,
                signing: Signing::Right,
            };
        }
        let chances = &self.chances;
        let mut throw = |chance: f64| self.dice.f64() < chance && struck;
        let (lost, doubled) = (throw(chances.lost), throw(chances.doubled));
        let (reordered, late) = (throw(chances.reordered), throw(chances.late));
        let (unsigned, badly) = (throw(chances.unsigned), throw(chances.badly_signed));
        let by = self.dice.u64(1..=chances.reordered_by);
        let first_attempt_lost = chances.first_attempt_lost > 0.0
            && self.dice.f64() < chances.first_attempt_lost
            && struck;
        let signing = match (unsigned, badly) {
            (true, _) => Signing::Missing,
            (_, true) => Signing::Wrong,
            _ => Signing::Right,
        };
        Fate {
            lost,
            first_attempt_lost,
            doubled,
            overtaken_by: reordered.then_some(by),
            late,
            signing,
        }
    }
}
