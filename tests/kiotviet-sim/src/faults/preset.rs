//! Sets of rules with a name, for tests that want weather rather than one fault.

use serde::Deserialize;
use serde_json::json;

use super::Rule;

/// `{"preset": "weather", "probability": 0.05, "seed": 1}`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Preset {
    preset: Name,
    /// Chance of a call to be struck at all.
    #[serde(default)]
    probability: Option<f64>,
    #[serde(default)]
    seed: u64,
    /// Keep the rules in force.
    #[serde(default)]
    pub add: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Name {
    /// Every call fails now and then in every way (5 %).
    Weather,
    /// Bulk updates of goods are refused as in the wild (§3.6: 10 to 30 %, here 20 %).
    Bulk,
}

impl Preset {
    /// The rules.
    ///
    /// # Errors
    /// A sentence when the chance is none.
    pub fn rules(&self) -> Result<Vec<Rule>, String> {
        let usual = match self.preset {
            Name::Weather => 0.05,
            Name::Bulk => 0.2,
        };
        let chance = self.probability.unwrap_or(usual);
        if !(0.0..=1.0).contains(&chance) {
            return Err("probability must lie between 0 and 1".into());
        }
        let rules = match self.preset {
            Name::Weather => weather(chance, self.seed),
            Name::Bulk => vec![json!({
                "path": "/listupdatedproducts", "probability": chance, "seed": self.seed,
                "action": {"do": "refuse", "errorCode": "KvValidateProductException", "message": "Danh sách sản phẩm cập nhật rỗng"},
            })],
        };
        let rules = rules.into_iter().map(serde_json::from_value);
        rules
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())
    }
}

/// Each way gets such a chance that all together strike as often as asked: a later rule sees only calls that earlier
/// ones let pass.
fn weather(chance: f64, seed: u64) -> Vec<serde_json::Value> {
    let ways = [
        json!({"do": "cutBefore"}),
        json!({"do": "cutAfter", "perMille": 0}),
        json!({"do": "cutAfter", "perMille": 500}),
        json!({"do": "lateProcess", "ms": 3000}),
        json!({"do": "rateLimited", "retryAfter": 1}),
        json!({"do": "rateLimited"}),
        json!({"do": "unauthorized"}),
        json!({"do": "refuse"}),
        json!({"do": "status", "status": 500}),
        json!({"do": "status", "status": 503, "processed": true}),
        json!({"do": "html", "status": 502}),
        json!({"do": "html"}),
        json!({"do": "badJson"}),
        json!({"do": "slowBody", "ms": 400}),
    ];
    let count = ways.len() as f64;
    let rules = ways.into_iter().enumerate().map(|(position, action)| {
        let share = chance / count;
        let left = 1.0 - share * position as f64;
        let seed = seed.wrapping_mul(31).wrapping_add(position as u64);
        json!({"path": "/*", "probability": (share / left).min(1.0), "seed": seed, "action": action})
    });
    rules.collect()
}
