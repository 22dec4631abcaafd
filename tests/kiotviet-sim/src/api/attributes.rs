//! `GET /attributes/allwithdistinctvalue`: a bare array (§3.1).

use super::{Request, Route};
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{array, Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[Route::get("/attributes/allwithdistinctvalue", all)];

/// Attributes have no ids of their own in a catalogue: they are numbered in order of first use.
const FIRST_ATTRIBUTE: i64 = 900_001;

fn all(state: &mut State, _: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let mut names: Vec<(&str, Vec<&str>)> = Vec::new();
    let products = &state.catalogue.products;
    for attribute in products
        .iter()
        .flat_map(|product| &product.attributes)
        .filter(|attribute| !attribute.deleted)
    {
        let position = match names
            .iter()
            .position(|(name, _)| *name == attribute.attribute_name)
        {
            Some(position) => position,
            None => {
                names.push((&attribute.attribute_name, Vec::new()));
                names.len() - 1
            }
        };
        if let Some((_, values)) = names.get_mut(position) {
            if !values.contains(&attribute.attribute_value.as_str()) {
                values.push(&attribute.attribute_value);
            }
        }
    }
    let rows = (FIRST_ATTRIBUTE..).zip(names).map(|(id, (name, values))| {
        let values = values.into_iter().map(|value| {
            Row::new()
                .text("value", value)
                .int("attributeId", id)
                .finish()
        });
        Row::new()
            .text("name", name)
            .int("id", id)
            .list_if("attributeValues", values.collect())
            .finish()
    });
    Ok(Answer::Json(array(rows)))
}
