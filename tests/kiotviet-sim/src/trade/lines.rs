//! Checking what a client asked for against the shop, before anything changes.

use std::collections::HashSet;

use super::draft::{Draft, DraftCharge, DraftLine};
use super::{refusals, stock};
use crate::catalogue::{Catalogue, Charge, Line, Product};
use crate::switches::Switches;
use crate::wire::Refusal;

/// The lines of a body against the goods of a branch.
///
/// # Errors
/// 420 for an unknown, stopped or doubled good, or a quantity that is none.
pub fn check(
    shop: &Catalogue,
    switches: &Switches,
    branch_id: i64,
    drafts: &[DraftLine],
) -> Result<Vec<Line>, Refusal> {
    let mut lines = Vec::new();
    let mut seen = HashSet::new();
    let mut stopped = Vec::new();
    for draft in drafts {
        let product = find(shop, draft).ok_or_else(|| {
            let name = draft.product_code.clone();
            refusals::unknown_line(switches, &name.unwrap_or_default())
        })?;
        if draft.quantity.0 <= 0.0 {
            return Err(refusals::no_quantity(&product.shown_name()));
        }
        if !draft.is_extra && !seen.insert(product.id) {
            return Err(refusals::twice());
        }
        if is_stopped(product, branch_id) {
            stopped.push(product.code.as_str());
        }
        if !product.allows_sale {
            let message = format!("Hàng hóa {} không được bán trực tiếp", product.code);
            return Err(refusals::general(&message));
        }
        lines.push(Line {
            product_id: product.id,
            quantity: draft.quantity,
            price: draft.price.unwrap_or(product.base_price),
            discount: draft.discount.filter(|discount| discount.0 != 0.0),
            discount_ratio: draft.discount_ratio.filter(|ratio| ratio.0 != 0.0),
            note: draft.note.clone(),
            is_extra: draft.is_extra,
            taxes: draft.taxes.clone(),
            serial_numbers: draft.serial_numbers.clone(),
        });
    }
    if stopped.is_empty() {
        Ok(lines)
    } else {
        Err(refusals::stopped(&stopped))
    }
}

/// The id counts before the code; where they disagree nobody knows, here the id wins.
fn find<'a>(shop: &'a Catalogue, draft: &DraftLine) -> Option<&'a Product> {
    match (draft.product_id, &draft.product_code) {
        (Some(id), _) => shop.product(id),
        (None, Some(code)) => {
            let code = code.to_lowercase();
            let mut goods = shop.products.iter();
            goods.find(|product| product.code.to_lowercase() == code)
        }
        (None, None) => None,
    }
}

fn is_stopped(product: &Product, branch_id: i64) -> bool {
    let here = product.inventory(branch_id).is_none_or(|row| row.is_active);
    !product.is_active || !here
}

/// Whether the branch has the goods. `already` is what this document held before: an update may keep it.
///
/// # Errors
/// The refusal `refused` makes, at the first good that is short.
pub fn check_stock(
    shop: &Catalogue,
    branch_id: i64,
    lines: &[Line],
    already: &[(i64, f64)],
    refused: impl Fn(&Product) -> Refusal,
) -> Result<(), Refusal> {
    for (product_id, wanted) in sums(lines) {
        let kept: f64 = of(already, product_id);
        let short = wanted - kept > stock::sellable(shop, branch_id, product_id) + 1e-9;
        if let Some(product) = shop.product(product_id).filter(|_| short) {
            return Err(refused(product));
        }
    }
    Ok(())
}

/// Quantity of each good over all lines, in the order of the lines.
pub fn sums(lines: &[Line]) -> Vec<(i64, f64)> {
    let mut sums: Vec<(i64, f64)> = Vec::new();
    for line in lines {
        match sums.iter_mut().find(|(id, _)| *id == line.product_id) {
            Some((_, sum)) => *sum += line.quantity.0,
            None => sums.push((line.product_id, line.quantity.0)),
        }
    }
    sums
}

/// The quantity of one good.
pub fn of(sums: &[(i64, f64)], product_id: i64) -> f64 {
    let found = sums.iter().find(|(id, _)| *id == product_id);
    found.map_or(0.0, |(_, sum)| *sum)
}

/// Surcharges by id, else by code.
///
/// # Errors
/// 420 when they are switched off, or one is unknown or stopped (inferred text).
pub fn charges(
    shop: &Catalogue,
    switches: &Switches,
    drafts: &[DraftCharge],
) -> Result<Vec<Charge>, Refusal> {
    if !drafts.is_empty() && !shop.policy.surcharges {
        return Err(refusals::surcharges_off(switches));
    }
    let found = drafts.iter().map(|draft| {
        let mut all = shop.surcharges.iter().filter(|row| row.is_active);
        let row = all.find(|row| match draft.id {
            Some(id) => row.id == id,
            None => draft.code.as_deref() == Some(&row.code),
        });
        row.map(|row| Charge {
            surcharge_id: row.id,
            price: draft.price,
        })
        .ok_or_else(|| refusals::general("Thu khác không tồn tại hoặc đã ngừng hoạt động"))
    });
    found.collect()
}

/// Everything else orders and invoices share: seller, channel, account, delivery, COD, the sale's time.
///
/// # Errors
/// 420 with the text of §1.3.
pub fn check_rest(shop: &Catalogue, switches: &Switches, draft: &Draft) -> Result<(), Refusal> {
    let policy = &shop.policy;
    let seller = |id| id == shop.shop.user_id || shop.users.iter().any(|row| row.id == id);
    if draft.sold_by_id.is_some_and(|id| !seller(id)) {
        return Err(refusals::unknown_seller());
    }
    let channel = |id| {
        let mut all = shop.sale_channels.iter();
        all.any(|row| row.id == id && row.is_active)
    };
    if draft.sale_channel_id.is_some_and(|id| !channel(id)) {
        return Err(refusals::unknown_channel());
    }
    let delivers = draft.delivery.is_some();
    if delivers && !policy.delivery {
        let name = "Sử dụng tính năng giao hàng";
        return Err(refusals::setting_off_named(switches, name));
    }
    let by_carrier = draft.delivery.as_ref().is_some_and(|row| {
        row.using_price_cod == Some(true) || row.price_cod_payment.is_some_and(|sum| sum.0 != 0.0)
    });
    if (by_carrier || draft.using_cod == Some(true)) && !policy.cod {
        return Err(refusals::setting_off_named(switches, "Quản lý thu hộ tiền"));
    }
    if draft.purchase_date.is_some() && !policy.sale_time {
        let name = "Không cho phép thay đổi thời gian bán hàng";
        return Err(refusals::setting_off_named(switches, name));
    }
    super::payment::check(shop, draft)
}
