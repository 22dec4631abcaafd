//! The records that pass between pushing and the shell.
//!
//! The shell's whole part, for one product:
//!
//! 1. Read the stored [`Pushing`] of its queue row (none at first) and gather a [`PushContext`] anew.
//! 2. Call `advance_push` with them and the replies of the turn before (none at first).
//! 3. **Store the state that comes back, and what it tells to keep, in one transaction.** Only then
//!    carry out its requests; one with [`PushRequest::once`] changes the POS and is never repeated by
//!    the HTTP client.
//! 4. Give each answer to the reader the request names, clean its goods as the mirror's are cleaned,
//!    and go to 2. Without requests, an end and a wait go to 2 at once: what was kept has changed
//!    the context.
//! 5. Stop when [`PushAdvanced::done`] is set or [`PushAdvanced::wait_until`] lies ahead.
//!
//! A process that dies between 3 and 4 needs nothing else: the next one comes with the stored state
//! and no replies, and a good that may have been made is looked up by its code before it is made
//! again.

use crate::model::{
    is_false, is_zero, Branch, Category, CategoryLink, Good, Instant, Issue, Link, Param,
    ShopProduct, Term,
};
use crate::pos::{Failure, PageFacts};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// A product or variation with what only pushing needs of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushRow {
    /// The product, as planning reads it.
    pub product: ShopProduct,
    /// The description itself; its hash is in the product.
    #[serde(default)]
    pub description: String,
    /// Addresses of its own images, the first one first.
    #[serde(default)]
    pub images: Vec<String>,
    /// WooCommerce's cost of goods sold, as it is stored; empty for none.
    #[serde(default)]
    pub cost: String,
}

/// Another product of the site with the same SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopTwin {
    /// What SKUs are compared by.
    pub sku_key: String,
    /// The other product.
    pub shop_id: i64,
    /// What a person calls it.
    pub label: String,
}

/// Everything about a product that the shell reads each time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushContext {
    /// The product itself, never a variation.
    pub product: PushRow,
    /// Its variations, as the product shows them.
    #[serde(default)]
    pub variations: Vec<PushRow>,
    /// Links of the product and its variations, and of all of [`PushContext::goods`].
    #[serde(default)]
    pub links: Vec<Link>,
    /// Mirror rows: whole families of the linked goods, and all with one of the SKUs, whatever they
    /// belong to ([`super::push_keys`]).
    #[serde(default)]
    pub goods: Vec<Good>,
    /// Other products of the site with one of the SKUs; translations of this one are none.
    #[serde(default)]
    pub twins: Vec<ShopTwin>,
    /// The POS's categories.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// Which term stands for which category.
    #[serde(default)]
    pub category_links: Vec<CategoryLink>,
    /// The shop's categories.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// The POS's branches.
    #[serde(default)]
    pub branches: Vec<Branch>,
    /// The shop's currency: `VND`.
    #[serde(default)]
    pub currency: String,
}

/// What to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PushRequestKind {
    /// Get a new access token, whatever is stored.
    Token,
    /// GET.
    #[default]
    Get,
    /// POST with [`PushRequest::body`].
    Post,
    /// PUT with [`PushRequest::body`].
    Put,
    /// DELETE.
    Delete,
}

/// Which field of [`PushReply`] takes the reader's rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PushReplyField {
    /// None.
    #[default]
    None,
    /// [`PushReply::goods`].
    Goods,
    /// [`PushReply::categories`].
    Categories,
}

/// One thing to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushRequest {
    /// To be given back in the reply.
    pub id: i64,
    /// What to do.
    pub kind: PushRequestKind,
    /// The API path, encoded.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Query parameters, in order, not encoded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<Param>,
    /// The body, JSON, to be sent byte by byte.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The reader export for the answer; its `failure` goes into [`PushReply::failure`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reader: String,
    /// Where the reader's rows go.
    pub rows: PushReplyField,
    /// It changes the POS and may not be repeated blindly.
    #[serde(skip_serializing_if = "is_false")]
    pub once: bool,
}

/// How a request went. A failure, or the rows in the field the request named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushReply {
    /// [`PushRequest::id`].
    pub id: i64,
    /// The failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// The page's facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageFacts>,
    /// Goods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goods: Vec<Good>,
    /// Categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
}

/// Where a push stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PushStep {
    /// Nothing is asked; what is next is told by the context.
    #[default]
    Next,
    /// Whether a category is in the POS, page by page.
    FindCategory,
    /// Making the category.
    MakeCategory,
    /// Whether a good of the code is there.
    FindCode,
    /// Making the good.
    MakeGood,
    /// The good as it now is, before it is changed.
    ReadGood,
    /// Changing the good.
    ChangeGood,
    /// Reading the POS's category tree ([`super::tree`]).
    ReadTree,
    /// Changing a category.
    ChangeTree,
}

/// How a row, or a whole product, ended (product.md G1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PushOutcome {
    /// There was nothing to send.
    #[default]
    InStep,
    /// It was in the POS already and is linked now.
    Linked,
    /// What the site changed is in the POS now.
    Updated,
    /// It is in the POS now.
    Pushed,
    /// It could not be sent for now; tried again by itself.
    Failed,
    /// It is not in the POS, or not as on the site: a person has to act.
    Refused,
}

/// How one row ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushResult {
    /// The product or variation.
    pub shop_id: i64,
    /// How.
    pub outcome: PushOutcome,
    /// Why, a code of `src/words.json`; empty when all is well.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Values for its sentence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// The good's id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remote_id: String,
    /// The good's code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pos_code: String,
}

/// The end of a push.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushEnded {
    /// The worst of its rows where one was refused, else the most that was done.
    pub outcome: PushOutcome,
    /// Why, a code of `src/words.json`; empty when all is well.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Values for its sentence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// When it is tried again, of one that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Instant>,
}

/// The state of pushing one product. The shell stores it as it is and never looks inside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pushing {
    /// The form of this record.
    pub version: i64,
    /// Where it stands.
    pub step: PushStep,
    /// The next request's id.
    pub next_id: i64,
    /// The request that is out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out: Option<PushRequest>,
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
    /// The row being worked on.
    #[serde(skip_serializing_if = "is_zero")]
    pub row: i64,
    /// Rows whose good was asked for: one found by its code is theirs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked_rows: Vec<i64>,
    /// A change whose outcome is unknown: the instant by which the POS was given up on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown_since: Option<Instant>,
    /// When the latest look at the POS was handed out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looked: Option<Instant>,
    /// When the latest change was handed out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<Instant>,
    /// Unknown outcomes of the row.
    #[serde(skip_serializing_if = "is_zero")]
    pub attempts: i64,
    /// How far the list of categories was read.
    #[serde(skip_serializing_if = "is_zero")]
    pub offset: i64,
    /// How each row ended so far.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<PushResult>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<PushEnded>,
}

/// What `advance_push` is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvancePushInput {
    /// The stored state; none at first. One that has ended is taken up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Pushing>,
    /// A person asked for it, so it is sent whatever runs by itself (A5).
    #[serde(default)]
    pub by_hand: bool,
    /// The shop's settings.
    #[serde(default)]
    pub settings: Settings,
    /// The instant.
    pub now: Instant,
    /// Any number between 0 and 999, for jitter.
    #[serde(default)]
    pub jitter: i64,
    /// How often it failed before.
    #[serde(default)]
    pub tries: i64,
    /// The product and what belongs to it.
    pub context: PushContext,
    /// The replies to the requests of the turn before.
    #[serde(default)]
    pub replies: Vec<PushReply>,
}

/// A SKU to be written on the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushSku {
    /// The product or variation.
    pub shop_id: i64,
    /// What it is to be.
    pub sku: String,
}

/// A change that the POS has taken, for the history (product.md H6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushSent {
    /// `good` or `category`.
    pub kind: String,
    /// The good's or the category's id.
    pub remote_id: String,
    /// The product, variation or term.
    pub shop_id: i64,
    /// What a person calls it.
    pub label: String,
    /// `pos_created`, `pos_deleted`, or `pos_` and the field's name, see [`crate::plan::Change::field`].
    pub field: String,
    /// What the POS held before; empty for nothing, and for long texts.
    pub before: String,
    /// What it holds now.
    pub after: String,
}

/// What comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushAdvanced {
    /// The new state: stored before the requests are carried out.
    pub state: Pushing,
    /// What to do next.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<PushRequest>,
    /// Do not go on before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_until: Option<Instant>,
    /// Keep these links, each in place of an older one of the same good or family.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Write these SKUs on the site.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skus: Vec<PushSku>,
    /// Put these goods into the mirror; stock that one of them lacks stays as it is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goods: Vec<Good>,
    /// Put these categories into the mirror.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// Keep these pairs of category and term, each in place of an older one of the same term.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category_links: Vec<CategoryLink>,
    /// These categories are deleted in the POS: forget them and their pairs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone_categories: Vec<String>,
    /// What the POS has taken since the last turn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<PushSent>,
    /// What to tell people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// Set when it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<PushEnded>,
    /// The access token no longer counts: ask to reconnect (A3).
    #[serde(skip_serializing_if = "is_false")]
    pub reconnect: bool,
}
