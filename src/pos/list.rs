//! What all lists of the POS have in common (kiotviet-api.md §1.5): the envelope, the facts of a
//! page, and the walk over its rows.

use super::answer::{Failure, PageFacts, Reading};
use super::classify::{failure, Heard};
use super::row::{id, Row};
use super::say::{issue, owned, params};
use super::wire::{shape, Kind, Node, Shape};
use crate::model::{Instant, Issue, Severity};

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
                use $crate::pos::list::{answer, envelope, ANSWER, ENVELOPE};
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

/// How a list's rows are told apart and named.
pub(super) struct Spec {
    /// The kind of item, for issues.
    pub kind: &'static str,
    /// The row's fields.
    pub row: &'static Shape,
    /// Places of the id's spellings.
    pub id: &'static [usize],
    /// Places of what people call it, joined by a dash: SKU, name.
    pub label: &'static [usize],
}

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

/// A row being read, and where to say what is wrong with it.
pub(super) struct Reader<'a> {
    /// Its fields.
    pub row: Row,
    /// Its id.
    pub id: String,
    /// The whole answer it lies in.
    pub scope: &'a str,
    /// The chosen branches.
    pub branches: &'a [String],
    /// Goods that came without stock are counted here.
    pub without_stock: i64,
    kind: &'static str,
    label: &'a str,
    issues: &'a mut Vec<Issue>,
}

impl Reader<'_> {
    /// Says what is wrong with the row. `value` fills the sentence's `{value}`.
    #[inline(never)]
    pub fn say(&mut self, code: &str, severity: Severity, value: &str) {
        let item = (self.kind, Some(self.id.as_str()), self.label);
        self.issues
            .push(issue(code, severity, item, params(&[("value", value)])));
    }
}

/// Whether an id comes after another in numeric order.
pub(crate) fn after(id: &str, other: &str) -> bool {
    (id.len(), id) > (other.len(), other)
}

/// What a walk over rows found, besides the rows.
pub(super) struct Walked {
    page: Option<PageFacts>,
    issues: Vec<Issue>,
    failure: Option<Failure>,
}

impl Walked {
    /// With the rows, the whole reading.
    pub fn with<R>(self, rows: Vec<R>) -> Reading<R> {
        Reading {
            rows,
            issues: self.issues,
            page: self.page,
            failure: self.failure,
        }
    }

    /// The page's facts.
    pub fn page_mut(&mut self) -> Option<&mut PageFacts> {
        self.page.as_mut()
    }
}

/// A reading of an answer that is none.
pub(super) fn failed<R>(failure: Failure) -> Reading<R> {
    nothing(failure).with(Vec::new())
}

fn nothing(failure: Failure) -> Walked {
    Walked {
        page: None,
        issues: Vec::new(),
        failure: Some(failure),
    }
}

/// Keeps a row that was read; whether there is one.
pub(super) fn keep<R>(rows: &mut Vec<R>, row: Option<R>) -> bool {
    match row {
        Some(row) => {
            rows.push(row);
            true
        }
        None => false,
    }
}

/// Reads every row of a list; what cannot be read is named and the rest goes on. `read` says
/// whether it could keep the row.
#[inline(never)]
pub(super) fn read_list(
    fields: Vec<Node>,
    spec: &Spec,
    read: &mut dyn FnMut(&mut Reader<'_>) -> bool,
) -> Walked {
    match open(fields) {
        Ok(opened) if opened.listed => read_rows(opened, spec, read),
        Ok(_) => nothing(super::classify::not_a_list()),
        Err(failure) => nothing(failure),
    }
}

/// Reads rows one by one.
#[inline(never)]
pub(super) fn read_rows(
    opened: Opened,
    spec: &Spec,
    read: &mut dyn FnMut(&mut Reader<'_>) -> bool,
) -> Walked {
    let Opened {
        rows,
        page,
        scope,
        branches,
        ..
    } = opened;
    let mut walk = Walk {
        spec,
        page,
        issues: Vec::new(),
        place: 0,
        greatest: 0,
    };
    for node in rows {
        walk.place = walk.place.saturating_add(1);
        let Some((row, id, label)) = walk.begin(node) else {
            continue;
        };
        let mut reader = Reader {
            row,
            id,
            scope: &scope,
            branches: &branches,
            without_stock: 0,
            kind: spec.kind,
            label: &label,
            issues: &mut walk.issues,
        };
        if read(&mut reader) {
            if !reader.row.is_whole() {
                let lost = reader.row.lost();
                reader.say("fields-unreadable", Severity::Notice, &lost);
            }
            walk.page.without_stock = walk.page.without_stock.saturating_add(reader.without_stock);
        } else {
            walk.page.unreadable = walk.page.unreadable.saturating_add(1);
        }
    }
    Walked {
        page: Some(walk.page),
        issues: walk.issues,
        failure: None,
    }
}

/// A walk over a page's rows.
struct Walk<'a> {
    spec: &'a Spec,
    page: PageFacts,
    issues: Vec<Issue>,
    /// The row's place on the page, from 1.
    place: i64,
    /// Where in `page.ids` the greatest id stands.
    greatest: usize,
}

impl Walk<'_> {
    /// A row's record, id and label; `None` when it has no id, is no record, or came before.
    fn begin(&mut self, node: Node) -> Option<(Row, String, String)> {
        let mut number = owned("#");
        number.push_str(&crate::text::integer(self.place));
        let Some(mut row) = Row::of(node, self.spec.row) else {
            self.page.unreadable = self.page.unreadable.saturating_add(1);
            self.say("row-unreadable", Severity::Review, None, &number, "");
            return None;
        };
        let mut label = label(&row, self.spec.label);
        if label.is_empty() {
            label.push_str(&number);
        }
        let Some(id) = self.spec.id.iter().find_map(|place| row.id(*place)) else {
            self.page.unreadable = self.page.unreadable.saturating_add(1);
            self.say("row-without-id", Severity::Review, None, &label, &number);
            return None;
        };
        let known = self.known(&id);
        self.page.ids.push(id.clone());
        if known {
            self.say("row-twice", Severity::Notice, Some(&id), &label, "");
            return None;
        }
        Some((row, id, label))
    }

    /// Whether the id came before. Lists are asked for in the order of their ids, so this seldom
    /// looks at all of them.
    fn known(&mut self, id: &str) -> bool {
        let ids = &self.page.ids;
        if ids
            .get(self.greatest)
            .is_none_or(|greatest| after(id, greatest))
        {
            self.greatest = ids.len();
            return false;
        }
        ids.iter().any(|known| known == id)
    }

    #[inline(never)]
    fn say(&mut self, code: &str, severity: Severity, id: Option<&str>, label: &str, value: &str) {
        self.issues.push(issue(
            code,
            severity,
            (self.spec.kind, id, label),
            params(&[("value", value)]),
        ));
    }
}

/// What people call a row: `SP01 – Túi`.
fn label(row: &Row, places: &[usize]) -> String {
    let mut label = String::new();
    for place in places {
        let number;
        let part = match row.get(*place) {
            Node::Text(text) => text.trim(),
            Node::Int(value) => {
                number = crate::text::integer(*value);
                &number
            }
            _ => "",
        };
        if !label.is_empty() && !part.is_empty() {
            label.push_str(" – ");
        }
        label.push_str(part);
    }
    label
}
