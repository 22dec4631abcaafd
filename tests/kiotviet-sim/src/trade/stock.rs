//! Stock that sales take and orders hold: which rows a line stands for, and moving them.

use crate::catalogue::{Catalogue, Inventory, COMBO, SERVICE};
use crate::edit::Edit;
use crate::number::Number;
use crate::webhooks::Event;

/// Stock one line stands for: which row, how much of it.
pub struct Part {
    /// Position of the good.
    pub position: usize,
    /// In its own unit.
    pub quantity: f64,
}

/// How deep combos may be made of combos.
const MAX_DEPTH: usize = 5;

/// The rows whose stock a quantity of a good lowers: a further unit's base row, a combo's materials, none of a service.
///
/// # Errors
/// A sentence when a base row or a material is missing.
pub fn parts(shop: &Catalogue, position: usize, quantity: f64) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    split(shop, position, quantity, MAX_DEPTH, &mut parts)?;
    Ok(parts)
}

fn split(
    shop: &Catalogue,
    position: usize,
    quantity: f64,
    depth: usize,
    parts: &mut Vec<Part>,
) -> Result<(), String> {
    let product = shop.products.get(position).ok_or("no such product")?;
    let deeper = depth
        .checked_sub(1)
        .ok_or_else(|| format!("{}: combos are nested too deep", product.code))?;
    if product.kind == SERVICE {
        return Ok(());
    }
    let mut further: Vec<(i64, f64)> = Vec::new();
    if let Some(base) = product.master_unit_id {
        further.push((base, quantity * product.conversion_value.0));
    } else if product.kind == COMBO && !product.manufactured {
        let materials = product.formulas.iter();
        further.extend(materials.map(|part| (part.material_id, quantity * part.quantity.0)));
    } else {
        parts.push(Part { position, quantity });
        return Ok(());
    }
    for (id, quantity) in further {
        let part = position_of(shop, id).ok_or_else(|| format!("no product with id {id}"))?;
        split(shop, part, quantity, deeper, parts)?;
    }
    Ok(())
}

/// Position of a good.
pub fn position_of(shop: &Catalogue, id: i64) -> Option<usize> {
    shop.products.iter().position(|product| product.id == id)
}

/// How much of a good a branch could still sell: on hand less what orders hold, of the scarcest row behind it.
/// A service is never scarce.
pub fn sellable(shop: &Catalogue, branch_id: i64, product_id: i64) -> f64 {
    let of_one = position_of(shop, product_id).and_then(|at| parts(shop, at, 1.0).ok());
    let free = |part: &Part| {
        let product = shop.products.get(part.position)?;
        let row = product.inventory(branch_id)?;
        Some((row.on_hand.0 - row.reserved.0) / part.quantity)
    };
    let parts = of_one.unwrap_or_default();
    parts
        .iter()
        .map(|part| free(part).unwrap_or(0.0))
        .fold(f64::INFINITY, f64::min)
}

/// By how much a good's stock moves, in the unit of the line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Move {
    /// Added to `onHand`.
    pub on_hand: f64,
    /// Added to `reserved`.
    pub reserved: f64,
}

/// Moves the rows behind a good; a branch that never had it gets a row. A good that has gone moves nothing.
pub fn shift(edit: &mut Edit<'_>, branch_id: i64, product_id: i64, by: Move) {
    let one = position_of(edit.catalogue, product_id);
    let parts = one.and_then(|position| parts(edit.catalogue, position, 1.0).ok());
    for part in parts.unwrap_or_default() {
        let Some(product) = edit.catalogue.products.get_mut(part.position) else {
            continue;
        };
        if product.inventory(branch_id).is_none() {
            product.inventories.push(Inventory {
                branch_id,
                ..Inventory::default()
            });
        }
        let rows = product.inventories.iter_mut();
        for row in rows.filter(|row| row.branch_id == branch_id) {
            row.on_hand = Number(row.on_hand.0 + by.on_hand * part.quantity).tidy();
            row.reserved = Number(row.reserved.0 + by.reserved * part.quantity).tidy();
        }
        product.stock_moved = Some(edit.now);
        let event = Event::Stock {
            product: product.id,
            branch: branch_id,
        };
        edit.events.push(event);
    }
}
