//! One turn of the run.

use super::paging::{judge, Verdict};
use super::protocol::{
    AdvanceInput, Advanced, Complete, Page, Progress, Reply, Request, RequestKind, Run, Summary,
};
use super::steps::{
    chosen_books, chosen_branches, current, following, request, scope, steps, Step, CONFIRMING,
};
use crate::model::{Instant, Issue, Param, Severity};
use crate::pos::{failure, issue, owned, params, FailureKind, PageFacts};
use crate::settings::Settings;
use crate::text::integer;

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
    } = input;
    let started = run.is_some();
    let run = run.unwrap_or_else(|| Run {
        version: VERSION,
        kind,
        next_id: 1,
        known_goods,
        accept_short_list,
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
    complete: Vec<Complete>,
    pub(super) deleted: Vec<String>,
    restart: Vec<Complete>,
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
        if step.phase == CONFIRMING {
            // It is there: the list merely did not show it.
            return self.next_suspect();
        }
        self.run.missing = without(&self.run.missing, &facts.ids);
        if step.list == "goods" && self.run.known_goods.is_some() {
            let new = without(&facts.removed, &self.run.removed);
            self.run.removed.extend(new);
        }
        if step.order.is_empty() {
            return self.list_complete(step);
        }
        match judge(&mut self.run.page, facts) {
            Verdict::Next => self.ask(),
            Verdict::Again(_) => {
                let pause = self.backoff(self.run.page.tries);
                self.ask();
                self.pause(pause);
            }
            Verdict::Restart(_) if self.run.restarts < RESTARTS => self.start_over(step),
            Verdict::Restart(why) => self.list_incomplete(step, why),
            Verdict::Endless => self.list_incomplete(step, "list-endless"),
            Verdict::Complete => self.list_complete(step),
        }
    }

    fn start_over(&mut self, step: &Step) {
        self.run.restarts = self.run.restarts.saturating_add(1);
        let list = self.list(step);
        self.restart.push(list);
        self.begin_list(step);
        let pause = self.backoff(self.run.restarts);
        self.ask();
        self.pause(pause);
    }

    fn list_incomplete(&mut self, step: &Step, why: &'static str) {
        let (seen, total) = (integer(self.run.page.seen), integer(self.run.page.total));
        let values = params(&[
            ("list", step.list),
            ("cause", why),
            ("seen", &seen),
            ("total", &total),
        ]);
        let mut label = owned(step.list);
        let scope = scope(&self.run, step);
        if !scope.is_empty() {
            label.push(' ');
            label.push_str(scope);
        }
        self.say(
            "list-incomplete",
            Severity::Review,
            ("page", Some(&label), &label),
            values,
        );
        if step.list == "books" {
            self.run.books = chosen_books(self.settings);
        }
        self.follow();
    }

    fn list_complete(&mut self, step: &Step) {
        if let Some(code) = self.disbelieved(step) {
            let known = integer(self.run.known_goods.unwrap_or(0));
            let seen = integer(self.run.page.seen);
            let values = params(&[("known", &known), ("seen", &seen)]);
            let item = ("page", Some(step.list), step.list);
            self.say(code, Severity::Review, item, values);
        } else if step.decides {
            self.run.whole |= step.list == "goods" && self.run.known_goods.is_some();
            let list = self.list(step);
            self.complete.push(list);
        }
        let missing = std::mem::take(&mut self.run.missing);
        let (kind, code) = match step.list {
            "branches" => ("branch", "branch-gone"),
            "books" => ("book", "book-gone"),
            _ => ("", ""),
        };
        if step.list == "books" {
            self.run.books = without(&chosen_books(self.settings), &missing);
        }
        for id in missing {
            self.say(code, Severity::Review, (kind, Some(&id), &id), Vec::new());
        }
        self.follow();
    }

    /// Why a list that ended well is not believed all the same: a POS that answers with nothing, or
    /// with less than half of what the mirror held before the run, is broken more often than a shop
    /// deletes that much at once (B8). Nothing is taken for gone then.
    fn disbelieved(&self, step: &Step) -> Option<&'static str> {
        let known = self.run.known_goods.filter(|known| *known > 0)?;
        let seen = self.run.page.seen;
        if step.list != "goods" || self.run.accept_short_list {
            return None;
        }
        if seen <= 0 {
            return Some("list-empty");
        }
        (seen.saturating_mul(2) < known).then_some("list-shrunk")
    }

    fn list(&self, step: &Step) -> Complete {
        Complete {
            list: owned(step.list),
            scope: owned(scope(&self.run, step)),
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
            "prices" => self.run.books.is_empty(),
            "stocks" => self.run.without_stock <= 0,
            _ if step.phase == CONFIRMING => self.run.suspects.is_empty(),
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

    fn begin_list(&mut self, step: &Step) {
        self.run.page = Page {
            plain: self.run.page.plain,
            ..Page::default()
        };
        self.run.missing = match step.list {
            "branches" => chosen_branches(self.settings),
            "books" => chosen_books(self.settings),
            _ => Vec::new(),
        };
        if step.phase == CONFIRMING {
            self.run.page.total = i64::try_from(self.run.suspects.len()).unwrap_or(0);
        } else if step.kind == RequestKind::Get && step.list == "goods" {
            self.run.without_stock = 0;
            self.run.whole = false;
        }
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
        if let Some(step) = steps(self.run.kind).first() {
            let next = request(&mut self.run, step, self.settings);
            self.run.out.push(next);
        }
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

    fn pause(&mut self, pause: i64) {
        let pause = pause.clamp(0, LONGEST_WAIT);
        self.run.wait_until = Some(self.now.saturating_add(pause));
    }

    /// A little time, different in each turn.
    pub(super) fn jitter(&self) -> i64 {
        self.spread
    }

    /// A time spread by half to either side.
    pub(super) fn jittered(&self, time: i64) -> i64 {
        let share = self.spread.saturating_add(500);
        time.saturating_mul(share).checked_div(1000).unwrap_or(time)
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
            restart: self.restart,
            issues: self.issues,
            progress,
            done: self.run.ended.clone(),
            run: self.run,
        }
    }
}

/// The ids that are not among others.
fn without(ids: &[String], others: &[String]) -> Vec<String> {
    let mut rest = Vec::new();
    for id in ids {
        if !others.contains(id) {
            rest.push(owned(id));
        }
    }
    rest
}
