//! The bodies sent to KiotViet (kiotviet-api.md §2, §3.5, §3.6).

use super::edit::fits_barcode;
use super::protocol::PushRow;
use super::view::View;
use crate::goods::weight::Scale;
use crate::model::{Good, ShopType, Term};
use crate::orders::json_id;
use crate::settings::PushCost;
use crate::text::{decimal, thousandths, trim, Json};

/// A price as the shop stores it, as the POS takes it; none when there is none.
pub(super) fn price(stored: &str) -> Option<String> {
    let amount = thousandths(stored).filter(|amount| *amount >= 0)?;
    Some(decimal(amount, 3))
}

/// The good of a row, to be made (§3.5).
pub(super) fn good(view: &View<'_>, row: &PushRow, category: &str) -> String {
    let parent = &view.context.product;
    let variation = row.product.kind == ShopType::Variation;
    let master = if variation { view.master() } else { None };
    let mut json = Json::default();
    json.open("", '{');
    json.text("code", &view.code(row));
    json.text("name", trim(&parent.product.name));
    json_id(&mut json, "categoryId", category);
    json.bare("allowsSale", "true");
    json.bare(
        "basePrice",
        &price(&row.product.regular_price).unwrap_or_else(|| "0".into()),
    );
    if fits_barcode(&row.product.barcode) {
        json.filled("barCode", trim(&row.product.barcode));
    }
    if let Some(weight) = weight(view, row) {
        json.bare("weight", &weight);
    }
    if !variation || master.is_none() {
        // What variations share stands with the first of them.
        json.filled("description", &parent.description);
    }
    if variation {
        json.bare("hasVariants", "true");
        attributes(&mut json, row);
        json_id(
            &mut json,
            "masterProductId",
            master.as_deref().unwrap_or_default(),
        );
    }
    images(&mut json, view, row, master.is_none());
    inventories(&mut json, view, row);
    json.close('}');
    json.finish()
}

/// A variation has its parent's weight when it has none of its own.
fn weight(view: &View<'_>, row: &PushRow) -> Option<String> {
    let own = &row.product.weight;
    let stored = if own.is_empty() {
        &view.context.product.product.weight
    } else {
        own
    };
    let settings = view.settings;
    let scale = Scale::new(settings.store_weight_unit, settings.pos_weight_unit);
    scale.weight(thousandths(stored))
}

fn attributes(json: &mut Json, row: &PushRow) {
    json.open("attributes", '[');
    for attribute in &row.product.attributes {
        json.open("", '{');
        json.text("attributeName", trim(&attribute.name));
        let value = attribute.values.first();
        json.text("attributeValue", value.map_or("", |value| trim(value)));
        json.close('}');
    }
    json.close(']');
}

fn images(json: &mut Json, view: &View<'_>, row: &PushRow, first: bool) {
    if !view.settings.push.images {
        return;
    }
    let own = if row.images.is_empty() && first {
        &view.context.product.images
    } else {
        &row.images
    };
    let shown: Vec<&String> = own.iter().filter(|url| super::public(url)).collect();
    if shown.is_empty() {
        return;
    }
    json.open("images", '[');
    for url in shown {
        json.text("", url);
    }
    json.close(']');
}

/// What the good starts with in each chosen branch: none, unless the settings say otherwise. Without a
/// word of it the POS's stock of a new good would be unknown, not 0 (D2).
fn inventories(json: &mut Json, view: &View<'_>, row: &PushRow) {
    let settings = view.settings;
    let first = settings.order_branch.as_ref();
    let first = first.or(settings.branches.first());
    let others = settings.branches.iter().filter(|id| Some(*id) != first);
    let cost = cost(view, row);
    json.open("inventories", '[');
    for id in first.into_iter().chain(others) {
        let mut branches = view.context.branches.iter();
        let Some(branch) = branches.find(|branch| branch.id == *id && branch.active) else {
            continue;
        };
        let stock = opening(view, row).filter(|_| Some(id) == first);
        json.open("", '{');
        json_id(json, "branchId", &branch.id);
        json.filled("branchName", &branch.name);
        json.bare("onHand", stock.as_deref().unwrap_or("0"));
        if let Some(cost) = &cost {
            json.bare("cost", cost);
        }
        json.close('}');
    }
    json.close(']');
}

/// What the good starts with.
pub(super) fn opening(view: &View<'_>, row: &PushRow) -> Option<String> {
    let product = &row.product;
    if !view.settings.push.opening_stock || !product.manage_stock {
        return None;
    }
    let stock = product.stock.filter(|stock| stock.0 > 0)?;
    Some(decimal(stock.0, 3))
}

/// The cost price.
pub(super) fn cost(view: &View<'_>, row: &PushRow) -> Option<String> {
    match view.settings.push.cost {
        PushCost::None => None,
        PushCost::Cogs => price(&row.cost),
        PushCost::Price => price(&row.product.regular_price),
    }
}

/// Some fields of a good that is there (§3.6): the others are kept.
pub(super) fn changes(
    view: &View<'_>,
    row: &PushRow,
    good: &Good,
    category: Option<&str>,
    fields: &[&'static str],
) -> String {
    let mut json = Json::default();
    json.open("", '{');
    json_id(&mut json, "id", &good.id);
    for field in fields {
        match *field {
            // Variations are called what their product is.
            "name" if row.product.kind == ShopType::Variation => {
                json.text("name", trim(&view.context.product.product.name));
            }
            "name" => json.text("name", trim(&row.product.name)),
            "description" => json.text("description", &row.description),
            "categories" => json_id(&mut json, "categoryId", category.unwrap_or_default()),
            "regular_price" => {
                let price = price(&row.product.regular_price);
                json.bare("basePrice", &price.unwrap_or_else(|| "0".into()));
            }
            "weight" => {
                let weight = weight(view, row);
                json.bare("weight", &weight.unwrap_or_else(|| "0".into()));
            }
            "barcode" => json.text("barCode", trim(&row.product.barcode)),
            _ => {}
        }
    }
    json.close('}');
    json.finish()
}

/// A category (§2).
pub(super) fn category(term: &Term, parent: Option<&str>) -> String {
    let mut json = Json::default();
    json.open("", '{');
    json.text("categoryName", trim(&term.name));
    json_id(&mut json, "parentId", parent.unwrap_or_default());
    json.close('}');
    json.finish()
}

/// A category's change (§2): what is absent stays, no parent makes it a root.
pub(super) fn category_change(name: Option<&str>, parent: Option<Option<&str>>) -> String {
    let mut json = Json::default();
    json.open("", '{');
    if let Some(name) = name {
        json.text("categoryName", trim(name));
    }
    match parent {
        Some(Some(id)) => json_id(&mut json, "parentId", id),
        Some(None) => json.bare("parentId", "null"),
        None => {}
    }
    json.close('}');
    json.finish()
}
