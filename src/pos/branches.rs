//! Branches (kiotviet-api.md §1.6).

use super::answer::{Answer, Reading};
use super::envelope::{listed, Opened};
use super::list::{keep, read_list, read_rows, Reader, Spec};
use super::wire::{shape, Kind, Node};
use crate::model::Branch;

shape!(BRANCH, Field {
    Id "id" Kind::Scalar;
    BranchName "branchname" Kind::Scalar;
    Name "name" Kind::Scalar;
    Code "branchcode" Kind::Scalar;
    IsActive "isactive" Kind::Scalar;
    IsLock "islock" Kind::Scalar;
});

listed! {
    /// `GET /branches`.
    Branches, BRANCH
}

static SPEC: Spec = Spec {
    kind: "branch",
    row: &BRANCH,
    id: &[Field::Id as usize],
    label: &[
        Field::Code as usize,
        Field::BranchName as usize,
        Field::Name as usize,
    ],
};

/// Reads `GET /branches`. A row without a state is open: closed branches come as removed ids.
#[must_use]
pub fn read_branches(answer: Answer<Branches>) -> Reading<Branch> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, branch(reader));
    read_list(answer.fields, &SPEC, read).with(rows)
}

/// Reads one row, of a webhook.
pub(super) fn read_row(fields: Vec<Node>) -> Reading<Branch> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, branch(reader));
    read_rows(Opened::row(fields, ""), &SPEC, read).with(rows)
}

fn branch(reader: &mut Reader<'_>) -> Option<Branch> {
    let row = &mut reader.row;
    let name = row
        .text(Field::BranchName as usize)
        .or_else(|| row.text(Field::Name as usize))
        .or_else(|| row.text(Field::Code as usize));
    let locked = row.flag(Field::IsLock as usize) == Some(true);
    let active = row.flag(Field::IsActive as usize) != Some(false) && !locked;
    let id = reader.id.clone();
    Some(Branch {
        name: name.unwrap_or_else(|| id.clone()),
        id,
        active,
    })
}
