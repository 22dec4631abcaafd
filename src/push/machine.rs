//! Pushing one product, a turn at a time (product.md G1, B5, Q3).
//!
//! ```text
//! Next ─▶ each row: nothing │ link │ refused
//!      ├▶ FindCategory ─▶ MakeCategory ─▶ Next
//!      ├▶ FindCode ─▶ MakeGood ─▶ Next          unknown outcome: FindCode, again ≥ 5 min after the
//!      │                                        time-out, and only then MakeGood once more
//!      └▶ ReadGood ─▶ ChangeGood ─▶ Next        unknown outcome: ReadGood
//! ```
//!
//! What is next is told by the context alone, which is gathered anew for each turn; the state only
//! knows what was asked for. Bulk calls of the POS give no ids and fail at random, so none is used.

use super::category::{pair, place, Place};
use super::protocol::{
    AdvancePushInput, PushAdvanced, PushEnded, PushOutcome, PushReply, PushReplyField as Field,
    PushRequest, PushRequestKind as Kind, PushResult, PushSent, PushSku, PushStep as Step, Pushing,
};
use super::view::{Turn, View};
use super::{body, edit, protocol::PushRow};
use crate::goods::sku_key;
use crate::model::{
    Category, Good, Instant, Link, LinkField, LinkKind, LinkState, Param, Severity, ShopType, Term,
};
use crate::orders::{not_found, path_segment, temporary};
use crate::pos::{issue, owned, params, says_deleted, spread, Failure, FailureKind, Pauses};
use crate::text::{fold, integer, trim};

/// The form of [`Pushing`].
const VERSION: i64 = 1;
/// Failures in a row that one push survives.
const TRIES: i64 = 5;
/// The first pause after a failure, and the longest.
const PAUSES: Pauses = Pauses {
    first: 2_000,
    longest: 120_000,
};
/// The pause at the rate limit when the POS names none.
const LIMIT_PAUSE: i64 = 30_000;
/// The longest wait the POS may ask for.
const LONGEST_WAIT: i64 = 3_600_000;
/// The longest a request may be under way: a process that died was waiting until then at most.
const UNDER_WAY: i64 = 60_000;
/// A change may be carried out so long after its client gave up.
const LATE: i64 = 300_000;
/// Unknown outcomes that one row survives.
const ATTEMPTS: i64 = 4;
/// Rows asked for at once.
const PAGE_SIZE: i64 = 100;
/// The first pause before a failed push is tried again; it doubles each time.
const RETRY: i64 = 600_000;
/// So often a push that fails is tried again by itself.
const RETRIES: i64 = 8;

/// Takes the replies and says what to do next.
#[must_use]
pub fn advance_push(input: AdvancePushInput) -> PushAdvanced {
    let stored = input.state.is_some();
    let state = input.state.unwrap_or_else(|| Pushing {
        version: VERSION,
        next_id: 1,
        ..Pushing::default()
    });
    let view = View {
        settings: &input.settings,
        context: &input.context,
        by_hand: input.by_hand,
    };
    let mut pusher = Pusher {
        state,
        view,
        now: input.now,
        jitter: input.jitter.clamp(0, 999),
        tries: input.tries,
        told: PushAdvanced::default(),
    };
    pusher.turn(stored, input.replies);
    pusher.answer()
}

struct Pusher<'a> {
    state: Pushing,
    view: View<'a>,
    now: Instant,
    jitter: i64,
    tries: i64,
    told: PushAdvanced,
}

impl<'a> Pusher<'a> {
    fn turn(&mut self, stored: bool, replies: Vec<PushReply>) {
        if self.state.version != VERSION {
            // Whatever other rules asked for is looked up by its code before anything is made.
            self.state = Pushing {
                version: VERSION,
                next_id: self.state.next_id.max(1),
                asked_rows: std::mem::take(&mut self.state.asked_rows),
                ..Pushing::default()
            };
            return self.next();
        }
        if stored && self.state.ended.take().is_some() {
            self.state.results.clear();
            self.state.failures = 0;
            self.state.limited = 0;
            self.state.attempts = 0;
            self.state.renewed = false;
            self.state.out = None;
            return self.resume();
        }
        let Some(out) = self.state.out.take() else {
            return self.resume();
        };
        if !self.state.handed {
            self.state.out = Some(out);
            return;
        }
        match replies.into_iter().find(|reply| reply.id == out.id) {
            Some(reply) => self.take(&out, reply),
            None => self.lost(&out),
        }
    }

    /// Goes on where nothing is out: what may have happened is looked up first.
    fn resume(&mut self) {
        if self.state.unknown_since.is_some() {
            self.check();
        } else {
            self.next();
        }
    }

    /// A request without an answer: its process died.
    fn lost(&mut self, out: &PushRequest) {
        if out.once {
            let asked = self.state.asked.unwrap_or(self.now);
            self.unknown(asked.saturating_add(UNDER_WAY));
        } else if out.kind == Kind::Token {
            self.ask_token();
        } else {
            self.again();
        }
    }

    fn take(&mut self, out: &PushRequest, reply: PushReply) {
        if let Some(failure) = reply.failure {
            return self.failed(out, &failure);
        }
        self.state.failures = 0;
        self.state.limited = 0;
        if out.kind == Kind::Token {
            return self.again();
        }
        self.state.renewed = false;
        self.answered(reply);
    }

    /// What is next, as the context tells it.
    fn next(&mut self) {
        self.state.step = Step::Next;
        self.state.out = None;
        self.state.offset = 0;
        for row in self.view.rows() {
            let id = row.product.id;
            if self.state.results.iter().any(|done| done.shop_id == id) {
                continue;
            }
            if self.state.row != id {
                self.state.row = id;
                self.state.attempts = 0;
            }
            match self.view.turn(row) {
                Turn::Nothing => {}
                Turn::Refuse(code, values) => self.refuse(code, values),
                Turn::Link(good) => return self.link(row, good),
                Turn::Create => match place(&self.view) {
                    Place::Known(_) if trim(&row.product.sku).is_empty() => {
                        if self.name_code(row) {
                            return;
                        }
                    }
                    Place::Known(_) => return self.ask(Step::FindCode),
                    Place::Make(..) => return self.ask(Step::FindCategory),
                    Place::Link(term, category) => {
                        return self.told.category_links.push(pair(term, category));
                    }
                    Place::None => self.refuse("push-category-missing", Vec::new()),
                },
                Turn::Edit(..) => return self.ask(Step::ReadGood),
            }
        }
        self.end();
    }

    /// Links a row with a good that is there; a good it had asked for is its own work.
    fn link(&mut self, row: &PushRow, good: &Good) {
        if self.state.asked_rows.contains(&row.product.id) {
            return self.made(good.clone());
        }
        self.told.links.push(new_link(row, good, Vec::new()));
        self.result(PushOutcome::Linked, "", Vec::new(), Some(good));
    }

    /// A product without an SKU gets its good's code before the good is made: a sync that meets the
    /// good before its link is kept must find the product by it. False when the site does not take it.
    fn name_code(&mut self, row: &PushRow) -> bool {
        let sku = self.view.code(row);
        if self.state.attempts >= ATTEMPTS {
            self.refuse("push-sku-refused", params(&[("sku", &sku)]));
            return false;
        }
        self.state.attempts = self.state.attempts.saturating_add(1);
        let shop_id = row.product.id;
        self.told.skus.push(PushSku { shop_id, sku });
        true
    }

    /// The good of the row was made.
    fn made(&mut self, good: Good) {
        let Some(row) = self.view.row(self.state.row) else {
            return self.next();
        };
        self.state.unknown_since = None;
        self.state.step = Step::Next;
        if self.view.link(row.product.id).is_some() {
            // A sync has met it first, and found the product by its SKU.
            self.result(PushOutcome::Pushed, "", Vec::new(), Some(&good));
            return;
        }
        let mut fields = Vec::new();
        // What the POS begins with and what the site holds: as long as both stay so, neither is written.
        if !row.product.manage_stock {
            fields.push(remember("manage_stock", "yes", "no"));
        } else if body::opening(&self.view, row).is_none() {
            let held = row
                .product
                .stock
                .map(|held| crate::text::decimal(held.0, 3));
            fields.push(remember("manage_stock", "yes", "yes"));
            fields.push(remember("stock", "0", &held.unwrap_or_default()));
        }
        let mut link = new_link(row, &good, fields);
        if row.product.kind == ShopType::Variation {
            let family = self.view.master().unwrap_or_else(|| good.id.clone());
            link.family.clone_from(&family);
            let parent = self.view.context.product.product.id;
            if self.view.link(parent).is_none() {
                self.told.links.push(Link {
                    kind: LinkKind::Family,
                    remote_id: family.clone(),
                    shop_id: parent,
                    family,
                    state: LinkState::Active,
                    fields: Vec::new(),
                });
            }
        }
        self.told.links.push(link);
        self.result(PushOutcome::Pushed, "", Vec::new(), Some(&good));
        self.sent(row, &good, "created", String::new(), good.code.clone());
        self.told.goods.push(good);
    }

    /// The POS has taken a change (H6).
    fn sent(&mut self, row: &PushRow, good: &Good, field: &str, before: String, after: String) {
        let product = &self.view.context.product.product;
        let mut name = owned("pos_");
        name.push_str(field);
        self.told.sent.push(PushSent {
            kind: owned("good"),
            remote_id: good.id.clone(),
            shop_id: row.product.id,
            label: super::label(&row.product, &product.name),
            field: name,
            before,
            after,
        });
    }

    fn refuse(&mut self, code: &str, values: Vec<Param>) {
        self.result(PushOutcome::Refused, code, values, None);
    }

    /// The row's end.
    fn result(
        &mut self,
        outcome: PushOutcome,
        code: &str,
        values: Vec<Param>,
        good: Option<&Good>,
    ) {
        let row = self.state.row;
        self.state.results.retain(|done| done.shop_id != row);
        self.state.results.push(PushResult {
            shop_id: row,
            outcome,
            code: owned(code),
            params: values,
            remote_id: good.map(|good| good.id.clone()).unwrap_or_default(),
            pos_code: good.map(|good| good.code.clone()).unwrap_or_default(),
        });
    }

    /// The outcome of a change is unknown: it was given up on at `since`.
    fn unknown(&mut self, since: Instant) {
        self.state.unknown_since = Some(since);
        self.state.attempts = self.state.attempts.saturating_add(1);
        self.check();
        self.wait(spread(PAUSES.first.saturating_mul(2), self.jitter));
    }

    /// Looks whether a change happened after all.
    fn check(&mut self) {
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
    fn may_come(&mut self) -> bool {
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

    /// Hands a step's request out.
    fn ask(&mut self, step: Step) {
        self.state.step = step;
        match self.request(step) {
            Some(request) if request.once && self.state.attempts >= ATTEMPTS => {
                self.fail("push-unanswered", Vec::new());
            }
            Some(request) => self.put(request),
            // The context has changed under the step.
            None if step != Step::Next => self.next(),
            None => {}
        }
    }

    /// The same step's request once more.
    fn again(&mut self) {
        match self.state.step {
            // What is sent depends on what the POS holds now.
            Step::ChangeGood => self.ask(Step::ReadGood),
            step => self.ask(step),
        }
    }

    fn request(&self, step: Step) -> Option<PushRequest> {
        let row = self.view.row(self.state.row);
        Some(match step {
            Step::Next => return None,
            Step::FindCategory => {
                let (size, offset) = (integer(PAGE_SIZE), integer(self.state.offset));
                let query = [
                    ("orderBy", "categoryId"),
                    ("orderDirection", "Asc"),
                    ("pageSize", &size),
                    ("currentItem", &offset),
                ];
                get("/categories", &query, "read_categories", Field::Categories)
            }
            Step::MakeCategory => {
                let Place::Make(term, parent) = place(&self.view) else {
                    return None;
                };
                let body = body::category(term, parent.as_deref());
                post("/categories", body, "read_categories", Field::Categories)
            }
            Step::FindCode => by_code(&self.view.code(row?)),
            Step::MakeGood => {
                let Place::Known(category) = place(&self.view) else {
                    return None;
                };
                let body = body::good(&self.view, row?, &category);
                post("/products", body, "read_good", Field::Goods)
            }
            Step::ReadGood => {
                let id = self.linked_good()?;
                get(&good_path(&id), &[], "read_good", Field::Goods)
            }
            // Made of the answer to ReadGood; the tree has a pass of its own.
            Step::ChangeGood | Step::ReadTree | Step::ChangeTree => return None,
        })
    }

    /// The good that the row's fields are compared with.
    fn linked_good(&self) -> Option<String> {
        match self.view.turn(self.view.row(self.state.row)?) {
            Turn::Edit(good, _) => Some(good.id.clone()),
            _ => None,
        }
    }

    fn put(&mut self, mut request: PushRequest) {
        request.id = self.state.next_id;
        self.state.next_id = self.state.next_id.saturating_add(1);
        self.state.out = Some(request);
        self.state.handed = false;
    }

    fn ask_token(&mut self) {
        self.put(PushRequest {
            kind: Kind::Token,
            ..PushRequest::default()
        });
    }

    fn answered(&mut self, reply: PushReply) {
        match self.state.step {
            Step::FindCategory => self.categories(reply),
            Step::MakeCategory => match (place(&self.view), reply.categories.into_iter().next()) {
                (Place::Make(term, _), Some(category)) => self.category(term, category),
                (_, None) => self.unknown(self.now),
                _ => self.next(),
            },
            Step::FindCode => match reply.goods.into_iter().next() {
                Some(good) => self.found(good),
                None => self.not_there(),
            },
            Step::MakeGood => match reply.goods.into_iter().next() {
                Some(good) => self.made(good),
                None => self.unknown(self.now),
            },
            Step::ReadGood => match reply.goods.into_iter().next() {
                Some(good) => self.read(good),
                None => self.fail("pos-odd-answer", Vec::new()),
            },
            Step::ChangeGood => self.changed(reply.goods.into_iter().next()),
            Step::Next | Step::ReadTree | Step::ChangeTree => self.next(),
        }
    }

    /// A page of the POS's categories: the one looked for may be there after all.
    fn categories(&mut self, reply: PushReply) {
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
    fn category(&mut self, term: &Term, category: Category) {
        self.told.category_links.push(pair(term, &category));
        self.told.categories.push(category);
        self.state.unknown_since = None;
        self.state.step = Step::Next;
    }

    /// A good of the code is there.
    fn found(&mut self, good: Good) {
        let Some(row) = self.view.row(self.state.row) else {
            return self.next();
        };
        if sku_key(&good.code) != sku_key(&self.view.code(row)) {
            return self.not_there();
        }
        if self.state.asked_rows.contains(&row.product.id) {
            return self.made(good);
        }
        if self.view.good(&good.id).is_some() || self.state.attempts >= ATTEMPTS {
            let label = crate::goods::label::label(&good);
            let code = self.view.code(row);
            self.refuse(
                "push-code-taken",
                params(&[("sku", &code), ("other", &label)]),
            );
            return self.next();
        }
        // The mirror learns of it, and the next turn judges it like every other.
        self.state.attempts = self.state.attempts.saturating_add(1);
        self.state.step = Step::Next;
        self.told.goods.push(good);
    }

    fn not_there(&mut self) {
        if !self.may_come() {
            self.ask(Step::MakeGood);
        }
    }

    /// The good as it is now: what still differs is sent.
    fn read(&mut self, good: Good) {
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
    fn changed(&mut self, good: Option<Good>) {
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

    fn failed(&mut self, out: &PushRequest, failure: &Failure) {
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

    /// Not now: tried again later, in the end left to a person.
    fn fail(&mut self, code: &str, values: Vec<Param>) {
        let again = self.tries < RETRIES;
        let mut pause = RETRY;
        for _ in 0..self.tries.clamp(0, 6) {
            pause = pause.saturating_mul(2);
        }
        self.finish(PushEnded {
            outcome: if again {
                PushOutcome::Failed
            } else {
                PushOutcome::Refused
            },
            code: owned(code),
            params: values,
            retry_at: again.then(|| self.now.saturating_add(pause)),
        });
    }

    /// Every row has ended.
    fn end(&mut self) {
        let mut ended = PushEnded::default();
        for done in &self.state.results {
            if done.outcome > ended.outcome {
                ended.outcome = done.outcome;
                ended.code.clone_from(&done.code);
                ended.params.clone_from(&done.params);
            }
        }
        self.finish(ended);
    }

    fn finish(&mut self, ended: PushEnded) {
        self.state.out = None;
        self.state.wait_until = None;
        self.state.ended = Some(ended);
        let product = &self.view.context.product.product;
        for done in &self.state.results {
            if done.outcome != PushOutcome::Refused {
                continue;
            }
            let id = integer(product.id);
            let row = self.view.row(done.shop_id);
            let label = super::label(row.map_or(product, |row| &row.product), &product.name);
            let item = ("product", Some(id.as_str()), label.as_str());
            let said = issue(&done.code, Severity::Review, item, done.params.clone());
            self.told.issues.push(said);
        }
    }

    fn wait(&mut self, pause: i64) {
        let pause = pause.clamp(0, LONGEST_WAIT);
        self.state.wait_until = Some(self.now.saturating_add(pause));
    }

    fn answer(mut self) -> PushAdvanced {
        let waiting = self.state.wait_until.filter(|until| *until > self.now);
        self.state.wait_until = waiting;
        if let (None, Some(out)) = (waiting, &self.state.out) {
            self.state.handed = true;
            if out.once {
                self.state.asked = Some(self.now);
                let row = self.state.row;
                if self.state.step == Step::MakeGood && !self.state.asked_rows.contains(&row) {
                    self.state.asked_rows.push(row);
                }
            } else if self.state.offset == 0 {
                self.state.looked = Some(self.now);
            }
            self.told.requests.push(out.clone());
        }
        PushAdvanced {
            wait_until: waiting,
            done: self.state.ended.clone(),
            state: self.state,
            ..self.told
        }
    }
}

fn new_link(row: &PushRow, good: &Good, fields: Vec<LinkField>) -> Link {
    Link {
        kind: LinkKind::Good,
        remote_id: good.id.clone(),
        shop_id: row.product.id,
        family: good.family_key.clone(),
        state: LinkState::Active,
        fields,
    }
}

fn remember(field: &str, pos: &str, shop: &str) -> LinkField {
    LinkField {
        field: owned(field),
        pos: owned(pos),
        shop: owned(shop),
    }
}

/// "exists already": the code is another good's (kiotviet-api.md §1.3).
fn says_taken(failure: &Failure) -> bool {
    let mut values = failure.params.iter();
    let message = values.find(|param| param.name == "message");
    message.is_some_and(|message| fold(&message.value).contains("đã tồn tại"))
}

/// A good by its code. One that a path cannot hold safely is asked for in the query (§3.1).
fn by_code(code: &str) -> PushRequest {
    let unsafe_path = |byte: u8| byte.is_ascii_control() || b"/\\?#%".contains(&byte);
    if code.bytes().any(unsafe_path) || code == "." || code == ".." {
        let query = [("Id", "0"), ("Code", code)];
        return get("/products/code", &query, "read_good", Field::Goods);
    }
    let mut path = owned("/products/code/");
    path_segment(&mut path, code);
    get(&path, &[], "read_good", Field::Goods)
}

fn good_path(id: &str) -> String {
    let mut path = owned("/products/");
    path_segment(&mut path, id);
    path
}

fn get(path: &str, query: &[(&str, &str)], reader: &str, rows: Field) -> PushRequest {
    PushRequest {
        path: owned(path),
        query: params(query),
        reader: owned(reader),
        rows,
        ..PushRequest::default()
    }
}

fn post(path: &str, body: String, reader: &str, rows: Field) -> PushRequest {
    PushRequest {
        kind: Kind::Post,
        body,
        once: true,
        ..get(path, &[], reader, rows)
    }
}
