//! Which orders are to be sent now (product.md E1, E6, E7).
//!
//! The shell records an order blindly, with one statement and without the rules, whenever something
//! happens to it: `create` while it has no POS order, `update` once it has. What is to be done is
//! decided here, when its wake-up comes:
//!
//! | recorded | the order now | done |
//! |---|---|---|
//! | create | draft, no lines, changed less than 10 s ago, not a sending status | waits |
//! | create | made before the start date, made by Dongbo, over | dropped |
//! | update | cancelled, refunded in full, in the trash | cancel |
//! | update | completed, when the setting makes invoices | invoice |
//! | update | else | update |
//! | any | deleted for good, while the POS has it | review |
//! | any, failed | as [`Cause`] says | sent again, or waits for a person |

use super::protocol::{Cause, Intent};
use crate::model::{is_false, is_zero, Instant};
use crate::pos::owned;
use crate::settings::{OrderSettings, Settings};
use serde::{Deserialize, Serialize};

/// An order is read so long after its last change at the earliest (E1): plugins go on writing.
const REST: i64 = 10_000;
/// The shortest time between two sweeps (E7).
const SHORTEST_SWEEP: i64 = 60;
const MINUTE: i64 = 60_000;

/// Where an outbox row stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutboxState {
    /// To be sent.
    #[default]
    Waiting,
    /// Being sent: a stored [`super::Sending`] has not ended.
    Sending,
    /// Done.
    Sent,
    /// Failed; see its cause.
    Failed,
    /// A person looks at it.
    Review,
    /// A person said that it is not to be sent.
    Ignored,
    /// There was nothing to do.
    Dropped,
}

/// An outbox row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OutboxRow {
    /// The order's id.
    pub order_id: i64,
    /// What was recorded: `create` or `update`.
    pub intent: Intent,
    /// Where it stands.
    pub state: OutboxState,
    /// A person asked for it since: "send", "retry". Cleared when sending begins.
    #[serde(skip_serializing_if = "is_false")]
    pub by_hand: bool,
    /// How often it failed, rate limits not counted.
    #[serde(skip_serializing_if = "is_zero")]
    pub tries: i64,
    /// Not before ([`super::Ended::retry_at`], [`super::OrderAdvanced::wait_until`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_try: Option<Instant>,
    /// What may make its failure go away.
    pub cause: Cause,
    /// When it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<Instant>,
    /// Its stored state has a change whose outcome is unknown ([`super::Sending::unknown_since`]).
    #[serde(skip_serializing_if = "is_false")]
    pub unknown: bool,
}

/// What is known of an order without reading it whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderFacts {
    /// The order's id.
    pub id: i64,
    /// The status without `wc-`; `trash` for one in the trash.
    pub status: String,
    /// When it was made.
    pub created: Instant,
    /// When it last changed.
    pub modified: Instant,
    /// How many lines of goods it has.
    pub lines: i64,
    /// [`crate::model::SiteOrder::origin`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// It has a POS order.
    #[serde(skip_serializing_if = "is_false")]
    pub linked: bool,
    /// When a link or mirror row of one of its products last changed; of failed ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_changed: Option<Instant>,
    /// When the mirrored stock of one of its goods last changed; of failed ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock_changed: Option<Instant>,
}

/// What [`order_due`] is given: rows that are waiting, being sent or failed, with their orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderDueInput {
    /// The shop's settings.
    pub settings: Settings,
    /// When they last changed.
    pub settings_changed: Instant,
    /// The instant.
    pub now: Instant,
    /// The rows.
    pub rows: Vec<OutboxRow>,
    /// Their orders; one that is missing was deleted for good.
    pub orders: Vec<OrderFacts>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// It is sent now: `advance_order` with [`OrderDue::intent`] and the row's stored state.
    Send,
    /// Not yet; [`OrderDue::until`] says when to ask again, absent: when something happens.
    #[default]
    Wait,
    /// There is nothing to do: the row's state becomes `dropped`.
    Drop,
    /// A person looks at it: the row's state becomes `review`.
    Review,
}

/// The answer for one row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderDue {
    /// [`OutboxRow::order_id`].
    pub order_id: i64,
    /// [`OutboxRow::intent`].
    pub recorded: Intent,
    /// What becomes of it.
    pub turn: Turn,
    /// What is to be done.
    pub intent: Intent,
    /// When to ask again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Why it is not sent, a code of `src/words.json`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
}

/// The answers, in the order of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersDue {
    /// One a row.
    pub rows: Vec<OrderDue>,
}

/// Says of each row whether it is sent now.
#[must_use]
pub fn order_due(input: OrderDueInput) -> OrdersDue {
    let mut rows = Vec::with_capacity(input.rows.len());
    for row in &input.rows {
        let order = input.orders.iter().find(|order| order.id == row.order_id);
        rows.push(judge(row, order, &input));
    }
    OrdersDue { rows }
}

fn over(status: &str) -> bool {
    ["cancelled", "refunded", "failed", "trash"].contains(&status)
}

fn draft(status: &str) -> bool {
    ["draft", "auto-draft", "checkout-draft", "new", ""].contains(&status)
}

fn judge(row: &OutboxRow, order: Option<&OrderFacts>, input: &OrderDueInput) -> OrderDue {
    let answer = |turn: Turn, code: &str| OrderDue {
        order_id: row.order_id,
        recorded: row.intent,
        turn,
        intent: row.intent,
        until: None,
        code: owned(code),
    };
    if !matches!(
        row.state,
        OutboxState::Waiting | OutboxState::Sending | OutboxState::Failed
    ) && !row.by_hand
    {
        return answer(Turn::Wait, "");
    }
    let orders = &input.settings.orders;
    let open = row.unknown || row.state == OutboxState::Sending;
    let waits = row.next_try.filter(|next| *next > input.now);
    if let (Some(until), false) = (waits, row.by_hand && !open) {
        let mut due = answer(Turn::Wait, "");
        due.until = Some(until);
        return due;
    }
    if open && order.is_some() {
        // What was begun is brought to its end, whatever became of the order meanwhile.
        return answer(Turn::Send, "");
    }
    let Some(order) = order else {
        let code = "order-deleted";
        let known = row.intent != Intent::Create || row.unknown;
        return answer(if known { Turn::Review } else { Turn::Drop }, code);
    };
    if !orders.to_pos {
        return answer(Turn::Wait, "orders-off");
    }
    let mut due = match row.intent {
        Intent::Create => create(order, row, orders, input.now, answer),
        _ => change(order, orders, answer),
    };
    if due.turn != Turn::Send {
        return due;
    }
    let rested = order.modified.saturating_add(REST);
    if rested > input.now {
        due.turn = Turn::Wait;
        due.until = Some(rested);
        return due;
    }
    if row.by_hand {
        return due;
    }
    if row.state == OutboxState::Failed {
        return again(row, order, input, due);
    }
    if !orders.automatic {
        due.turn = Turn::Wait;
        due.code = owned("order-by-hand");
    }
    due
}

fn create(
    order: &OrderFacts,
    row: &OutboxRow,
    orders: &OrderSettings,
    now: Instant,
    answer: impl Fn(Turn, &str) -> OrderDue,
) -> OrderDue {
    if order.linked {
        return answer(Turn::Drop, "order-sent-already");
    }
    if !order.origin.is_empty() {
        return answer(Turn::Drop, "order-from-pos");
    }
    if orders.start.is_none_or(|start| order.created < start) {
        return answer(Turn::Drop, "order-before-start");
    }
    if over(&order.status) {
        return answer(Turn::Drop, "order-over");
    }
    if draft(&order.status) {
        return answer(Turn::Wait, "order-draft");
    }
    if !row.by_hand && !orders.statuses.contains(&order.status) {
        return answer(Turn::Wait, "order-status-waits");
    }
    if order.lines <= 0 {
        let mut due = answer(Turn::Wait, "order-no-lines-yet");
        due.until = Some(now.saturating_add(MINUTE));
        return due;
    }
    answer(Turn::Send, "")
}

fn change(
    order: &OrderFacts,
    orders: &OrderSettings,
    answer: impl Fn(Turn, &str) -> OrderDue,
) -> OrderDue {
    if !order.linked {
        // Whatever it is by then, its `create` reads it.
        return answer(Turn::Drop, "order-not-in-pos");
    }
    let as_intent = |intent: Intent| {
        let mut due = answer(Turn::Send, "");
        due.intent = intent;
        due
    };
    match order.status.as_str() {
        "trash" if !orders.cancel_trashed => answer(Turn::Drop, "cancel-off"),
        "cancelled" | "refunded" if !orders.cancel => answer(Turn::Drop, "cancel-off"),
        "trash" | "cancelled" | "refunded" => as_intent(Intent::Cancel),
        "failed" => answer(Turn::Wait, "order-status-waits"),
        _ if !order.origin.is_empty() => answer(Turn::Drop, "order-from-pos"),
        "completed" if orders.invoice_when_completed => as_intent(Intent::Invoice),
        _ => as_intent(Intent::Update),
    }
}

/// A failed row: whether its cause may have gone (E7).
fn again(
    row: &OutboxRow,
    order: &OrderFacts,
    input: &OrderDueInput,
    mut due: OrderDue,
) -> OrderDue {
    let orders = &input.settings.orders;
    due.turn = Turn::Wait;
    if !orders.retry {
        due.code = owned("retry-off");
        return due;
    }
    if row.tries >= orders.retry_tries.max(1) {
        due.turn = Turn::Review;
        due.code = owned("order-given-up");
        return due;
    }
    let failed = row.failed_at.unwrap_or(0);
    let since = |change: Option<Instant>| change.is_some_and(|change| change > failed);
    let settings = since(Some(input.settings_changed));
    let gone = match row.cause {
        Cause::Time => true,
        Cause::Stock => since(order.stock_changed) || settings,
        Cause::Link => since(order.goods_changed) || settings,
        Cause::Setting => settings,
        Cause::Order | Cause::Person => false,
    };
    if gone || since(Some(order.modified)) {
        due.turn = Turn::Send;
    } else {
        due.code = owned("order-waits-for-cause");
    }
    due
}

/// When a row that failed is tried again: the sweep's interval, twice as long each time, a day at
/// most (E7).
pub(super) fn retry_at(now: Instant, tries: i64, settings: &Settings) -> Instant {
    let mut pause = interval(&settings.orders);
    for _ in 0..tries.clamp(0, 8) {
        pause = pause.saturating_mul(2).min(MINUTE.saturating_mul(1440));
    }
    now.saturating_add(pause)
}

fn interval(orders: &OrderSettings) -> i64 {
    let minutes = orders.retry_minutes.max(SHORTEST_SWEEP);
    minutes.saturating_mul(MINUTE)
}

/// What [`sweep_orders`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SweepInput {
    /// The shop's settings.
    pub settings: Settings,
    /// The instant.
    pub now: Instant,
    /// When the last sweep was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Instant>,
    /// The latest [`Sweep::look`] orders that have no outbox row; none at first, to ask whether a
    /// sweep is due.
    pub orders: Vec<OrderFacts>,
}

/// What comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sweep {
    /// A sweep is due: read the orders, call again with them, then give all failed rows to
    /// `order_due`.
    pub due: bool,
    /// When the next one is.
    pub next: Instant,
    /// How many of the latest orders are looked at.
    pub look: i64,
    /// Orders that were never recorded: record `create` for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<i64>,
}

/// Finds orders that were never recorded (E7): those of a switched-off plugin, of an import, of a
/// hook that another plugin swallowed.
#[must_use]
pub fn sweep_orders(input: SweepInput) -> Sweep {
    let orders = &input.settings.orders;
    let every = interval(orders);
    let next = input
        .last
        .map_or(input.now, |last| last.saturating_add(every));
    let due = orders.to_pos && orders.retry && next <= input.now;
    let wanted = |order: &&OrderFacts| {
        !order.linked
            && order.origin.is_empty()
            && orders.start.is_some_and(|start| order.created >= start)
            && orders.statuses.contains(&order.status)
    };
    let record = input.orders.iter().filter(wanted).map(|order| order.id);
    Sweep {
        due,
        next: if due {
            input.now.saturating_add(every)
        } else {
            next
        },
        look: orders.retry_last.max(0),
        record: if due { record.collect() } else { Vec::new() },
    }
}

#[cfg(test)]
mod tests;
