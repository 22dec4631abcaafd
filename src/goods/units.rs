//! Units of measure (product.md B3): each unit level of a family, and what its products are called.

use crate::model::Good;
use crate::text::{fold, trim};
use std::borrow::Cow;

/// Rows of one unit: the base unit (empty key), or another one.
#[derive(Clone, Debug)]
pub struct Level<'a> {
    /// The unit's name for comparing; empty for the base level.
    pub key: String,
    /// Whether these are base rows.
    pub base: bool,
    /// The unit to name the products by; empty on the base level of a good sold in one unit only.
    pub unit: &'a str,
    /// The rows.
    pub rows: Vec<&'a Good>,
}

/// Splits a family into unit levels, the base level first, the others in order of appearance.
#[must_use]
pub fn levels<'a>(rows: &[&'a Good]) -> Vec<Level<'a>> {
    let mut levels: Vec<Level<'a>> = Vec::new();
    let mut others: Vec<Level<'a>> = Vec::new();
    for row in rows {
        let (list, base, unit) = match row.base_id {
            None => (&mut levels, true, ""),
            Some(_) => (&mut others, false, trim(row.unit.as_deref().unwrap_or(""))),
        };
        let known = list.iter_mut().find(|level| level.unit == unit);
        if let Some(level) = known {
            level.rows.push(row);
            continue;
        }
        let key = fold(unit);
        match list.iter_mut().find(|level| level.key == key) {
            Some(level) => level.rows.push(row),
            None => list.push(Level {
                key,
                base,
                unit,
                rows: vec![row],
            }),
        }
    }
    if let (false, Some(base)) = (others.is_empty(), levels.first_mut()) {
        base.unit = base
            .rows
            .first()
            .map_or("", |row| trim(row.unit.as_deref().unwrap_or("")));
    }
    levels.append(&mut others);
    levels
}

/// The family's own id at a unit level: `<key>` for base rows, `<key>|<unit>` for others.
#[must_use]
pub fn own_id(key: &str, level: &Level<'_>) -> String {
    let mut id = String::from(key);
    if !level.base {
        id.push('|');
        id.push_str(&level.key);
    }
    id
}

/// `name (unit)` where a good is sold in several units, the base unit too, else `name`. A row
/// without a name is called by what it has.
#[must_use]
pub fn named<'a>(row: &'a Good, name: &'a str, unit: &str) -> Cow<'a, str> {
    let names = [name, &row.full_name, &row.code, &row.id];
    let name = names
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    if unit.is_empty() {
        return Cow::Borrowed(name);
    }
    let mut text = String::from(name);
    text.push_str(" (");
    text.push_str(unit);
    text.push(')');
    Cow::Owned(text)
}
