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

mod category;
mod edits;
mod ending;
mod failure;
mod good;
mod outcome;
mod requests;

use super::category::{pair, place, Place};
use super::protocol::{
    AdvancePushInput, PushAdvanced, PushReply, PushRequest, PushRequestKind as Kind,
    PushStep as Step, Pushing,
};
use super::view::{Turn, View};
use crate::model::Instant;
use crate::pos::Pauses;
use crate::text::trim;

/// The form of [`Pushing`].
const VERSION: i64 = 1;
/// The first pause after a failure, and the longest.
const PAUSES: Pauses = Pauses {
    first: 2_000,
    longest: 120_000,
};
/// The longest a request may be under way: a process that died was waiting until then at most.
const UNDER_WAY: i64 = 60_000;
/// Unknown outcomes that one row survives.
const ATTEMPTS: i64 = 4;

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

impl Pusher<'_> {
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
