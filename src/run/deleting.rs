//! Which goods are deleted in the POS (product.md B8).
//!
//! ```text
//! not in a list that was read to its end and is believed ─┐
//! named as removed by the POS ────────────────────────────┴─▶ suspects ─▶ a detail read each
//!     "does not exist or was deleted" ─▶ deleted      an answer with the good ─▶ it is there
//!     any other refusal ─▶ proves nothing: it stays as it was, and is named
//! ```
//!
//! More suspects than the stopper's share of the known goods are not believed: then it is the list
//! that is wrong, or a person should look first. Detail reads are bounded; what is left over is
//! found again by the next full run.

use super::machine::Machine;
use super::protocol::RunKind;
use super::steps::DETAILS;
use crate::model::Severity;
use crate::pos::{owned, params, says_deleted, Failure};
use crate::stopper::exceeds;
use crate::text::integer;

impl Machine<'_> {
    /// Takes the suspected goods.
    pub(super) fn suspect(&mut self, mut missing: Vec<String>, total: i64) {
        let most = usize::try_from(DETAILS).unwrap_or(0);
        let count = i64::try_from(missing.len()).unwrap_or(i64::MAX);
        let total = total.max(count);
        let known = self.run.known_goods.unwrap_or(0);
        self.run.removed.clear();
        missing.truncate(most);
        if exceeds(total, known, self.settings) && !self.run.accept_short_list {
            let (count, known) = (integer(total), integer(known));
            let values = params(&[("missing", &count), ("known", &known)]);
            let item = ("page", Some("goods"), "goods");
            self.say("goods-missing-many", Severity::Review, item, values);
            self.run.suspects.clear();
        } else {
            self.run.suspects = missing;
        }
        self.follow();
    }

    /// The answer about a suspect was a refusal.
    pub(super) fn detail_refused(&mut self, failure: &Failure) {
        if let Some(id) = self.run.suspects.first().cloned() {
            if says_deleted(failure) {
                self.deleted.push(id);
            } else {
                let mut values = params(&[("cause", &failure.code)]);
                values.extend(failure.params.clone());
                let item = ("good", Some(id.as_str()), id.as_str());
                let code = if self.run.kind == RunKind::Named {
                    "detail-refused"
                } else {
                    "deletion-unproven"
                };
                self.say(code, Severity::Notice, item, values);
            }
        }
        self.next_suspect();
    }

    /// Goes on to the next suspect, or to the next phase.
    pub(super) fn next_suspect(&mut self) {
        self.run.page.seen = self.run.page.seen.saturating_add(1);
        let rest = self.run.suspects.get(1..).unwrap_or_default();
        self.run.suspects = rest.iter().map(|id| owned(id)).collect();
        if self.run.suspects.is_empty() {
            self.follow();
        } else {
            self.ask();
        }
    }
}
