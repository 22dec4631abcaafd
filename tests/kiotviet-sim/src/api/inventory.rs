//! Stock of a good as the API shows it: own numbers, units from their base row, combos from their materials.

use crate::catalogue::{Catalogue, Inventory, Product, COMBO};
use crate::index::Index;
use crate::number::Number;
use crate::switches::Switches;
use crate::wire::Row;

/// Stock rows of a good after UNSURE-19 and -20; order of the branches as stored.
pub fn rows_of(
    catalogue: &Catalogue,
    index: &Index,
    switches: &Switches,
    product: &Product,
) -> Vec<Inventory> {
    if let Some(base_id) = product.master_unit_id {
        return match switches.reading(19) {
            'B' => product.inventories.clone(),
            'C' => Vec::new(),
            _ => from_base(catalogue, index, product, base_id),
        };
    }
    if product.kind == COMBO && !product.manufactured && switches.reading(20) == 'B' {
        return from_materials(catalogue, index, product);
    }
    product.inventories.clone()
}

/// Base stock ÷ conversionValue. Cost, norms and odd values come from the unit's own row where it has one.
fn from_base(catalogue: &Catalogue, index: &Index, unit: &Product, base_id: i64) -> Vec<Inventory> {
    let Some(base) = index
        .product(base_id)
        .and_then(|position| catalogue.products.get(position))
    else {
        return unit.inventories.clone();
    };
    let ratio = unit.conversion_value.0;
    let share = |number: Number| Number(number.0 / ratio);
    let rows = base.inventories.iter().map(|row| {
        let own = unit.inventory(row.branch_id);
        Inventory {
            branch_id: row.branch_id,
            on_hand: share(row.on_hand),
            reserved: share(row.reserved),
            on_order: share(row.on_order),
            cost: own.map_or(Number(row.cost.0 * ratio), |own| own.cost),
            min_quantity: own.map_or(Number(0.0), |own| own.min_quantity),
            max_quantity: own.map_or(Number(0.0), |own| own.max_quantity),
            is_active: own.map_or(row.is_active, |own| own.is_active),
            raw: own.and_then(|own| own.raw.clone()),
        }
    });
    rows.collect()
}

/// As many combos as the scarcest material allows, per branch.
fn from_materials(catalogue: &Catalogue, index: &Index, combo: &Product) -> Vec<Inventory> {
    let possible = |branch_id: i64| {
        let of_each = combo.formulas.iter().map(|formula| {
            let material = index
                .product(formula.material_id)
                .and_then(|position| catalogue.products.get(position));
            let on_hand = material
                .and_then(|material| material.inventory(branch_id))
                .map_or(0.0, |row| row.on_hand.0);
            (on_hand / formula.quantity.0).floor()
        });
        let least = of_each.fold(f64::INFINITY, f64::min);
        if least.is_finite() {
            least.max(0.0)
        } else {
            0.0
        }
    };
    let rows = combo.inventories.iter().map(|row| Inventory {
        on_hand: Number(possible(row.branch_id)),
        ..row.clone()
    });
    rows.collect()
}

/// Writes one stock row of `products`.
pub fn full_row(
    catalogue: &Catalogue,
    switches: &Switches,
    product_id: i64,
    row: &Inventory,
) -> String {
    let with_point = product_id % 5 == 0;
    let branch = catalogue
        .branches
        .iter()
        .find(|branch| branch.id == row.branch_id);
    let (min_key, max_key) = if switches.reading(16) == 'B' {
        ("minQuality", "maxQuality")
    } else {
        ("minQuantity", "maxQuantity")
    };
    let actual = if switches.is_default(15) {
        row.reserved
    } else {
        Number(0.0)
    };
    Row::new()
        .int("productId", product_id)
        .int("branchId", row.branch_id)
        .text_if(
            "branchName",
            branch.map(|branch| branch.branch_name.as_str()),
        )
        .number("cost", row.cost, product_id % 2 == 0)
        .number("onHand", row.on_hand, with_point)
        .number("reserved", row.reserved, with_point)
        .number("actualReserved", actual, with_point)
        .number(min_key, row.min_quantity, with_point)
        .number(max_key, row.max_quantity, with_point)
        .flag("isActive", row.is_active)
        .number("onOrder", row.on_order, with_point)
        .finish_with(row.raw.as_deref())
}

/// Writes one stock row of `productOnHands` (UNSURE-23).
pub fn light_row(switches: &Switches, product_id: i64, row: &Inventory) -> String {
    let with_point = product_id % 5 == 0;
    let key = if switches.reading(23) == 'B' {
        "onhand"
    } else {
        "onHand"
    };
    let raw = row.raw.as_deref().map(|raw| renamed(raw, key));
    Row::new()
        .int("branchId", row.branch_id)
        .number(key, row.on_hand, with_point)
        .number("reserved", row.reserved, with_point)
        .finish_with(raw.as_ref())
}

/// An odd `onHand` follows the spelling of the key; odd values of fields this list does not have stay away.
fn renamed(raw: &crate::catalogue::Overrides, on_hand_key: &str) -> crate::catalogue::Overrides {
    let known = |key: &str| match key {
        "onHand" => Some(on_hand_key.to_owned()),
        "branchId" | "reserved" => Some(key.to_owned()),
        _ => None,
    };
    crate::catalogue::Overrides {
        row: raw.row.clone(),
        omit: raw.omit.iter().filter_map(|key| known(key)).collect(),
        text: raw
            .text
            .iter()
            .filter_map(|(key, text)| known(key).map(|key| (key, text.clone())))
            .collect(),
        fields: raw
            .fields
            .iter()
            .filter_map(|(key, value)| known(key).map(|key| (key, value.clone())))
            .collect(),
    }
}
