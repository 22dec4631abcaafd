//! Changes of goods and their stock.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::lookup::{merge, ProductRef};
use crate::catalogue::{Inventory, Product};
use crate::edit::Edit;
use crate::number::Number;
use crate::trade::product;
use crate::webhooks::Event;

/// The numbers `stock.set` may name; absent ones stay.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StockNumbers {
    /// Physical stock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_hand: Option<Number>,
    /// Held by orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserved: Option<Number>,
    /// Ordered from suppliers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_order: Option<Number>,
    /// Cost price, đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Number>,
    /// Traded in this branch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// Sets fields and bumps `modifiedDate` (§3.6).
pub fn set(
    edit: &mut Edit<'_>,
    which: &ProductRef,
    fields: &Map<String, Value>,
) -> Result<(), String> {
    if fields.contains_key("id") {
        return Err("a product's id cannot change".into());
    }
    let now = edit.now;
    let product = which.product(edit.catalogue)?;
    let mut changed = merge(product, fields)?;
    if !fields.contains_key("modifiedDate") {
        changed.modified_date = Some(now);
    }
    let before = std::mem::replace(product, changed);
    let product = &*product;
    let moved = product
        .inventories
        .iter()
        .filter(|row| before.inventory(row.branch_id) != Some(*row));
    let moved: Vec<Event> = moved.map(|row| stock_event(product, row)).collect();
    let id = product.id;
    edit.reshaped |= before.master_unit_id != product.master_unit_id || before.code != product.code;
    edit.events.push(Event::Product(id));
    edit.events.extend(moved);
    Ok(())
}

fn stock_event(product: &Product, row: &Inventory) -> Event {
    Event::Stock {
        product: product.id,
        branch: row.branch_id,
    }
}

/// Adds a good made now, unless the row names another date.
pub fn add(edit: &mut Edit<'_>, product: &Product) -> Result<i64, String> {
    let mut product = product.clone();
    if product.id == 0 {
        product.id = edit.catalogue.next_product_id();
    }
    product.created_date.get_or_insert(edit.now);
    product.modified_date.get_or_insert(edit.now);
    let id = product.id;
    let opening = product.inventories.iter();
    let opening: Vec<Event> = opening.map(|row| stock_event(&product, row)).collect();
    let without_category = product.category_id == 0;
    edit.reshaped = true;
    edit.catalogue.products.push(product);
    if without_category {
        // Now, not at the end: the webhook shows the category.
        edit.catalogue.prepare()?;
    }
    edit.events.push(Event::Product(id));
    edit.events.extend(opening);
    Ok(id)
}

/// Deletes a good as [`product::remove`] does. Answers all deleted ids.
pub fn remove(edit: &mut Edit<'_>, which: &ProductRef) -> Result<Vec<i64>, String> {
    let id = which.product(edit.catalogue)?.id;
    Ok(product::remove(edit, id))
}

/// Sets stock numbers; `modifiedDate` stays (UNSURE-24, -53 decide whether the movement shows).
pub fn set_stock(
    edit: &mut Edit<'_>,
    which: &ProductRef,
    branch_id: i64,
    stock: &StockNumbers,
) -> Result<(), String> {
    if !edit
        .catalogue
        .branches
        .iter()
        .any(|branch| branch.id == branch_id)
    {
        return Err(format!("no branch {branch_id}"));
    }
    let now = edit.now;
    let derived = edit.switches.reading(19) != 'B';
    let product = which.product(edit.catalogue)?;
    if product.master_unit_id.is_some() && derived {
        return Err(format!(
            "{which} is a further unit, its stock follows from the base row; set that one"
        ));
    }
    if product.inventory(branch_id).is_none() {
        product.inventories.push(Inventory {
            branch_id,
            ..Inventory::default()
        });
    }
    for row in product
        .inventories
        .iter_mut()
        .filter(|row| row.branch_id == branch_id)
    {
        row.on_hand = stock.on_hand.unwrap_or(row.on_hand);
        row.reserved = stock.reserved.unwrap_or(row.reserved);
        row.on_order = stock.on_order.unwrap_or(row.on_order);
        row.cost = stock.cost.unwrap_or(row.cost);
        row.is_active = stock.is_active.unwrap_or(row.is_active);
    }
    product.stock_moved = Some(now);
    let event = Event::Stock {
        product: product.id,
        branch: branch_id,
    };
    edit.events.push(event);
    Ok(())
}

/// Drops the stock row of a branch. No webhook tells of it: there is no row to tell.
pub fn remove_stock_row(
    edit: &mut Edit<'_>,
    which: &ProductRef,
    branch_id: i64,
) -> Result<(), String> {
    let now = edit.now;
    let product = which.product(edit.catalogue)?;
    if product.inventory(branch_id).is_none() {
        return Err(format!("{which} has no stock row in branch {branch_id}"));
    }
    product.inventories.retain(|row| row.branch_id != branch_id);
    product.stock_moved = Some(now);
    Ok(())
}
