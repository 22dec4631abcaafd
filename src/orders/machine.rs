//! Sending one order, a turn at a time (product.md E4–E7).
//!
//! ```text
//! Start ─▶ goods ─▶ customer ─▶ surcharges ─▶ Create ─▶ Done        (intent create)
//!                                              │  ▲
//!                                unknown outcome  │ not there, twice, ≥ 5 min after the time-out
//!                                              ▼  │
//!                                             LookUp ─▶ Done (adopted), review (in doubt)
//! Start ─▶ Read ─▶ Change | Cancel | Invoices ─▶ MakeInvoice ─▶ Done   (the other intents)
//! ```
//!
//! Every change whose outcome is unknown is looked up before it is repeated: orders by their mark,
//! customers by phone, goods and surcharges by code, invoices by their order. Changing and
//! cancelling an order may be repeated as they are.

use super::due::retry_at;
use super::plan::{plan_order, OrderPlan, PlanOrderInput};
use super::protocol::{
    AdvanceOrderInput, Cause, Ended, Intent, OrderAdvanced, OrderContext, OrderOutcome, OrderReply,
    OrderRequest, OrderRequestKind, Sending, SendingStep,
};
use super::refusal::{refusal, Remedy};
use crate::model::{Instant, Param, Severity};
use crate::pos::{issue, owned, params, spread, Failure, FailureKind, Pauses};
use crate::settings::Settings;
use crate::text::integer;

/// The form of [`Sending`].
const VERSION: i64 = 1;
/// Failures in a row that one sending survives.
const TRIES: i64 = 6;
/// The first pause after a failure, and the longest.
const PAUSES: Pauses = Pauses {
    first: 2_000,
    longest: 120_000,
};
/// The pause at the rate limit when the POS names none, and how far it grows.
const LIMIT_PAUSE: i64 = 30_000;
const LIMIT_PAUSES: i64 = 10;
/// The longest wait the POS may ask for.
const LONGEST_WAIT: i64 = 3_600_000;
/// The longest a request may be under way: a process that died was waiting until then at most.
const UNDER_WAY: i64 = 60_000;
/// A change may be carried out so long after its client gave up (E5).
const LATE: i64 = 300_000;
/// Unknown outcomes that one sending survives.
const ATTEMPTS: i64 = 3;

/// Takes the replies and says what to do next.
#[must_use]
pub fn advance_order(input: AdvanceOrderInput) -> OrderAdvanced {
    let AdvanceOrderInput {
        state,
        intent,
        settings,
        now,
        jitter,
        tries,
        context,
        replies,
    } = input;
    let stored = state.is_some();
    let state = state.unwrap_or_else(|| Sending {
        version: VERSION,
        intent,
        next_id: 1,
        ..Sending::default()
    });
    let mut sender = Sender {
        state,
        settings: &settings,
        context: &context,
        now,
        jitter: jitter.clamp(0, 999),
        tries,
        told: OrderAdvanced::default(),
    };
    sender.turn(stored, replies);
    sender.answer()
}

/// A turn at work.
pub(super) struct Sender<'a> {
    pub(super) state: Sending,
    pub(super) settings: &'a Settings,
    pub(super) context: &'a OrderContext,
    pub(super) now: Instant,
    jitter: i64,
    tries: i64,
    pub(super) told: OrderAdvanced,
}

impl Sender<'_> {
    fn turn(&mut self, stored: bool, replies: Vec<OrderReply>) {
        if self.state.version != VERSION {
            return self.outdated();
        }
        if self.state.ended.is_some() {
            return self.again();
        }
        let Some(out) = self.state.out.take() else {
            // A state of its own first turn, or one that lost its request.
            return if stored { self.again() } else { self.begin() };
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

    /// A state of other rules, or a broken one: whatever it had asked for is looked up.
    fn outdated(&mut self) {
        self.state = Sending {
            version: VERSION,
            intent: self.state.intent,
            next_id: self.state.next_id.max(1),
            ..Sending::default()
        };
        if self.state.intent != Intent::Create || self.context.link.is_some() {
            return self.begin();
        }
        self.state.step = SendingStep::LookUp;
        self.state.first_asked = Some(self.context.order.created);
        self.state.unknown_since = Some(self.now);
        self.check();
    }

    /// Takes it up again after an end, or after the shell lost the request.
    fn again(&mut self) {
        let doubted = self.state.ended.as_ref();
        if doubted.is_some_and(|ended| ended.code == "order-in-doubt") {
            let mut judged = std::mem::take(&mut self.state.doubtful);
            self.state.cleared.append(&mut judged);
        }
        self.state.ended = None;
        self.state.failures = 0;
        self.state.limited = 0;
        self.state.renewed = false;
        self.state.wait_until = None;
        self.state.attempts = 0;
        if self.state.unknown_since.is_some() {
            return self.check();
        }
        self.state.goods_asked = false;
        self.forget_customer();
        self.state.customer_again = false;
        self.begin();
    }

    fn begin(&mut self) {
        match (self.state.intent, &self.context.link) {
            (Intent::Create, Some(_)) => {
                self.end(OrderOutcome::Sent, "", Vec::new(), Cause::Person);
            }
            (Intent::Create, None) => self.prepare(),
            (_, None) => {
                self.end(
                    OrderOutcome::Dropped,
                    "order-not-in-pos",
                    Vec::new(),
                    Cause::Person,
                );
            }
            (Intent::Update, Some(link)) => {
                self.state.customer_id.clone_from(&link.customer_id);
                self.state.merged = link.merged;
                if link.sent.is_empty() {
                    // Sent by other software (A12): how it is now counts as sent.
                    let mut link = link.clone();
                    link.sent.clone_from(&self.plan().body);
                    self.told.link = Some(link);
                    return self.sent();
                }
                if self.plan().body == link.sent {
                    // Nothing of it is in the POS's order: a status, a private note.
                    return self.sent();
                }
                self.ask(SendingStep::Read);
            }
            (_, Some(link)) => {
                self.state.merged = link.merged;
                self.ask(SendingStep::Read);
            }
        }
    }

    /// A request without an answer: its process died.
    fn lost(&mut self, out: &OrderRequest) {
        if out.once {
            let asked = self.state.asked.unwrap_or(self.now);
            self.unknown(asked.saturating_add(UNDER_WAY));
        } else if out.kind == OrderRequestKind::Token {
            self.ask_token();
        } else {
            self.ask(self.state.step);
        }
    }

    fn take(&mut self, out: &OrderRequest, reply: OrderReply) {
        if let Some(failure) = reply.failure {
            return self.failed(out, failure);
        }
        self.state.failures = 0;
        self.state.limited = 0;
        if out.kind == OrderRequestKind::Token {
            return self.ask(self.state.step);
        }
        self.state.renewed = false;
        self.answered(reply);
    }

    /// The outcome of a change is unknown: it was given up on at `since`.
    pub(super) fn unknown(&mut self, since: Instant) {
        self.state.unknown_since = Some(since);
        self.state.attempts = self.state.attempts.saturating_add(1);
        self.check();
        self.wait(spread(PAUSES.first.saturating_mul(2), self.jitter));
    }

    /// Looks whether a change happened after all.
    pub(super) fn check(&mut self) {
        use SendingStep as S;
        self.state.offset = 0;
        self.state.marked.clear();
        self.state.doubtful.clear();
        let step = match self.state.step {
            S::Create | S::LookUp => S::LookUp,
            S::MakeCustomer | S::CustomerByPhone => {
                self.state.place = 0;
                S::CustomerByPhone
            }
            S::MakeGood | S::FindCode => S::FindCode,
            S::MakeSurcharge | S::Surcharges => S::Surcharges,
            S::MakeInvoice | S::Invoices => S::Invoices,
            _ => {
                self.state.unknown_since = None;
                return self.begin();
            }
        };
        self.ask(step);
    }

    /// What was looked for is not there. Whether it may still come: then it is looked for once
    /// more, 5 minutes after the POS was given up on.
    pub(super) fn may_come(&mut self) -> bool {
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

    /// The plan as far as things are known.
    pub(super) fn plan(&self) -> OrderPlan {
        plan_order(PlanOrderInput {
            settings: self.settings.clone(),
            context: self.context.clone(),
            customer_id: self.state.customer_id.clone(),
            goods: self.state.goods.clone(),
            goods_asked: self.state.goods_asked,
            surcharges: self.state.surcharges.clone(),
            merged: self.state.merged,
        })
    }

    /// Asks for what is still missing, and then for the change itself.
    pub(super) fn prepare(&mut self) {
        let status = self.context.order.status.as_str();
        let over = ["cancelled", "refunded", "failed", "trash"].contains(&status);
        if over && self.state.intent != Intent::Cancel {
            let values = params(&[("status", status)]);
            return self.end(OrderOutcome::Dropped, "order-over", values, Cause::Order);
        }
        let plan = self.plan();
        if !plan.sendable {
            let first = plan.issues.first();
            let code = first.map_or_else(String::new, |issue| issue.code.clone());
            let values = first.map_or_else(Vec::new, |issue| issue.params.clone());
            self.told.issues.extend(plan.issues);
            return self.end(OrderOutcome::Failed, &code, values, plan.cause);
        }
        if !plan.unknown.is_empty() {
            let by_sku = plan.unknown.iter().any(|line| !line.sku_key.is_empty());
            let first = self.settings.orders.match_sku && !self.state.goods_asked && by_sku;
            return self.ask(if first {
                SendingStep::FindGoods
            } else {
                SendingStep::FindCode
            });
        }
        if !self.state.customer_settled {
            return self.next_customer();
        }
        let known = |charge: &super::plan::PlannedCharge| charge.surcharge_id.is_some();
        if !plan.charges.iter().all(known) {
            return self.ask(SendingStep::Surcharges);
        }
        match self.state.intent {
            Intent::Create => self.ask(SendingStep::Create),
            Intent::Update => self.change(&plan),
            Intent::Invoice => self.ask(SendingStep::MakeInvoice),
            Intent::Cancel => self.ask(SendingStep::Cancel),
        }
    }

    /// Hands a step's request out.
    pub(super) fn ask(&mut self, step: SendingStep) {
        self.state.step = step;
        match self.request(step) {
            Some(request) if request.once && self.state.attempts >= ATTEMPTS => {
                self.end(
                    OrderOutcome::Failed,
                    "order-unanswered",
                    Vec::new(),
                    Cause::Time,
                );
            }
            Some(request) => self.put(request),
            None => self.end(
                OrderOutcome::Review,
                "sending-outdated",
                Vec::new(),
                Cause::Person,
            ),
        }
    }

    fn ask_token(&mut self) {
        self.put(OrderRequest {
            kind: OrderRequestKind::Token,
            ..OrderRequest::default()
        });
    }

    fn put(&mut self, mut request: OrderRequest) {
        request.id = self.state.next_id;
        self.state.next_id = self.state.next_id.saturating_add(1);
        self.state.out = Some(request);
        self.state.handed = false;
    }

    fn failed(&mut self, out: &OrderRequest, failure: Failure) {
        if failure.kind != FailureKind::Unauthorized && out.kind != OrderRequestKind::Token {
            // Two 401s with anything else in between are no proof that the credentials are void (A3).
            self.state.renewed = false;
        }
        match failure.kind {
            FailureKind::RateLimited => {
                self.state.limited = self.state.limited.saturating_add(1);
                let growth = self.state.limited.min(LIMIT_PAUSES);
                let own = spread(LIMIT_PAUSE.saturating_mul(growth), self.jitter);
                let pause = failure
                    .wait
                    .map_or(own, |wait| wait.saturating_add(self.jitter));
                self.repeat(out);
                self.wait(pause);
            }
            FailureKind::Unauthorized => {
                if out.kind == OrderRequestKind::Token || self.state.renewed {
                    return self.reconnect(failure);
                }
                self.state.renewed = true;
                self.ask_token();
            }
            FailureKind::Passing if out.once => {
                self.state.failures = self.state.failures.saturating_add(1);
                self.unknown(self.now);
            }
            FailureKind::Passing => {
                self.state.failures = self.state.failures.saturating_add(1);
                if self.state.failures >= TRIES {
                    return self.end(
                        OrderOutcome::Failed,
                        &failure.code,
                        failure.params,
                        Cause::Time,
                    );
                }
                let pause = PAUSES.before(self.state.failures, self.jitter);
                self.repeat(out);
                self.wait(failure.wait.map_or(pause, |wait| wait.max(pause)));
            }
            FailureKind::BadCredentials | FailureKind::WrongShop => self.reconnect(failure),
            FailureKind::Forbidden => {
                self.end(
                    OrderOutcome::Failed,
                    &failure.code,
                    failure.params,
                    Cause::Setting,
                );
            }
            FailureKind::Refused if out.kind == OrderRequestKind::Token => self.reconnect(failure),
            FailureKind::Refused => self.refused(&failure),
        }
    }

    /// Asks for the same again.
    fn repeat(&mut self, out: &OrderRequest) {
        if out.kind == OrderRequestKind::Token {
            self.ask_token();
        } else {
            self.ask(self.state.step);
        }
    }

    fn reconnect(&mut self, failure: Failure) {
        self.told.reconnect = true;
        self.end(
            OrderOutcome::Failed,
            &failure.code,
            failure.params,
            Cause::Time,
        );
    }

    /// Ends with what the POS said.
    pub(super) fn refused_for_good(&mut self, failure: &Failure) {
        let (code, cause, _) = refusal(failure);
        self.end(OrderOutcome::Failed, code, failure.params.clone(), cause);
    }

    /// A refusal of what is written: some can be helped at once.
    pub(super) fn write_refused(&mut self, failure: &Failure) {
        let (_, _, remedy) = refusal(failure);
        match remedy {
            Remedy::Merge if !self.state.merged => {
                self.state.merged = true;
                self.prepare();
            }
            Remedy::Customer if self.state.customer_id.is_some() && !self.state.customer_again => {
                let stored = self.context.customer.as_ref();
                let stored = stored.map(|known| &known.remote_id);
                self.told.customer_gone = stored == self.state.customer_id.as_ref();
                self.forget_customer();
                self.state.customer_again = true;
                self.prepare();
            }
            _ => self.refused_for_good(failure),
        }
    }

    pub(super) fn end(
        &mut self,
        outcome: OrderOutcome,
        code: &str,
        values: Vec<Param>,
        cause: Cause,
    ) {
        self.state.out = None;
        self.state.wait_until = None;
        let ended = Ended {
            outcome,
            code: owned(code),
            params: values,
            cause,
            retry_at: (outcome == OrderOutcome::Failed)
                .then(|| retry_at(self.now, self.tries, self.settings)),
        };
        self.state.ended = Some(ended);
    }

    /// Tells people something about the order.
    pub(super) fn say(&mut self, code: &str, severity: Severity, values: Vec<Param>) {
        let order = &self.context.order;
        let id = integer(order.id);
        let item = ("order", Some(id.as_str()), order.number.as_str());
        self.told.issues.push(issue(code, severity, item, values));
    }

    pub(super) fn wait(&mut self, pause: i64) {
        let pause = pause.clamp(0, LONGEST_WAIT);
        self.state.wait_until = Some(self.now.saturating_add(pause));
    }

    fn answer(mut self) -> OrderAdvanced {
        let waiting = self.state.wait_until.filter(|until| *until > self.now);
        self.state.wait_until = waiting;
        if let (None, Some(out)) = (waiting, &self.state.out) {
            self.state.handed = true;
            if out.once {
                self.state.asked = Some(self.now);
            } else if self.state.offset == 0
                && (self.state.step != SendingStep::CustomerByPhone || self.state.place == 0)
            {
                self.state.looked = Some(self.now);
            }
            if self.state.step == SendingStep::Create && out.once {
                self.state.first_asked = self.state.first_asked.or(Some(self.now));
            }
            self.told.requests.push(out.clone());
        }
        OrderAdvanced {
            wait_until: waiting,
            done: self.state.ended.clone(),
            state: self.state,
            ..self.told
        }
    }
}
