//! A pass over the category tree, a turn at a time (product.md G2, Q3).
//!
//! ```text
//! ReadTree (page by page) ─▶ Next ─▶ ChangeTree ─▶ Next … ─▶ done
//! ```
//!
//! A pass may be made again at any time: renames, moves and deletions are the same twice, and a category
//! that may have been made is found by its name and linked. So whatever goes wrong ends the pass, and the
//! next one begins with reading; after an unknown outcome not before the POS must have made up its mind.

use super::deeds::{Change, Deed, Tree, Trouble};
use super::protocol::{AdvanceCategoriesInput, TreeContext};
use crate::model::{Category, Instant, Param, Severity};
use crate::orders::{path_segment, temporary};
use crate::pos::{issue, owned, params, Failure, FailureKind};
use crate::push::body;
use crate::push::{
    PushAdvanced, PushEnded, PushOutcome, PushReply, PushReplyField as Field, PushRequest,
    PushRequestKind as Kind, PushResult, PushSent, PushStep as Step, Pushing,
};
use crate::settings::Settings;
use crate::text::integer;

/// The form of the state.
const VERSION: i64 = 101;
/// Rows asked for at once.
const PAGE_SIZE: i64 = 100;
/// The first pause before a failed pass is made again; it doubles each time.
const RETRY: i64 = 60_000;
/// A change may be carried out so long after its client gave up.
const LATE: i64 = 360_000;
/// The longest wait the POS may ask for.
const LONGEST_WAIT: i64 = 3_600_000;
/// So often a pass that fails is made again by itself.
const RETRIES: i64 = 8;

/// Takes the replies and says what to do next.
#[must_use]
pub fn advance_categories(input: AdvanceCategoriesInput) -> PushAdvanced {
    let fresh = Pushing {
        version: VERSION,
        next_id: 1,
        ..Pushing::default()
    };
    let stored = input
        .state
        .filter(|state| state.version == VERSION && state.ended.is_none());
    let known = stored.is_some();
    let settings = &input.settings;
    let mut pass = Pass {
        state: stored.unwrap_or(fresh),
        tree: tree(settings, &input.context),
        sends: settings.push.categories != crate::settings::Direction::Off
            && (input.by_hand || settings.takes(settings.push.categories)),
        now: input.now,
        tries: input.tries,
        told: PushAdvanced::default(),
    };
    if known {
        pass.turn(input.replies);
    } else {
        pass.begin();
    }
    pass.answer()
}

fn tree<'a>(settings: &'a Settings, context: &'a TreeContext) -> Tree<'a> {
    Tree::new(
        settings,
        &context.categories,
        &context.links,
        &context.terms,
        &context.used,
        context.default_term,
    )
}

struct Pass<'a> {
    state: Pushing,
    tree: Tree<'a>,
    /// The direction is taken.
    sends: bool,
    now: Instant,
    tries: i64,
    told: PushAdvanced,
}

impl<'a> Pass<'a> {
    fn begin(&mut self) {
        if !self.sends {
            return self.finish(PushEnded::default());
        }
        self.state.offset = 0;
        self.read();
    }

    fn turn(&mut self, replies: Vec<PushReply>) {
        let Some(out) = self.state.out.take() else {
            return self.next();
        };
        match replies.into_iter().find(|reply| reply.id == out.id) {
            Some(reply) => match reply.failure {
                // The answer to a deletion is a message, no list.
                Some(failure) if out.kind == Kind::Delete && failure.code == "pos-not-list" => {
                    self.answered(&out, PushReply::default());
                }
                Some(failure) => self.failed(&out, &failure),
                None => self.answered(&out, reply),
            },
            // Its process died.
            None if out.once => self.fail("push-unanswered", Vec::new(), LATE),
            None => self.begin(),
        }
    }

    fn read(&mut self) {
        self.state.step = Step::ReadTree;
        let (size, offset) = (integer(PAGE_SIZE), integer(self.state.offset));
        let query = [
            ("orderBy", "categoryId"),
            ("orderDirection", "Asc"),
            ("pageSize", size.as_str()),
            ("currentItem", offset.as_str()),
        ];
        self.put(PushRequest {
            path: owned("/categories"),
            query: params(&query),
            reader: owned("read_categories"),
            rows: Field::Categories,
            ..PushRequest::default()
        });
    }

    fn answered(&mut self, out: &PushRequest, mut reply: PushReply) {
        if out.kind == Kind::Token {
            return self.begin();
        }
        self.state.renewed = false;
        if self.state.step == Step::ReadTree {
            let page = reply.page.take().unwrap_or_default();
            self.told.categories = reply.categories;
            self.state.offset = self.state.offset.saturating_add(page.rows);
            if page.rows > 0 && page.total.is_some_and(|total| self.state.offset < total) {
                return self.read();
            }
            self.state.step = Step::Next;
            return;
        }
        self.state.step = Step::Next;
        let term = self.state.row;
        if out.kind == Kind::Delete {
            let (id, label) = self.tree.named_by(term);
            if let Some(id) = id {
                self.sent(term, id, label, ("deleted", label, ""));
                self.told.gone_categories.push(owned(id));
            }
            return self.done(term);
        }
        let Some(category) = reply.categories.into_iter().next() else {
            return self.fail("pos-odd-answer", Vec::new(), LATE);
        };
        // The term may have been edited since: only what is the same now is remembered, and the rest
        // is the next deed.
        let before = match self.tree.named_by(term).0 {
            Some(id) if out.kind == Kind::Put => self.tree.category(id),
            _ => None,
        };
        self.compare(term, before, &category);
        self.told
            .category_links
            .extend(self.tree.settled(term, &category));
        self.told.categories.push(category);
        self.done(term);
    }

    /// What the POS has taken, field by field (H6).
    fn compare(&mut self, term: i64, before: Option<&Category>, category: &Category) {
        let (id, name) = (category.id.as_str(), category.name.as_str());
        let Some(before) = before else {
            return self.sent(term, id, name, ("created", "", name));
        };
        if before.name != category.name {
            self.sent(term, id, name, ("name", &before.name, name));
        }
        if before.parent_id != category.parent_id {
            let parent = |category: &Category| category.parent_id.clone().unwrap_or_default();
            self.sent(
                term,
                id,
                name,
                ("parent", &parent(before), &parent(category)),
            );
        }
    }

    fn sent(&mut self, term: i64, id: &str, label: &str, change: (&str, &str, &str)) {
        let (field, before, after) = change;
        let mut name = owned("pos_");
        name.push_str(field);
        self.told.sent.push(PushSent {
            kind: owned("category"),
            remote_id: owned(id),
            shop_id: term,
            label: owned(label),
            field: name,
            before: owned(before),
            after: owned(after),
        });
    }

    /// One more that the pass has done something for.
    fn done(&mut self, term: i64) {
        self.result(term, PushOutcome::Updated, "", Vec::new());
    }

    fn result(&mut self, term: i64, outcome: PushOutcome, code: &str, values: Vec<Param>) {
        let results = &mut self.state.results;
        results.retain(|result| result.shop_id != term);
        results.push(PushResult {
            shop_id: term,
            outcome,
            code: owned(code),
            params: values,
            ..PushResult::default()
        });
    }

    fn refused(&self) -> Vec<i64> {
        let results = self.state.results.iter();
        let refused = results.filter(|result| result.outcome == PushOutcome::Refused);
        refused.map(|result| result.shop_id).collect()
    }

    fn next(&mut self) {
        self.state.step = Step::Next;
        let refused = self.refused();
        let next = self.tree.next(&refused);
        let (term, request) = match next.deed {
            None => return self.end(&next.troubles),
            Some(Deed::Link(term, category)) => {
                let link = self.tree.settled(term.id, category);
                return self.told.category_links.extend(link);
            }
            Some(Deed::Make(term, parent)) => (
                term.id,
                change(Kind::Post, None, body::category(term, parent)),
            ),
            Some(Deed::Change(Change {
                term,
                category,
                name,
                parent,
            })) => {
                let name = name.then_some(term.name.as_str());
                let body = body::category_change(name, parent);
                (term.id, change(Kind::Put, Some(&category.id), body))
            }
            Some(Deed::Remove(link, category)) => {
                let request = change(Kind::Delete, Some(&category.id), String::new());
                (link.term_id, request)
            }
        };
        self.state.row = term;
        self.state.step = Step::ChangeTree;
        self.put(request);
    }

    fn put(&mut self, mut request: PushRequest) {
        request.id = self.state.next_id;
        self.state.next_id = self.state.next_id.saturating_add(1);
        self.state.out = Some(request);
    }

    fn failed(&mut self, out: &PushRequest, failure: &Failure) {
        let values = failure.params.clone();
        match failure.kind {
            FailureKind::Unauthorized if out.kind != Kind::Token && !self.state.renewed => {
                self.state.renewed = true;
                self.put(PushRequest {
                    kind: Kind::Token,
                    ..PushRequest::default()
                });
            }
            FailureKind::Unauthorized | FailureKind::BadCredentials | FailureKind::WrongShop => {
                self.told.reconnect = true;
                self.fail(&failure.code, values, RETRY);
            }
            FailureKind::Refused | FailureKind::Forbidden if out.once && !temporary(failure) => {
                self.state.step = Step::Next;
                let term = self.state.row;
                self.result(term, PushOutcome::Refused, &failure.code, values);
            }
            FailureKind::Passing if out.once => self.fail(&failure.code, values, LATE),
            _ => {
                let wait = failure.wait.unwrap_or(RETRY).clamp(0, LONGEST_WAIT);
                self.fail(&failure.code, values, wait.max(RETRY));
            }
        }
    }

    /// Not now: the pass is made again later, in the end only when something happens.
    fn fail(&mut self, code: &str, values: Vec<Param>, pause: i64) {
        let again = self.tries < RETRIES;
        let mut pause = pause;
        for _ in 0..self.tries.clamp(0, 5) {
            pause = pause.saturating_mul(2);
        }
        let outcome = if again {
            PushOutcome::Failed
        } else {
            PushOutcome::Refused
        };
        if !again {
            let item = ("category", Some("tree"), "");
            let said = issue(code, Severity::Review, item, values.clone());
            self.told.issues.push(said);
        }
        self.finish(PushEnded {
            outcome,
            code: owned(code),
            params: values,
            retry_at: again.then(|| self.now.saturating_add(pause)),
        });
    }

    /// Nothing is left to do: what could not be done is told.
    fn end(&mut self, troubles: &[Trouble<'_>]) {
        let mut ended = PushEnded::default();
        let results = self.state.results.clone();
        for done in &results {
            ended.outcome = ended.outcome.max(done.outcome);
            if done.outcome == PushOutcome::Refused {
                let (category, label) = self.tree.named_by(done.shop_id);
                self.say(
                    done.shop_id,
                    category,
                    label,
                    &done.code,
                    done.params.clone(),
                );
            }
        }
        for trouble in troubles {
            let name = params(&[("name", trouble.label)]);
            self.say(
                trouble.term,
                trouble.category,
                trouble.label,
                trouble.code,
                name,
            );
        }
        if !self.told.issues.is_empty() {
            ended.outcome = PushOutcome::Refused;
            ended.code = owned("categories-not-all");
        }
        self.finish(ended);
    }

    fn say(&mut self, term: i64, id: Option<&str>, label: &str, code: &str, values: Vec<Param>) {
        let mut own = owned("term-");
        own.push_str(&integer(term));
        let item = ("category", Some(id.unwrap_or(&own)), label);
        let said = issue(code, Severity::Review, item, values);
        self.told.issues.push(said);
    }

    fn finish(&mut self, ended: PushEnded) {
        self.state.out = None;
        self.state.ended = Some(ended);
    }

    fn answer(mut self) -> PushAdvanced {
        self.told.requests.extend(self.state.out.clone());
        PushAdvanced {
            done: self.state.ended.clone(),
            state: self.state,
            ..self.told
        }
    }
}

fn change(kind: Kind, id: Option<&str>, body: String) -> PushRequest {
    let mut path = owned("/categories");
    if let Some(id) = id {
        path.push('/');
        path_segment(&mut path, id);
    }
    PushRequest {
        kind,
        path,
        body,
        reader: owned("read_categories"),
        rows: Field::Categories,
        once: true,
        ..PushRequest::default()
    }
}
