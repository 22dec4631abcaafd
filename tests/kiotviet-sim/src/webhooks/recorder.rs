//! Writes down, change by change, what webhooks will tell: a row shows the shop as it was right after its change.

use std::collections::HashSet;

use super::content::Item;
use super::event::{spread, Event};
use super::rows::Writer;
use super::Kind;
use crate::catalogue::Catalogue;
use crate::index::Index;
use crate::switches::Switches;

/// Gathers rows; the look-ups over the goods are made only when a row is written, and kept while they stay right.
pub struct Recorder {
    heard: HashSet<Kind>,
    unit_stock: bool,
    index: Option<Index>,
    items: Vec<Item>,
}

impl Recorder {
    /// For the types anybody listens to.
    pub fn new(heard: HashSet<Kind>, unit_stock: bool) -> Self {
        Self {
            heard,
            unit_stock,
            index: None,
            items: Vec::new(),
        }
    }

    /// To be called after a change that makes look-ups wrong.
    pub fn forget_index(&mut self) {
        self.index = None;
    }

    /// Writes down the events of one change that has just been done.
    pub fn record(&mut self, shop: &Catalogue, switches: &Switches, events: &[Event]) {
        let told = spread(events, &self.heard, switches);
        if told.is_empty() {
            return;
        }
        let writer = Writer {
            shop,
            index: self.index.get_or_insert_with(|| Index::build(shop)),
            switches,
            unit_stock: self.unit_stock,
        };
        for event in &told {
            self.items.extend(writer.items(event));
        }
    }

    /// Look-ups somebody has already, to be given back by [`Self::give_back`].
    pub fn lend(&mut self, index: Option<Index>) {
        self.index = index;
    }

    /// The look-ups, lent or made.
    pub fn give_back(&mut self) -> Option<Index> {
        self.index.take()
    }

    /// The rows so far, for one firing; none remain.
    pub fn take(&mut self) -> Vec<Item> {
        std::mem::take(&mut self.items)
    }
}
