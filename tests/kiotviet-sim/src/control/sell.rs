//! `POST /_sim/sell`: a sale over the counter. Lowers `onHand`, in base units for a further unit.

use serde::Deserialize;
use serde_json::{json, Value};

use super::lookup::ProductRef;
use crate::catalogue::{Catalogue, COMBO, SERVICE};
use crate::number::Number;
use crate::state::State;
use crate::time::VnTime;

/// One sale.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sale {
    /// What is sold.
    #[serde(flatten)]
    pub which: ProductRef,
    /// Where; the first branch when absent.
    #[serde(default)]
    pub branch_id: Option<i64>,
    /// How many, in the unit of the row; negative takes goods back.
    pub quantity: f64,
}

/// Stock that one sale lowered.
struct Moved {
    product_id: i64,
    on_hand: Number,
}

/// How deep combos may be made of combos.
const MAX_DEPTH: usize = 5;

/// Does all sales, or none.
///
/// # Errors
/// A sentence naming the first sale that cannot be done.
pub fn sell_all(state: &mut State, sales: &[Sale]) -> Result<Vec<Value>, String> {
    let mut catalogue = state.catalogue.clone();
    let now = State::change_time();
    let mut results = Vec::new();
    for (position, sale) in sales.iter().enumerate() {
        let moved = sell(&mut catalogue, sale, now)
            .map_err(|error| format!("sale {position}: {error}; nothing was sold"))?;
        let moved: Vec<Value> = moved
            .iter()
            .map(|moved| json!({"productId": moved.product_id, "onHand": moved.on_hand}))
            .collect();
        results.push(json!({ "moved": moved }));
    }
    state.catalogue = catalogue;
    state.changed();
    Ok(results)
}

fn sell(catalogue: &mut Catalogue, sale: &Sale, now: VnTime) -> Result<Vec<Moved>, String> {
    let branch_id = match sale
        .branch_id
        .or_else(|| catalogue.branches.first().map(|branch| branch.id))
    {
        Some(id) => id,
        None => return Err("the shop has no branch".into()),
    };
    let position = sale.which.find(catalogue)?;
    let mut moved = Vec::new();
    lower(
        catalogue,
        position,
        branch_id,
        sale.quantity,
        now,
        MAX_DEPTH,
        &mut moved,
    )?;
    Ok(moved)
}

fn lower(
    catalogue: &mut Catalogue,
    position: usize,
    branch_id: i64,
    quantity: f64,
    now: VnTime,
    depth: usize,
    moved: &mut Vec<Moved>,
) -> Result<(), String> {
    let product = catalogue.products.get(position).ok_or("no such product")?;
    let deeper = depth
        .checked_sub(1)
        .ok_or_else(|| format!("{}: combos are nested too deep", product.code))?;
    if product.kind == SERVICE {
        return Ok(());
    }
    let mut parts: Vec<(i64, f64)> = Vec::new();
    if let Some(base) = product.master_unit_id {
        parts.push((base, quantity * product.conversion_value.0));
    } else if product.kind == COMBO && !product.manufactured {
        parts.extend(
            product
                .formulas
                .iter()
                .map(|part| (part.material_id, quantity * part.quantity.0)),
        );
    } else {
        return take(catalogue, position, branch_id, quantity, now, moved);
    }
    for (id, quantity) in parts {
        let part = ProductRef {
            id: Some(id),
            code: None,
        }
        .find(catalogue)?;
        lower(catalogue, part, branch_id, quantity, now, deeper, moved)?;
    }
    Ok(())
}

fn take(
    catalogue: &mut Catalogue,
    position: usize,
    branch_id: i64,
    quantity: f64,
    now: VnTime,
    moved: &mut Vec<Moved>,
) -> Result<(), String> {
    let may_go_below = catalogue.settings.allow_sell_when_out_stock;
    let product = catalogue
        .products
        .get_mut(position)
        .ok_or("no such product")?;
    let (product_id, code) = (product.id, product.code.clone());
    let row = product
        .inventories
        .iter_mut()
        .find(|row| row.branch_id == branch_id)
        .ok_or_else(|| {
            format!("product {product_id} ({code}) has no stock row in branch {branch_id}")
        })?;
    let left = Number(row.on_hand.0 - quantity).tidy();
    if left.0 < 0.0 && quantity > 0.0 && !may_go_below {
        return Err(format!(
            "product {product_id} ({code}): {} left, AllowSellWhenOutStock is off",
            row.on_hand.0
        ));
    }
    row.on_hand = left;
    product.stock_moved = Some(now);
    moved.push(Moved {
        product_id,
        on_hand: left,
    });
    Ok(())
}
