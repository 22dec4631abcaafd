//! A change whose outcome is unknown: it is looked for before it is asked for once more (product.md Q3).

use super::{Pusher, PAUSES};
use crate::model::Instant;
use crate::pos::spread;
use crate::push::protocol::PushStep as Step;

/// A change may be carried out so long after its client gave up.
const LATE: i64 = 300_000;

impl Pusher<'_> {
    /// The outcome of a change is unknown: it was given up on at `since`.
    pub(super) fn unknown(&mut self, since: Instant) {
        self.state.unknown_since = Some(since);
        self.state.attempts = self.state.attempts.saturating_add(1);
        self.check();
        self.wait(spread(PAUSES.first.saturating_mul(2), self.jitter));
    }

    /// Looks whether a change happened after all.
    pub(super) fn check(&mut self) {
        self.state.offset = 0;
        match self.state.step {
            Step::MakeCategory | Step::FindCategory => self.ask(Step::FindCategory),
            Step::MakeGood | Step::FindCode => self.ask(Step::FindCode),
            _ => {
                self.state.unknown_since = None;
                self.next();
            }
        }
    }

    /// What was looked for is not there. Whether it may still come: then it is looked for once more,
    /// 5 minutes after the POS was given up on.
    pub(super) fn may_come(&mut self) -> bool {
        let Some(since) = self.state.unknown_since else {
            return false;
        };
        let late = since.saturating_add(LATE);
        if self.state.looked.is_some_and(|looked| looked >= late) {
            self.state.unknown_since = None;
            return false;
        }
        self.check();
        self.state.wait_until = Some(late.max(self.now));
        true
    }
}
