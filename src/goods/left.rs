//! Attributes and values that the POS no longer has (product.md B2).
//!
//! What is taken off a product must have come from the POS, and nobody may still need it: the link
//! remembers what was written (`Màu: Đỏ, Xanh; Size: M`), and variations that this plan does not
//! bring into step (the owner's own, paused ones, ones that do not fit) keep what they use.

use super::variants::Variants;
use crate::model::{ShopAttribute, ShopProduct};
use crate::text::same;

/// Whether the remembered text has an attribute of this name.
fn wrote(remembered: &str, name: &str) -> bool {
    values(remembered, name).is_some()
}

/// The values the remembered text has for an attribute.
fn values<'r>(remembered: &'r str, name: &str) -> Option<&'r str> {
    let mut parts = remembered
        .split("; ")
        .filter_map(|part| part.split_once(": "));
    let found = parts.find(|(other, _)| same(other, name));
    found.map(|(_, values)| values)
}

/// Whether one of the variations has a value of the attribute (any value when `value` is none).
fn in_use(variations: &[&ShopProduct], name: &str, value: Option<&str>) -> bool {
    let uses = |held: &ShopAttribute| {
        let mut values = held.values.iter().filter(|held| !held.is_empty());
        same(&held.name, name) && values.any(|held| value.is_none_or(|value| same(held, value)))
    };
    variations
        .iter()
        .any(|variation| variation.attributes.iter().any(uses))
}

/// The attributes to take off a product: once written, not in the POS now, used by no other
/// variation. `remembered` is empty when nothing was written yet.
#[must_use]
pub fn attributes(
    held: &[ShopAttribute],
    variants: &Variants<'_>,
    remembered: &str,
    others: &[&ShopProduct],
) -> Vec<String> {
    let gone = |held: &&ShopAttribute| {
        !variants.has(&held.name)
            && wrote(remembered, &held.name)
            && !in_use(others, &held.name, None)
    };
    held.iter()
        .filter(gone)
        .map(|held| held.name.clone())
        .collect()
}

/// Takes values off the attributes to write, under the same conditions; tells whether any was.
pub fn drop_values(
    attributes: &mut [ShopAttribute],
    variants: &Variants<'_>,
    remembered: &str,
    others: &[&ShopProduct],
) -> bool {
    let mut dropped = false;
    for attribute in attributes {
        let Some(wrote) = values(remembered, &attribute.name) else {
            continue;
        };
        let name = &attribute.name;
        attribute.values.retain(|value| {
            let ours = wrote.split(", ").any(|other| same(other, value));
            let stays =
                !ours || variants.has_value(name, value) || in_use(others, name, Some(value));
            dropped |= !stays;
            stays
        });
    }
    dropped
}

/// The attributes to take off a row's variation: once written, and the row has no value for them.
#[must_use]
pub fn of_row(
    held: &[ShopAttribute],
    variants: &Variants<'_>,
    row: usize,
    remembered: &str,
) -> Vec<String> {
    let gone = |held: &&ShopAttribute| {
        let holds = held.values.iter().any(|value| !value.is_empty());
        holds && wrote(remembered, &held.name) && !variants.row_has(row, &held.name)
    };
    held.iter()
        .filter(gone)
        .map(|held| held.name.clone())
        .collect()
}
