//! What waits to be sent, and in which order it goes.

use std::collections::BTreeMap;

use super::content::Content;
use super::faults::Signing;
use super::Kind;
use crate::time::VnTime;

/// One delivery: the same `Id` through all its attempts.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// `Id` of the envelope.
    pub id: String,
    /// For whom.
    pub webhook_id: i64,
    /// Of what.
    pub kind: Kind,
    /// Where to.
    pub url: String,
    /// Signs it.
    pub secret: Option<String>,
    /// What it carries.
    pub content: Content,
    /// The attempt that is next or under way, from 1.
    pub attempt: u32,
    /// How it is signed.
    pub signing: Signing,
    /// Not before.
    pub due: VnTime,
    /// A test wants it to go now, whenever it is due.
    pub hurried: bool,
}

/// Where a delivery stands among those that wait: late ones and retries behind all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    behind: bool,
    position: u64,
}

/// Places of deliveries that follow each other lie so far apart, so that an overtaken one fits between.
const STEP: u64 = 2;

/// The deliveries that wait.
#[derive(Default)]
pub struct Queue {
    waiting: BTreeMap<Place, Delivery>,
    next: u64,
}

/// What the sender does next.
pub enum Next {
    /// Sends this one.
    Send(Box<Delivery>),
    /// Waits: until that moment, or until something happens.
    Wait(Option<VnTime>),
}

impl Queue {
    /// Puts one at the end; `overtaken_by` so many later ones.
    pub fn push(&mut self, delivery: Delivery, overtaken_by: u64) {
        self.next += STEP;
        let mut place = Place {
            behind: false,
            position: self.next + overtaken_by * STEP,
        };
        if overtaken_by > 0 {
            // After the last that overtakes, before the next; two that would share a place keep their order.
            place.position += 1;
            while self.waiting.contains_key(&place) {
                place.position += STEP;
            }
        }
        self.waiting.insert(place, delivery);
    }

    /// Puts one behind everything: a late one, or a retry.
    pub fn push_behind(&mut self, delivery: Delivery) {
        self.next += STEP;
        let place = Place {
            behind: true,
            position: self.next,
        };
        self.waiting.insert(place, delivery);
    }

    /// Takes the first that may go. While deliveries are `held`, only hurried ones may.
    pub fn next(&mut self, now: VnTime, held: bool) -> Next {
        let ready = |delivery: &Delivery| delivery.hurried || (!held && delivery.due <= now);
        let first = self.waiting.iter().find(|(_, delivery)| ready(delivery));
        if let Some(delivery) = first
            .map(|(place, _)| *place)
            .and_then(|place| self.waiting.remove(&place))
        {
            return Next::Send(Box::new(delivery));
        }
        let soonest = self.waiting.values().map(|delivery| delivery.due).min();
        Next::Wait(soonest.filter(|_| !held))
    }

    /// All that wait go now.
    pub fn hurry(&mut self) {
        for delivery in self.waiting.values_mut() {
            delivery.hurried = true;
        }
    }

    /// Whether any that waits is to go now.
    pub fn is_hurried(&self) -> bool {
        self.waiting.values().any(|delivery| delivery.hurried)
    }

    /// Drops what waits for a registration; answers how many.
    pub fn drop_for(&mut self, webhook_id: i64) -> usize {
        let before = self.waiting.len();
        self.waiting
            .retain(|_, delivery| delivery.webhook_id != webhook_id);
        before - self.waiting.len()
    }

    /// In the order they would go.
    pub fn waiting(&self) -> impl Iterator<Item = &Delivery> {
        self.waiting.values()
    }
}
