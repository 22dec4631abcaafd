//! Families gain and lose variants, attributes and units.

use std::collections::HashSet;

use serde_json::json;

use super::goods::fresh;
use super::view::{add, is_ordinary, live_attributes, remove, set, View};
use crate::catalogue::{Attribute, Inventory, Product};
use crate::control::change::Change;
use crate::number::Number;

const COLOURS: &[&str] = &["Tím", "Cam", "Nâu", "Be", "Xanh rêu", "Vàng", "Bạc"];
const FURTHER: &[(&str, &str)] = &[
    ("Xuất xứ", "Việt Nam"),
    ("Kiểu dáng", "Suông"),
    ("Chất liệu", "Cotton"),
];
const UNITS: &[(&str, f64)] = &[("Hộp", 6.0), ("Lốc", 12.0), ("Thùng", 24.0)];
/// KiotViet's forms offer no more.
const MOST_ATTRIBUTES: usize = 3;

/// A new good in two or three colours.
pub fn new_family(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let mut master = fresh(view)?;
    master.attributes = vec![colour(COLOURS.first()?)];
    let mut changes = Vec::new();
    let further = view.dice.usize(1..=2);
    for (value, number) in COLOURS.iter().skip(1).take(further).zip(1_i64..) {
        changes.push(add(sibling(&master, master.id, master.id + number, value)));
    }
    changes.insert(0, add(master));
    Some(changes)
}

/// A plain good turns out to come in colours: it becomes the first variant.
pub fn become_family(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = view.good(|row| {
        is_ordinary(row) && row.attributes.is_empty() && row.master_product_id.is_none()
    })?;
    if view.family(product).len() > 1 {
        return None;
    }
    let first = vec![colour(COLOURS.first()?)];
    let second = sibling(
        product,
        product.id,
        view.shop.next_product_id(),
        COLOURS.get(1)?,
    );
    Some(vec![
        set(product.id, json!({"attributes": first, "fullName": null})),
        add(second),
    ])
}

fn colour(value: &str) -> Attribute {
    Attribute {
        attribute_name: "Màu sắc".into(),
        attribute_value: value.into(),
        deleted: false,
    }
}

/// A variant like `like`; the last attribute tells it apart.
fn sibling(like: &Product, master: i64, id: i64, value: &str) -> Product {
    let mut attributes: Vec<Attribute> = live_attributes(like).into_iter().cloned().collect();
    match attributes.last_mut() {
        Some(last) => last.attribute_value = value.into(),
        None => attributes.push(colour(value)),
    }
    let inventories = like.inventories.iter().map(|row| Inventory {
        on_hand: Number((row.on_hand.0.max(0.0) / 2.0).floor()),
        reserved: Number(0.0),
        raw: None,
        ..row.clone()
    });
    Product {
        id,
        code: format!("M{id}"),
        bar_code: None,
        full_name: None,
        master_product_id: Some(master),
        attributes,
        inventories: inventories.collect(),
        created_date: None,
        modified_date: None,
        stock_moved: None,
        raw: None,
        ..like.clone()
    }
}

/// One more value of the last attribute.
pub fn gain_variant(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = variant(view)?;
    let family = view.family(product);
    let taken: Vec<&str> = family
        .iter()
        .filter_map(|row| {
            live_attributes(row)
                .last()
                .map(|last| last.attribute_value.as_str())
        })
        .collect();
    let id = view.shop.next_product_id();
    let free = COLOURS.iter().find(|value| !taken.contains(value));
    let value = free.map_or_else(|| format!("Số {id}"), |value| (*value).to_owned());
    let master = product.master_product_id.unwrap_or(product.id);
    Some(vec![add(sibling(product, master, id, &value))])
}

/// A base-unit row of a family that steps may rebuild.
fn variant<'a>(view: &mut View<'a, '_>) -> Option<&'a Product> {
    view.good(|row| is_ordinary(row) && !live_attributes(row).is_empty())
}

/// One variant is deleted; now and then the first one, whose id its siblings go on naming.
pub fn lose_variant(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = variant(view)?;
    let base = view.family(product);
    let base: Vec<&Product> = base
        .into_iter()
        .filter(|row| row.master_unit_id.is_none())
        .collect();
    let is_first = product.master_product_id.is_none();
    if base.len() < 2 || view.is_material(product.id) || (is_first && !view.chance(20)) {
        return None;
    }
    Some(vec![remove(product.id)])
}

/// All rows get a further attribute.
pub fn gain_attribute(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let product = variant(view)?;
    let (name, value) = *view.one_of(FURTHER)?;
    let family = view.family(product);
    let has_room = |row: &&Product| {
        row.attributes.len() < MOST_ATTRIBUTES
            && row
                .attributes
                .iter()
                .all(|attribute| attribute.attribute_name != name)
    };
    if !family.iter().all(has_room) {
        return None;
    }
    let changes = family.iter().map(|row| {
        let mut attributes = row.attributes.clone();
        attributes.push(Attribute {
            attribute_name: name.into(),
            attribute_value: value.into(),
            deleted: false,
        });
        set(row.id, json!({"attributes": attributes, "fullName": null}))
    });
    Some(changes.collect())
}

/// One of the further attributes is deleted everywhere, where the variants stay apart without it; the API goes on
/// returning it.
pub fn lose_attribute(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let further = |row: &Product| {
        let live = live_attributes(row)
            .into_iter()
            .map(|attribute| &attribute.attribute_name);
        let mut names: Vec<String> = live.cloned().collect();
        names.retain(|name| FURTHER.iter().any(|(known, _)| known == name));
        names
    };
    let product = view.good(|row| {
        is_ordinary(row) && live_attributes(row).len() > 1 && !further(row).is_empty()
    })?;
    let name = &further(product).pop()?;
    let family = view.family(product);
    let left = |row: &Product| -> Vec<String> {
        let live = live_attributes(row).into_iter();
        let live = live.filter(|attribute| attribute.attribute_name != *name);
        let values = live.map(|attribute| attribute.attribute_value.clone());
        values.chain(row.unit.clone()).collect()
    };
    let apart: HashSet<Vec<String>> = family.iter().map(|row| left(row)).collect();
    if apart.len() < family.len() {
        return None;
    }
    let changes = family.iter().map(|row| {
        let mut attributes = row.attributes.clone();
        for attribute in attributes
            .iter_mut()
            .filter(|attribute| attribute.attribute_name == *name)
        {
            attribute.deleted = true;
        }
        set(row.id, json!({"attributes": attributes, "fullName": null}))
    });
    Some(changes.collect())
}

/// A good is also sold by the box.
pub fn gain_unit(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let base = view.good(is_ordinary)?;
    let (unit, ratio) = *view.one_of(UNITS)?;
    if view
        .with_units(base)
        .iter()
        .any(|row| row.unit.as_deref() == Some(unit))
    {
        return None;
    }
    let id = view.shop.next_product_id();
    let mut changes = Vec::new();
    if base.unit.is_none() {
        changes.push(set(base.id, json!({"unit": "cái", "fullName": null})));
    }
    changes.push(add(Product {
        id,
        code: format!("M{id}"),
        name: base.name.clone(),
        category_id: base.category_id,
        trade_mark_id: base.trade_mark_id,
        is_active: base.is_active,
        base_price: Number(base.base_price.0 * ratio),
        weight: base.weight.map(|weight| Number(weight.0 * ratio)),
        unit: Some(unit.into()),
        master_product_id: Some(base.master_product_id.unwrap_or(base.id)),
        master_unit_id: Some(base.id),
        conversion_value: Number(ratio),
        attributes: base.attributes.clone(),
        ..Product::default()
    }));
    Some(changes)
}

/// A box is no longer sold.
pub fn lose_unit(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let unit = view.good(|row| row.master_unit_id.is_some())?;
    (!view.is_material(unit.id)).then(|| vec![remove(unit.id)])
}
