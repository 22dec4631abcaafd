//! What a person calls a row.

use crate::model::{Good, Item};
use crate::text::trim;

/// SKU and name, as issues and history show it.
#[must_use]
pub fn label(good: &Good) -> String {
    let sku = trim(&good.code);
    let name = if good.full_name.is_empty() {
        &good.name
    } else {
        &good.full_name
    };
    let mut label = String::with_capacity(sku.len().saturating_add(name.len()).saturating_add(4));
    label.push_str(sku);
    if !sku.is_empty() && !name.is_empty() {
        label.push_str(" · ");
    }
    label.push_str(name);
    if label.is_empty() {
        label.push_str(&good.id);
    }
    label
}

/// The row as the item of an issue.
#[must_use]
pub fn item(good: &Good) -> Item {
    Item {
        kind: "good".into(),
        id: Some(good.id.clone()),
        label: label(good),
    }
}
