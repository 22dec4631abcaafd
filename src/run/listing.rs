//! A list that is read: its beginning, its end, and what is believed of it.

use super::failing::PAUSES;
use super::machine::{without, Machine};
use super::protocol::{Checkpoint, Complete, Page, RequestKind};
use super::steps::{chosen_books, chosen_branches, scope, since, Step};
use crate::model::Severity;
use crate::pos::{owned, params};
use crate::text::integer;

impl Machine<'_> {
    pub(super) fn start_over(&mut self, step: &Step) {
        self.run.restarts = self.run.restarts.saturating_add(1);
        let list = self.list(step);
        self.restart.push(list);
        self.begin_list(step);
        let pause = PAUSES.before(self.run.restarts, self.jitter());
        self.ask();
        self.pause(pause);
    }

    pub(super) fn list_incomplete(&mut self, step: &Step, why: &'static str) {
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

    pub(super) fn list_complete(&mut self, step: &Step) {
        if let Some(code) = self.disbelieved(step) {
            let known = integer(self.run.known_goods.unwrap_or(0));
            let seen = integer(self.run.page.seen);
            let values = params(&[("known", &known), ("seen", &seen)]);
            let item = ("page", Some(step.list), step.list);
            self.say(code, Severity::Review, item, values);
        } else {
            if step.decides && since(&self.run, step, self.settings).is_none() {
                self.run.whole |= step.list == "goods" && self.run.known_goods.is_some();
                let list = self.list(step);
                self.complete.push(list);
            }
            self.checkpoint(step);
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
        if step.list == "books" {
            self.same_book();
        }
        for id in missing {
            self.say(code, Severity::Review, (kind, Some(&id), &id), Vec::new());
        }
        self.follow();
    }

    /// One book cannot be both prices (C2): there would never be a sale.
    fn same_book(&mut self) {
        let (regular, sale) = (&self.settings.regular_book, &self.settings.sale_book);
        if let Some(id) = regular.as_ref().filter(|_| regular == sale) {
            let item = ("book", Some(id.as_str()), id.as_str());
            self.say("book-same", Severity::Review, item, Vec::new());
        }
    }

    /// The list is known up to when its first page was given.
    fn checkpoint(&mut self, step: &Step) {
        if let Some(at) = self.run.page.began {
            let Complete { list, scope } = self.list(step);
            self.checkpoints.push(Checkpoint { list, scope, at });
        }
    }

    /// Why a list that ended well is not believed all the same: a POS that answers with nothing, or
    /// with less than half of what the mirror held before the run, is broken more often than a shop
    /// deletes that much at once (B8). Nothing is taken for gone then.
    fn disbelieved(&self, step: &Step) -> Option<&'static str> {
        let known = self.run.known_goods.filter(|known| *known > 0)?;
        let seen = self.run.page.seen;
        let changes = since(&self.run, step, self.settings).is_some();
        if step.list != "goods" || changes || self.run.accept_short_list {
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

    pub(super) fn begin_list(&mut self, step: &Step) {
        self.run.page = Page {
            plain: self.run.page.plain,
            ..Page::default()
        };
        self.run.missing = match step.list {
            "branches" => chosen_branches(self.settings),
            "books" => chosen_books(self.settings),
            _ => Vec::new(),
        };
        if step.each {
            self.run.page.total = i64::try_from(self.run.suspects.len()).unwrap_or(0);
        } else if step.kind == RequestKind::Get && step.list == "goods" {
            self.run.without_stock = 0;
            self.run.whole = false;
        }
    }
}
