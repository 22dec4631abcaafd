//! What became of deliveries: numbers, and the last attempts one by one.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{json, Value};

use super::delivery::Delivery;
use crate::time::VnTime;

/// How many entries are kept.
const KEPT: usize = 5_000;

/// One attempt, or a delivery that was never sent.
#[derive(Clone, Debug)]
struct Entry {
    number: u64,
    delivery: Delivery,
    body: String,
    signature: Option<String>,
    outcome: String,
    at: VnTime,
}

/// The books.
#[derive(Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    numbers: BTreeMap<&'static str, u64>,
    by_outcome: BTreeMap<String, u64>,
    written: u64,
}

/// What the books count, in the order they show it.
const COUNTED: &[&str] = &[
    "made",
    "sent",
    "delivered",
    "retried",
    "gaveUp",
    "stopped",
    "refused",
    "dropped",
    "lost",
    "doubled",
    "reordered",
    "late",
    "unsigned",
    "badlySigned",
];

impl Journal {
    /// Counts under one of the known words.
    pub fn count(&mut self, what: &'static str, by: usize) {
        *self.numbers.entry(what).or_default() += u64::try_from(by).unwrap_or(0);
    }

    /// Writes down an attempt, or what happened instead of one.
    pub fn write(
        &mut self,
        delivery: &Delivery,
        signature: Option<String>,
        outcome: &str,
        at: VnTime,
    ) {
        // `unreachable: …` and `refused: …` count as one word.
        let word = outcome.split(':').next().unwrap_or(outcome);
        *self.by_outcome.entry(word.to_owned()).or_default() += 1;
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.written += 1;
        self.entries.push_back(Entry {
            number: self.written,
            delivery: delivery.clone(),
            body: delivery.content.body(&delivery.id, delivery.attempt),
            signature,
            outcome: outcome.to_owned(),
            at,
        });
    }

    /// How often a word was counted.
    pub fn counted(&self, what: &str) -> u64 {
        self.numbers.get(what).copied().unwrap_or(0)
    }

    /// The numbers; `status` counts what every attempt met.
    pub fn counters_json(&self) -> Value {
        let mut counters = serde_json::Map::new();
        for what in COUNTED {
            counters.insert((*what).to_owned(), json!(self.counted(what)));
        }
        counters.insert("byOutcome".into(), json!(self.by_outcome));
        Value::Object(counters)
    }

    /// The last entries, oldest first.
    pub fn entries_json(&self, with_body: bool) -> Value {
        let rows = self.entries.iter().map(|entry| {
            let mut row = json!({
                "number": entry.number,
                "id": entry.delivery.id,
                "type": entry.delivery.kind.name(),
                "webhookId": entry.delivery.webhook_id,
                "url": entry.delivery.url,
                "attempt": entry.delivery.attempt,
                "rows": entry.delivery.content.rows(),
                "outcome": entry.outcome,
                "at": entry.at,
            });
            if let (true, Some(object)) = (with_body, row.as_object_mut()) {
                object.insert("body".into(), json!(entry.body));
                object.insert("signature".into(), json!(entry.signature));
            }
            row
        });
        Value::Array(rows.collect())
    }

    /// The delivery of an entry.
    pub fn delivery(&self, number: u64) -> Option<&Delivery> {
        let entry = self.entries.iter().find(|entry| entry.number == number);
        entry.map(|entry| &entry.delivery)
    }
}
