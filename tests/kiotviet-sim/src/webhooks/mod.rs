//! Webhooks (§9): who wants to hear what, what is told, and how it gets there.
//!
//! A change of the shop makes [`Event`]s; the [`Recorder`] writes their rows; [`Webhooks::fire`] packs them into
//! deliveries; [`worker`] sends those.

mod content;
mod delivery;
mod event;
mod faults;
mod journal;
mod kind;
mod options;
mod recorder;
mod registration;
mod rows;
mod send;
mod shop_rows;
mod signature;
mod trade_rows;
pub mod worker;

use std::sync::Arc;

use serde_json::{json, Value};
use tokio::sync::{watch, Notify};

use content::Content;
use delivery::{Delivery, Queue};
use faults::DeliveryFaults;
use journal::Journal;

pub use content::Item;
pub use event::Event;
pub use faults::Chances;
pub use kind::Kind;
pub use options::Options;
pub use recorder::Recorder;
pub use registration::{Registration, Registry};

use crate::switches::Switches;
use crate::time::VnTime;

/// Registrations, deliveries and their books.
pub struct Webhooks {
    /// Who wants to hear what.
    pub registry: Registry,
    /// Knobs.
    pub options: Options,
    /// What goes wrong on purpose.
    pub faults: DeliveryFaults,
    queue: Queue,
    journal: Journal,
    under_way: usize,
    /// A test waits until nothing is left: retries go at once.
    rush: bool,
    made: u64,
    /// Part of every `Id`: a restarted server must not repeat those of its first life.
    born: VnTime,
    wake: Arc<Notify>,
    progress: watch::Sender<u64>,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self {
            registry: Registry::default(),
            options: Options::default(),
            faults: DeliveryFaults::default(),
            queue: Queue::default(),
            journal: Journal::default(),
            under_way: 0,
            rush: false,
            made: 0,
            born: VnTime::now(),
            wake: Arc::new(Notify::new()),
            progress: watch::Sender::new(0),
        }
    }
}

impl Webhooks {
    /// Something to write down changes with.
    pub fn recorder(&self) -> Recorder {
        Recorder::new(self.registry.heard(), self.options.unit_stock)
    }

    /// Makes deliveries of rows that belong together and sends them as the faults decide.
    pub fn fire(&mut self, items: &[Item], switches: &Switches, retailer_id: i64, now: VnTime) {
        let mut kinds: Vec<Kind> = Vec::new();
        for item in items {
            if !kinds.contains(&item.kind) {
                kinds.push(item.kind);
            }
        }
        let packing = self.options.packing();
        let mut deliveries = Vec::new();
        for kind in kinds {
            let rows = items.iter().filter(|item| item.kind == kind);
            let rows: Vec<&str> = rows.map(|item| item.json.as_str()).collect();
            for registration in self.registry.listening(kind) {
                let to = registration.id;
                let contents = Content::pack(kind, &rows, packing, switches, retailer_id, to);
                deliveries.extend(contents.into_iter().map(|content| Delivery {
                    id: String::new(),
                    webhook_id: to,
                    kind,
                    url: registration.url.clone(),
                    secret: registration.secret.clone(),
                    content,
                    attempt: 1,
                    signing: faults::Signing::Right,
                    due: now,
                    hurried: false,
                }));
            }
        }
        for delivery in deliveries {
            self.add(delivery);
        }
        self.wake.notify_one();
    }

    fn next_id(&mut self) -> String {
        self.made += 1;
        format!("{:x}{:06x}", self.born.ticks(), self.made)
    }

    fn add(&mut self, mut delivery: Delivery) {
        delivery.id = self.next_id();
        self.journal.count("made", 1);
        let fate = self.faults.fate(delivery.kind);
        if fate.lost {
            self.journal.count("lost", 1);
            let now = delivery.due;
            return self.journal.write(&delivery, None, "lost", now);
        }
        delivery.signing = fate.signing;
        let secret = delivery.secret.is_some();
        match fate.signing {
            faults::Signing::Missing if secret => self.journal.count("unsigned", 1),
            faults::Signing::Wrong if secret => self.journal.count("badlySigned", 1),
            _ => {}
        }
        if fate.first_attempt_lost {
            self.journal.count("firstAttemptLost", 1);
            let now = delivery.due;
            self.journal.write(&delivery, None, "lost", now);
            delivery.attempt += 1;
            let wait = self.options.delay_before(delivery.attempt);
            delivery.due = delivery.due.plus_millis(wait);
            return self.queue.push_behind(delivery);
        }
        let copy = fate.doubled.then(|| delivery.clone());
        let chances = &self.faults.chances;
        if fate.late {
            delivery.due = delivery.due.plus_millis(chances.late_ms);
            self.journal.count("late", 1);
            self.queue.push_behind(delivery);
        } else if let Some(by) = fate.overtaken_by {
            delivery.due = delivery.due.plus_millis(chances.reordered_ms);
            self.journal.count("reordered", 1);
            self.queue.push(delivery, by);
        } else {
            self.queue.push(delivery, 0);
        }
        if let Some(mut copy) = copy {
            if self.faults.chances.doubled_new_id {
                copy.id = self.next_id();
            }
            self.journal.count("doubled", 1);
            self.queue.push(copy, 0);
        }
    }

    /// Sends a delivery of the journal once more, as it was: a repetition out of order.
    ///
    /// # Errors
    /// When the journal has no such entry.
    pub fn repeat(&mut self, number: u64, now: VnTime) -> Result<(), String> {
        let found = self.journal.delivery(number).cloned();
        let mut delivery = found.ok_or_else(|| {
            format!("no delivery number {number}; GET /_sim/deliveries lists the last ones")
        })?;
        delivery.due = now;
        delivery.hurried = false;
        delivery.signing = faults::Signing::Right;
        self.queue.push(delivery, 0);
        self.wake.notify_one();
        Ok(())
    }

    /// All that wait go now; `through` also their retries.
    pub fn hurry(&mut self, through: bool) {
        self.queue.hurry();
        self.rush = through;
        self.wake.notify_one();
    }

    /// Whether everything that was hurried has been tried; then the hurry is over.
    pub fn is_settled(&mut self) -> bool {
        let settled = self.under_way == 0 && !self.queue.is_hurried();
        self.rush &= !settled;
        settled
    }

    /// Moves whenever an attempt has ended.
    pub fn progress(&self) -> watch::Receiver<u64> {
        self.progress.subscribe()
    }

    /// A registration went: nothing more is sent to it.
    pub fn forget(&mut self, webhook_id: i64) {
        let dropped = self.queue.drop_for(webhook_id);
        self.journal.count("dropped", dropped);
        self.progress.send_modify(|ended| *ended += 1);
    }

    /// Puts knobs in force.
    pub fn set_options(&mut self, options: Options) {
        self.options = options;
        self.wake.notify_one();
    }

    /// Numbers and journal start anew; what waits goes on waiting.
    pub fn reset_journal(&mut self) {
        self.journal = Journal::default();
    }

    /// The numbers.
    pub fn counters_json(&self) -> Value {
        self.journal.counters_json()
    }

    /// Numbers, what waits, and the last attempts.
    pub fn deliveries_json(&self, with_body: bool) -> Value {
        let waiting = self.queue.waiting().map(|delivery| {
            json!({
                "id": delivery.id,
                "type": delivery.kind.name(),
                "webhookId": delivery.webhook_id,
                "attempt": delivery.attempt,
                "rows": delivery.content.rows(),
                "due": delivery.due,
            })
        });
        json!({
            "counters": self.counters_json(),
            "underWay": self.under_way,
            "waiting": waiting.collect::<Vec<Value>>(),
            "deliveries": self.journal.entries_json(with_body),
        })
    }
}
