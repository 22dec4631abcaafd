//! Which kinds of goods a generated shop has, and how often.

/// The row kinds of §3.4 and the special cases around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Ordinary goods.
    Plain,
    /// Services: no stock.
    Service,
    /// Combo of other goods; some manufactured, with stock of their own.
    Combo,
    /// Managed by serial number.
    Serial,
    /// Managed by batch and expiry.
    Batch,
    /// A plain good with further units.
    Units,
    /// A family of variants, one to three attributes.
    Variants,
    /// Variants that each have further units.
    UnitVariants,
    /// Stopped: a plain good, or a family whose master is stopped.
    Inactive,
    /// Not sold directly.
    NotSold,
    /// One row alone with attributes.
    Lone,
    /// A family whose master was deleted (UNSURE-18, reading A).
    Orphans,
}

const NAMES: &[(&str, Kind, u32)] = &[
    ("plain", Kind::Plain, 50),
    ("service", Kind::Service, 3),
    ("combo", Kind::Combo, 4),
    ("serial", Kind::Serial, 3),
    ("batch", Kind::Batch, 4),
    ("units", Kind::Units, 8),
    ("variants", Kind::Variants, 15),
    ("unitvariants", Kind::UnitVariants, 4),
    ("inactive", Kind::Inactive, 4),
    ("notsold", Kind::NotSold, 2),
    ("lone", Kind::Lone, 1),
    ("orphans", Kind::Orphans, 1),
];

/// Weights of the kinds.
#[derive(Clone, Debug)]
pub struct Mix(Vec<(Kind, u32)>);

impl Default for Mix {
    fn default() -> Self {
        Self(
            NAMES
                .iter()
                .map(|(_, kind, weight)| (*kind, *weight))
                .collect(),
        )
    }
}

impl Mix {
    /// Reads `plain=5,variants=3`; kinds not named do not occur.
    ///
    /// # Errors
    /// A sentence naming the part that is wrong and the known kinds.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut weights = Vec::new();
        for part in text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (name, weight) = part.split_once('=').unwrap_or((part, "1"));
            let Some((_, kind, _)) = NAMES
                .iter()
                .find(|(known, _, _)| known.eq_ignore_ascii_case(name.trim()))
            else {
                let known: Vec<&str> = NAMES.iter().map(|(known, _, _)| *known).collect();
                return Err(format!(
                    "--mix {part}: unknown kind; known are {}",
                    known.join(" ")
                ));
            };
            let weight = weight
                .trim()
                .parse()
                .map_err(|_| format!("--mix {part}: the weight must be a whole number"))?;
            weights.push((*kind, weight));
        }
        Ok(Self(weights))
    }

    /// Draws a kind.
    ///
    /// # Errors
    /// When no kind has a weight.
    pub fn pick(&self, dice: &mut fastrand::Rng) -> Result<Kind, String> {
        let total: u32 = self.0.iter().map(|(_, weight)| *weight).sum();
        if total == 0 {
            return Err("--mix: at least one kind needs a weight above 0".into());
        }
        let mut drawn = dice.u32(0..total);
        for (kind, weight) in &self.0 {
            if drawn < *weight {
                return Ok(*kind);
            }
            drawn -= weight;
        }
        Ok(Kind::Plain)
    }
}
