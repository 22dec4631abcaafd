//! The bodies sent to KiotViet (kiotviet-api.md §6.3, §6.5, §7).

use super::plan::{Delivery, OrderPlan, PlannedLine};
use crate::model::{Money, PosCustomer};
use crate::pos::decimal::{MONEY, QUANTITY};
use crate::settings::{PayMethod, Settings};
use crate::text::{decimal, Json};

/// An id: a number where it is one, because that is what the POS's ids are.
pub(crate) fn id(json: &mut Json, name: &str, id: &str) {
    if !id.is_empty() && id.len() < 19 && id.bytes().all(|byte| byte.is_ascii_digit()) {
        json.bare(name, id);
    } else {
        json.filled(name, id);
    }
}

fn money(json: &mut Json, name: &str, amount: Money) {
    json.bare(name, &decimal(amount.0, MONEY));
}

/// How a payment is called.
fn method(method: PayMethod) -> &'static str {
    match method {
        PayMethod::Nothing => "",
        PayMethod::Cash => "Cash",
        PayMethod::Transfer => "Transfer",
        PayMethod::Card => "Card",
    }
}

/// What an order and an invoice share.
fn begin(plan: &OrderPlan, settings: &Settings) -> Json {
    let mut json = Json::default();
    json.open("", '{');
    id(&mut json, "branchId", &plan.branch_id);
    if let Some(customer) = &plan.customer_id {
        id(&mut json, "customerId", customer);
        // Which of the two counts is not known [UNSURE-32].
        json.open("customer", '{');
        id(&mut json, "id", customer);
        json.close('}');
    }
    id(
        &mut json,
        "soldById",
        settings.orders.seller.as_deref().unwrap_or_default(),
    );
    id(
        &mut json,
        "saleChannelId",
        settings.orders.channel.as_deref().unwrap_or_default(),
    );
    if plan.discount.0 != 0 {
        money(&mut json, "discount", plan.discount);
    }
    json.text("description", &plan.description);
    money(&mut json, "totalPayment", plan.paid);
    json.filled("method", method(plan.method));
    id(
        &mut json,
        "accountId",
        plan.account.as_deref().unwrap_or_default(),
    );
    json
}

fn lines(json: &mut Json, name: &str, taxes: &str, lines: &[PlannedLine]) {
    json.open(name, '[');
    for line in lines {
        json.open("", '{');
        id(json, "productId", &line.good_id);
        json.filled("productCode", &line.code);
        json.filled("productName", &line.name);
        json.bare("quantity", &decimal(line.quantity.0, QUANTITY));
        money(json, "price", line.price);
        json.filled("note", &line.note);
        // A good with one line has no main line to be told.
        let twins = lines.iter().filter(|other| other.good_id == line.good_id);
        if twins.count() > 1 {
            json.bare("isMaster", if line.extra { "false" } else { "true" });
        }
        if !line.taxes.is_empty() {
            json.open(taxes, '[');
            for tax in &line.taxes {
                json.open("", '{');
                id(json, "TaxId", tax);
                json.close('}');
            }
            json.close(']');
        }
        json.close('}');
    }
    json.close(']');
}

fn charges(json: &mut Json, plan: &OrderPlan) {
    if plan.charges.is_empty() {
        return;
    }
    // KiotViet's spelling.
    json.open("surchages", '[');
    for charge in &plan.charges {
        json.open("", '{');
        id(
            json,
            "id",
            charge.surcharge_id.as_deref().unwrap_or_default(),
        );
        json.text("code", &charge.code);
        money(json, "price", charge.price);
        json.close('}');
    }
    json.close(']');
}

fn delivery(json: &mut Json, name: &str, delivery: &Delivery, cod: Option<Money>) {
    json.open(name, '{');
    json.text("receiver", &delivery.receiver);
    json.filled("contactNumber", &delivery.phone);
    json.text("address", &delivery.address);
    json.filled("locationName", &delivery.location);
    json.filled("wardName", &delivery.ward);
    if let Some(weight) = &delivery.weight {
        json.bare("weight", weight);
    }
    if let Some(cod) = cod {
        json.bare("usingPriceCod", "true");
        money(json, "priceCodPayment", cod);
    }
    json.close('}');
}

/// `POST /orders`, `PUT /orders/{id}`.
pub(super) fn order(plan: &OrderPlan, settings: &Settings) -> String {
    let mut json = begin(plan, settings);
    json.bare("makeInvoice", "false");
    lines(&mut json, "orderDetails", "OrderDetailTaxs", &plan.lines);
    if let Some(to) = &plan.delivery {
        delivery(&mut json, "orderDelivery", to, None);
    }
    charges(&mut json, plan);
    json.close('}');
    json.finish()
}

/// `POST /invoices`, of an order. What is not paid yet is collected on delivery when the shopper
/// chose so.
pub(super) fn invoice(plan: &OrderPlan, settings: &Settings, order_id: &str, cod: bool) -> String {
    let mut json = begin(plan, settings);
    id(&mut json, "orderId", order_id);
    let owed = plan.total.minus(plan.paid);
    let owed = owed
        .and_then(|owed| owed.minus(plan.refunded))
        .unwrap_or(Money::ZERO);
    let cod = (cod && owed.0 > 0 && plan.delivery.is_some()).then_some(owed);
    json.bare("usingCod", if cod.is_some() { "true" } else { "false" });
    lines(
        &mut json,
        "invoiceDetails",
        "InvoiceDetailTaxs",
        &plan.lines,
    );
    if let Some(to) = &plan.delivery {
        delivery(&mut json, "deliveryDetail", to, cod);
    }
    charges(&mut json, plan);
    json.close('}');
    json.finish()
}

/// `POST /customers`, `PUT /customers/{id}`: only what is known.
pub(crate) fn customer(customer: &PosCustomer) -> String {
    let mut json = Json::default();
    json.open("", '{');
    json.filled("name", &customer.name);
    json.filled("contactNumber", &customer.phone);
    json.filled("email", &customer.email);
    json.filled("address", &customer.address);
    json.filled("locationName", &customer.location);
    json.filled("wardName", &customer.ward);
    json.filled("organization", &customer.company);
    json.filled("taxCode", &customer.tax_code);
    id(
        &mut json,
        "branchId",
        customer.branch_id.as_deref().unwrap_or_default(),
    );
    if !customer.group_ids.is_empty() {
        json.open("groupIds", '[');
        for group in &customer.group_ids {
            id(&mut json, "", group);
        }
        json.close(']');
    }
    json.close('}');
    json.finish()
}

/// `POST /surchages`.
pub(super) fn surcharge(code: &str, name: &str) -> String {
    let mut json = Json::default();
    json.open("", '{');
    json.text("name", name);
    json.text("code", code);
    json.bare("value", "0");
    json.close('}');
    json.finish()
}

/// `POST /products`, of a good that an order needs: no stock, because only the POS knows it (D6),
/// and no cost (G1).
pub(super) fn good(code: &str, name: &str, category: &str, price: Money) -> String {
    let mut json = Json::default();
    json.open("", '{');
    json.text("name", name);
    json.text("code", code);
    id(&mut json, "categoryId", category);
    json.bare("allowsSale", "true");
    money(&mut json, "basePrice", price);
    json.close('}');
    json.finish()
}
