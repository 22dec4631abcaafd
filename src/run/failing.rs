//! What a failure does to a run: wait, renew, go round, or end.

use super::machine::Machine;
use super::protocol::{Request, RequestKind, RunKind, Summary};
use super::steps::{chosen_books, current};
use crate::model::Severity;
use crate::pos::{issue, owned, params, spread, Failure, FailureKind, Pauses};

/// Failures in a row that a run survives; somebody waits for a connection test.
const TRIES: i64 = 8;
const TRIES_OF_A_TEST: i64 = 2;
/// The first pause after a failure, and the longest.
pub(super) const PAUSES: Pauses = Pauses {
    first: 2_000,
    longest: 300_000,
};
/// The pause at the rate limit when the POS names none, and how far it grows.
const LIMIT_PAUSE: i64 = 60_000;
const LIMIT_PAUSES: i64 = 10;

impl Machine<'_> {
    /// Takes a failed request.
    pub(super) fn failed(&mut self, request: &Request, failure: Failure) {
        match failure.kind {
            FailureKind::RateLimited => self.limited(request, failure),
            FailureKind::Passing => self.passing(request, failure),
            FailureKind::Unauthorized => {
                // Once: the second 401 in a row means that the credentials no longer count (A3).
                if request.kind == RequestKind::Token || self.run.renewed {
                    self.end(&failure, true);
                } else {
                    self.run.renewed = true;
                    self.ask_token();
                }
            }
            FailureKind::BadCredentials | FailureKind::WrongShop => self.end(&failure, true),
            FailureKind::Forbidden | FailureKind::Refused => self.refused(request, failure),
        }
    }

    fn limited(&mut self, request: &Request, failure: Failure) {
        if self.run.kind == RunKind::Connect {
            self.end(&failure, false);
            return;
        }
        self.run.limited = self.run.limited.saturating_add(1);
        let growth = self.run.limited.min(LIMIT_PAUSES);
        let own = spread(LIMIT_PAUSE.saturating_mul(growth), self.jitter());
        // A little later than the POS says, each worker at another moment.
        let pause = failure
            .wait
            .map_or(own, |wait| wait.saturating_add(self.jitter()));
        self.repeat(request, pause);
    }

    fn passing(&mut self, request: &Request, failure: Failure) {
        self.run.failures = self.run.failures.saturating_add(1);
        let tries = match self.run.kind {
            RunKind::Connect => TRIES_OF_A_TEST,
            _ => TRIES,
        };
        if self.run.failures >= tries {
            self.end(&failure, false);
            return;
        }
        let pause = PAUSES.before(self.run.failures, self.jitter());
        self.repeat(request, failure.wait.map_or(pause, |wait| wait.max(pause)));
    }

    fn refused(&mut self, request: &Request, failure: Failure) {
        let Some(step) = current(&self.run) else {
            return self.end(&failure, false);
        };
        if request.kind == RequestKind::Get && step.each {
            return self.detail_refused(&failure);
        }
        let reconnect = request.kind == RequestKind::Token;
        if request.kind != RequestKind::Get {
            return self.end(&failure, reconnect);
        }
        let ordered = !step.order.is_empty() && !self.run.page.plain;
        if failure.kind == FailureKind::Refused && ordered && self.run.page.pages == 0 {
            // No source proves that every list can be ordered by this field (§1.5).
            self.run.page.plain = true;
            self.ask();
            return;
        }
        // Without the books nobody can say what a chosen book's price is: write nothing.
        let needless = step.list == "books" && chosen_books(self.settings).is_empty();
        if step.optional || needless {
            let mut values = params(&[("list", step.list), ("cause", &failure.code)]);
            values.extend(failure.params);
            self.say(
                "list-skipped",
                Severity::Review,
                ("page", Some(step.list), step.list),
                values,
            );
            self.follow();
        } else {
            self.end(&failure, false);
        }
    }

    /// Ends the run with a cause.
    pub(super) fn end(&mut self, failure: &Failure, reconnect: bool) {
        let list = current(&self.run).map_or("", |step| step.list);
        let label = if list.is_empty() {
            &self.run.phase
        } else {
            list
        };
        let mut values = failure.params.clone();
        values.append(&mut params(&[("list", label)]));
        let item = ("connection", None, label);
        let stop = issue(&failure.code, Severity::Stop, item, values.clone());
        self.issues.push(stop);
        self.run.ended = Some(Summary {
            outcome: owned("failed"),
            code: Some(owned(&failure.code)),
            params: values,
            reconnect,
        });
    }
}
