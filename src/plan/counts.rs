//! What a plan would do to the shop's goods, in numbers, for the stopper (product.md D4).
//!
//! | counted | when |
//! |---|---|
//! | `zeros` | a shopper can buy it now and could not after the plan, for want of stock |
//! | `prices` | what a shopper pays changes by more than half of it |
//! | `changed` | any field is written |
//!
//! Only goods that are linked, or are linked by this plan: a new product takes nothing away. What a
//! shopper pays is the sale price, else the regular one; a good without a price has none to change.

use super::context::Family;
use super::{Operation, OperationKind};
use crate::model::{LinkKind, LinkState, Quantity, ShopProduct};
use crate::stopper::Counts;
use crate::text::thousandths;

/// Counts one family's plan.
pub(super) fn of(family: &Family<'_>, operations: &[Operation]) -> Counts {
    let links = family.input.links.iter();
    let active = |kind, state| kind == LinkKind::Good && state == LinkState::Active;
    let linked = links.filter(|link| active(link.kind, link.state)).count();
    let mut counts = Counts {
        linked: i64::try_from(linked).unwrap_or(i64::MAX),
        ..Counts::default()
    };
    for operation in operations {
        let taken_over = operation.kind == OperationKind::Link;
        if operation.remote_kind != LinkKind::Good
            || !(taken_over || operation.kind == OperationKind::Update)
        {
            continue;
        }
        let product = operation.shop_id.and_then(|id| family.product(id));
        let Some(shop) = product else { continue };
        let add = |count: &mut i64, one: bool| *count = count.saturating_add(i64::from(one));
        add(&mut counts.linked, taken_over);
        let mut writes = operation.changes.iter();
        add(
            &mut counts.changed,
            writes.any(|change| change.after.is_some()),
        );
        add(
            &mut counts.zeros,
            sells(shop, &[]) && !sells(shop, &operation.changes),
        );
        add(&mut counts.prices, leaps(shop, operation));
    }
    counts
}

/// The value of a field after these changes, when they write it.
fn after<'c>(changes: &'c [super::Change], field: &str) -> Option<&'c str> {
    let mut written = changes.iter().filter(|change| change.field == field);
    written.find_map(|change| change.after.as_deref())
}

/// Whether there is something to sell of a product after these changes.
fn sells(shop: &ShopProduct, changes: &[super::Change]) -> bool {
    let manages = after(changes, "manage_stock").map_or(shop.manage_stock, |value| value == "yes");
    if !manages {
        let status = after(changes, "stock_status").unwrap_or(&shop.stock_status);
        return status != "outofstock";
    }
    let held = shop.stock.map(|Quantity(held)| held);
    let stock = after(changes, "stock").map_or(held, thousandths);
    stock.is_some_and(|stock| stock > 0)
}

/// Whether what a shopper pays changes by more than half.
fn leaps(shop: &ShopProduct, operation: &Operation) -> bool {
    let pays = |regular: &str, sale: &str| {
        let price = if sale.is_empty() { regular } else { sale };
        thousandths(price)
    };
    let of = |field, held| after(&operation.changes, field).unwrap_or(held);
    let before = pays(&shop.regular_price, &shop.sale_price).filter(|before| *before > 0);
    let now = pays(
        of("regular_price", &shop.regular_price),
        of("sale_price", &shop.sale_price),
    );
    let (Some(before), Some(now)) = (before, now) else {
        return false;
    };
    now.saturating_sub(before)
        .saturating_abs()
        .saturating_mul(2)
        > before
}
