//! The walk over a list's rows: what cannot be read is named, and the rest goes on.

use super::answer::{Failure, PageFacts, Reading};
use super::envelope::{open, Opened};
use super::row::Row;
use super::say::{issue, owned, params};
use super::wire::{Node, Shape};
use crate::model::{Issue, Severity};
use crate::text::trim;

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
            Node::Text(text) => trim(text),
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
