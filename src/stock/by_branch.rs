//! What can be sold in each chosen branch (product.md A4), for the shop front to show.

use super::units::divided;
use super::Rows;
use crate::model::{Good, Kind};
use crate::settings::Settings;

/// Chosen branches with max(0, on hand − reserved) of each, in thousandths, whole units unless
/// decimals are wanted. The buffer is kept back of the sum, not of a branch. A branch without a row is
/// left out (unknown is not 0, D2); services and combos have none.
#[must_use]
pub fn by_branch<'s>(
    good: &Good,
    rows: &dyn Rows<'_>,
    settings: &'s Settings,
) -> Vec<(&'s str, i64)> {
    if good.kind != Kind::Ordinary {
        return Vec::new();
    }
    let base = good.base_id.as_deref().and_then(|id| rows.row(id));
    let stocks = base.unwrap_or(good).stocks.as_deref().unwrap_or_default();
    let mut list = Vec::new();
    for branch in &settings.branches {
        let Some(row) = stocks.iter().find(|row| row.branch_id == *branch) else {
            continue;
        };
        let held = if settings.count_reserved {
            row.reserved.0
        } else {
            0
        };
        let free = if row.active == Some(false) {
            0
        } else {
            row.on_hand.0.saturating_sub(held).max(0)
        };
        let amount = match base {
            Some(_) => divided(free, good.conversion.0),
            None => Some(free),
        };
        let Some(amount) = amount else { continue };
        let part = if settings.decimal_stock {
            0
        } else {
            amount.checked_rem_euclid(1000).unwrap_or(0)
        };
        list.push((branch.as_str(), amount.saturating_sub(part)));
    }
    list
}
