//! A copy of the shop under change: put in place when all is done, with the webhooks that tell of it.

use serde_json::Value;

use super::change::{apply, Change};
use crate::catalogue::Catalogue;
use crate::edit::Edit;
use crate::state::State;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::webhooks::{Item, Recorder};

/// Changes that are done together or not at all.
pub struct Session {
    catalogue: Catalogue,
    switches: Switches,
    recorder: Recorder,
    firings: Vec<Vec<Item>>,
    now: VnTime,
}

impl Session {
    /// Starts from the shop as it is.
    pub fn open(state: &State) -> Self {
        Self {
            catalogue: state.catalogue.clone(),
            switches: state.switches.clone(),
            recorder: state.webhooks.recorder(),
            firings: Vec::new(),
            now: state.change_time(),
        }
    }

    /// The shop with the changes so far.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The moment of the changes.
    pub fn now(&self) -> VnTime {
        self.now
    }

    /// Lets the changes happen at another instant.
    pub fn set_now(&mut self, now: VnTime) {
        self.now = now;
    }

    /// Does one change and writes down what webhooks will tell of it.
    ///
    /// # Errors
    /// A sentence when it cannot be done; the session is worthless then.
    pub fn apply(&mut self, change: &Change) -> Result<Value, String> {
        let mut edit = Edit::new(&mut self.catalogue, &self.switches, self.now);
        let result = apply(&mut edit, change)?;
        let (events, reshaped) = (edit.events, edit.reshaped);
        if reshaped {
            self.recorder.forget_index();
        }
        self.recorder
            .record(&self.catalogue, &self.switches, &events);
        Ok(result)
    }

    /// What was changed so far and what comes next go in deliveries of their own.
    pub fn part(&mut self) {
        self.firings.push(self.recorder.take());
    }

    /// Puts the shop in place and sends what there is to tell.
    ///
    /// # Errors
    /// A sentence when the changed shop contradicts itself; then nothing was changed.
    pub fn commit(mut self, state: &mut State) -> Result<(), String> {
        self.part();
        self.catalogue
            .prepare()
            .map_err(|error| format!("{error}; nothing was changed"))?;
        state.catalogue = self.catalogue;
        state.changed();
        let retailer_id = state.catalogue.shop.retailer_id;
        for items in self.firings.iter().filter(|items| !items.is_empty()) {
            state
                .webhooks
                .fire(items, &self.switches, retailer_id, VnTime::now());
        }
        Ok(())
    }
}
