//! Orders and invoices (kiotviet-api.md §6, §7): lists, details and what creating gives.

use super::answer::{Answer, Reading};
use super::decimal::{MONEY, QUANTITY};
use super::envelope::{listed, ENVELOPE};
use super::list::{keep, read_list, Reader, Spec};
use super::one::read_one;
use super::row::Row;
use super::wire::{shape, Kind, Node};
use crate::model::{Money, Quantity, Sale, SaleCharge, SaleDelivery, SaleLine, Severity};

shape!(LINE, LineField {
    Good "productid" Kind::Scalar;
    Code "productcode" Kind::Scalar;
    Name "productname" Kind::Scalar;
    Quantity "quantity" Kind::Scalar;
    Price "price" Kind::Scalar;
    Discount "discount" Kind::Scalar;
    Note "note" Kind::Scalar;
});

shape!(CHARGE, ChargeField {
    Id "surchargeid" Kind::Scalar;
    Name "surchargename" Kind::Scalar;
    Price "price" Kind::Scalar;
    Value "survalue" Kind::Scalar;
});

shape!(CARRIER, Carrier {
    Name "name" Kind::Scalar;
    Code "code" Kind::Scalar;
});

shape!(DELIVERY, DeliveryField {
    Code "deliverycode" Kind::Scalar;
    Status "status" Kind::Scalar;
    Label "statusvalue" Kind::Scalar;
    Receiver "receiver" Kind::Scalar;
    Phone "contactnumber" Kind::Scalar;
    Address "address" Kind::Scalar;
    Location "locationname" Kind::Scalar;
    Ward "wardname" Kind::Scalar;
    Carrier "partnerdelivery" Kind::Row(&CARRIER);
});

shape!(SALE, Field {
    Id "id" Kind::Scalar;
    Code "code" Kind::Scalar;
    Branch "branchid" Kind::Scalar;
    Customer "customerid" Kind::Scalar;
    CustomerName "customername" Kind::Scalar;
    Status "status" Kind::Scalar;
    Label "statusvalue" Kind::Scalar;
    Description "description" Kind::Scalar;
    Total "total" Kind::Scalar;
    Paid "totalpayment" Kind::Scalar;
    Discount "discount" Kind::Scalar;
    OrderLines "orderdetails" Kind::Rows(&LINE);
    InvoiceLines "invoicedetails" Kind::Rows(&LINE);
    Charges "invoiceordersurcharges" Kind::Rows(&CHARGE);
    OrderDelivery "orderdelivery" Kind::Row(&DELIVERY);
    InvoiceDelivery "invoicedelivery" Kind::Row(&DELIVERY);
    DeliveryDetail "deliverydetail" Kind::Row(&DELIVERY);
    Channel "salechannelid" Kind::Scalar;
    OrderId "orderid" Kind::Scalar;
    OrderCode "ordercode" Kind::Scalar;
    Purchased "purchasedate" Kind::Scalar;
    Created "createddate" Kind::Scalar;
    Modified "modifieddate" Kind::Scalar;
});

listed! {
    /// `GET /orders`, `GET /invoices`, their details, and what writing them gives.
    Sales, SALE
}

const fn spec(kind: &'static str) -> Spec {
    Spec {
        kind,
        row: &SALE,
        id: &[Field::Id as usize],
        label: &[Field::Code as usize],
    }
}

static ORDER: Spec = spec("pos-order");
static INVOICE: Spec = spec("pos-invoice");

/// Reads `GET /orders`.
#[must_use]
pub fn read_orders(answer: Answer<Sales>) -> Reading<Sale> {
    list(answer, &ORDER)
}

/// Reads one order: `GET /orders/{id}`, `POST /orders`, `PUT /orders/{id}`; also the answer to
/// `DELETE /orders/{id}`, which has no row.
#[must_use]
pub fn read_order(answer: Answer<Sales>) -> Reading<Sale> {
    one(answer, &ORDER)
}

/// Reads `GET /invoices`.
#[must_use]
pub fn read_invoices(answer: Answer<Sales>) -> Reading<Sale> {
    list(answer, &INVOICE)
}

/// Reads one invoice: `GET /invoices/{id}`, `POST /invoices`.
#[must_use]
pub fn read_invoice(answer: Answer<Sales>) -> Reading<Sale> {
    one(answer, &INVOICE)
}

#[inline(never)]
fn list(answer: Answer<Sales>, spec: &Spec) -> Reading<Sale> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, sale(reader));
    read_list(answer.fields, spec, read).with(rows)
}

#[inline(never)]
fn one(mut answer: Answer<Sales>, spec: &Spec) -> Reading<Sale> {
    lend_total(&mut answer.fields);
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, sale(reader));
    match read_one(answer.fields, spec, read) {
        Ok(walked) => walked.with(rows),
        Err(failure) => super::list::failed(failure),
    }
}

/// Without a `data` around it, an order's `total` stands where a list states its own: the order
/// gets it back.
fn lend_total(answer: &mut [Node]) {
    let Some(Node::Row(body)) = answer.last_mut() else {
        return;
    };
    let total = body.first().cloned().unwrap_or_default();
    let place = ENVELOPE.len().saturating_add(Field::Total as usize);
    if let Some(field) = body.get_mut(place) {
        *field = total;
    }
}

#[inline(never)]
fn sale(reader: &mut Reader<'_>) -> Option<Sale> {
    let row = &mut reader.row;
    let Some(total) = row.amount(Field::Total as usize, MONEY) else {
        reader.say("total-unreadable", Severity::Review, "");
        return None;
    };
    let money = |row: &mut Row, place: Field| Money(row.amount(place as usize, MONEY).unwrap_or(0));
    let paid = money(row, Field::Paid);
    let discount = money(row, Field::Discount);
    let mut lines = row.take(Field::OrderLines as usize).entries();
    lines.append(&mut row.take(Field::InvoiceLines as usize).entries());
    let mut lost = false;
    let mut read = Vec::with_capacity(lines.len());
    for node in lines {
        match line(node) {
            Some(line) => read.push(line),
            None => lost = true,
        }
    }
    if lost {
        // Half an order is worse than none: it would look like another one.
        reader.say("order-line-unreadable", Severity::Review, "");
        return None;
    }
    let row = &mut reader.row;
    Some(Sale {
        code: row.plain(Field::Code as usize),
        branch_id: row.id(Field::Branch as usize),
        customer_id: row.id(Field::Customer as usize),
        customer_name: row.plain(Field::CustomerName as usize),
        status: row.amount(Field::Status as usize, 0),
        label: row.plain(Field::Label as usize),
        description: row.plain(Field::Description as usize),
        total: Money(total),
        paid,
        discount,
        lines: read,
        charges: charges(row.take(Field::Charges as usize)),
        delivery: delivery(row),
        channel_id: row.id(Field::Channel as usize),
        order_id: row.id(Field::OrderId as usize),
        order_code: row.plain(Field::OrderCode as usize),
        purchased: row.instant(Field::Purchased as usize),
        created: row.instant(Field::Created as usize),
        modified: row.instant(Field::Modified as usize),
        id: reader.id.clone(),
    })
}

fn line(node: Node) -> Option<SaleLine> {
    let mut row = Row::of(node, &LINE)?;
    let line = SaleLine {
        good_id: row.id(LineField::Good as usize).unwrap_or_default(),
        code: row.plain(LineField::Code as usize),
        name: row.plain(LineField::Name as usize),
        quantity: Quantity(row.amount(LineField::Quantity as usize, QUANTITY)?),
        price: Money(row.amount(LineField::Price as usize, MONEY).unwrap_or(0)),
        discount: row
            .amount(LineField::Discount as usize, MONEY)
            .filter(|discount| *discount != 0)
            .map(Money),
        note: row.plain(LineField::Note as usize),
    };
    (!line.good_id.is_empty() || !line.code.is_empty()).then_some(line)
}

fn charges(listed: Node) -> Vec<SaleCharge> {
    let mut charges = Vec::new();
    for node in listed.entries() {
        let Some(mut row) = Row::of(node, &CHARGE) else {
            continue;
        };
        let price = row
            .amount(ChargeField::Price as usize, MONEY)
            .or_else(|| row.amount(ChargeField::Value as usize, MONEY));
        charges.push(SaleCharge {
            id: row.id(ChargeField::Id as usize),
            name: row.plain(ChargeField::Name as usize),
            price: Money(price.unwrap_or(0)),
        });
    }
    charges
}

fn delivery(sale: &mut Row) -> Option<SaleDelivery> {
    let mut places = [
        Field::OrderDelivery,
        Field::InvoiceDelivery,
        Field::DeliveryDetail,
    ]
    .into_iter();
    let mut row = places.find_map(|place| Row::of(sale.take(place as usize), &DELIVERY))?;
    let carrier = Row::of(row.take(DeliveryField::Carrier as usize), &CARRIER);
    let carrier = carrier.map_or_else(String::new, |mut carrier| {
        let name = carrier.plain(Carrier::Name as usize);
        if name.is_empty() {
            carrier.plain(Carrier::Code as usize)
        } else {
            name
        }
    });
    let delivery = SaleDelivery {
        code: row.plain(DeliveryField::Code as usize),
        carrier,
        status: row.amount(DeliveryField::Status as usize, 0),
        label: row.plain(DeliveryField::Label as usize),
        receiver: row.plain(DeliveryField::Receiver as usize),
        phone: row.plain(DeliveryField::Phone as usize),
        address: row.plain(DeliveryField::Address as usize),
        location: row.plain(DeliveryField::Location as usize),
        ward: row.plain(DeliveryField::Ward as usize),
    };
    (delivery != SaleDelivery::default()).then_some(delivery)
}
