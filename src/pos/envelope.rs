//! The envelope of every answer (kiotviet-api.md §1.5), and what an answer is opened into.

use super::answer::{Failure, PageFacts};
use super::classify::{failure, Heard};
use super::row::{id, Row};
use super::wire::{shape, Kind, Node, Shape};
use crate::model::Instant;

shape!(STATUS, Status {
    ErrorCode "errorcode" Kind::Scalar;
    Message "message" Kind::Scalar;
});

/// The envelope's fields; [`listed!`] gives the kinds.
#[derive(Clone, Copy)]
enum Envelope {
    Total,
    PageSize,
    Data,
    RemovedIds,
    RemoveIds,
    RemoveId,
    Timestamp,
    ResponseStatus,
    Error,
    ErrorDescription,
    Message,
}

/// Names of the envelope's fields, in the order of [`Envelope`]. Three spellings of removed ids
/// are real [UNSURE-12].
pub(super) static ENVELOPE: [&str; 11] = [
    "total",
    "pagesize",
    "data",
    "removedids",
    "removeids",
    "removeid",
    "timestamp",
    "responsestatus",
    "error",
    "error_description",
    "message",
];

/// Kinds of the envelope's fields around rows of a shape.
pub(super) const fn envelope(rows: &'static Shape) -> [Kind; 11] {
    [
        Kind::Scalar,
        Kind::Scalar,
        Kind::Rows(rows),
        Kind::Scalars,
        Kind::Scalars,
        Kind::Scalars,
        Kind::Scalar,
        Kind::Row(&STATUS),
        Kind::Scalar,
        Kind::Scalar,
        Kind::Scalar,
    ]
}

/// The fields of an answer, see [`super::Answer`].
#[derive(Clone, Copy)]
enum Given {
    Status,
    Problem,
    RetryAfter,
    Date,
    Received,
    Scope,
    Branches,
    Shop,
    Now,
    Body,
}

/// Names of an answer's fields, in the order of [`Given`].
pub(super) static ANSWER: [&str; 10] = [
    "status",
    "problem",
    "retry_after",
    "date",
    "received",
    "scope",
    "branches",
    "shop",
    "now",
    "body",
];

/// Kinds of an answer's fields around a body.
pub(super) const fn answer(body: Kind) -> [Kind; 10] {
    [
        Kind::Scalar,
        Kind::Scalar,
        Kind::Scalar,
        Kind::Scalar,
        Kind::Scalar,
        Kind::Scalar,
        Kind::Scalars,
        Kind::Scalar,
        Kind::Scalar,
        body,
    ]
}

/// Names a list of the POS and gives the table its answers are read by.
macro_rules! listed {
    ($(#[$doc:meta])* $list:ident, $row:ident) => {
        $(#[$doc])*
        pub struct $list;

        impl $crate::pos::answer::Listed for $list {
            fn answer() -> &'static $crate::pos::wire::Shape {
                use $crate::pos::envelope::{answer, envelope, ANSWER, ENVELOPE};
                use $crate::pos::wire::{Kind, Shape};
                static ENVELOPE_KINDS: [Kind; 11] = envelope(&$row);
                static BODY: Shape = Shape { names: &ENVELOPE, kinds: &ENVELOPE_KINDS };
                static ANSWER_KINDS: [Kind; 10] = answer(Kind::Body(&BODY, &$row));
                static WHOLE: Shape = Shape { names: &ANSWER, kinds: &ANSWER_KINDS };
                &WHOLE
            }
        }
    };
}
pub(super) use listed;

/// A usable answer.
pub(super) struct Opened {
    /// The rows.
    pub rows: Vec<Node>,
    /// The fields of a row that came without envelope.
    pub bare: Vec<Node>,
    /// The page's facts.
    pub page: PageFacts,
    /// What the request was limited to.
    pub scope: String,
    /// The chosen branches.
    pub branches: Vec<String>,
    /// The shop's address code as typed.
    pub shop: String,
    /// The local clock.
    pub now: Option<Instant>,
    /// There was a list: `data`, a `total`, or a bare list.
    pub listed: bool,
}

impl Opened {
    /// One row without an answer around it, as webhooks have them.
    pub fn row(fields: Vec<Node>, scope: &str) -> Self {
        Self {
            rows: vec![Node::Row(fields)],
            bare: Vec::new(),
            page: PageFacts::default(),
            scope: scope.into(),
            branches: Vec::new(),
            shop: String::new(),
            now: None,
            listed: true,
        }
    }
}

#[inline(never)]
fn ids(node: Node) -> Vec<String> {
    let mut ids = Vec::new();
    for entry in node.entries() {
        if let Ok(Some(id)) = id(&entry) {
            ids.push(id);
        }
    }
    ids
}

/// Fields without a shape of their own: only their places count.
static FIELDS: Shape = Shape {
    names: &[],
    kinds: &[],
};

/// Opens an answer: its facts and rows, or why there are none.
pub(super) fn open(fields: Vec<Node>) -> Result<Opened, Failure> {
    open_judged(fields, failure)
}

/// As [`open`], with another judge of what is a failure.
#[inline(never)]
pub(super) fn open_judged(
    fields: Vec<Node>,
    judge: fn(&Heard) -> Option<Failure>,
) -> Result<Opened, Failure> {
    let mut given = Row::with(fields, &FIELDS);
    let mut heard = Heard {
        status: given.amount(Given::Status as usize, 0).unwrap_or(0),
        problem: given.plain(Given::Problem as usize),
        retry_after: given.plain(Given::RetryAfter as usize),
        date: given.plain(Given::Date as usize),
        received: given.amount(Given::Received as usize, 0),
        ..Heard::default()
    };
    let mut opened = Opened {
        rows: Vec::new(),
        bare: Vec::new(),
        page: PageFacts::default(),
        scope: given.plain(Given::Scope as usize),
        branches: ids(given.take(Given::Branches as usize)),
        shop: given.plain(Given::Shop as usize),
        now: given.amount(Given::Now as usize, 0),
        listed: false,
    };
    match given.take(Given::Body as usize) {
        Node::Row(fields) => unfold(fields, &mut heard, &mut opened),
        Node::List(rows) => {
            // A list without envelope is the whole list.
            opened.page.total = i64::try_from(rows.len()).ok();
            opened.rows = rows;
            opened.listed = true;
        }
        _ => heard.shapeless = true,
    }
    match judge(&heard) {
        Some(failure) => Err(failure),
        None => {
            if opened.page.timestamp.is_none() {
                // Not every list tells its time (§1.5); the answer itself does.
                opened.page.timestamp = super::date::http_date(&heard.date);
            }
            opened.page.rows = i64::try_from(opened.rows.len()).unwrap_or(0);
            Ok(opened)
        }
    }
}

fn unfold(mut body: Vec<Node>, heard: &mut Heard, opened: &mut Opened) {
    opened.bare = body.split_off(body.len().min(ENVELOPE.len()));
    let mut body = Row::with(body, &FIELDS);
    if let Some(mut status) = Row::of(body.take(Envelope::ResponseStatus as usize), &STATUS) {
        heard.error = status.plain(Status::ErrorCode as usize);
        heard.message = status.plain(Status::Message as usize);
    }
    heard.oauth = body.plain(Envelope::Error as usize);
    for place in [Envelope::ErrorDescription, Envelope::Message] {
        if heard.message.is_empty() {
            heard.message = body.plain(place as usize);
        }
    }
    let total = body.amount(Envelope::Total as usize, 0);
    opened.page.total = total.filter(|total| *total >= 0);
    opened.page.page_size = body.amount(Envelope::PageSize as usize, 0);
    opened.page.timestamp = body.instant(Envelope::Timestamp as usize);
    match body.take(Envelope::Data as usize) {
        // An empty list leaves `data` out [UNSURE-7].
        Node::Absent => opened.listed = opened.page.total.is_some(),
        Node::List(rows) => {
            opened.rows = rows;
            opened.listed = true;
        }
        _ => {}
    }
    for place in [
        Envelope::RemovedIds,
        Envelope::RemoveIds,
        Envelope::RemoveId,
    ] {
        opened
            .page
            .removed
            .append(&mut ids(body.take(place as usize)));
    }
}
