//! Sales and everything else that moves stock.

use super::view::View;
use crate::catalogue::{Inventory, Product, COMBO, NORMAL, SERVICE};
use crate::control::change::Change;
use crate::control::lookup::ProductRef;
use crate::control::product_change::StockNumbers;
use crate::control::sell::Sale;
use crate::number::Number;
use crate::trade::order::held_by_orders;

/// Sold over the counter: goods, packs and combos; now and then beyond stock where the shop allows it.
pub fn sale(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| row.is_active && row.allows_sale && row.kind != SERVICE)?;
    let rows = stock_behind(view, product)?;
    let branch = rows.first()?.1.branch_id;
    let quantity = if product.unit.as_deref() == Some("kg") {
        f64::from(view.dice.u32(1..=40)) / 20.0
    } else {
        f64::from(view.dice.u32(1..=3))
    };
    let enough = rows
        .iter()
        .all(|(ratio, row)| row.on_hand.0 >= quantity * ratio);
    let beyond = view.shop.settings.allow_sell_when_out_stock && view.chance(3);
    if !enough && !beyond {
        return None;
    }
    Some(sell(product, branch, quantity))
}

/// One piece comes back.
pub fn take_back(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| row.is_active && row.kind == NORMAL)?;
    let branch = stock_behind(view, product)?.first()?.1.branch_id;
    Some(sell(product, branch, -1.0))
}

fn sell(product: &Product, branch_id: i64, quantity: f64) -> Vec<Change> {
    let sale = Sale {
        which: ProductRef::by_id(product.id),
        branch_id: Some(branch_id),
        quantity,
    };
    vec![Change::Sell { sale }]
}

/// The stock rows one piece takes from, in a branch of chance that has them all, with how much of each.
fn stock_behind<'a>(
    view: &mut View<'a, '_>,
    product: &'a Product,
) -> Option<Vec<(f64, &'a Inventory)>> {
    let by_id = |id: i64| view.shop.products.iter().find(|row| row.id == id);
    let mut parts: Vec<(f64, &'a Product)> = Vec::new();
    if let Some(base) = product.master_unit_id {
        parts.push((product.conversion_value.0, by_id(base)?));
    } else if product.kind == COMBO && !product.manufactured {
        for part in &product.formulas {
            parts.push((part.quantity.0, by_id(part.material_id)?));
        }
    } else {
        parts.push((1.0, product));
    }
    // Combos of combos or of packs are left to the tests that mean them.
    if parts.iter().any(|(_, part)| {
        part.id != product.id && (part.kind != NORMAL || part.master_unit_id.is_some())
    }) {
        return None;
    }
    let first = parts.first()?.1;
    let branch = view.one_of(&first.inventories)?.branch_id;
    let rows = parts
        .into_iter()
        .map(|(ratio, part)| part.inventory(branch).map(|row| (ratio, row)));
    rows.collect()
}

/// Goods come from a supplier; the cost price may follow.
pub fn receipt(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let (product, row) = stock_row(view)?;
    let came = f64::from(view.dice.u32(5..=60));
    let cost = Number((row.cost.0 * f64::from(view.dice.u32(95..=108)) / 100.0).round());
    let numbers = StockNumbers {
        on_hand: Some(Number(row.on_hand.0 + came).tidy()),
        cost: Some(cost),
        ..StockNumbers::default()
    };
    Some(set_stock(product, row, numbers))
}

/// Somebody counted, and it was not what the system said.
pub fn stock_take(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let (product, row) = stock_row(view)?;
    let counted = match view.dice.u8(0..10) {
        0 => 0.0,
        1 => f64::from(view.dice.u32(0..=2_000)) / 20.0,
        _ => (row.on_hand.0.max(0.0) + f64::from(view.dice.i32(-4..=4))).max(0.0),
    };
    let counted = Number(counted).tidy();
    if counted == row.on_hand {
        return None;
    }
    let numbers = StockNumbers {
        on_hand: Some(counted),
        ..StockNumbers::default()
    };
    Some(set_stock(product, row, numbers))
}

/// An order in the shop holds some, or lets go.
pub fn reserve(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let (product, row) = stock_row(view)?;
    let most = row.on_hand.0.floor().clamp(0.0, 5.0) as u32;
    // What orders on the books hold stays held.
    let by_orders = held_by_orders(view.shop, product.id, row.branch_id);
    let held = Number(f64::from(view.dice.u32(0..=most)) + by_orders).tidy();
    if held == row.reserved {
        return None;
    }
    let numbers = StockNumbers {
        reserved: Some(held),
        ..StockNumbers::default()
    };
    Some(set_stock(product, row, numbers))
}

/// A good is no longer traded in one branch, or again.
pub fn stop_in_branch(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let (product, row) = stock_row(view)?;
    let numbers = StockNumbers {
        is_active: Some(!row.is_active),
        ..StockNumbers::default()
    };
    Some(set_stock(product, row, numbers))
}

/// A good that has stock of its own, and one of its rows.
fn stock_row<'a>(view: &mut View<'a, '_>) -> Option<(&'a Product, &'a Inventory)> {
    let product = view.good(|row| {
        row.kind == NORMAL && row.master_unit_id.is_none() && !row.inventories.is_empty()
    })?;
    let row = view.one_of(&product.inventories)?;
    Some((product, row))
}

fn set_stock(product: &Product, row: &Inventory, stock: StockNumbers) -> Vec<Change> {
    vec![Change::StockSet {
        which: ProductRef::by_id(product.id),
        branch_id: row.branch_id,
        stock,
    }]
}
