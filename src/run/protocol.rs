//! The records that pass between the run and the shell.

use crate::model::{is_false, is_zero, Instant, Issue, Param};
use crate::pos::{Failure, PageFacts};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// What a run is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunKind {
    /// Credentials, shop name, branches, settings: says what is wrong (A2).
    Connect,
    /// Everything, lists read in full.
    #[default]
    Full,
    /// What changed since the last run of each list; price books in full when they are due.
    Delta,
    /// The stock of all goods (D3: a list of changes misses sales).
    Stock,
    /// The goods of [`AdvanceInput::ids`], each by a read of its own.
    Named,
    /// Everything is read and nothing written, so that the first sync can be seen before it is made
    /// (A1, Q2).
    Read,
    /// All goods, without the other lists.
    Goods,
    /// Price books and the chosen ones' prices.
    Prices,
    /// Categories.
    Categories,
    /// Nothing is read: everything is planned anew from the mirror, after the settings changed (H7).
    Plan,
    /// Nothing is read: what arrived by itself and what a date makes due is planned (C4, D3).
    Touched,
    /// What changed among the POS's orders and invoices, and what that means for the site's (F1–F4).
    Orders,
    /// The same for those that a webhook told of; no list is read.
    MarkedOrders,
    /// What changed among customers on both sides (G2).
    Customers,
    /// The same for those that a webhook or the site told of; no list is read.
    MarkedCustomers,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestKind {
    /// Get a new access token, whatever is stored.
    Token,
    /// GET `path` with `query` and give the answer to `reader`.
    Get,
    /// Plan and apply the category tree from the mirror.
    PlanCategories,
    /// Plan and apply every family of the mirror whose input changed.
    PlanGoods,
    /// Plan and apply the families that something arrived for, and those that a date makes due.
    PlanTouched,
    /// Look up which goods of the mirror are suspected to be gone from the POS: those among
    /// [`Request::ids`] and, when [`Request::absent`], those this run's list of goods did not
    /// show. Not those already marked deleted. The reply's [`Reply::missing`] has them.
    FindMissing,
    /// Read every marked POS order and invoice one by one, and let the site's orders follow
    /// ([`crate::orders::plan_import`], [`crate::orders::plan_status`]).
    FollowOrders,
    /// Bring every marked customer of both sides into step ([`crate::customers::plan_customers`]).
    FollowCustomers,
}

/// One thing to do. Requests handed out together may be done in parallel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Which one it is, to be given back in the reply; unique within a run.
    pub id: i64,
    /// What to do.
    pub kind: RequestKind,
    /// The list or thing it is about: `goods`, `categories`, `branches`, `books`, `prices`,
    /// `stocks`, `settings`, `orders`, `invoices`, `groups`, `customers`; the mirror table its rows
    /// go to.
    pub list: String,
    /// What the list is limited to (a book's id for `prices`), else empty.
    #[serde(default)]
    pub scope: String,
    /// The API path, `/products`.
    #[serde(default)]
    pub path: String,
    /// Query parameters, in order.
    #[serde(default)]
    pub query: Vec<Param>,
    /// The reader export to call with the answer: `read_goods` …
    #[serde(default)]
    pub reader: String,
    /// The chosen branches, to be given to the reader with the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<String>,
    /// Goods the POS says were removed, for [`RequestKind::FindMissing`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// Goods the list did not show are wanted too, for [`RequestKind::FindMissing`].
    #[serde(default, skip_serializing_if = "is_false")]
    pub absent: bool,
    /// How many ids are wanted at most, for [`RequestKind::FindMissing`].
    #[serde(default, skip_serializing_if = "is_zero")]
    pub limit: i64,
}

/// How a request went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// [`Request::id`].
    pub id: i64,
    /// The page's facts, of a GET that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageFacts>,
    /// The failure, of one that was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// Rows the reader could not read; [`PageFacts::unreadable`] says it too.
    #[serde(default)]
    pub unreadable: i64,
    /// Goods without stock for a chosen branch; [`PageFacts::without_stock`] says it too.
    #[serde(default)]
    pub without_stock: i64,
    /// The suspected goods' ids, at most [`Request::limit`], of a [`RequestKind::FindMissing`].
    #[serde(default)]
    pub missing: Vec<String>,
    /// How many there are in all.
    #[serde(default)]
    pub missing_total: i64,
}

/// The rows of a page, its place, and what is known of the list so far. Part of [`Run`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// Offset of the next page.
    pub offset: i64,
    /// Rows seen so far, repeats not counted.
    pub seen: i64,
    /// The total the list last stated.
    pub total: i64,
    /// The ids of the page before, to notice a repeated one.
    pub previous: Vec<String>,
    /// How often this page was tried.
    pub tries: i64,
    /// How many pages were read.
    pub pages: i64,
    /// How often the offset went back because rows disappeared meanwhile.
    pub rewinds: i64,
    /// The list held more rows than its total says.
    pub disagrees: bool,
    /// The list is asked for without an order, because it was refused with one.
    pub plain: bool,
    /// The POS's own time when it gave the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub began: Option<Instant>,
}

/// Up to when a list is known: changes from here on are asked for next time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// [`Request::list`].
    pub list: String,
    /// [`Request::scope`].
    #[serde(default)]
    pub scope: String,
    /// The POS's time when the first page of the last read that came to its end was given.
    pub at: Instant,
}

/// Rows of a list that the POS says were removed; goods are not among them ([`Advanced::deleted`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// [`Request::list`].
    pub list: String,
    /// [`Request::scope`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// The rows' ids.
    pub ids: Vec<String>,
}

/// A list that was read to its end: mirror rows of it that were not seen are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complete {
    /// [`Request::list`].
    pub list: String,
    /// [`Request::scope`].
    pub scope: String,
}

/// How far it is, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The phase's code: `connecting`, `reading-goods`, `writing-goods` …
    pub phase: String,
    /// Rows done in this phase.
    pub done: i64,
    /// Rows in all, 0 when unknown.
    pub total: i64,
}

/// How a run ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// `done`, or `failed`.
    pub outcome: String,
    /// The cause when it failed: a code of `src/words.json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Values for its sentence.
    #[serde(default)]
    pub params: Vec<Param>,
    /// The connection is of no use until somebody reconnects (A3).
    #[serde(default)]
    pub reconnect: bool,
}

/// The state of a run. The shell stores it as it is and never looks inside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// The form of this record.
    pub version: i64,
    /// What the run is for.
    pub kind: RunKind,
    /// The phase's code.
    pub phase: String,
    /// The next request id.
    pub next_id: i64,
    /// Requests out, to be repeated if the shell lost them.
    pub out: Vec<Request>,
    /// Paging of the list being read.
    pub page: Page,
    /// The books still to read.
    pub books: Vec<String>,
    /// The token was renewed since the last success.
    pub renewed: bool,
    /// Failures in a row, for backoff.
    pub failures: i64,
    /// Goods without stock rows met so far.
    pub without_stock: i64,
    /// How often the list was started over because it came back short.
    pub restarts: i64,
    /// Waits for the rate limit in a row.
    pub limited: i64,
    /// Chosen branches or books not met yet in the list being read.
    pub missing: Vec<String>,
    /// Replies taken so far: a run that takes too many ends.
    pub replies: i64,
    /// [`AdvanceInput::known_goods`] at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_goods: Option<i64>,
    /// [`AdvanceInput::accept_short_list`] at the start.
    #[serde(skip_serializing_if = "is_false")]
    pub accept_short_list: bool,
    /// The list of goods was read to its end and is believed: what it did not show is suspected.
    #[serde(skip_serializing_if = "is_false")]
    pub whole: bool,
    /// Goods the POS said were removed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// Goods still to be asked for one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suspects: Vec<String>,
    /// [`AdvanceInput::checkpoints`] at the start.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checkpoints: Vec<Checkpoint>,
    /// Nothing is asked for before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_until: Option<Instant>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Summary>,
}

/// What [`crate::run::advance`] is given. Without `run` it starts one of `kind`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvanceInput {
    /// The stored state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
    /// What to start, without a state.
    #[serde(default)]
    pub kind: RunKind,
    /// The shop's settings.
    pub settings: Settings,
    /// The instant.
    pub now: Instant,
    /// Any number between 0 and 999 from the shell, for jitter (rules have no randomness).
    #[serde(default)]
    pub jitter: i64,
    /// Replies to requests that were out.
    #[serde(default)]
    pub replies: Vec<Reply>,
    /// How many goods the mirror holds that are not marked deleted. Looked at when a run starts
    /// (so the count before it), then kept with the run: a complete list that is much shorter is
    /// not believed (B8). A shell that gives it also carries out [`RequestKind::FindMissing`];
    /// without it no good is ever taken for deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_goods: Option<i64>,
    /// A person said that so many goods were really deleted: this run believes a short list.
    /// Looked at when a run starts.
    #[serde(default)]
    pub accept_short_list: bool,
    /// The checkpoints of earlier runs, for [`RunKind::Delta`]. Looked at when a run starts. A list
    /// without one is read in full.
    #[serde(default)]
    pub checkpoints: Vec<Checkpoint>,
    /// The goods of a [`RunKind::Named`]. Looked at when a run starts; of more than a hundred the
    /// first hundred are read.
    #[serde(default)]
    pub ids: Vec<String>,
}

/// What comes back: the new state and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advanced {
    /// The new state.
    pub run: Run,
    /// What to do next, independent of each other; empty when done or waiting.
    pub requests: Vec<Request>,
    /// Do not go on before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_until: Option<Instant>,
    /// Lists that were read to their end by these replies.
    #[serde(default)]
    pub complete: Vec<Complete>,
    /// Goods that are proven to be deleted in the POS: mark their mirror rows
    /// ([`crate::model::Good::deleted`]). A row that comes again loses the mark.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<String>,
    /// Mirror rows to drop, because the POS says that they were removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
    /// Checkpoints to store: each takes the place of the one of the same list and scope.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checkpoints: Vec<Checkpoint>,
    /// A list starts over: forget the ids seen of it in this run.
    #[serde(default)]
    pub restart: Vec<Complete>,
    /// What to tell people.
    #[serde(default)]
    pub issues: Vec<Issue>,
    /// How far it is.
    pub progress: Progress,
    /// Set when the run has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Summary>,
}
