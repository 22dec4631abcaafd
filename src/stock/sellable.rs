//! The sum over the chosen branches (product.md D1).

use super::{param, Sellable};
use crate::model::{BranchStock, Good};
use crate::settings::Settings;

fn of_branch<'a>(stocks: &'a [BranchStock], branch: &str) -> Option<&'a BranchStock> {
    stocks.iter().find(|row| row.branch_id == branch)
}

/// Σ over chosen branches of max(0, on hand − reserved), in thousandths, before the buffer.
///
/// A branch that does not trade the good counts 0 (B7). `unit` is a unit row sold from `good`'s
/// stock: a branch that does not trade the unit counts 0 for it too.
///
/// # Errors
/// [`Sellable::Unknown`] without chosen branches, without stock rows, with a chosen branch's row
/// missing, or on overflow.
pub fn summed(good: &Good, unit: Option<&Good>, settings: &Settings) -> Result<i64, Sellable> {
    if settings.branches.is_empty() {
        return Err(Sellable::Unknown("no-branch-chosen", Vec::new()));
    }
    let Some(stocks) = &good.stocks else {
        return Err(Sellable::Unknown("stock-unknown", Vec::new()));
    };
    let mut sum = 0_i64;
    for branch in &settings.branches {
        let Some(row) = of_branch(stocks, branch) else {
            return Err(Sellable::Unknown(
                "stock-branch-missing",
                vec![param("branch", branch)],
            ));
        };
        let of_unit = unit
            .and_then(|unit| unit.stocks.as_deref())
            .and_then(|rows| of_branch(rows, branch));
        if row.active == Some(false) || of_unit.is_some_and(|row| row.active == Some(false)) {
            continue;
        }
        let held = if settings.count_reserved {
            row.reserved.0
        } else {
            0
        };
        let free = row.on_hand.0.checked_sub(held);
        match free.and_then(|free| sum.checked_add(free.max(0))) {
            Some(next) => sum = next,
            None => return Err(Sellable::Unknown("stock-too-large", Vec::new())),
        }
    }
    Ok(sum)
}

/// Whether every chosen branch says it does not trade the good: then it counts as stopped (B7).
#[must_use]
pub fn stopped_everywhere(good: &Good, settings: &Settings) -> bool {
    let Some(stocks) = &good.stocks else {
        return false;
    };
    !settings.branches.is_empty()
        && settings
            .branches
            .iter()
            .all(|branch| of_branch(stocks, branch).is_some_and(|row| row.active == Some(false)))
}
