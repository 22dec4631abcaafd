//! A change of the shop under way: what it works on and what there will be to tell.

use crate::catalogue::Catalogue;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::webhooks::Event;

/// What a change works on: a copy for the control door, the shop itself for a call of the API.
pub struct Edit<'a> {
    /// The shop under change.
    pub catalogue: &'a mut Catalogue,
    /// Readings in force.
    pub switches: &'a Switches,
    /// The moment of the change.
    pub now: VnTime,
    /// What happened, for webhooks.
    pub events: Vec<Event>,
    /// Rows came, went or changed what others know them by: look-ups made before are wrong now.
    pub reshaped: bool,
}

impl<'a> Edit<'a> {
    /// A change that starts now.
    pub fn new(catalogue: &'a mut Catalogue, switches: &'a Switches, now: VnTime) -> Self {
        Self {
            catalogue,
            switches,
            now,
            events: Vec::new(),
            reshaped: false,
        }
    }
}
