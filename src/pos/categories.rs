//! Categories (kiotviet-api.md §2), flat or as a tree.

use super::answer::{Answer, Reading};
use super::envelope::{listed, open, Opened};
use super::list::{failed, keep, read_rows, Reader, Spec};
use super::row::{id, Row};
use super::wire::{shape, Kind, Node};
use crate::model::{Category, Severity};

shape!(CATEGORY, Field {
    CategoryId "categoryid" Kind::Scalar;
    Id "id" Kind::Scalar;
    CategoryName "categoryname" Kind::Scalar;
    Name "name" Kind::Scalar;
    ParentId "parentid" Kind::Scalar;
    Children "children" Kind::Rows(&CATEGORY);
});

listed! {
    /// `GET /categories`, also `GET /categories/{id}`.
    Categories, CATEGORY
}

static SPEC: Spec = Spec {
    kind: "category",
    row: &CATEGORY,
    id: &[Field::CategoryId as usize, Field::Id as usize],
    label: &[Field::CategoryName as usize, Field::Name as usize],
};

/// Reads categories: a flat list, a tree (its parents first), or one category, wrapped or not
/// [UNSURE-10].
#[must_use]
pub fn read_categories(answer: Answer<Categories>) -> Reading<Category> {
    let mut opened = match open(answer.fields) {
        Ok(opened) => opened,
        Err(failure) => return failed(failure),
    };
    let own = |place: Field| opened.bare.get(place as usize) != Some(&Node::Absent);
    if !opened.listed && (own(Field::CategoryId) || own(Field::Id)) {
        opened.rows = vec![Node::Row(std::mem::take(&mut opened.bare))];
        opened.page.rows = 1;
        opened.listed = true;
    }
    if !opened.listed {
        return failed(super::classify::not_a_list());
    }
    let mut flat = Vec::new();
    for node in std::mem::take(&mut opened.rows) {
        flatten(node, None, &mut flat);
    }
    opened.rows = flat;
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, category(reader));
    read_rows(opened, &SPEC, read).with(rows)
}

/// Lays a tree out, parents first. Children that name no parent get the one they hang on.
fn flatten(mut node: Node, parent: Option<&Node>, flat: &mut Vec<Node>) {
    let mut children = Node::Absent;
    let mut own = Node::Absent;
    if let Node::Row(fields) = &mut node {
        if let Some(field) = fields.get_mut(Field::Children as usize) {
            children = std::mem::take(field);
        }
        let ids = [Field::CategoryId, Field::Id];
        let found = ids.iter().find_map(|place| {
            fields
                .get(*place as usize)
                .filter(|node| matches!(id(node), Ok(Some(_))))
        });
        own = found.cloned().unwrap_or_default();
        if let (Some(parent), Some(field)) = (parent, fields.get_mut(Field::ParentId as usize)) {
            if !matches!(id(field), Ok(Some(_))) {
                *field = parent.clone();
            }
        }
    }
    flat.push(node);
    for child in children.entries() {
        flatten(child, Some(&own), flat);
    }
}

/// Reads one row, of a webhook.
pub(super) fn read_row(fields: Vec<Node>) -> Reading<Category> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, category(reader));
    read_rows(Opened::row(fields, ""), &SPEC, read).with(rows)
}

fn category(reader: &mut Reader<'_>) -> Option<Category> {
    let row: &mut Row = &mut reader.row;
    let name = row
        .text(Field::CategoryName as usize)
        .or_else(|| row.text(Field::Name as usize));
    let parent_id = row.id(Field::ParentId as usize);
    let id = reader.id.clone();
    let Some(name) = name else {
        reader.say("category-without-name", Severity::Review, "");
        return None;
    };
    Some(Category {
        parent_id: parent_id.filter(|parent| *parent != id),
        name,
        id,
    })
}
