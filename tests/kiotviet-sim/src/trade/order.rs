//! Orders: made, changed, cancelled; they hold stock until they are invoiced, done or cancelled (§6).

use super::draft::Draft;
use super::stock::{shift, Move};
use super::{customer, invoice, lines, payment, refusals};
use crate::catalogue::{Catalogue, Document, CANCELLED, DRAFT, INVOICE_CANCELLED};
use crate::edit::Edit;
use crate::webhooks::Event;
use crate::wire::Refusal;

/// `POST /orders`. Answers the id.
///
/// # Errors
/// 420 with the shop unchanged.
pub fn create(edit: &mut Edit<'_>, draft: &Draft, origin: Option<&str>) -> Result<i64, Refusal> {
    let shop = &*edit.catalogue;
    if !shop.policy.orders {
        return Err(refusals::orders_off(edit.switches));
    }
    let branch_id = draft.branch_id.unwrap_or_default();
    if shop.branch(branch_id).is_none() {
        return Err(refusals::unknown_branch());
    }
    let wanted = draft.lines.as_deref().unwrap_or_default();
    if wanted.is_empty() {
        return Err(refusals::order("Đơn hàng không có hàng hóa"));
    }
    let checked = lines::check(shop, edit.switches, branch_id, wanted)?;
    lines::check_rest(shop, edit.switches, draft)?;
    let charges = draft.surcharges.as_deref().unwrap_or_default();
    let charges = lines::charges(shop, edit.switches, charges)?;
    check_stock(edit, branch_id, &checked, &[])?;
    let id = shop.next_order_id();
    let code = code(edit, draft, id)?;
    let who = customer::of_draft(edit, draft, branch_id)?;
    if draft.make_invoice {
        invoice::check_stock(edit, branch_id, &checked, Some(&[]))?;
    }
    let customer_id = who.settle(edit);
    let mut order = Document {
        id,
        code,
        branch_id,
        status: DRAFT,
        purchase_date: draft.purchase_date.or(Some(edit.now)),
        customer_id,
        sold_by_id: draft.sold_by_id.or(Some(edit.catalogue.shop.user_id)),
        sale_channel_id: draft.sale_channel_id,
        lines: checked,
        discount: draft.discount.filter(|discount| discount.0 != 0.0),
        surcharges: charges,
        delivery: draft.delivery.clone(),
        description: draft.description.clone(),
        using_cod: draft.using_cod.unwrap_or(false),
        extra: draft.extra.clone(),
        origin: origin.map(str::to_owned),
        created_date: Some(edit.now),
        ..Document::default()
    };
    payment::settle(edit.catalogue, edit.switches, &mut order, draft, edit.now);
    place(edit, order);
    if draft.make_invoice {
        invoice::of_order(edit, id, None, None);
    }
    Ok(id)
}

/// UNSURE-33: a code in the body counts, or is passed over.
fn code(edit: &Edit<'_>, draft: &Draft, id: i64) -> Result<String, Refusal> {
    let own = draft
        .code
        .as_ref()
        .filter(|_| edit.switches.reading(33) == 'B');
    let Some(code) = own else {
        return Ok(format!("DH{:06}", id - 70_000_000));
    };
    if edit.catalogue.orders.iter().any(|row| row.code == *code) {
        return Err(refusals::order(&format!("Mã đặt hàng {code} đã tồn tại")));
    }
    Ok(code.clone())
}

/// Orders beyond stock, where the shop does not take them (inferred text: the sheet has only that of invoices).
fn check_stock(
    edit: &Edit<'_>,
    branch_id: i64,
    wanted: &[crate::catalogue::Line],
    already: &[(i64, f64)],
) -> Result<(), Refusal> {
    if edit.catalogue.settings.allow_order_when_out_stock {
        return Ok(());
    }
    lines::check_stock(edit.catalogue, branch_id, wanted, already, |_| {
        refusals::setting_off_named(edit.switches, "Cho phép đặt hàng khi hết tồn kho")
    })
}

/// Puts an order on the books; it holds its goods from now on.
pub fn place(edit: &mut Edit<'_>, order: Document) {
    let id = order.id;
    edit.catalogue.orders.push(order);
    hold(edit, id, &[], None);
    edit.events.push(Event::Order(id));
}

/// `PUT /orders/{id}`: what the body names. A list of lines replaces all lines; without one they stay (UNSURE-37).
///
/// # Errors
/// 420 with the shop unchanged.
pub fn update(edit: &mut Edit<'_>, id: i64, draft: &Draft) -> Result<(), Refusal> {
    let order = find(edit.catalogue, id).cloned();
    let order = order.ok_or_else(unknown)?;
    if !order.is_open_order() {
        let message = format!("Đặt hàng {} đã kết thúc, không thể cập nhật", order.code);
        return Err(refusals::order(&message));
    }
    let branch_id = draft.branch_id.unwrap_or(order.branch_id);
    if edit.catalogue.branch(branch_id).is_none() {
        return Err(refusals::unknown_branch());
    }
    let mut changed = order.clone();
    match (&draft.lines, edit.switches.reading(37)) {
        (Some(wanted), _) => {
            changed.lines = lines::check(edit.catalogue, edit.switches, branch_id, wanted)?;
        }
        (None, 'B') => return Err(refusals::order("Đơn hàng không có hàng hóa")),
        (None, 'C') => changed.lines.clear(),
        (None, _) => {}
    }
    lines::check_rest(edit.catalogue, edit.switches, draft)?;
    if let Some(charges) = &draft.surcharges {
        changed.surcharges = lines::charges(edit.catalogue, edit.switches, charges)?;
    }
    let held = held(edit.catalogue, id);
    check_stock(edit, branch_id, &changed.lines, &held)?;
    let who = customer::of_draft(edit, draft, branch_id)?;
    if draft.make_invoice {
        invoice::check_stock(edit, branch_id, &changed.lines, Some(&held))?;
    }
    if let Some(customer_id) = who.settle(edit) {
        changed.customer_id = Some(customer_id);
    }
    changed.branch_id = branch_id;
    keep_or_take(&mut changed, draft);
    changed.modified_date = Some(edit.now);
    payment::settle(edit.catalogue, edit.switches, &mut changed, draft, edit.now);
    replace(edit, changed);
    if draft.make_invoice {
        invoice::of_order(edit, id, None, None);
    }
    Ok(())
}

fn keep_or_take(order: &mut Document, draft: &Draft) {
    let take = |to: &mut Option<i64>, from: Option<i64>| *to = from.or(*to);
    take(&mut order.sold_by_id, draft.sold_by_id);
    take(&mut order.sale_channel_id, draft.sale_channel_id);
    order.purchase_date = draft.purchase_date.or(order.purchase_date);
    if let Some(discount) = draft.discount {
        order.discount = Some(discount).filter(|discount| discount.0 != 0.0);
        order.discount_ratio = None;
    }
    if let Some(text) = &draft.description {
        order.description = Some(text.clone());
    }
    if let Some(delivery) = &draft.delivery {
        order.delivery = Some(delivery.clone());
    }
    order.using_cod = draft.using_cod.unwrap_or(order.using_cod);
    if let Some(extra) = &draft.extra {
        order.extra = Some(extra.clone());
    }
}

/// `DELETE /orders/{id}`: cancels.
///
/// # Errors
/// 420 when it is unknown, done or cancelled already (inferred texts).
pub fn cancel(edit: &mut Edit<'_>, id: i64, void_payments: bool) -> Result<(), Refusal> {
    let order = find(edit.catalogue, id).ok_or_else(unknown)?;
    if !order.is_open_order() {
        let message = format!("Đặt hàng {} đã kết thúc, không thể hủy", order.code);
        return Err(refusals::order(&message));
    }
    let mut order = order.clone();
    order.status = CANCELLED;
    order.modified_date = Some(edit.now);
    for payment in order.payments.iter_mut().filter(|_| void_payments) {
        payment.voided = true;
    }
    replace(edit, order);
    Ok(())
}

/// Puts a changed order in place: what it holds follows.
pub fn replace(edit: &mut Edit<'_>, order: Document) {
    let id = order.id;
    let before = held(edit.catalogue, id);
    let mut orders = edit.catalogue.orders.iter_mut();
    let Some(place) = orders.find(|row| row.id == id) else {
        return;
    };
    let old_branch = place.branch_id;
    *place = order;
    hold(edit, id, &before, Some(old_branch));
    edit.events.push(Event::Order(id));
}

/// An order by its id.
pub fn find(shop: &Catalogue, id: i64) -> Option<&Document> {
    shop.orders.iter().find(|order| order.id == id)
}

fn unknown() -> Refusal {
    refusals::order("Đặt hàng không tồn tại hoặc đã bị xóa khỏi hệ thống")
}

/// What an order holds: what it asks for and no invoice has taken, while it is open.
pub fn held(shop: &Catalogue, id: i64) -> Vec<(i64, f64)> {
    let Some(order) = find(shop, id).filter(|order| order.is_open_order()) else {
        return Vec::new();
    };
    let taken = invoiced(shop, id);
    let wanted = lines::sums(&order.lines).into_iter();
    let left = wanted.map(|(product, sum)| (product, sum - lines::of(&taken, product)));
    left.filter(|(_, sum)| *sum > 0.0).collect()
}

/// What all open orders of a branch hold of a good, in its base unit.
pub fn held_by_orders(shop: &Catalogue, product_id: i64, branch_id: i64) -> f64 {
    let orders = shop.orders.iter();
    let orders = orders.filter(|row| row.branch_id == branch_id && row.is_open_order());
    let goods = orders.flat_map(|row| held(shop, row.id));
    let parts = goods.flat_map(|(good, sum)| {
        let position = super::stock::position_of(shop, good);
        let parts = position.and_then(|at| super::stock::parts(shop, at, sum).ok());
        parts.unwrap_or_default()
    });
    let own = super::stock::position_of(shop, product_id);
    let own = parts.filter(|part| Some(part.position) == own);
    own.map(|part| part.quantity).sum()
}

/// What invoices have taken of an order.
pub fn invoiced(shop: &Catalogue, id: i64) -> Vec<(i64, f64)> {
    let invoices = shop.invoices.iter();
    let invoices =
        invoices.filter(|row| row.order_id == Some(id) && row.status != INVOICE_CANCELLED);
    let lines: Vec<_> = invoices.flat_map(|row| row.lines.iter().cloned()).collect();
    lines::sums(&lines)
}

/// Moves `reserved` from what was held to what is held now.
pub fn hold(edit: &mut Edit<'_>, id: i64, before: &[(i64, f64)], old_branch: Option<i64>) {
    let Some(branch) = find(edit.catalogue, id).map(|order| order.branch_id) else {
        return;
    };
    let after = held(edit.catalogue, id);
    let old_branch = old_branch.unwrap_or(branch);
    let mut moves: Vec<(i64, i64, f64)> = Vec::new();
    if old_branch == branch {
        let gone = before
            .iter()
            .filter(|(good, _)| lines::of(&after, *good) == 0.0);
        moves.extend(gone.map(|(good, sum)| (branch, *good, -sum)));
        let now = after.iter();
        moves.extend(now.map(|(good, sum)| (branch, *good, sum - lines::of(before, *good))));
    } else {
        moves.extend(before.iter().map(|(good, sum)| (old_branch, *good, -sum)));
        moves.extend(after.iter().map(|(good, sum)| (branch, *good, *sum)));
    }
    for (branch, good, reserved) in moves.into_iter().filter(|(_, _, by)| *by != 0.0) {
        let by = Move {
            on_hand: 0.0,
            reserved,
        };
        shift(edit, branch, good, by);
    }
}
