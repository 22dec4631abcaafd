//! The category that a product's good is to stand in: looked for in the POS, then made.

use super::Pusher;
use crate::model::{Category, Term};
use crate::push::category::{pair, place, Place};
use crate::push::protocol::{PushReply, PushStep as Step};
use crate::text::{fold, trim};

impl Pusher<'_> {
    /// A page of the POS's categories: the one looked for may be there after all.
    pub(super) fn categories(&mut self, reply: PushReply) {
        let Place::Make(term, parent) = place(&self.view) else {
            self.told.categories = reply.categories;
            return self.next();
        };
        let name = fold(trim(&term.name));
        let taken = |category: &Category| {
            let mut links = self.view.context.category_links.iter();
            links.any(|link| link.remote_id == category.id && !link.term_gone)
        };
        let found = reply.categories.iter().find(|category| {
            category.parent_id == parent && fold(trim(&category.name)) == name && !taken(category)
        });
        if let Some(found) = found.cloned() {
            return self.category(term, found);
        }
        let page = reply.page.unwrap_or_default();
        let read = self.state.offset.saturating_add(page.rows);
        if page.rows > 0 && page.total.is_some_and(|total| read < total) {
            self.state.offset = read;
            return self.ask(Step::FindCategory);
        }
        self.state.offset = 0;
        if !self.may_come() {
            self.ask(Step::MakeCategory);
        }
    }

    /// The category of a term is known; the next turn goes on with it.
    pub(super) fn category(&mut self, term: &Term, category: Category) {
        self.told.category_links.push(pair(term, &category));
        self.told.categories.push(category);
        self.state.unknown_since = None;
        self.state.step = Step::Next;
    }
}
