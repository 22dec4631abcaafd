//! Fields of a linked good that the site owns: read, compared once more, and sent (product.md B5).

use super::requests::good_path;
use super::Pusher;
use crate::model::{Good, Link};
use crate::pos::{owned, params};
use crate::push::category::{pair, place, Place};
use crate::push::protocol::{
    PushOutcome, PushReplyField as Field, PushRequest, PushRequestKind as Kind, PushRow,
    PushStep as Step,
};
use crate::push::{body, edit};

impl Pusher<'_> {
    /// The good as it is now: what still differs is sent.
    pub(super) fn read(&mut self, good: Good) {
        let (Some(row), Some(link)) = (
            self.view.row(self.state.row),
            self.view.link(self.state.row),
        ) else {
            return self.next();
        };
        let edits = edit::edits(&self.view, row, link, &good);
        if !edits.review.is_empty() {
            let values = params(&[("fields", &edits.review.join(", "))]);
            self.refuse("both-changed", values);
        }
        if edits.send.is_empty() {
            self.keep(row, link, good, &edits.same);
            if edits.review.is_empty() {
                self.result(PushOutcome::InStep, "", Vec::new(), None);
            }
            return;
        }
        let category = match place(&self.view) {
            Place::Known(id) => Some(id),
            Place::None => None,
            Place::Link(term, category) if edits.send.contains(&"categories") => {
                return self.told.category_links.push(pair(term, category));
            }
            Place::Make(..) if edits.send.contains(&"categories") => {
                return self.ask(Step::FindCategory);
            }
            Place::Link(..) | Place::Make(..) => None,
        };
        let body = body::changes(&self.view, row, &good, category.as_deref(), &edits.send);
        self.state.step = Step::ChangeGood;
        self.put(PushRequest {
            kind: Kind::Put,
            path: good_path(&good.id),
            body,
            reader: owned("read_good"),
            rows: Field::Goods,
            ..PushRequest::default()
        });
        self.told.goods.push(good);
    }

    /// The POS took the change and says how the good is now.
    pub(super) fn changed(&mut self, good: Option<Good>) {
        let (Some(row), Some(link), Some(good)) = (
            self.view.row(self.state.row),
            self.view.link(self.state.row),
            good,
        ) else {
            return self.ask(Step::ReadGood);
        };
        // The good of this turn's context is the one that was read before the change.
        let Some(before) = self.view.good(&good.id) else {
            return self.ask(Step::ReadGood);
        };
        let edits = edit::edits(&self.view, row, link, before);
        for field in &edits.send {
            let (old, new) = (
                edit::told(&self.view, field, row, before),
                edit::told(&self.view, field, row, &good),
            );
            self.sent(row, &good, field, old, new);
        }
        let mut fields = edits.send.clone();
        fields.extend(&edits.same);
        if edits.review.is_empty() {
            self.result(PushOutcome::Updated, "", Vec::new(), Some(&good));
        }
        self.keep(row, link, good, &fields);
    }

    fn keep(&mut self, row: &PushRow, link: &Link, good: Good, fields: &[&'static str]) {
        if !fields.is_empty() {
            let link = edit::remembered(&self.view, row, link, &good, fields);
            self.told.links.push(link);
        }
        self.told.goods.push(good);
        self.state.step = Step::Next;
    }
}
