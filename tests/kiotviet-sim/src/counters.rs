//! What was called: by endpoint and method, by status, and the last calls one by one.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{json, Value};

use crate::time::VnTime;

/// How many single calls are kept.
const KEPT_CALLS: usize = 5_000;

/// One call as `/_sim/calls` shows it.
#[derive(Clone, Debug)]
pub struct Call {
    /// `GET /products/{id}`.
    pub endpoint: String,
    /// Path and query as sent.
    pub target: String,
    /// HTTP status, or what happened instead of one (`cut`, `hang`).
    pub outcome: String,
    /// When the answer was ready.
    pub at: VnTime,
}

/// The books.
#[derive(Default)]
pub struct Counters {
    total: u64,
    by_endpoint: BTreeMap<String, BTreeMap<String, u64>>,
    by_outcome: BTreeMap<String, u64>,
    calls: VecDeque<Call>,
}

impl Counters {
    /// Adds one call.
    pub fn add(&mut self, call: Call) {
        self.total += 1;
        *self.by_outcome.entry(call.outcome.clone()).or_default() += 1;
        let endpoint = self.by_endpoint.entry(call.endpoint.clone()).or_default();
        *endpoint.entry(call.outcome.clone()).or_default() += 1;
        if self.calls.len() == KEPT_CALLS {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    /// Back to nothing.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Totals, by endpoint and by outcome.
    pub fn to_json(&self) -> Value {
        let endpoints: serde_json::Map<String, Value> = self
            .by_endpoint
            .iter()
            .map(|(endpoint, outcomes)| {
                let calls: u64 = outcomes.values().sum();
                (
                    endpoint.clone(),
                    json!({"calls": calls, "byStatus": outcomes}),
                )
            })
            .collect();
        json!({"total": self.total, "byEndpoint": endpoints, "byStatus": self.by_outcome})
    }

    /// The last calls, oldest first.
    pub fn calls_json(&self) -> Value {
        let rows = self.calls.iter().map(|call| {
            json!({"endpoint": call.endpoint, "target": call.target, "status": call.outcome, "at": call.at})
        });
        Value::Array(rows.collect())
    }
}
