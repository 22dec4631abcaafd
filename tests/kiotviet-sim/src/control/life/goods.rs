//! Edits of goods, new ones and deleted ones.

use serde_json::{json, Value};

use super::view::{add, is_ordinary, live_attributes, remove, set, View};
use crate::catalogue::{Category, Inventory, Product, NORMAL};
use crate::control::change::Change;
use crate::generate::ean13;
use crate::number::Number;

/// Endings a name gets and loses again, with the characters that go wrong on the way to a website.
const ENDINGS: &[&str] = &[
    "loại 1",
    "cao cấp",
    "bản 2026",
    "\"đặc biệt\"",
    "bền & đẹp",
    "hữu cơ 🌿",
    "(mới)",
];

/// The general price of one row moves.
pub fn price(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| row.base_price.0 > 0.0)?;
    let percent = f64::from(view.dice.u32(80..=125));
    let price = (product.base_price.0 * percent / 100.0 / 500.0).round() * 500.0;
    if price == product.base_price.0 || price <= 0.0 {
        return None;
    }
    Some(vec![set(product.id, json!({"basePrice": Number(price)}))])
}

/// The name, which all rows of a family share.
pub fn rename(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| !row.name.is_empty())?;
    let name = new_name(view, &product.name)?;
    Some(set_all(
        &view.family(product),
        &json!({"name": name, "fullName": null}),
    ))
}

/// The same words with another ending.
pub fn new_name(view: &mut View<'_, '_>, name: &str) -> Option<String> {
    let bare = ENDINGS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name)
        .trim_end();
    let changed = format!("{bare} {}", view.one_of(ENDINGS)?);
    (changed != name).then_some(changed)
}

fn set_all(rows: &[&Product], fields: &Value) -> Vec<Change> {
    rows.iter().map(|row| set(row.id, fields.clone())).collect()
}

/// The description is written anew, or emptied.
pub fn describe(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| row.master_unit_id.is_none())?;
    let number = view.dice.u16(1..=999);
    let text = match view.dice.u8(0..10) {
        0 => {
            return product
                .description
                .as_ref()
                .map(|_| vec![set(product.id, json!({"description": null}))])
        }
        1 => format!("<table><tbody><tr><td>Mã</td><td>{number}</td></tr></tbody></table>"),
        2 => format!("<p>Lô {number} &quot;tốt&quot; &amp; rẻ 🔥</p>"),
        _ => format!("<p>{}, lô {number}.</p>", product.name),
    };
    Some(vec![set(product.id, json!({ "description": text }))])
}

/// A barcode is typed in, corrected or taken away.
pub fn bar_code(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|_| true)?;
    let fields = if product.bar_code.is_some() && view.chance(25) {
        json!({"barCode": null})
    } else {
        let code = ean13(i64::from(view.dice.u32(100_000_000..=999_999_999)));
        let taken = |row: &Product| row.bar_code.as_deref() == Some(&code);
        if view.shop.products.iter().any(taken) {
            return None;
        }
        json!({"barCode": code})
    };
    Some(vec![set(product.id, fields)])
}

/// The SKU itself changes: the link must hold by id.
pub fn code(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| !row.code.is_empty())?;
    let code = match product.code.strip_suffix("-S") {
        Some(bare) => bare.to_owned(),
        None => format!("{}-S", product.code),
    };
    view.is_free(&code)
        .then(|| vec![set(product.id, json!({ "code": code }))])
}

/// Weighed, in grams.
pub fn weight(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| row.kind == NORMAL)?;
    let grams = Number(f64::from(view.dice.u32(1..=80)) * 25.0);
    (Some(grams) != product.weight).then(|| vec![set(product.id, json!({ "weight": grams }))])
}

/// A row is no longer traded, and its further units with it.
pub fn stop(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| row.is_active && row.master_unit_id.is_none())?;
    Some(set_all(
        &view.with_units(product),
        &json!({"isActive": false}),
    ))
}

/// Traded again.
pub fn resume(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| !row.is_active && row.master_unit_id.is_none())?;
    Some(set_all(
        &view.with_units(product),
        &json!({"isActive": true}),
    ))
}

/// An ingredient only, or sold again.
pub fn not_sold(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| is_ordinary(row) && live_attributes(row).is_empty())?;
    let sold = !product.allows_sale;
    Some(vec![set(product.id, json!({ "allowsSale": sold }))])
}

/// A good nobody had before.
pub fn new_good(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    fresh(view).map(|product| vec![add(product)])
}

/// A plain good in some category without children, with stock in most branches.
pub fn fresh(view: &mut View<'_, '_>) -> Option<Product> {
    let category = leaf(view)?;
    let id = view.shop.next_product_id();
    let price = f64::from(view.dice.u32(10..=900)) * 1_000.0;
    let mut inventories = Vec::new();
    for branch in &view.shop.branches {
        if view.chance(85) {
            inventories.push(Inventory {
                branch_id: branch.id,
                on_hand: Number(f64::from(view.dice.u32(0..=80))),
                cost: Number((price * 0.6).round()),
                ..Inventory::default()
            });
        }
    }
    Some(Product {
        id,
        code: format!("M{id}"),
        bar_code: view.chance(50).then(|| ean13(id)),
        name: format!("{} mới {id}", category.category_name),
        category_id: category.category_id,
        base_price: Number(price),
        weight: view.chance(50).then_some(Number(250.0)),
        inventories,
        ..Product::default()
    })
}

/// A category without children.
fn leaf<'a>(view: &mut View<'a, '_>) -> Option<&'a Category> {
    let all = &view.shop.categories;
    let has_child = |id: i64| all.iter().any(|row| row.parent_id == Some(id));
    for _ in 0..20 {
        let category = view.one_of(all)?;
        if !has_child(category.category_id) {
            return Some(category);
        }
    }
    None
}

/// A good goes for good: all its variants and units. One that combos are made of stays.
pub fn delete(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| row.master_unit_id.is_none())?;
    let family = view.family(product);
    if family.iter().any(|row| view.is_material(row.id)) {
        return None;
    }
    // Further units go with their base row.
    let base = family.iter().filter(|row| row.master_unit_id.is_none());
    Some(base.map(|row| remove(row.id)).collect())
}

/// A good and all its rows move to another category.
pub fn move_to_category(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|_| true)?;
    let category = leaf(view)?.category_id;
    if category == product.category_id {
        return None;
    }
    Some(set_all(
        &view.family(product),
        &json!({"categoryId": category}),
    ))
}
