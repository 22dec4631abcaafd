//! Invoices: they take the goods off the shelf (§7).

use super::delivery::{self, Cod};
use super::draft::Draft;
use super::stock::{shift, Move};
use super::{customer, lines, order, payment, refusals};
use crate::catalogue::{
    Catalogue, Delivery, Document, Line, DELIVERING, DONE, INVOICE_CANCELLED, INVOICE_DONE,
    INVOICE_OPEN,
};
use crate::edit::Edit;
use crate::webhooks::Event;
use crate::wire::Refusal;

/// `POST /invoices`. Answers the id.
///
/// # Errors
/// 420 with the shop unchanged.
pub fn create(edit: &mut Edit<'_>, draft: &Draft, origin: Option<&str>) -> Result<i64, Refusal> {
    let of_order = match draft.order_id {
        Some(id) => {
            let found = order::find(edit.catalogue, id).cloned();
            Some(found.ok_or_else(|| refusals::order("Đặt hàng không tồn tại"))?)
        }
        None => None,
    };
    let branch_id = draft
        .branch_id
        .or(of_order.as_ref().map(|row| row.branch_id));
    let branch_id = branch_id.unwrap_or_default();
    if edit.catalogue.branch(branch_id).is_none() {
        return Err(refusals::unknown_branch());
    }
    let wanted = draft.lines.as_deref().unwrap_or_default();
    if wanted.is_empty() {
        return Err(refusals::invoice("Hóa đơn không có hàng hóa"));
    }
    let checked = lines::check(edit.catalogue, edit.switches, branch_id, wanted)?;
    lines::check_rest(edit.catalogue, edit.switches, draft)?;
    let charges = draft.surcharges.as_deref().unwrap_or_default();
    let charges = lines::charges(edit.catalogue, edit.switches, charges)?;
    let held = draft.order_id.map(|id| order::held(edit.catalogue, id));
    check_stock(edit, branch_id, &checked, held.as_deref())?;
    let who = customer::of_draft(edit, draft, branch_id)?;
    let customer_id = who
        .settle(edit)
        .or(of_order.as_ref().and_then(|row| row.customer_id));
    let id = edit.catalogue.next_invoice_id();
    let open = draft.delivery.is_some() || draft.status == Some(INVOICE_OPEN);
    let mut invoice = Document {
        id,
        code: format!("HD{:06}", id - 80_000_000),
        branch_id,
        status: if open { INVOICE_OPEN } else { INVOICE_DONE },
        purchase_date: draft.purchase_date.or(Some(edit.now)),
        customer_id,
        sold_by_id: draft.sold_by_id.or(Some(edit.catalogue.shop.user_id)),
        sale_channel_id: draft.sale_channel_id,
        lines: checked,
        discount: draft.discount.filter(|discount| discount.0 != 0.0),
        surcharges: charges,
        delivery: draft.delivery.clone().map(delivery::waiting),
        description: draft.description.clone(),
        using_cod: draft.using_cod.unwrap_or(false),
        order_id: draft.order_id,
        origin: origin.map(str::to_owned),
        created_date: Some(edit.now),
        ..Document::default()
    };
    payment::settle(edit.catalogue, edit.switches, &mut invoice, draft, edit.now);
    place(edit, invoice);
    Ok(id)
}

/// Selling beyond stock, where the shop does not allow it. `held` is what the order behind it holds, its own to take;
/// such a sale has a setting of its own.
///
/// # Errors
/// 420.
pub fn check_stock(
    edit: &Edit<'_>,
    branch_id: i64,
    wanted: &[Line],
    held: Option<&[(i64, f64)]>,
) -> Result<(), Refusal> {
    let settings = &edit.catalogue.settings;
    let by_order = held.is_some() && settings.allow_sell_when_order_out_stock;
    if by_order || settings.allow_sell_when_out_stock {
        return Ok(());
    }
    let own = held.unwrap_or_default();
    lines::check_stock(edit.catalogue, branch_id, wanted, own, |_| {
        refusals::setting_off_named(edit.switches, "Cho phép bán hàng khi hết tồn kho")
    })
}

/// Makes an invoice of what an order still holds, or of some lines; answers its id, none when nothing is left.
pub fn of_order(
    edit: &mut Edit<'_>,
    order_id: i64,
    some: Option<Vec<Line>>,
    delivery: Option<Delivery>,
) -> Option<i64> {
    let order = order::find(edit.catalogue, order_id)?.clone();
    let first = order::invoiced(edit.catalogue, order_id).is_empty();
    let left = order::held(edit.catalogue, order_id);
    let lines = some.unwrap_or_else(|| rest_of(&order.lines, left));
    if lines.is_empty() {
        return None;
    }
    let id = edit.catalogue.next_invoice_id();
    let delivery = delivery.or(order.delivery.clone()).map(delivery::waiting);
    let invoice = Document {
        id,
        code: format!("HD{:06}", id - 80_000_000),
        status: if delivery.is_some() {
            INVOICE_OPEN
        } else {
            INVOICE_DONE
        },
        purchase_date: Some(edit.now),
        lines,
        // Discount, surcharges and money belong to the first invoice of the order (inferred).
        discount: order.discount.filter(|_| first),
        discount_ratio: order.discount_ratio,
        surcharges: if first {
            order.surcharges.clone()
        } else {
            Vec::new()
        },
        payments: if first {
            order.payments.clone()
        } else {
            Vec::new()
        },
        delivery,
        order_id: Some(order_id),
        created_date: Some(edit.now),
        modified_date: None,
        extra: None,
        raw: None,
        ..order
    };
    place(edit, invoice);
    Some(id)
}

/// The lines with what is left of each good.
fn rest_of(lines: &[Line], mut left: Vec<(i64, f64)>) -> Vec<Line> {
    let mut rest = Vec::new();
    for line in lines {
        let Some((_, sum)) = left.iter_mut().find(|(good, _)| *good == line.product_id) else {
            continue;
        };
        let quantity = line.quantity.0.min(*sum);
        *sum -= quantity;
        if quantity > 0.0 {
            let mut line = line.clone();
            line.quantity = crate::number::Number(quantity);
            rest.push(line);
        }
    }
    rest
}

/// Puts an invoice on the books: goods leave, the order holds less and follows.
pub fn place(edit: &mut Edit<'_>, invoice: Document) {
    let (id, order_id, branch_id) = (invoice.id, invoice.order_id, invoice.branch_id);
    let takes = lines::sums(&invoice.lines);
    let before = order_id.map(|order| order::held(edit.catalogue, order));
    edit.catalogue.invoices.push(invoice);
    take(edit, branch_id, &takes, -1.0);
    if let (Some(order), Some(before)) = (order_id, before) {
        order::hold(edit, order, &before, None);
        follow(edit, order);
    }
    edit.events.push(Event::Invoice(id));
}

fn take(edit: &mut Edit<'_>, branch_id: i64, goods: &[(i64, f64)], sign: f64) {
    for (good, sum) in goods {
        let by = Move {
            on_hand: sign * sum,
            reserved: 0.0,
        };
        shift(edit, branch_id, *good, by);
    }
}

/// An order is done when invoices have taken all of it and all are done, under way when some are (inferred).
fn follow(edit: &mut Edit<'_>, order_id: i64) {
    let Some(order) = order::find(edit.catalogue, order_id).filter(|row| row.is_open_order())
    else {
        return;
    };
    let mut order = order.clone();
    let invoices = edit.catalogue.invoices.iter();
    let mut open = invoices.filter(|row| row.order_id == Some(order_id));
    let waits = open.any(|row| row.status == INVOICE_OPEN);
    let all_taken = order::held(edit.catalogue, order_id).is_empty();
    order.status = if all_taken && !waits {
        DONE
    } else {
        DELIVERING
    };
    order.modified_date = Some(edit.now);
    order::replace(edit, order);
}

/// Puts a changed invoice in place; its goods follow, and its order.
pub fn replace(edit: &mut Edit<'_>, changed: Document) {
    let id = changed.id;
    let Some(old) = find(edit.catalogue, id).cloned() else {
        return;
    };
    let before = old.order_id.map(|order| order::held(edit.catalogue, order));
    let takes = |row: &Document| match row.status {
        INVOICE_CANCELLED => Vec::new(),
        _ => lines::sums(&row.lines),
    };
    let (was, is) = (takes(&old), takes(&changed));
    let (old_branch, new_branch) = (old.branch_id, changed.branch_id);
    if was != is || old_branch != new_branch {
        take(edit, old_branch, &was, 1.0);
        take(edit, new_branch, &is, -1.0);
    }
    let mut invoices = edit.catalogue.invoices.iter_mut();
    if let Some(place) = invoices.find(|row| row.id == id) {
        *place = changed;
    }
    if let (Some(order), Some(before)) = (old.order_id, before) {
        order::hold(edit, order, &before, None);
        follow(edit, order);
    }
    edit.events.push(Event::Invoice(id));
}

/// `PUT /invoices/{id}`: what the body names.
///
/// # Errors
/// 420 with the shop unchanged.
pub fn update(edit: &mut Edit<'_>, id: i64, draft: &Draft, cod: &Cod) -> Result<(), Refusal> {
    let old = find(edit.catalogue, id).cloned().ok_or_else(unknown)?;
    if old.status == INVOICE_CANCELLED {
        let message = format!("Hóa đơn {} đã bị hủy, không thể cập nhật", old.code);
        return Err(refusals::invoice(&message));
    }
    lines::check_rest(edit.catalogue, edit.switches, draft)?;
    let mut changed = old;
    if let Some(wanted) = &draft.lines {
        let branch = changed.branch_id;
        changed.lines = lines::check(edit.catalogue, edit.switches, branch, wanted)?;
    }
    if let Some(delivery) = &draft.delivery {
        changed.delivery = Some(delivery::merged(changed.delivery.clone(), delivery));
    }
    changed.purchase_date = draft.purchase_date.or(changed.purchase_date);
    changed.sold_by_id = draft.sold_by_id.or(changed.sold_by_id);
    changed.sale_channel_id = draft.sale_channel_id.or(changed.sale_channel_id);
    if let Some(status) = draft.status {
        changed.status = status;
    }
    delivery::arrive(edit, &mut changed, cod)?;
    changed.modified_date = Some(edit.now);
    replace(edit, changed);
    Ok(())
}

/// Changes the delivery as the carrier reports it.
pub fn deliver(edit: &mut Edit<'_>, id: i64, news: &Delivery) -> Result<(), Refusal> {
    let mut changed = find(edit.catalogue, id).cloned().ok_or_else(unknown)?;
    changed.delivery = Some(delivery::merged(changed.delivery.clone(), news));
    delivery::arrive(edit, &mut changed, &Cod::default())?;
    changed.modified_date = Some(edit.now);
    replace(edit, changed);
    Ok(())
}

/// `DELETE /invoices`: the goods come back. The order it was made from is not opened again (inferred).
///
/// # Errors
/// 420 when it is unknown or cancelled already (inferred texts).
pub fn cancel(edit: &mut Edit<'_>, id: i64, void_payments: bool) -> Result<(), Refusal> {
    let mut changed = find(edit.catalogue, id).cloned().ok_or_else(unknown)?;
    if changed.status == INVOICE_CANCELLED {
        let message = format!("Hóa đơn {} đã bị hủy", changed.code);
        return Err(refusals::invoice(&message));
    }
    changed.status = INVOICE_CANCELLED;
    changed.modified_date = Some(edit.now);
    for payment in changed.payments.iter_mut().filter(|_| void_payments) {
        payment.voided = true;
    }
    replace(edit, changed);
    Ok(())
}

/// `POST /payments`: answers the payment's id.
///
/// # Errors
/// 420.
pub fn pay(
    edit: &mut Edit<'_>,
    id: i64,
    amount: crate::number::Number,
    method: Option<&str>,
    account_id: Option<i64>,
) -> Result<i64, Refusal> {
    let mut changed = find(edit.catalogue, id).cloned().ok_or_else(unknown)?;
    let method = payment::method(method)?;
    payment::check_account(edit.catalogue, method, account_id)?;
    if amount.0 <= 0.0 || changed.status == INVOICE_CANCELLED {
        return Err(refusals::invoice("Số tiền thanh toán không hợp lệ"));
    }
    let payment_id = edit.catalogue.next_payment_id();
    payment::add(
        &mut changed,
        payment_id,
        amount,
        method,
        account_id,
        edit.now,
    );
    changed.modified_date = Some(edit.now);
    replace(edit, changed);
    Ok(payment_id)
}

/// An invoice by its id.
pub fn find(shop: &Catalogue, id: i64) -> Option<&Document> {
    shop.invoices.iter().find(|invoice| invoice.id == id)
}

fn unknown() -> Refusal {
    refusals::invoice("Hóa đơn không tồn tại hoặc đã bị xóa khỏi hệ thống")
}
