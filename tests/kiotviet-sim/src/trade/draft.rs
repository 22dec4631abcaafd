//! What a client asked for in an order or an invoice, read but not yet checked (§6.3, §7).

use crate::body::Fields;
use crate::catalogue::{Delivery, Partner};
use crate::number::Number;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::wire::Refusal;

/// A body. What is absent is kept on an update.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// `branchId`.
    pub branch_id: Option<i64>,
    /// `code`, honoured only by UNSURE-33.
    pub code: Option<String>,
    /// `orderDetails` or `invoiceDetails`.
    pub lines: Option<Vec<DraftLine>>,
    /// `customer{}`.
    pub customer: Option<Fields>,
    /// `customerId` (UNSURE-32).
    pub customer_id: Option<i64>,
    /// `purchaseDate`.
    pub purchase_date: Option<VnTime>,
    /// `soldById`.
    pub sold_by_id: Option<i64>,
    /// `discount`.
    pub discount: Option<Number>,
    /// `description`.
    pub description: Option<String>,
    /// `usingCod`.
    pub using_cod: Option<bool>,
    /// `method` of `totalPayment`.
    pub method: Option<String>,
    /// `totalPayment`.
    pub total_payment: Option<Number>,
    /// `accountId`.
    pub account_id: Option<i64>,
    /// `makeInvoice`.
    pub make_invoice: bool,
    /// `saleChannelId`.
    pub sale_channel_id: Option<i64>,
    /// `orderDelivery` or `deliveryDetail`.
    pub delivery: Option<Delivery>,
    /// `surchages`, misspelt.
    pub surcharges: Option<Vec<DraftCharge>>,
    /// Amounts of `Payments` rows: vouchers.
    pub vouchers: Vec<Number>,
    /// `Extra`.
    pub extra: Option<String>,
    /// `orderId` of an invoice.
    pub order_id: Option<i64>,
    /// `status`: ignored for orders.
    pub status: Option<i64>,
}

/// A line.
#[derive(Clone, Debug, Default)]
pub struct DraftLine {
    /// `productId`.
    pub product_id: Option<i64>,
    /// `productCode`.
    pub product_code: Option<String>,
    /// `quantity`.
    pub quantity: Number,
    /// `price`; the general price when absent (inferred).
    pub price: Option<Number>,
    /// `discount`.
    pub discount: Option<Number>,
    /// `discountRatio`.
    pub discount_ratio: Option<Number>,
    /// `note`.
    pub note: Option<String>,
    /// `isMaster` is false.
    pub is_extra: bool,
    /// `OrderDetailTaxs` or `InvoiceDetailTaxs`.
    pub taxes: Vec<i64>,
    /// `serialNumbers`.
    pub serial_numbers: Option<String>,
}

/// A surcharge, by id or code.
#[derive(Clone, Debug, Default)]
pub struct DraftCharge {
    /// `id`.
    pub id: Option<i64>,
    /// `code`.
    pub code: Option<String>,
    /// `price`.
    pub price: Number,
}

/// The names that differ between orders and invoices.
struct Names {
    lines: &'static str,
    taxes: &'static str,
    delivery: &'static str,
}

impl Draft {
    /// An order.
    ///
    /// # Errors
    /// 400 for a value that cannot be read.
    pub fn order(body: &Fields, switches: &Switches) -> Result<Self, Refusal> {
        let names = Names {
            lines: "orderDetails",
            taxes: "orderDetailTaxs",
            delivery: "orderDelivery",
        };
        Self::read(body, &names, switches)
    }

    /// An invoice. Where its surcharges and payments stand is UNSURE-40.
    ///
    /// # Errors
    /// 400 for a value that cannot be read.
    pub fn invoice(body: &Fields, switches: &Switches) -> Result<Self, Refusal> {
        let names = Names {
            lines: "invoiceDetails",
            taxes: "invoiceDetailTaxs",
            delivery: "deliveryDetail",
        };
        let mut draft = Self::read(body, &names, switches)?;
        if switches.reading(40) == 'B' {
            let inside = body.object("deliveryDetail")?.unwrap_or_default();
            draft.surcharges = charges(&inside)?;
            draft.vouchers = vouchers(&inside)?;
        }
        Ok(draft)
    }

    fn read(body: &Fields, names: &Names, switches: &Switches) -> Result<Self, Refusal> {
        let lines = body.objects(names.lines)?;
        let lines = lines.map(|lines| lines.iter().map(|line| read_line(line, names)).collect());
        Ok(Self {
            branch_id: body.int("branchId")?,
            code: body.text("code")?,
            lines: lines.transpose()?,
            customer: body.object("customer")?,
            customer_id: body.int("customerId")?.filter(|id| *id != 0),
            purchase_date: body.moment("purchaseDate", switches)?,
            sold_by_id: body.int("soldById")?.filter(|id| *id != 0),
            discount: body.number("discount")?,
            description: body.text("description")?,
            using_cod: body.flag("usingCod")?,
            method: body.text("method")?,
            total_payment: body.number("totalPayment")?,
            account_id: body.int("accountId")?.filter(|id| *id != 0),
            make_invoice: body.flag("makeInvoice")?.unwrap_or(false),
            sale_channel_id: body.int("saleChannelId")?.filter(|id| *id != 0),
            delivery: delivery(body, names.delivery, switches)?,
            surcharges: charges(body)?,
            vouchers: vouchers(body)?,
            extra: body.text("extra")?,
            order_id: body.int("orderId")?.filter(|id| *id != 0),
            status: body.int("status")?,
        })
    }
}

fn read_line(line: &Fields, names: &Names) -> Result<DraftLine, Refusal> {
    let taxes = line.objects(names.taxes)?.unwrap_or_default();
    let taxes: Result<Vec<Option<i64>>, Refusal> =
        taxes.iter().map(|tax| tax.int("taxId")).collect();
    Ok(DraftLine {
        product_id: line.int("productId")?.filter(|id| *id != 0),
        product_code: line.text("productCode")?,
        quantity: line.number("quantity")?.unwrap_or_default(),
        price: line.number("price")?,
        discount: line.number("discount")?,
        discount_ratio: line.number("discountRatio")?,
        note: line.text("note")?,
        is_extra: line.flag("isMaster")? == Some(false),
        taxes: taxes?.into_iter().flatten().collect(),
        serial_numbers: line.text("serialNumbers")?,
    })
}

fn charges(body: &Fields) -> Result<Option<Vec<DraftCharge>>, Refusal> {
    let Some(rows) = body.objects("surchages")? else {
        return Ok(None);
    };
    let rows = rows.iter().map(|row| {
        Ok(DraftCharge {
            id: row.int("id")?.filter(|id| *id != 0),
            code: row.text("code")?,
            price: row.number("price")?.unwrap_or_default(),
        })
    });
    rows.collect::<Result<_, Refusal>>().map(Some)
}

/// Only voucher rows are documented in `Payments`; others are passed over.
fn vouchers(body: &Fields) -> Result<Vec<Number>, Refusal> {
    let mut amounts = Vec::new();
    for row in body.objects("payments")?.unwrap_or_default() {
        let method = row.text("method")?.or(row.text("methodStr")?);
        if method.is_some_and(|method| method.eq_ignore_ascii_case("voucher")) {
            amounts.extend(row.number("amount")?);
        }
    }
    Ok(amounts)
}

fn delivery(body: &Fields, name: &str, switches: &Switches) -> Result<Option<Delivery>, Refusal> {
    let Some(row) = body.object(name)? else {
        return Ok(None);
    };
    let partner = row.object("partnerDelivery")?;
    let partner = partner.map(|partner| {
        Ok(Partner {
            code: partner.text("code")?.unwrap_or_default(),
            name: partner.text("name")?.unwrap_or_default(),
            address: partner.text("address")?,
            contact_number: partner.text("contactNumber")?,
            email: partner.text("email")?,
        })
    });
    Ok(Some(Delivery {
        delivery_code: row.text("deliveryCode")?,
        kind: row.int("type")?,
        status: row.int("status")?,
        price: row.number("price")?,
        receiver: row.text("receiver")?,
        contact_number: row.text("contactNumber")?,
        address: row.text("address")?,
        location_id: row.int("locationId")?,
        location_name: row.text("locationName")?,
        ward_name: row.text("wardName")?,
        using_price_cod: row.flag("usingPriceCod")?,
        price_cod_payment: row.number("priceCodPayment")?,
        weight: row.number("weight")?,
        length: row.number("length")?,
        width: row.number("width")?,
        height: row.number("height")?,
        partner_delivery_id: row.int("partnerDeliveryId")?,
        partner_delivery: partner.transpose().map_err(|refusal: Refusal| refusal)?,
        expected_delivery: row.moment("expectedDelivery", switches)?,
    }))
}
