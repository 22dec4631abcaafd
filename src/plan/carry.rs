//! What the variation of a converted product takes along (product.md B2, B5, D5).
//!
//! It is created as every new variation is, but it is no new product to the owner: where the POS does
//! not always decide a field, the value the simple product held goes along. Stock goes along as it
//! stood, moved by what the POS's number changed since the last write, so that a sale the POS has not
//! heard of yet is not undone.

use super::context::Family;
use super::{Change, Operation};
use crate::model::{Link, ShopProduct};
use crate::settings::Policy;
use crate::text::{decimal, integer, thousandths};

/// Why it is written.
const REASON: &str = "carried-over";

/// Changes the creation of the row's variation.
pub(super) fn over(create: &mut Operation, family: &Family<'_>, shop: &ShopProduct, link: &Link) {
    let policies = &family.shared.settings.policies;
    let date = |at: Option<i64>| at.map(integer).unwrap_or_default();
    let sale = if family.shared.chosen.sale_decided {
        policies.sale_price
    } else {
        Policy::Never
    };
    for (field, policy, held) in [
        ("sku", policies.sku, shop.sku.clone()),
        ("regular_price", policies.price, shop.regular_price.clone()),
        ("sale_price", sale, shop.sale_price.clone()),
        ("sale_from", sale, date(shop.sale_from)),
        ("sale_to", sale, date(shop.sale_to)),
        ("weight", policies.weight, shop.weight.clone()),
        ("barcode", policies.barcode, shop.barcode.clone()),
    ] {
        if policy != Policy::Always && !held.is_empty() {
            put(create, field, held);
        }
    }
    stock(create, family, shop, link);
}

fn stock(create: &mut Operation, family: &Family<'_>, shop: &ShopProduct, link: &Link) {
    let policy = family.shared.settings.policies.stock;
    if !shop.manage_stock {
        // It was left so on the site, and stays so (D2).
        let manages = |change: &Change| matches!(change.field.as_str(), "manage_stock" | "stock");
        create.changes.retain(|change| !manages(change));
        if !shop.stock_status.is_empty() {
            put(create, "stock_status", shop.stock_status.clone());
        }
        return;
    }
    let Some(held) = shop.stock.map(|held| held.0) else {
        return;
    };
    let number = |text: &str| thousandths(text);
    let last = link.fields.iter().find(|last| last.field == "stock");
    let now = create.changes.iter().find(|change| change.field == "stock");
    let gained = match (policy, last, now) {
        // What the site's orders hold is taken off the POS's number already.
        (Policy::Always, ..) if family.input.pending.is_some() => return,
        (Policy::Always, Some(last), Some(now)) => number(&now.pos)
            .zip(number(&last.pos))
            .and_then(|(now, last)| now.checked_sub(last)),
        (Policy::Always, ..) => None,
        _ => Some(0),
    };
    if let Some(after) = gained.and_then(|gained| held.checked_add(gained)) {
        put(create, "manage_stock", "yes".into());
        put(create, "stock", decimal(after, 3));
    }
}

/// Writes a value instead of the one planned; what the POS says stays remembered.
fn put(create: &mut Operation, field: &str, value: String) {
    let planned = create
        .changes
        .iter_mut()
        .find(|change| change.field == field);
    match planned {
        Some(change) if change.after.as_ref() == Some(&value) => {}
        Some(change) => {
            change.after = Some(value);
            change.reason = REASON.into();
        }
        None => create.changes.push(Change {
            field: field.into(),
            before: None,
            after: Some(value),
            // The POS says nothing of it.
            pos: String::new(),
            reason: REASON.into(),
        }),
    }
}
