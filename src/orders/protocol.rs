//! The records that pass between sending an order and the shell.
//!
//! The shell's whole part, for one outbox row:
//!
//! 1. Read the stored [`Sending`] of the row (none at first) and gather an [`OrderContext`] anew.
//! 2. Call `advance_order` with them and the replies of the turn before (none at first).
//! 3. **Store the state that comes back, and what it tells to keep, in one transaction.** Only then
//!    carry out its requests. A request with [`OrderRequest::once`] changes the POS: look at the
//!    lane's fence right before it, and give the HTTP client at most 60 s.
//! 4. Give each answer to the reader the request names; put its rows into the field of
//!    [`OrderReply`] that [`OrderRequest::rows`] names. Go to 2.
//! 5. Stop when [`OrderAdvanced::done`] is set or [`OrderAdvanced::wait_until`] lies ahead; a
//!    later wake-up goes on at 1.
//!
//! A process that dies between 3 and 4 needs nothing else: the next one comes with the stored
//! state and no replies, and a request that may have changed the POS is looked up before it is
//! repeated (product.md E5).

use crate::model::{
    is_false, is_zero, Branch, Good, Instant, Issue, Link, Money, Param, PosCustomer, PosEntry,
    Quantity, Sale, SiteOrder,
};
use crate::pos::{Failure, PageFacts, PosSettings};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// What is to become of an order in the POS. One outbox row each: unique by order and intent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Intent {
    /// It is to be there.
    #[default]
    Create,
    /// It is to be as the site's order now is (E6); recorded too for a partial refund.
    Update,
    /// It is to be cancelled (E6).
    Cancel,
    /// Its invoice is to be made (F1).
    Invoice,
}

/// The POS order a site order became. The shell keeps it beside the order for good.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderLink {
    /// The site's order.
    pub order_id: i64,
    /// The POS order's id.
    pub remote_id: String,
    /// Its code.
    pub code: String,
    /// Its branch.
    pub branch_id: String,
    /// Its total, in 1/100 đồng.
    pub total: Money,
    /// What was last sent ([`super::OrderPlan::body`]), to notice that nothing changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sent: String,
    /// The POS customer it was sent with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// Its lines of one good were merged, because the POS wanted it.
    #[serde(skip_serializing_if = "is_false")]
    pub merged: bool,
    /// When the POS took it: stock rows read after it know of it (D5).
    pub accepted: Instant,
}

/// Which POS customer a site customer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownCustomer {
    /// The user's id, 0 for a guest.
    pub user_id: i64,
    /// The POS customer's id.
    pub remote_id: String,
}

/// A good found or made for a product of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FoundGood {
    /// The product's or variation's id.
    pub shop_id: i64,
    /// The good's id.
    pub good_id: String,
    /// Its SKU in the POS.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
}

/// Everything about an order that the shell reads each time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderContext {
    /// This site, a text of 6 to 12 letters and digits made once when it was connected: half of the
    /// mark that tells this site's orders from any other's.
    pub site: String,
    /// The order, through WooCommerce.
    pub order: SiteOrder,
    /// Links whose `shop_id` is a product or variation of one of its lines.
    pub links: Vec<Link>,
    /// Mirror rows of the linked goods, stocks included.
    pub goods: Vec<Good>,
    /// The POS's branches.
    pub branches: Vec<Branch>,
    /// The POS's surcharges, as far as the mirror has them.
    pub surcharges: Vec<PosEntry>,
    /// The POS's own settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pos_settings: Option<PosSettings>,
    /// The POS customer of the order's user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<KnownCustomer>,
    /// The POS order it became before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<OrderLink>,
}

/// What to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderRequestKind {
    /// Get a new access token, whatever is stored.
    Token,
    /// GET.
    #[default]
    Get,
    /// POST with [`OrderRequest::body`].
    Post,
    /// PUT with [`OrderRequest::body`].
    Put,
    /// DELETE.
    Delete,
    /// Look into the mirror for goods whose `sku_key` is one of [`OrderRequest::keys`]; reply with
    /// all of them in `goods`. Nothing is asked of the POS.
    FindGoods,
    /// Look into the mirror for customers whose `phone_key`, `second_key` or `email_key` is one of
    /// [`OrderRequest::keys`]; reply in `customers`, with none when customers are not mirrored.
    FindCustomers,
}

/// Which field of [`OrderReply`] takes the reader's rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyField {
    /// None.
    #[default]
    None,
    /// [`OrderReply::sales`].
    Sales,
    /// [`OrderReply::customers`].
    Customers,
    /// [`OrderReply::entries`].
    Entries,
    /// [`OrderReply::goods`].
    Goods,
}

/// One thing to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderRequest {
    /// To be given back in the reply.
    pub id: i64,
    /// What to do.
    pub kind: OrderRequestKind,
    /// The API path, encoded.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Query parameters, in order, not encoded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<Param>,
    /// The body, JSON, to be sent byte by byte.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The reader export for the answer; its `failure` goes into [`OrderReply::failure`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reader: String,
    /// Where the reader's rows go.
    pub rows: ReplyField,
    /// It changes the POS and may not be repeated blindly: look at the fence right before it, never
    /// let the HTTP client repeat it.
    #[serde(skip_serializing_if = "is_false")]
    pub once: bool,
    /// What to look for in the mirror.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
}

/// How a request went. A failure, or the rows in the field the request named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderReply {
    /// [`OrderRequest::id`].
    pub id: i64,
    /// The failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// The page's facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageFacts>,
    /// Orders or invoices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sales: Vec<Sale>,
    /// Customers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<PosCustomer>,
    /// Surcharges.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<PosEntry>,
    /// Goods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goods: Vec<Good>,
}

/// Where sending an order stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SendingStep {
    /// Nothing was asked yet.
    #[default]
    Start,
    /// Goods by SKU, in the mirror.
    FindGoods,
    /// Whether a good to be made is there already.
    FindCode,
    /// Making a good.
    MakeGood,
    /// A customer whose id is known, to be confirmed.
    ConfirmCustomer,
    /// The customer by phone or e-mail, in the mirror.
    MirroredCustomer,
    /// The customer by phone, in the POS.
    CustomerByPhone,
    /// Making the customer.
    MakeCustomer,
    /// The surcharges.
    Surcharges,
    /// Making a surcharge.
    MakeSurcharge,
    /// Making the order.
    Create,
    /// Whether the order is there already.
    LookUp,
    /// The POS order as it now is, before or after changing it.
    Read,
    /// Changing the POS order.
    Change,
    /// Cancelling the POS order.
    Cancel,
    /// The POS order's invoices.
    Invoices,
    /// Making the invoice.
    MakeInvoice,
    /// Over.
    Done,
}

/// What may make a failure go away (E7): it decides when it is tried again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Nothing but a person.
    #[default]
    Person,
    /// Time: a fault of the line or the POS, or a message known to be temporary.
    Time,
    /// Another stock.
    Stock,
    /// Another link, or a change of the good in the POS.
    Link,
    /// Another setting, here or in the POS.
    Setting,
    /// A change of the order itself.
    Order,
}

/// How it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderOutcome {
    /// Done: the POS is as the intent wants it.
    #[default]
    Sent,
    /// Not done; tried again when its cause may have gone.
    Failed,
    /// Not done, or done in doubt: a person looks at it.
    Review,
    /// There is nothing to do any more.
    Dropped,
}

/// The end of sending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ended {
    /// How.
    pub outcome: OrderOutcome,
    /// Why, a code of `src/words.json`; empty when it was sent.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Values for its sentence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// What may make it go away.
    pub cause: Cause,
    /// When it may be tried again, of one that failed: the outbox row's `next_try`. Its tries
    /// become one more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Instant>,
}

/// One good of an order with its quantity, to compare what was sent with what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Held {
    /// The good's id.
    pub good_id: String,
    /// The quantity, in thousandths.
    pub quantity: Quantity,
}

/// What the POS order must look like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Expected {
    /// The branch.
    pub branch_id: String,
    /// The total, in 1/100 đồng.
    pub total: Money,
    /// The goods, each once, in the order of their ids.
    pub goods: Vec<Held>,
}

/// The state of sending one order. The shell stores it as it is and never looks inside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sending {
    /// The form of this record.
    pub version: i64,
    /// What is to become of the order.
    pub intent: Intent,
    /// Where it stands.
    pub step: SendingStep,
    /// The next request's id.
    pub next_id: i64,
    /// The request that is out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out: Option<OrderRequest>,
    /// It was handed out; without a reply it is lost.
    #[serde(skip_serializing_if = "is_false")]
    pub handed: bool,
    /// Nothing is asked for before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_until: Option<Instant>,
    /// The token was renewed since the last success.
    #[serde(skip_serializing_if = "is_false")]
    pub renewed: bool,
    /// Failures in a row.
    #[serde(skip_serializing_if = "is_zero")]
    pub failures: i64,
    /// Waits for the rate limit in a row.
    #[serde(skip_serializing_if = "is_zero")]
    pub limited: i64,
    /// Goods found or made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goods: Vec<FoundGood>,
    /// The mirror was asked for goods by SKU.
    #[serde(skip_serializing_if = "is_false")]
    pub goods_asked: bool,
    /// The customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// The customer is settled: [`Sending::customer_id`], or none.
    #[serde(skip_serializing_if = "is_false")]
    pub customer_settled: bool,
    /// Which spelling of the phone is being looked for.
    #[serde(skip_serializing_if = "is_zero")]
    pub place: i64,
    /// Customers to be confirmed: the stored one, or mirrored ones with the phone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
    /// Mirrored customers with the e-mail address, for when no phone leads to one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_email: Vec<String>,
    /// The mirror was asked for customers.
    #[serde(skip_serializing_if = "is_false")]
    pub mirror_asked: bool,
    /// The customer was refused once and looked for anew.
    #[serde(skip_serializing_if = "is_false")]
    pub customer_again: bool,
    /// Surcharges found or made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<PosEntry>,
    /// The POS refused two lines of one good: they are merged.
    #[serde(skip_serializing_if = "is_false")]
    pub merged: bool,
    /// A change whose outcome is unknown: the instant by which the POS was given up on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown_since: Option<Instant>,
    /// When the latest look at the POS was handed out; of pages the first one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looked: Option<Instant>,
    /// When the latest change was handed out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<Instant>,
    /// When the first order was handed out: looking up goes back to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_asked: Option<Instant>,
    /// How often the order was asked for.
    #[serde(skip_serializing_if = "is_zero")]
    pub attempts: i64,
    /// How far looking up has read.
    #[serde(skip_serializing_if = "is_zero")]
    pub offset: i64,
    /// POS orders without a mark that look just like it, met while looking up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubtful: Vec<String>,
    /// Of those, the ones a person has judged to be others, by pressing "retry".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<String>,
    /// POS orders with its mark, met while looking up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marked: Vec<Sale>,
    /// What the POS order must look like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
    /// The body that was sent.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sent: String,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
}

/// What `advance_order` is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AdvanceOrderInput {
    /// The stored state; none at first. A state that has ended is taken up again: that is how
    /// "retry" works, and what was unknown before is looked up before anything is sent. For one that
    /// cannot be read any more give an empty record: it is looked up too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Sending>,
    /// The intent, without a state.
    pub intent: Intent,
    /// The shop's settings.
    pub settings: Settings,
    /// The instant.
    pub now: Instant,
    /// Any number between 0 and 999, for jitter.
    pub jitter: i64,
    /// How often the outbox row failed before ([`super::OutboxRow::tries`]).
    pub tries: i64,
    /// The order and what belongs to it.
    pub context: OrderContext,
    /// The replies to the requests of the turn before.
    pub replies: Vec<OrderReply>,
}

/// What comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderAdvanced {
    /// The new state: stored before the requests are carried out.
    pub state: Sending,
    /// What to do next; empty when done or waiting.
    pub requests: Vec<OrderRequest>,
    /// Do not go on before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_until: Option<Instant>,
    /// Keep this POS order with the site's order: it takes the place of an earlier one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<OrderLink>,
    /// Keep this customer with the order's user; of a guest only with the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<KnownCustomer>,
    /// Forget the stored customer: the POS has it no more.
    #[serde(skip_serializing_if = "is_false")]
    pub customer_gone: bool,
    /// Link these products with goods that were found or made; the goods of the same turn's replies
    /// go into the mirror.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goods: Vec<FoundGood>,
    /// Put these surcharges into the mirror.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<PosEntry>,
    /// What to tell people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// Set when it has ended: the outbox row's state, code, params and cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<Ended>,
    /// The access token no longer counts: ask to reconnect (A3).
    #[serde(skip_serializing_if = "is_false")]
    pub reconnect: bool,
}
