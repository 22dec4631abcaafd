//! How many of a good can be sold (product.md D1, D2), exactly and never guessed.
//!
//! | row | stock |
//! |---|---|
//! | ordinary | Σ over chosen branches of max(0, on hand − reserved) − buffer, at least 0 |
//! | a unit with its base row | the base row's, divided by the conversion, floored |
//! | a unit without its base row | its own number |
//! | service | not managed |
//! | any | less what orders of the site hold that the POS does not know of yet (D5) |
//! | combo | its own number if any branch ever showed one, else what its materials allow |
//!
//! Unknown is not 0: a missing row gives [`Sellable::Unknown`], and nothing is written.

mod by_branch;
mod combo;
mod sellable;
mod units;

pub use by_branch::by_branch;
pub use combo::{has_own_number, makeable};
pub use sellable::{stopped_everywhere, summed};
pub use units::of_unit;

use crate::model::{Good, Kind, Param, Quantity};
use crate::settings::Settings;

/// What can be sold of a good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sellable {
    /// Stock means nothing for it (services).
    NotManaged,
    /// So many thousandths, by the rule the code names.
    Known(i64, &'static str),
    /// Not to be told; the code and its values say why.
    Unknown(&'static str, Vec<Param>),
}

/// Where rows are found by id: the family's rows and the components of its combos.
pub trait Rows<'a> {
    /// The row with this id.
    fn row(&self, id: &str) -> Option<&'a Good>;

    /// What orders of the site hold of a good and of all its units, in thousandths of its own unit,
    /// as far as the POS does not know of them (D5).
    fn pending(&self, good: &Good) -> i64;
}

/// A combo may hold combos; deeper than this is taken as a circle.
const DEEPEST: u8 = 4;

/// What can be sold of a good, whole units unless decimals are wanted (D2).
///
/// `own_before` says that this combo showed a number of its own before (B1: "ever").
#[must_use]
pub fn sellable(
    good: &Good,
    rows: &dyn Rows<'_>,
    settings: &Settings,
    own_before: bool,
) -> Sellable {
    let found = of_row(good, rows, settings, own_before, 0);
    match found {
        Sellable::Known(amount, reason) if !settings.decimal_stock => {
            let fraction = amount.checked_rem_euclid(1000).unwrap_or(0);
            Sellable::Known(amount.saturating_sub(fraction), reason)
        }
        other => other,
    }
}

fn of_row(
    good: &Good,
    rows: &dyn Rows<'_>,
    settings: &Settings,
    own_before: bool,
    depth: u8,
) -> Sellable {
    if good.kind == Kind::Service {
        return Sellable::NotManaged;
    }
    let made = good.kind == Kind::Combo && !own_before && !has_own_number(good);
    if made && !good.materials.is_empty() {
        if depth >= DEEPEST {
            return Sellable::Unknown("combo-circle", Vec::new());
        }
        let found = makeable(good, |part| {
            let row = rows.row(&part.id)?;
            Some(of_row(row, rows, settings, false, depth.saturating_add(1)))
        });
        return match found {
            Sellable::Known(count, reason) => {
                Sellable::Known(count.saturating_sub(rows.pending(good)).max(0), reason)
            }
            other => other,
        };
    }
    match good.base_id.as_deref().and_then(|id| rows.row(id)) {
        Some(base) => of_unit(good, base, rows.pending(base), settings),
        None => match summed(good, None, settings) {
            Ok(sum) => {
                let free = sum.saturating_sub(rows.pending(good));
                Sellable::Known(less_buffer(free, settings.safety_buffer), "stock-sellable")
            }
            Err(unknown) => unknown,
        },
    }
}

/// The buffer is kept back of every good (D1); a negative setting keeps nothing back.
fn less_buffer(sum: i64, buffer: Quantity) -> i64 {
    sum.saturating_sub(buffer.0.max(0)).max(0)
}

/// A parameter of a code.
pub(crate) fn param(name: &str, value: &str) -> Param {
    Param {
        name: name.into(),
        value: value.into(),
    }
}
