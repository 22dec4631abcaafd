//! One turn of the run.

use super::failing::PAUSES;
use super::paging::{judge, Verdict};
use super::protocol::{
    AdvanceInput, Advanced, Checkpoint, Complete, Progress, Removed, Reply, Request, RequestKind,
    Run, RunKind, Summary,
};
use super::steps::{
    books_due, current, following, fresh, request, sales, since, steps, taken, Step, DETAILS,
    TOKEN_STEP,
};
use crate::model::{Instant, Issue, Param, Severity};
use crate::pos::{failure, issue, owned, FailureKind, PageFacts};
use crate::settings::Settings;

/// The form of [`Run`].
const VERSION: i64 = 1;
/// Replies of one run. A shop of 20,000 goods with two books takes about a thousand.
const REPLIES: i64 = 20_000;
/// No wait is longer, whatever was asked for.
const LONGEST_WAIT: i64 = 3_600_000;
/// How often one list is read from its start again.
const RESTARTS: i64 = 2;

/// Takes the replies and says what to do next. Without a state it starts a run.
#[must_use]
pub fn advance(input: AdvanceInput) -> Advanced {
    let AdvanceInput {
        run,
        kind,
        settings,
        now,
        jitter,
        replies,
        known_goods,
        accept_short_list,
        checkpoints,
        mut ids,
    } = input;
    let started = run.is_some();
    if kind != RunKind::Named {
        ids.clear();
    }
    ids.truncate(usize::try_from(DETAILS).unwrap_or(0));
    let run = run.unwrap_or_else(|| Run {
        version: VERSION,
        kind,
        next_id: 1,
        known_goods,
        accept_short_list,
        checkpoints,
        suspects: ids,
        ..Run::default()
    });
    let mut machine = Machine {
        run,
        settings: &settings,
        now,
        spread: jitter.clamp(0, 999),
        issues: Vec::new(),
        complete: Vec::new(),
        deleted: Vec::new(),
        removed: Vec::new(),
        checkpoints: Vec::new(),
        restart: Vec::new(),
    };
    if !started {
        machine.enter(steps(kind).first());
    }
    for reply in replies {
        machine.take(reply);
    }
    let lost = machine.run.out.is_empty() || machine.run.version != VERSION;
    if lost && machine.run.ended.is_none() {
        // A state of other rules, or one that somebody touched: it leads nowhere.
        machine.end(&failure(FailureKind::Refused, "run-outdated", &[]), false);
    }
    machine.answer()
}

/// A turn at work.
pub(super) struct Machine<'a> {
    pub(super) run: Run,
    pub(super) settings: &'a Settings,
    now: Instant,
    spread: i64,
    pub(super) issues: Vec<Issue>,
    pub(super) complete: Vec<Complete>,
    pub(super) deleted: Vec<String>,
    removed: Vec<Removed>,
    pub(super) checkpoints: Vec<Checkpoint>,
    pub(super) restart: Vec<Complete>,
}

impl Machine<'_> {
    /// Takes a reply. One to a request that is not out any more is old news.
    fn take(&mut self, reply: Reply) {
        let Some(at) = self
            .run
            .out
            .iter()
            .position(|request| request.id == reply.id)
        else {
            return;
        };
        if self.run.ended.is_some() {
            return;
        }
        let request = self.run.out.remove(at);
        self.run.replies = self.run.replies.saturating_add(1);
        if self.run.replies > REPLIES {
            let lost = failure(FailureKind::Refused, "run-too-long", &[]);
            return self.end(&lost, false);
        }
        match reply {
            Reply {
                failure: Some(failure),
                ..
            } => self.failed(&request, failure),
            Reply {
                page: Some(page), ..
            } if request.kind == RequestKind::Get => {
                self.succeeded();
                self.run.renewed = false;
                let without = page.without_stock.max(reply.without_stock).max(0);
                self.run.without_stock = self.run.without_stock.saturating_add(without);
                self.page(&page);
            }
            Reply { .. } if request.kind == RequestKind::Get => {
                let lost = failure(FailureKind::Passing, "pos-odd-answer", &[]);
                self.failed(&request, lost);
            }
            Reply {
                missing,
                missing_total,
                ..
            } if request.kind == RequestKind::FindMissing => {
                self.succeeded();
                self.suspect(missing, missing_total);
            }
            Reply { .. } => {
                self.succeeded();
                let expected = current(&self.run).map(|step| step.kind);
                if expected == Some(request.kind) {
                    self.follow();
                } else {
                    // A token that was renewed between two requests.
                    self.ask();
                }
            }
        }
    }

    fn succeeded(&mut self) {
        self.run.failures = 0;
        self.run.limited = 0;
    }

    /// Takes a page of the list being read.
    fn page(&mut self, facts: &PageFacts) {
        let Some(step) = current(&self.run) else {
            return;
        };
        if step.each {
            // It is there, and its row is in the mirror now.
            return self.next_suspect();
        }
        self.run.missing = without(&self.run.missing, &facts.ids);
        self.removed(step, facts);
        if step.order.is_empty() {
            return self.list_complete(step);
        }
        if self.run.page.pages == 0 {
            self.run.page.began = facts.timestamp;
        }
        match judge(&mut self.run.page, facts) {
            Verdict::Next => self.ask(),
            Verdict::Again(_) => {
                let pause = PAUSES.before(self.run.page.tries, self.jitter());
                self.ask();
                self.pause(pause);
            }
            Verdict::Restart(_) if self.run.restarts < RESTARTS => self.start_over(step),
            Verdict::Restart(why) => self.list_incomplete(step, why),
            Verdict::Endless => self.list_incomplete(step, "list-endless"),
            Verdict::Complete => self.list_complete(step),
        }
    }

    /// Notes what the POS says was removed: goods are only suspected (B8).
    fn removed(&mut self, step: &Step, facts: &PageFacts) {
        if facts.removed.is_empty() || since(&self.run, step, self.settings).is_none() {
            return;
        }
        if step.list == "goods" && self.run.known_goods.is_none() {
            return;
        }
        if step.list == "goods" {
            let new = without(&facts.removed, &self.run.removed);
            self.run.removed.extend(new);
        } else {
            self.removed.push(Removed {
                list: owned(step.list),
                scope: String::new(),
                ids: facts.removed.clone(),
            });
        }
    }

    /// Goes on to the next book, the next phase, or the end.
    pub(super) fn follow(&mut self) {
        let step = current(&self.run);
        if let Some(step) = step.filter(|step| step.list == "prices") {
            self.run.books = self.run.books.get(1..).unwrap_or_default().to_vec();
            if !self.run.books.is_empty() {
                return self.enter(Some(step));
            }
        }
        self.enter(following(&self.run));
    }

    /// Enters a phase, or passes over one with nothing to do.
    fn enter(&mut self, step: Option<&'static Step>) {
        let Some(step) = step else {
            let done = Summary {
                outcome: owned("done"),
                ..Summary::default()
            };
            self.run.phase = owned("done");
            self.run.ended = Some(done);
            return;
        };
        self.run.phase = owned(step.phase);
        self.run.restarts = 0;
        let nothing = match step.list {
            _ if !taken(step, self.settings) => true,
            "prices" => self.run.books.is_empty(),
            "stocks" => self.run.kind != RunKind::Stock && self.run.without_stock <= 0,
            "books" => !books_due(&self.run, self.settings, self.now),
            _ if fresh(&self.run, step, self.settings, self.now) => true,
            list if sales(list) => since(&self.run, step, self.settings).is_none(),
            _ if step.each => self.run.suspects.is_empty(),
            _ if step.kind == RequestKind::FindMissing => {
                !self.run.whole && self.run.removed.is_empty()
            }
            _ => false,
        };
        if nothing {
            return self.enter(following(&self.run));
        }
        self.run.page.plain = false;
        self.begin_list(step);
        self.ask();
    }

    /// Asks for the current page, or for the current phase's one thing.
    pub(super) fn ask(&mut self) {
        if let Some(step) = current(&self.run) {
            let next = request(&mut self.run, step, self.settings);
            self.run.out.push(next);
        }
    }

    /// Asks for a new token within another phase.
    pub(super) fn ask_token(&mut self) {
        let next = request(&mut self.run, &TOKEN_STEP, self.settings);
        self.run.out.push(next);
    }

    /// Asks for the same thing again after a pause.
    pub(super) fn repeat(&mut self, request: &Request, pause: i64) {
        if request.kind == RequestKind::Token {
            self.ask_token();
        } else {
            self.ask();
        }
        self.pause(pause);
    }

    pub(super) fn pause(&mut self, pause: i64) {
        let pause = pause.clamp(0, LONGEST_WAIT);
        self.run.wait_until = Some(self.now.saturating_add(pause));
    }

    /// A little time, different in each turn.
    pub(super) fn jitter(&self) -> i64 {
        self.spread
    }

    pub(super) fn say(
        &mut self,
        code: &str,
        severity: Severity,
        item: (&str, Option<&str>, &str),
        params: Vec<Param>,
    ) {
        self.issues.push(issue(code, severity, item, params));
    }

    fn answer(mut self) -> Advanced {
        let waiting = self.run.wait_until.filter(|until| *until > self.now);
        let mut requests = Vec::new();
        if self.run.ended.is_some() {
            self.run.out.clear();
            self.run.wait_until = None;
        } else if waiting.is_none() {
            self.run.wait_until = None;
            requests.clone_from(&self.run.out);
        }
        let progress = Progress {
            phase: self.run.phase.clone(),
            done: self.run.page.seen,
            total: self.run.page.total,
        };
        Advanced {
            requests,
            wait_until: self.run.wait_until,
            complete: self.complete,
            deleted: self.deleted,
            removed: self.removed,
            checkpoints: self.checkpoints,
            restart: self.restart,
            issues: self.issues,
            progress,
            done: self.run.ended.clone(),
            run: self.run,
        }
    }
}

/// The ids that are not among others.
pub(super) fn without(ids: &[String], others: &[String]) -> Vec<String> {
    let mut rest = Vec::new();
    for id in ids {
        if !others.contains(id) {
            rest.push(owned(id));
        }
    }
    rest
}
