//! What becomes of a push when the POS does not do what it was asked for.

use super::{Pusher, ATTEMPTS, PAUSES};
use crate::orders::{not_found, temporary};
use crate::pos::{says_deleted, spread, Failure, FailureKind};
use crate::push::protocol::{PushRequest, PushRequestKind as Kind, PushStep as Step};
use crate::text::fold;

/// Failures in a row that one push survives.
const TRIES: i64 = 5;
/// The pause at the rate limit when the POS names none.
const LIMIT_PAUSE: i64 = 30_000;
/// The longest wait the POS may ask for.
const LONGEST_WAIT: i64 = 3_600_000;

impl Pusher<'_> {
    pub(super) fn failed(&mut self, out: &PushRequest, failure: &Failure) {
        match failure.kind {
            FailureKind::RateLimited => {
                self.state.limited = self.state.limited.saturating_add(1);
                let own = spread(
                    LIMIT_PAUSE.saturating_mul(self.state.limited.min(10)),
                    self.jitter,
                );
                self.repeat(out);
                self.wait(failure.wait.unwrap_or(own).saturating_add(self.jitter));
            }
            FailureKind::Unauthorized => {
                if out.kind == Kind::Token || self.state.renewed {
                    return self.reconnect(failure);
                }
                self.state.renewed = true;
                self.ask_token();
            }
            FailureKind::Passing if out.once => {
                self.state.failures = self.state.failures.saturating_add(1);
                self.unknown(self.now);
            }
            FailureKind::Passing => self.passing(out, failure),
            FailureKind::BadCredentials | FailureKind::WrongShop => self.reconnect(failure),
            FailureKind::Refused if out.kind == Kind::Token => self.reconnect(failure),
            FailureKind::Refused if temporary(failure) => self.passing(out, failure),
            FailureKind::Forbidden => self.turned_down(failure),
            FailureKind::Refused => self.refused(failure),
        }
    }

    fn passing(&mut self, out: &PushRequest, failure: &Failure) {
        self.state.failures = self.state.failures.saturating_add(1);
        if self.state.failures >= TRIES {
            return self.fail(&failure.code, failure.params.clone());
        }
        let pause = PAUSES.before(self.state.failures, self.jitter);
        self.repeat(out);
        self.wait(failure.wait.map_or(pause, |wait| wait.max(pause)));
    }

    fn repeat(&mut self, out: &PushRequest) {
        if out.kind == Kind::Token {
            self.ask_token();
        } else {
            self.again();
        }
    }

    /// The POS said no.
    fn refused(&mut self, failure: &Failure) {
        let gone = says_deleted(failure) || not_found(failure);
        match self.state.step {
            Step::FindCode if gone => self.not_there(),
            Step::MakeGood if says_taken(failure) && self.state.attempts < ATTEMPTS => {
                self.state.attempts = self.state.attempts.saturating_add(1);
                self.ask(Step::FindCode);
            }
            Step::ReadGood if gone => {
                self.refuse("push-good-gone", Vec::new());
                self.next();
            }
            _ => self.turned_down(failure),
        }
    }

    /// The row is not to be had; the others go on.
    fn turned_down(&mut self, failure: &Failure) {
        self.state.unknown_since = None;
        self.state.failures = 0;
        self.refuse(&failure.code, failure.params.clone());
        self.next();
    }

    fn reconnect(&mut self, failure: &Failure) {
        self.told.reconnect = true;
        self.fail(&failure.code, failure.params.clone());
    }

    pub(super) fn wait(&mut self, pause: i64) {
        let pause = pause.clamp(0, LONGEST_WAIT);
        self.state.wait_until = Some(self.now.saturating_add(pause));
    }
}

/// "exists already": the code is another good's (kiotviet-api.md §1.3).
fn says_taken(failure: &Failure) -> bool {
    let mut values = failure.params.iter();
    let message = values.find(|param| param.name == "message");
    message.is_some_and(|message| fold(&message.value).contains("đã tồn tại"))
}
