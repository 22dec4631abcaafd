//! What all lists of the POS have in common (kiotviet-api.md §1.5): the envelope, the facts of a
//! page, and the walk over its rows.

use super::answer::{Failure, PageFacts, Reading};
use super::classify::{failure, Heard};
use super::row::{amount, id, instant, issue, param, text, Row};
use super::wire::{shape, Kind, Node, Shape};
use crate::model::{Instant, Issue, Item, Severity};

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

fn ids(node: Node) -> Vec<String> {
    node.entries()
        .iter()
        .filter_map(|entry| id(entry).ok().flatten())
        .collect()
}

fn plain(node: Node) -> String {
    text(node).ok().flatten().unwrap_or_default()
}

/// Opens an answer: its facts and rows, or why there are none.
pub(super) fn open(fields: Vec<Node>) -> Result<Opened, Failure> {
    open_judged(fields, failure)
}

/// As [`open`], with another judge of what is a failure.
pub(super) fn open_judged(
    fields: Vec<Node>,
    judge: fn(&Heard) -> Option<Failure>,
) -> Result<Opened, Failure> {
    let mut given = fields;
    let mut take = |field: Given| {
        given
            .get_mut(field as usize)
            .map(std::mem::take)
            .unwrap_or_default()
    };
    let received = amount(&take(Given::Received), 0).ok().flatten();
    let mut heard = Heard {
        status: amount(&take(Given::Status), 0).ok().flatten().unwrap_or(0),
        problem: plain(take(Given::Problem)),
        retry_after: plain(take(Given::RetryAfter)),
        date: plain(take(Given::Date)),
        received,
        ..Heard::default()
    };
    let mut opened = Opened {
        rows: Vec::new(),
        bare: Vec::new(),
        page: PageFacts::default(),
        scope: plain(take(Given::Scope)),
        branches: ids(take(Given::Branches)),
        shop: plain(take(Given::Shop)),
        now: amount(&take(Given::Now), 0).ok().flatten(),
        listed: false,
    };
    let body = match take(Given::Body) {
        Node::Row(fields) => fields,
        Node::List(rows) => {
            // A list without envelope is the whole list.
            opened.page.total = i64::try_from(rows.len()).ok();
            opened.rows = rows;
            opened.listed = true;
            Vec::new()
        }
        _ => {
            heard.shapeless = true;
            Vec::new()
        }
    };
    unfold(body, &mut heard, &mut opened);
    match judge(&heard) {
        Some(failure) => Err(failure),
        None => {
            opened.page.rows = i64::try_from(opened.rows.len()).unwrap_or(0);
            Ok(opened)
        }
    }
}

fn unfold(mut body: Vec<Node>, heard: &mut Heard, opened: &mut Opened) {
    if body.is_empty() {
        return;
    }
    opened.bare = body.split_off(body.len().min(ENVELOPE.len()));
    let mut take = |field: Envelope| {
        body.get_mut(field as usize)
            .map(std::mem::take)
            .unwrap_or_default()
    };
    if let Some(mut status) = Row::of(take(Envelope::ResponseStatus), &STATUS) {
        heard.error = status.text(Status::ErrorCode as usize).unwrap_or_default();
        heard.message = status.text(Status::Message as usize).unwrap_or_default();
    }
    heard.oauth = plain(take(Envelope::Error));
    if heard.message.is_empty() {
        heard.message = plain(take(Envelope::ErrorDescription));
    }
    if heard.message.is_empty() {
        heard.message = plain(take(Envelope::Message));
    }
    let total = amount(&take(Envelope::Total), 0)
        .ok()
        .flatten()
        .filter(|total| *total >= 0);
    opened.page.total = total;
    opened.page.page_size = amount(&take(Envelope::PageSize), 0).ok().flatten();
    opened.page.timestamp = instant(&take(Envelope::Timestamp)).ok().flatten();
    match take(Envelope::Data) {
        // An empty list leaves `data` out [UNSURE-7].
        Node::Absent => opened.listed = total.is_some(),
        Node::List(rows) => {
            opened.rows = rows;
            opened.listed = true;
        }
        _ => {}
    }
    for field in [
        Envelope::RemovedIds,
        Envelope::RemoveIds,
        Envelope::RemoveId,
    ] {
        opened.page.removed.extend(ids(take(field)));
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
    pub fn say(&mut self, code: &str, severity: Severity, value: &str) {
        let params = if value.is_empty() {
            Vec::new()
        } else {
            vec![param("value", value)]
        };
        let item = Item {
            kind: self.kind.into(),
            id: Some(self.id.clone()),
            label: self.label.into(),
        };
        self.issues.push(issue(code, severity, item, params));
    }
}

/// Whether an id comes after another in numeric order.
pub(crate) fn after(id: &str, other: &str) -> bool {
    (id.len(), id) > (other.len(), other)
}

/// Reads every row of a list; what cannot be read is named and the rest goes on.
pub(super) fn read_list<R>(
    fields: Vec<Node>,
    spec: &Spec,
    read: fn(&mut Reader<'_>) -> Option<R>,
) -> Reading<R> {
    match open(fields) {
        Ok(opened) if opened.listed => read_rows(opened, spec, read),
        Ok(_) => failed(super::classify::not_a_list()),
        Err(failure) => failed(failure),
    }
}

/// A reading of an answer that is none.
pub(super) fn failed<R>(failure: Failure) -> Reading<R> {
    Reading {
        rows: Vec::new(),
        issues: Vec::new(),
        page: None,
        failure: Some(failure),
    }
}

/// Reads rows one by one.
pub(super) fn read_rows<R>(
    opened: Opened,
    spec: &Spec,
    read: fn(&mut Reader<'_>) -> Option<R>,
) -> Reading<R> {
    let Opened {
        rows: nodes,
        mut page,
        scope,
        branches,
        ..
    } = opened;
    let mut rows = Vec::with_capacity(nodes.len());
    let mut issues = Vec::new();
    let mut place: i64 = 0;
    for node in nodes {
        place = place.saturating_add(1);
        let Some((row, id, label)) = begin(node, spec, place, &mut page, &mut issues) else {
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
            issues: &mut issues,
        };
        match read(&mut reader) {
            Some(row) => {
                if !reader.row.lost.is_empty() {
                    let lost = std::mem::take(&mut reader.row.lost);
                    reader.say("fields-unreadable", Severity::Notice, &lost);
                }
                page.without_stock = page.without_stock.saturating_add(reader.without_stock);
                rows.push(row);
            }
            None => page.unreadable = page.unreadable.saturating_add(1),
        }
    }
    Reading {
        rows,
        issues,
        page: Some(page),
        failure: None,
    }
}

/// A row's record, id and label; `None` when it has no id, is no record, or came before.
fn begin(
    node: Node,
    spec: &Spec,
    place: i64,
    page: &mut PageFacts,
    issues: &mut Vec<Issue>,
) -> Option<(Row, String, String)> {
    let mut number = String::from("#");
    number.push_str(&crate::text::integer(place));
    let item = |id: Option<String>, label: String| Item {
        kind: spec.kind.into(),
        id,
        label,
    };
    let Some(mut row) = Row::of(node, spec.row) else {
        page.unreadable = page.unreadable.saturating_add(1);
        issues.push(issue(
            "row-unreadable",
            Severity::Review,
            item(None, number),
            Vec::new(),
        ));
        return None;
    };
    let label = label(&row, spec.label).unwrap_or_else(|| number.clone());
    let Some(id) = spec.id.iter().find_map(|place| row.id(*place)) else {
        page.unreadable = page.unreadable.saturating_add(1);
        let params = vec![param("value", &number)];
        issues.push(issue(
            "row-without-id",
            Severity::Review,
            item(None, label),
            params,
        ));
        return None;
    };
    // Lists are asked for in the order of their ids, so this seldom looks at all of them.
    let known = page.ids.last().is_some_and(|last| !after(&id, last)) && page.ids.contains(&id);
    page.ids.push(id.clone());
    if known {
        issues.push(issue(
            "row-twice",
            Severity::Notice,
            item(Some(id), label),
            Vec::new(),
        ));
        return None;
    }
    Some((row, id, label))
}

/// What people call a row: `SP01 – Túi`.
fn label(row: &Row, places: &[usize]) -> Option<String> {
    let mut label = String::new();
    for place in places {
        let part = match row.get(*place) {
            Node::Text(text) => text.trim().into(),
            Node::Int(value) => crate::text::integer(*value),
            _ => continue,
        };
        if part.is_empty() {
            continue;
        }
        if !label.is_empty() {
            label.push_str(" – ");
        }
        label.push_str(&part);
    }
    (!label.is_empty()).then_some(label)
}
