//! Goods that were deleted in the POS (product.md B8): the link ends, the product stays.
//!
//! | the deleted row | what is planned |
//! |---|---|
//! | linked, and its product is there | the product as the setting says, then `unlink` |
//! | linked, and its product is gone, in the trash or of another type | `unlink` |
//! | linked, paused or excluded | nothing: it is left alone |
//! | not linked (any more) | nothing |
//!
//! It is named in each case in which a product of the shop is concerned. What the setting asks for:
//! no stock to sell (default; only where stock is *always* the POS's), hidden, draft, or nothing. A
//! family's product ends its link when the last row of the family is deleted; it is hidden or made a
//! draft with it, and out of stock by itself when its variations are.

use super::context::Family;
use super::draft::{Draft, Who};
use super::family::{linked, of_row, Gathered};
use super::matching::made_for;
use super::{parent, row, Operation, OperationKind, Parent, Reason};
use crate::goods::policy::Mode;
use crate::model::{Good, Link, LinkKind, Severity, ShopProduct, ShopType};
use crate::settings::{Policy, Unsold};
use crate::stock::param;
use crate::text::{decimal, integer};

/// What is said of the good, and why things are written.
const ISSUE: &str = "deleted-in-pos";
const ALONE: &str = "deleted-left-alone";
const DELETED: &str = "pos-deleted";

/// Plans the deleted rows of a family.
pub(super) fn plan(family: &Family<'_>, gathered: &mut Gathered) {
    for row in &family.deleted {
        match family.link(row) {
            Some(link) => end(family, row, link, gathered),
            None => over(family, row, gathered),
        }
    }
    if family.rows.is_empty() && !family.deleted.is_empty() {
        let links = family.input.links.iter();
        for link in links.filter(|link| link.kind == LinkKind::Family) {
            end_family(family, link, gathered);
        }
    }
}

/// Ends the link of a row.
fn end(family: &Family<'_>, row: &Good, link: &Link, gathered: &mut Gathered) {
    let target = linked(family, link);
    let alone = matches!(&target, Err(refusal) if refusal.kind == OperationKind::Skip);
    let code = if alone { ALONE } else { ISSUE };
    let product = vec![param("product", &integer(link.shop_id))];
    row::note(&mut gathered.issues, row, Severity::Review, code, product);
    match target {
        Ok(shop) => {
            let who = of_row(row, shop.kind);
            gathered
                .operations
                .extend(shown_as(family, shop, link, who));
            let who = of_row(row, shop.kind);
            gathered.operations.push(unlink(who, link));
        }
        Err(refusal) if refusal.kind == OperationKind::Skip => gathered.refuse(row, refusal),
        Err(_) => {
            let who = of_row(row, ShopType::Simple);
            gathered.operations.push(unlink(who, link));
        }
    }
}

/// The link has ended: what is left of it in the shop stays named.
fn over(family: &Family<'_>, row: &Good, gathered: &mut Gathered) {
    let made = made_for(family, "good:", &row.id);
    let left = made.or_else(|| {
        let mut holders = family.holders(&row.sku_key);
        holders.find(|product| product.status != "trash" && !family.is_linked(product))
    });
    if let Some(product) = left {
        let product = vec![param("product", &integer(product.id))];
        row::note(&mut gathered.issues, row, Severity::Review, ISSUE, product);
    }
    let who = of_row(row, ShopType::Simple);
    gathered
        .operations
        .push(who.nothing(OperationKind::Skip, reason(), None));
}

/// Ends the link of a family's product whose last row was deleted.
fn end_family(family: &Family<'_>, link: &Link, gathered: &mut Gathered) {
    let name = family.deleted.first().map_or("", |row| row.name.as_str());
    let who = || parent::who(link.remote_id.clone(), name.into());
    match linked(family, link) {
        Ok(shop) => {
            gathered
                .operations
                .extend(shown_as(family, shop, link, who()));
            gathered.operations.push(unlink(who(), link));
        }
        Err(refusal) if refusal.kind == OperationKind::Skip => {
            let reason = Reason {
                code: refusal.code.into(),
                params: Vec::new(),
            };
            let skip = who().nothing(refusal.kind, reason, Some(link.shop_id));
            gathered.operations.push(skip);
        }
        Err(_) => gathered.operations.push(unlink(who(), link)),
    }
}

/// The product as the setting for deleted goods says, when that changes anything.
fn shown_as(family: &Family<'_>, shop: &ShopProduct, link: &Link, who: Who) -> Option<Operation> {
    let mut draft = Draft::new(family.shared, Mode::Update, Some(shop), &link.fields);
    let settings = family.shared.settings;
    match settings.deleted {
        Unsold::Show => {}
        Unsold::OutOfStock if settings.policies.stock == Policy::Always => {
            none_left(&mut draft, shop)
        }
        Unsold::OutOfStock => {}
        // A variation is on or off.
        Unsold::Hide | Unsold::Draft if shop.kind == ShopType::Variation => {
            turn_off(&mut draft, "status", &shop.status, "publish", "private");
        }
        Unsold::Hide => turn_off(
            &mut draft,
            "visibility",
            &shop.visibility,
            "visible",
            "hidden",
        ),
        Unsold::Draft => turn_off(&mut draft, "status", &shop.status, "publish", "draft"),
    }
    let parent = (shop.kind == ShopType::Variation).then(|| Parent {
        shop_id: Some(shop.parent),
        family: link.family.clone(),
    });
    let mut operation = draft.finish(DELETED, who, parent);
    operation.reason = reason();
    (operation.kind == OperationKind::Update).then_some(operation)
}

/// Nothing to sell: the number if the product keeps one, else its state.
fn none_left(draft: &mut Draft<'_>, shop: &ShopProduct) {
    match shop.stock {
        _ if shop.kind == ShopType::Variable => {}
        Some(held) if shop.manage_stock && held.0 > 0 => {
            draft.change("stock", &decimal(held.0, 3), Some("0"), "0", DELETED);
        }
        _ if shop.manage_stock || shop.stock_status == "outofstock" => {}
        _ => draft.change(
            "stock_status",
            &shop.stock_status,
            Some("outofstock"),
            "outofstock",
            DELETED,
        ),
    }
}

/// What the owner hid or set aside already stays as it is.
fn turn_off(draft: &mut Draft<'_>, field: &str, held: &str, on: &str, off: &str) {
    if held == on {
        draft.change(field, held, Some(off), off, DELETED);
    }
}

fn unlink(who: Who, link: &Link) -> Operation {
    who.nothing(OperationKind::Unlink, reason(), Some(link.shop_id))
}

fn reason() -> Reason {
    Reason {
        code: DELETED.into(),
        params: Vec::new(),
    }
}
