//! Clerks, marketplaces and customers: orders come, are confirmed, edited, sent out, invoiced, cancelled.

use serde_json::json;

use super::view::{object, View};
use crate::catalogue::{
    Branch, Customer, Delivery, Document, Line, Partner, CONFIRMED, DELIVERING, DRAFT,
    INVOICE_CANCELLED, INVOICE_OPEN, SERVICE,
};
use crate::control::change::Change;
use crate::control::trade_change::Which;
use crate::number::Number;

const FAMILY_NAMES: &[&str] = &["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng"];
const GIVEN_NAMES: &[&str] = &[
    "Văn An",
    "Thị Bình",
    "Minh Châu",
    "Quốc Bảo",
    "Thu Hà",
    "Ngọc Linh",
];

/// Somebody who was never here before.
fn person(view: &mut View<'_, '_>) -> Option<Customer> {
    let name = format!(
        "{} {}",
        view.one_of(FAMILY_NAMES)?,
        view.one_of(GIVEN_NAMES)?
    );
    let number = view.dice.u32(1_000_000..=9_999_999);
    let phone = match view.dice.u8(0..4) {
        0 => format!("+8490{number}"),
        1 => format!("090 {number}"),
        _ => format!("090{number}"),
    };
    let branch = view.one_of(&view.shop.branches)?.id;
    Some(Customer {
        id: view.shop.next_customer_id(),
        name,
        contact_number: view.chance(90).then_some(phone),
        email: view
            .chance(30)
            .then(|| format!("khach{number}@example.com")),
        address: view.chance(60).then(|| format!("{} Lê Lợi", number % 500)),
        branch_id: Some(branch),
        ..Customer::default()
    })
}

/// A customer is typed in.
pub fn new_customer(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let customer = Box::new(person(view)?);
    Some(vec![Change::CustomerAdd { customer }])
}

/// A customer's phone, address or name is corrected.
pub fn edit_customer(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let id = view.one_of(&view.shop.customers)?.id;
    let new = person(view)?;
    let fields = match view.dice.u8(0..3) {
        0 => json!({"name": new.name}),
        1 => json!({"address": format!("{} Hai Bà Trưng", view.dice.u16(1..=500))}),
        _ => json!({"contactNumber": new.contact_number}),
    };
    Some(vec![Change::CustomerSet {
        which: Which::by_id(id),
        fields: object(fields),
    }])
}

/// A customer nobody needs any more goes: one without orders.
pub fn delete_customer(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let shop = view.shop;
    let is_free = |id: i64| {
        let mut documents = shop.orders.iter().chain(&shop.invoices);
        documents.all(|row| row.customer_id != Some(id))
    };
    let free = shop.customers.iter().map(|row| row.id);
    let free: Vec<i64> = free.filter(|id| is_free(*id)).collect();
    let id = *view.dice.choice(&free)?;
    Some(vec![Change::CustomerRemove {
        which: Which::by_id(id),
    }])
}

fn lines(view: &mut View<'_, '_>, branch: &Branch) -> Option<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::new();
    for _ in 0..view.dice.u8(1..=3) {
        let product = view.good(|row| {
            let here = row.inventory(branch.id).is_none_or(|stock| stock.is_active);
            row.is_active && row.allows_sale && here && row.kind != SERVICE
        })?;
        if lines.iter().all(|line| line.product_id != product.id) {
            lines.push(Line {
                product_id: product.id,
                quantity: Number(f64::from(view.dice.u32(1..=3))),
                price: product.base_price,
                ..Line::default()
            });
        }
    }
    Some(lines)
}

/// An order is taken in the shop, for a customer or a walk-in.
pub fn pos_order(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let branch = view.one_of(&view.shop.branches)?;
    let lines = lines(view, branch)?;
    let known = view.one_of(&view.shop.customers).map(|row| row.id);
    let order = Document {
        id: view.shop.next_order_id(),
        branch_id: branch.id,
        customer_id: known.filter(|_| view.chance(70)),
        lines,
        description: view.chance(20).then(|| "Khách lấy chiều nay".into()),
        ..Document::default()
    };
    Some(vec![Change::OrderAdd {
        order: Box::new(order),
    }])
}

/// A marketplace sends an order in: a code of its own and a masked customer (§5, §6.2).
pub fn market_order(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let branch = view.one_of(&view.shop.branches)?;
    let lines = lines(view, branch)?;
    let mut customer = person(view)?;
    customer.masked = true;
    let id = view.shop.next_order_id();
    let number = view.dice.u32(100_000..=999_999);
    let channel = view
        .shop
        .sale_channels
        .iter()
        .find(|row| row.name == "Shopee");
    let order = Document {
        id,
        code: format!("DHSPE_{number}{id}"),
        branch_id: branch.id,
        customer_id: Some(customer.id),
        sale_channel_id: channel.map(|row| row.id),
        lines,
        delivery: Some(Delivery {
            receiver: Some(customer.shown_name()),
            delivery_code: Some(format!("SPXVN{number}")),
            ..Delivery::default()
        }),
        origin: Some("market".into()),
        ..Document::default()
    };
    Some(vec![
        Change::CustomerAdd {
            customer: Box::new(customer),
        },
        Change::OrderAdd {
            order: Box::new(order),
        },
    ])
}

/// One order that fits, by chance.
fn order<'a>(view: &mut View<'a, '_>, fits: impl Fn(&Document) -> bool) -> Option<&'a Document> {
    let all = view.shop.orders.iter();
    let fitting: Vec<&'a Document> = all.filter(|row| fits(row)).collect();
    view.dice.choice(&fitting).copied()
}

fn set_status(view: &mut View<'_, '_>, from: &[i64], status: i64) -> Option<Vec<Change>> {
    let id = order(view, |row| from.contains(&row.status))?.id;
    Some(vec![Change::OrderSet {
        which: Which::by_id(id),
        fields: object(json!({ "status": status })),
    }])
}

/// A clerk confirms a draft.
pub fn confirm_order(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    set_status(view, &[DRAFT], CONFIRMED)
}

/// A clerk sends it out without an invoice.
pub fn send_order(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    set_status(view, &[DRAFT, CONFIRMED], DELIVERING)
}

/// A clerk changes a quantity or writes a note.
pub fn edit_order(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let order = order(view, |row| row.status == DRAFT && !row.lines.is_empty())?;
    let mut lines = order.lines.clone();
    let fields = if view.chance(60) {
        let first = lines.first_mut()?;
        first.quantity = Number(first.quantity.0 + 1.0);
        json!({ "lines": lines })
    } else {
        let old = order.description.clone().unwrap_or_default();
        json!({"description": format!("{old} (gọi trước khi giao)")})
    };
    Some(vec![Change::OrderSet {
        which: Which::by_id(order.id),
        fields: object(fields),
    }])
}

/// A clerk makes the invoice; goods that go by carrier wait for him.
pub fn invoice_order(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let shop = view.shop;
    let id = order(view, |row| {
        row.is_open_order() && !crate::trade::order::held(shop, row.id).is_empty()
    })?
    .id;
    Some(vec![Change::OrderInvoice {
        which: Which::by_id(id),
        lines: None,
        delivery: None,
    }])
}

/// An order is cancelled.
pub fn cancel_order(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let id = order(view, Document::is_open_order)?.id;
    Some(vec![Change::OrderCancel {
        which: Which::by_id(id),
        void_payments: true,
    }])
}

/// A sale at the till, with an invoice.
pub fn till_invoice(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let branch = view.one_of(&view.shop.branches)?;
    let lines = lines(view, branch)?;
    let invoice = Document {
        id: view.shop.next_invoice_id(),
        branch_id: branch.id,
        lines,
        ..Document::default()
    };
    Some(vec![Change::InvoiceAdd {
        invoice: Box::new(invoice),
    }])
}

/// A parcel moves on, and in the end arrives.
pub fn deliver(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let waiting = view.shop.invoices.iter();
    let waiting: Vec<i64> = waiting
        .filter(|row| row.status == INVOICE_OPEN && row.delivery.is_some())
        .map(|row| row.id)
        .collect();
    let id = *view.dice.choice(&waiting)?;
    let status = if view.chance(40) { 3 } else { 2 };
    let carrier = Partner {
        code: "GHN".into(),
        name: "Giao Hàng Nhanh".into(),
        ..Partner::default()
    };
    Some(vec![Change::InvoiceDeliver {
        which: Which::by_id(id),
        delivery: Box::new(Delivery {
            status: Some(status),
            delivery_code: Some(format!("GHN{id}")),
            partner_delivery: Some(carrier),
            ..Delivery::default()
        }),
    }])
}

/// An invoice is cancelled; its goods come back.
pub fn cancel_invoice(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let valid = view.shop.invoices.iter();
    let valid = valid.filter(|row| row.status != INVOICE_CANCELLED);
    let valid: Vec<i64> = valid.map(|row| row.id).collect();
    let id = *view.dice.choice(&valid)?;
    Some(vec![Change::InvoiceCancel {
        which: Which::by_id(id),
        void_payments: true,
    }])
}
