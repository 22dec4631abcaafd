//! `GET /_sim/truth`: customers, orders and invoices as they are, for audits to the đồng.

use serde_json::{json, Value};

use crate::catalogue::{Catalogue, Document};
use crate::state::State;
use crate::switches::Switches;
use crate::trade::{order, totals};
use crate::wire::document;

/// Everything beside the goods, which `GET /_sim/catalogue` shows.
pub fn of(state: &State) -> Value {
    let (shop, switches) = (&state.catalogue, &state.switches);
    let orders = shop.orders.iter().map(|row| {
        let mut value = document_truth(shop, switches, row);
        let invoices = shop.invoices.iter();
        let invoices = invoices.filter(|invoice| invoice.order_id == Some(row.id));
        value["statusValue"] = json!(document::order_status(row.status, switches));
        value["invoiceIds"] = invoices.map(|invoice| invoice.id).collect();
        value["held"] = order::held(shop, row.id)
            .into_iter()
            .map(|(product, quantity)| json!({"productId": product, "quantity": quantity}))
            .collect();
        value
    });
    let invoices = shop.invoices.iter().map(|row| {
        let mut value = document_truth(shop, switches, row);
        value["statusValue"] = json!(document::invoice_status(row.status));
        value
    });
    json!({
        "at": state.change_time(),
        "settings": shop.settings,
        "policy": shop.policy,
        "orders": orders.collect::<Vec<Value>>(),
        "invoices": invoices.collect::<Vec<Value>>(),
        "customers": shop.customers,
        "groups": shop.groups,
        "surcharges": shop.surcharges,
        "saleChannels": shop.sale_channels,
        "users": shop.users,
        "bankAccounts": shop.bank_accounts,
        "removed": {"customers": shop.removed.customers},
    })
}

fn document_truth(shop: &Catalogue, switches: &Switches, row: &Document) -> Value {
    let sums = totals::of(shop, switches, row);
    let lines = row.lines.iter().map(|line| {
        let product = shop.product(line.product_id);
        json!({
            "productId": line.product_id,
            "productCode": product.map(|row| &row.code),
            "quantity": line.quantity,
            "price": line.price,
            "discount": line.discount,
            "discountRatio": line.discount_ratio,
            "note": line.note,
            "isExtra": line.is_extra,
            "taxes": line.taxes,
            "amount": crate::number::Number(totals::amount(line, switches)).tidy(),
        })
    });
    let surcharges = row.surcharges.iter().map(|charge| {
        let mut known = shop.surcharges.iter();
        let known = known.find(|row| row.id == charge.surcharge_id);
        json!({
            "surchargeId": charge.surcharge_id,
            "code": known.map(|row| &row.code),
            "name": known.map(|row| &row.name),
            "price": charge.price,
        })
    });
    json!({
        "id": row.id,
        "code": row.code,
        "origin": row.origin,
        "orderId": row.order_id,
        "branchId": row.branch_id,
        "status": row.status,
        "customerId": row.customer_id,
        "customer": row.customer_id.and_then(|id| shop.customer(id)),
        "soldById": row.sold_by_id,
        "saleChannelId": row.sale_channel_id,
        "description": row.description,
        "extra": row.extra,
        "usingCod": row.using_cod,
        "purchaseDate": row.purchase_date,
        "lines": lines.collect::<Vec<Value>>(),
        "goods": sums.goods,
        "discount": sums.discount,
        "surcharges": surcharges.collect::<Vec<Value>>(),
        "surchargeTotal": sums.surcharges,
        "tax": sums.tax,
        "total": sums.total,
        "totalPayment": sums.paid,
        "payments": row.payments,
        "delivery": row.delivery,
        "createdDate": row.created_date,
        "modifiedDate": row.modified_date,
    })
}
