//! `GET /_sim/catalogue`: what is true, for an audit that trusts neither the API's spelling nor the plugin.

use std::collections::HashMap;

use serde_json::{json, Value};

use crate::api::stock_of;
use crate::catalogue::{Catalogue, Product};
use crate::index::Index;
use crate::state::State;
use crate::switches::Switches;
use crate::time::VnTime;

/// The shop as it is, effective prices as of an instant.
///
/// # Errors
/// A sentence when a row cannot be written as JSON.
pub fn of(state: &mut State, at: VnTime) -> Result<Value, String> {
    let switches_json = state.switches.to_json();
    let (shop, index, switches) = state.indexed();
    let paths = category_paths(shop);
    let products: Result<Vec<Value>, String> = shop
        .products
        .iter()
        .map(|product| product_truth(shop, index, switches, product, &paths, at))
        .collect();
    let categories: Vec<Value> = shop
        .categories
        .iter()
        .map(|category| {
            json!({
                "id": category.category_id,
                "parentId": category.parent_id,
                "name": category.category_name,
                "path": paths.get(&category.category_id),
            })
        })
        .collect();
    let books: Vec<Value> = shop
        .pricebooks
        .iter()
        .map(|book| {
            json!({
                "id": book.id,
                "name": book.name,
                "isActive": book.is_active,
                "isGlobal": book.is_global,
                "startDate": book.start_date,
                "endDate": book.end_date,
                "forAllCusGroup": book.for_all_cus_group,
                "forAllUser": book.for_all_user,
                "branches": book.branches,
                "inForce": book.in_force(at),
                "prices": book.prices.len(),
            })
        })
        .collect();
    Ok(json!({
        "at": at,
        "shop": {"code": shop.shop.code, "retailerId": shop.shop.retailer_id},
        "settings": shop.settings,
        "switches": switches_json,
        "branches": shop.branches,
        "categories": categories,
        "tradeMarks": shop.trade_marks,
        "pricebooks": books,
        "products": products?,
        "removed": shop.removed,
    }))
}

/// Names from the root down.
fn category_paths(shop: &Catalogue) -> HashMap<i64, Vec<String>> {
    let by_id: HashMap<i64, (&str, Option<i64>)> = shop
        .categories
        .iter()
        .map(|category| {
            (
                category.category_id,
                (category.category_name.as_str(), category.parent_id),
            )
        })
        .collect();
    let path = |id: i64| {
        let mut names = Vec::new();
        let mut next = Some(id);
        while let Some((name, parent)) = next.and_then(|id| by_id.get(&id)) {
            names.insert(0, (*name).to_owned());
            next = parent.filter(|_| names.len() < by_id.len());
        }
        names
    };
    by_id.keys().map(|id| (*id, path(*id))).collect()
}

fn product_truth(
    shop: &Catalogue,
    index: &Index,
    switches: &Switches,
    product: &Product,
    paths: &HashMap<i64, Vec<String>>,
    at: VnTime,
) -> Result<Value, String> {
    let mut value = serde_json::to_value(product)
        .map_err(|error| format!("product {}: {error}", product.id))?;
    let stock: Vec<Value> = stock_of(shop, index, switches, product)
        .iter()
        .map(|row| {
            json!({
                "branchId": row.branch_id,
                "onHand": row.on_hand,
                "reserved": row.reserved,
                "onOrder": row.on_order,
                "cost": row.cost,
                "isActive": row.is_active,
            })
        })
        .collect();
    let books: Vec<Value> = index
        .prices(product.id)
        .iter()
        .filter_map(|(book, row)| {
            let book = shop.pricebooks.get(*book)?;
            let row = book.prices.get(*row)?;
            let effective = if book.in_force(at) {
                row.price
            } else {
                product.base_price
            };
            Some(json!({
                "priceBookId": book.id,
                "price": row.price,
                "inForce": book.in_force(at),
                "effective": effective,
            }))
        })
        .collect();
    if let Some(object) = value.as_object_mut() {
        object.insert("fullName".into(), json!(product.shown_name()));
        object.insert("hasVariants".into(), json!(product.shows_variants()));
        object.insert(
            "categoryPath".into(),
            json!(paths.get(&product.category_id)),
        );
        object.insert("stock".into(), Value::Array(stock));
        object.insert(
            "prices".into(),
            json!({"general": product.base_price, "books": books}),
        );
        let images = product.images.iter();
        let images: Vec<String> = images.map(|url| shop.shown_image(url)).collect();
        object.insert("images".into(), json!(images));
        object.insert("attributes".into(), json!(live_attributes(product)));
    }
    Ok(value)
}

fn live_attributes(product: &Product) -> Vec<Value> {
    let live = product
        .attributes
        .iter()
        .filter(|attribute| !attribute.deleted);
    live.map(|attribute| json!({"attributeName": attribute.attribute_name, "attributeValue": attribute.attribute_value})).collect()
}
