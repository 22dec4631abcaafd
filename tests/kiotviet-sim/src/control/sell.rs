//! `POST /_sim/sell`: a sale over the counter. Lowers `onHand`, in base units for a further unit.

use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

use super::change::Change;
use super::lookup::ProductRef;
use super::session::Session;
use crate::catalogue::Catalogue;
use crate::edit::Edit;
use crate::number::Number;
use crate::state::State;
use crate::trade::stock::{parts, Part};
use crate::webhooks::Event;

/// One sale.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sale {
    /// What is sold.
    #[serde(flatten)]
    pub which: ProductRef,
    /// Where; the first branch when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch_id: Option<i64>,
    /// How many, in the unit of the row; negative takes goods back.
    pub quantity: f64,
}

/// Does all sales, or none.
///
/// # Errors
/// A sentence naming the first sale that cannot be done.
pub fn sell_all(state: &mut State, sales: &[Sale]) -> Result<Vec<Value>, String> {
    let mut session = Session::open(state);
    let mut results = Vec::new();
    for (position, sale) in sales.iter().enumerate() {
        let change = Change::Sell { sale: sale.clone() };
        let result = session
            .apply(&change)
            .map_err(|error| format!("sale {position}: {error}; nothing was sold"))?;
        results.push(result);
    }
    session.commit(state)?;
    Ok(results)
}

/// One sale.
///
/// # Errors
/// A sentence naming what is missing; then nothing was sold.
pub fn sell(edit: &mut Edit<'_>, sale: &Sale) -> Result<Value, String> {
    let first = edit.catalogue.branches.first().map(|branch| branch.id);
    let branch_id = sale.branch_id.or(first).ok_or("the shop has no branch")?;
    let position = sale.which.find(edit.catalogue)?;
    let parts = parts(edit.catalogue, position, sale.quantity)?;
    let mut left = Vec::new();
    for part in &parts {
        let taken = parts.iter().filter(|other| other.position == part.position);
        let quantity = taken.map(|part| part.quantity).sum();
        left.push(what_is_left(edit.catalogue, part, branch_id, quantity)?);
    }
    let mut moved: Vec<Value> = Vec::new();
    for (part, left) in parts.iter().zip(left) {
        let Some(product) = edit.catalogue.products.get_mut(part.position) else {
            continue;
        };
        product.stock_moved = Some(edit.now);
        let rows = product.inventories.iter_mut();
        for row in rows.filter(|row| row.branch_id == branch_id) {
            row.on_hand = left;
        }
        moved.push(json!({"productId": product.id, "onHand": left}));
        edit.events.push(Event::Stock {
            product: product.id,
            branch: branch_id,
        });
    }
    Ok(json!({ "moved": moved }))
}

/// Stock of a row after the whole sale took `quantity` from it.
fn what_is_left(
    catalogue: &Catalogue,
    part: &Part,
    branch_id: i64,
    quantity: f64,
) -> Result<Number, String> {
    let product = catalogue
        .products
        .get(part.position)
        .ok_or("no such product")?;
    let (id, code) = (product.id, &product.code);
    let row = product
        .inventory(branch_id)
        .ok_or_else(|| format!("product {id} ({code}) has no stock row in branch {branch_id}"))?;
    let left = Number(row.on_hand.0 - quantity).tidy();
    if left.0 < 0.0 && quantity > 0.0 && !catalogue.settings.allow_sell_when_out_stock {
        return Err(format!(
            "product {id} ({code}): {} left, AllowSellWhenOutStock is off",
            row.on_hand.0
        ));
    }
    Ok(left)
}
