//! When a fault strikes.

use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

use super::Action;
use crate::api::Request;

/// A set of rules as `/_sim/faults` receives it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleSet {
    /// The rules; they replace those in force unless `add` is set.
    pub rules: Vec<Rule>,
    /// Keep the rules in force.
    #[serde(default)]
    pub add: bool,
}

/// One rule. All conditions must hold; of `nth`, `every`, `probability` at most one is given, none means every call.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Path as sent, any casing; a `*` at the end matches the rest, `*` alone everything.
    #[serde(default = "everything")]
    pub path: String,
    /// Method; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Query parameters that must have these values.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub query: std::collections::BTreeMap<String, String>,
    /// Text the request's body must contain: one certain order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Only these calls among the matching ones, counted from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nth: Vec<u64>,
    /// Every k-th matching call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// Chance per matching call, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Seed of the chance.
    #[serde(default)]
    pub seed: u64,
    /// Strikes at most so often; no bound when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// What happens.
    pub action: Action,
}

/// Whether a path fits, in any casing; a `*` at the end of what is wanted matches the rest.
pub fn matches_path(wanted: &str, path: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let path = path.to_lowercase();
    match wanted.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => path == wanted,
    }
}

fn everything() -> String {
    "*".into()
}

impl Rule {
    fn matches(&self, request: &Request) -> bool {
        let method = self.method.as_ref();
        let body = self.body.as_ref();
        matches_path(&self.path, &request.path)
            && method.is_none_or(|wanted| wanted.eq_ignore_ascii_case(&request.method))
            && body.is_none_or(|text| String::from_utf8_lossy(&request.body).contains(text))
            && self
                .query
                .iter()
                .all(|(name, value)| request.query.text(name) == Some(value.as_str()))
    }

    fn check(&self) -> Result<(), String> {
        let given = [
            !self.nth.is_empty(),
            self.every.is_some(),
            self.probability.is_some(),
        ];
        if given.iter().filter(|given| **given).count() > 1 {
            return Err("a fault rule takes one of nth, every and probability".into());
        }
        if self.every == Some(0) {
            return Err("every must be at least 1".into());
        }
        Ok(())
    }
}

struct Armed {
    rule: Rule,
    seen: u64,
    struck: u64,
    dice: fastrand::Rng,
}

/// The rules in force with what they have seen.
#[derive(Default)]
pub struct Faults(Vec<Armed>);

impl Faults {
    /// Puts rules in force.
    ///
    /// # Errors
    /// A sentence when a rule contradicts itself; then nothing changes.
    pub fn set(&mut self, rules: RuleSet) -> Result<(), String> {
        rules.rules.iter().try_for_each(Rule::check)?;
        if !rules.add {
            self.0.clear();
        }
        self.0.extend(rules.rules.into_iter().map(|rule| {
            let dice = fastrand::Rng::with_seed(rule.seed);
            Armed {
                rule,
                seen: 0,
                struck: 0,
                dice,
            }
        }));
        Ok(())
    }

    /// Every action that strikes this call, in order of the rules. After one that decides the answer,
    /// further rules do not see the call: two rules of `times: 1` strike two calls.
    pub fn strike(&mut self, request: &Request) -> Vec<Action> {
        let mut actions = Vec::new();
        for armed in self
            .0
            .iter_mut()
            .filter(|armed| armed.rule.matches(request))
        {
            let Some(action) = armed.call() else { continue };
            let decides = action.decides();
            actions.push(action);
            if decides {
                break;
            }
        }
        actions
    }

    /// The rules with how often they matched and struck.
    pub fn to_json(&self) -> Value {
        let rules = self
            .0
            .iter()
            .map(|armed| json!({"rule": armed.rule, "seen": armed.seen, "struck": armed.struck}));
        Value::Array(rules.collect())
    }
}

impl Armed {
    fn call(&mut self) -> Option<Action> {
        self.seen += 1;
        if self.rule.times.is_some_and(|times| self.struck >= times) {
            return None;
        }
        let strikes = if !self.rule.nth.is_empty() {
            self.rule.nth.contains(&self.seen)
        } else if let Some(every) = self.rule.every {
            self.seen % every == 0
        } else if let Some(probability) = self.rule.probability {
            self.dice.f64() < probability
        } else {
            true
        };
        strikes.then(|| {
            self.struck += 1;
            self.rule.action.clone()
        })
    }
}
