//! Everything that changes while the server runs, behind one lock.

use crate::api::{self, Request};
use crate::catalogue::Catalogue;
use crate::counters::Counters;
use crate::edit::Edit;
use crate::faults::{matches_path, Faults};
use crate::index::Index;
use crate::rate_limit::RateLimit;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::webhooks::Webhooks;
use crate::wire::Refusal;

/// The shop and the server's own books.
pub struct State {
    /// The shop's data.
    pub catalogue: Catalogue,
    /// Readings of the UNSURE points.
    pub switches: Switches,
    /// Fault rules.
    pub faults: Faults,
    /// What was called how often.
    pub counters: Counters,
    /// Calls in the last hour.
    pub rate_limit: RateLimit,
    /// Seconds a token lives.
    pub token_ttl: i64,
    /// Tokens made up to this moment no longer work.
    pub revoked_until: Option<VnTime>,
    /// Registrations and deliveries.
    pub webhooks: Webhooks,
    /// Ticks the shop's clock is ahead of the machine's.
    pub clock_shift: i64,
    /// Calls that were never answered and are processed after another call.
    pub postponed: Vec<Postponed>,
    index: Option<Index>,
}

/// A call that was never answered, and the call after which it is processed.
pub struct Postponed {
    /// What was asked.
    pub request: Request,
    /// Method of the call that is waited for.
    pub method: String,
    /// Its path; a `*` at the end matches the rest.
    pub path: String,
    /// How many such calls are still waited for.
    pub left: u64,
}

impl State {
    /// A fresh server over a prepared catalogue.
    pub fn new(
        catalogue: Catalogue,
        switches: Switches,
        rate_limit: RateLimit,
        token_ttl: i64,
    ) -> Self {
        Self {
            catalogue,
            switches,
            faults: Faults::default(),
            counters: Counters::default(),
            rate_limit,
            token_ttl,
            revoked_until: None,
            webhooks: Webhooks::default(),
            clock_shift: 0,
            postponed: Vec::new(),
            index: None,
        }
    }

    /// Look-ups over the goods, made anew after a change.
    pub fn index(&mut self) -> &mut Index {
        let catalogue = &self.catalogue;
        self.index.get_or_insert_with(|| Index::build(catalogue))
    }

    /// The catalogue together with its look-ups.
    pub fn indexed(&mut self) -> (&Catalogue, &mut Index, &Switches) {
        let catalogue = &self.catalogue;
        let index = self.index.get_or_insert_with(|| Index::build(catalogue));
        (catalogue, index, &self.switches)
    }

    /// To be called after every change of the catalogue.
    pub fn changed(&mut self) {
        self.index = None;
    }

    /// The shop's clock at a moment of the machine's clock: a test can set it ahead or back.
    pub fn shop_time(&self, machine: VnTime) -> VnTime {
        VnTime::from_ticks(machine.ticks().saturating_add(self.clock_shift))
    }

    /// The moment a change happens: stored dates have milliseconds.
    pub fn change_time(&self) -> VnTime {
        self.shop_time(VnTime::now()).to_millis()
    }

    /// A call has been answered: processes those that waited for it.
    pub fn process_postponed(&mut self, method: &str, path: &str) {
        for postponed in &mut self.postponed {
            let fits = postponed.method.eq_ignore_ascii_case(method)
                && matches_path(&postponed.path, path);
            postponed.left -= u64::from(fits);
        }
        let all = std::mem::take(&mut self.postponed);
        let (due, wait) = all.into_iter().partition(|postponed| postponed.left == 0);
        self.postponed = wait;
        for postponed in due {
            let postponed: Postponed = postponed;
            let _ = api::answer(self, &postponed.request, VnTime::now());
        }
    }

    /// Changes the shop in place and tells webhooks. `work` checks before it changes: a refusal leaves nothing behind.
    ///
    /// # Errors
    /// The refusal of `work`.
    pub fn edit<T>(
        &mut self,
        now: VnTime,
        work: impl FnOnce(&mut Edit<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut edit = Edit::new(&mut self.catalogue, &self.switches, now.to_millis());
        let result = work(&mut edit)?;
        let (events, reshaped) = (edit.events, edit.reshaped);
        if reshaped {
            self.changed();
        }
        let mut recorder = self.webhooks.recorder();
        recorder.lend(self.index.take());
        recorder.record(&self.catalogue, &self.switches, &events);
        self.index = recorder.give_back();
        let items = recorder.take();
        let retailer_id = self.catalogue.shop.retailer_id;
        self.webhooks
            .fire(&items, &self.switches, retailer_id, VnTime::now());
        Ok(result)
    }

    /// Makes every token given out so far worthless.
    pub fn expire_tokens(&mut self) {
        self.revoked_until = Some(VnTime::now());
    }
}
