//! Price books (kiotviet-api.md §4).

use super::answer::{Answer, Reading};
use super::envelope::{listed, Opened};
use super::list::{keep, read_list, read_rows, Reader, Spec};
use super::row::{id, instant, Row};
use super::wire::{shape, Kind, Node};
use crate::model::{Book, Severity};

shape!(BRANCH, Branch {
    Id "branchid" Kind::Scalar;
});

shape!(BOOK, Field {
    Id "id" Kind::Scalar;
    Name "name" Kind::Scalar;
    IsActive "isactive" Kind::Scalar;
    IsGlobal "isglobal" Kind::Scalar;
    StartDate "startdate" Kind::Scalar;
    EndDate "enddate" Kind::Scalar;
    ForAllGroups "forallcusgroup" Kind::Scalar;
    ForAllUsers "foralluser" Kind::Scalar;
    Branches "pricebookbranches" Kind::Rows(&BRANCH);
    Groups "pricebookcustomergroups" Kind::Rows(&BRANCH);
    Users "pricebookusers" Kind::Rows(&BRANCH);
});

listed! {
    /// `GET /pricebooks`.
    Books, BOOK
}

static SPEC: Spec = Spec {
    kind: "book",
    row: &BOOK,
    id: &[Field::Id as usize],
    label: &[Field::Name as usize],
};

/// Reads `GET /pricebooks` asked with its three include flags.
///
/// The general price list is no book: an entry with id 0 or below is dropped [UNSURE-17].
/// `isGlobal` is read as "all branches"; a book without branches is valid everywhere in both
/// readings of it [UNSURE-25].
#[must_use]
pub fn read_books(mut answer: Answer<Books>) -> Reading<Book> {
    let dropped = drop_general(&mut answer.fields);
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, book(reader));
    let mut walked = read_list(answer.fields, &SPEC, read);
    if let Some(page) = walked.page_mut() {
        // It still counts where the answer counts its rows.
        page.rows = page.rows.saturating_add(dropped);
    }
    walked.with(rows)
}

/// Drops the general price list before its row is looked at and named as one without id.
fn drop_general(answer: &mut [Node]) -> i64 {
    let Some(Node::Row(body)) = answer.last_mut() else {
        return 0;
    };
    let mut dropped: i64 = 0;
    for node in body {
        let Node::List(rows) = node else { continue };
        let mut kept = Vec::with_capacity(rows.len());
        for row in std::mem::take(rows) {
            match &row {
                Node::Row(fields) if fields.first().is_some_and(is_general) => {
                    dropped = dropped.saturating_add(1);
                }
                _ => kept.push(row),
            }
        }
        *rows = kept;
    }
    dropped
}

fn is_general(id: &Node) -> bool {
    match id {
        Node::Int(id) => *id <= 0,
        Node::Text(id) => id == "0" || id.starts_with('-'),
        _ => false,
    }
}

/// Reads one row, of a webhook.
pub(super) fn read_row(fields: Vec<Node>) -> Reading<Book> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, book(reader));
    read_rows(Opened::row(fields, ""), &SPEC, read).with(rows)
}

fn book(reader: &mut Reader<'_>) -> Option<Book> {
    let row = &mut reader.row;
    let dates = (
        instant(row.get(Field::StartDate as usize)),
        instant(row.get(Field::EndDate as usize)),
    );
    let (Ok(start), Ok(end)) = dates else {
        reader.say("book-dates-unreadable", Severity::Review, "");
        return None;
    };
    let global = row.flag(Field::IsGlobal as usize) == Some(true);
    let listed = row.take(Field::Branches as usize);
    let branches = if global {
        Some(Vec::new())
    } else {
        branches(listed)
    };
    let limited_to_groups = limited(row, Field::ForAllGroups, Field::Groups);
    let limited_to_sellers = limited(row, Field::ForAllUsers, Field::Users);
    let name = row.text(Field::Name as usize);
    let active = row.flag(Field::IsActive as usize).unwrap_or(true);
    let id = reader.id.clone();
    let Some(branches) = branches else {
        reader.say("book-branches-unreadable", Severity::Review, "");
        return None;
    };
    Some(Book {
        name: name.unwrap_or_else(|| id.clone()),
        id,
        active,
        start,
        end,
        branches,
        limited_to_groups,
        limited_to_sellers,
    })
}

/// The branches a book is limited to; `None` when one of them cannot be read, for then nobody can
/// say where the book is valid.
fn branches(listed: Node) -> Option<Vec<String>> {
    let mut branches = Vec::new();
    for node in listed.entries() {
        let row = Row::of(node, &BRANCH)?;
        branches.push(id(row.get(Branch::Id as usize)).ok().flatten()?);
    }
    Some(branches)
}

fn limited(row: &mut Row, for_all: Field, members: Field) -> bool {
    let any = !row.take(members as usize).entries().is_empty();
    row.flag(for_all as usize).map_or(any, |for_all| !for_all)
}
