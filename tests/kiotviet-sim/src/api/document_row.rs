//! Orders and invoices as REST shows them (§6.2, §7).

use crate::catalogue::{Catalogue, Document};
use crate::query::Query;
use crate::switches::Switches;
use crate::trade::{order, totals};
use crate::wire::{document, Parts, Refusal, Row};

/// What a call wants beside the lines, which are always there.
#[derive(Clone, Copy, Debug)]
pub struct Includes {
    payments: bool,
    delivery: bool,
    surcharges: bool,
    channel: bool,
    /// The answer to a write also names the method.
    method: bool,
    order_code: bool,
    /// Only in lists (§6.2).
    customer_code: bool,
}

impl Includes {
    /// The flags of a list call; `delivery` is the name of its flag.
    ///
    /// # Errors
    /// 400 for an unreadable value.
    pub fn read(query: &Query, delivery: &str) -> Result<Self, Refusal> {
        Ok(Self {
            payments: query.flag("includePayment")?,
            delivery: query.flag(delivery)?,
            surcharges: false,
            channel: query.flag("SaleChannel")?,
            method: false,
            order_code: false,
            customer_code: true,
        })
    }

    /// A detail shows everything.
    pub fn detail() -> Self {
        Self {
            payments: true,
            delivery: true,
            surcharges: true,
            channel: false,
            method: false,
            order_code: true,
            customer_code: false,
        }
    }

    /// The answer to a write.
    pub fn written() -> Self {
        Self {
            method: true,
            ..Self::detail()
        }
    }
}

/// Writes orders and invoices.
pub struct Writer<'a> {
    /// The shop.
    pub shop: &'a Catalogue,
    /// Readings in force.
    pub switches: &'a Switches,
    /// What the call asked for.
    pub includes: Includes,
}

impl Writer<'_> {
    /// An order.
    pub fn order(&self, row: &Document) -> String {
        self.row(row, false)
    }

    /// An invoice.
    pub fn invoice(&self, row: &Document) -> String {
        self.row(row, true)
    }

    fn row(&self, document: &Document, is_invoice: bool) -> String {
        let mut row = Row::new();
        self.head(&mut row, document, is_invoice);
        self.money(&mut row, document, is_invoice);
        let parts = Parts {
            shop: self.shop,
            switches: self.switches,
            pascal: false,
        };
        if self.includes.payments {
            row.list_if("payments", parts.payments(document));
        }
        let (lines, taxes, delivery) = if is_invoice {
            ("invoiceDetails", "invoiceDetailTaxs", "invoiceDelivery")
        } else {
            ("orderDetails", "orderDetailTaxs", "orderDelivery")
        };
        row.list_if(lines, parts.lines(document, Some(taxes)));
        if let Some(shown) = document
            .delivery
            .as_ref()
            .filter(|_| self.includes.delivery)
        {
            row.json(delivery, parts.delivery(shown, is_invoice));
        }
        if self.includes.surcharges {
            row.list_if(
                "invoiceOrderSurcharges",
                self.surcharges(document, is_invoice),
            );
        }
        if self.includes.channel {
            self.channel(&mut row, document);
        }
        row.int("retailerId", self.shop.shop.retailer_id)
            .date_if("modifiedDate", document.modified_date)
            .date_if("createdDate", document.created_date);
        row.finish_with(document.raw.as_deref())
    }

    fn head(&self, row: &mut Row, document: &Document, is_invoice: bool) {
        let shop = self.shop;
        row.int("id", document.id).text("code", &document.code);
        if let Some(id) = document.order_id.filter(|_| is_invoice) {
            if self.switches.reading(39) == 'B' {
                row.int("orderId", id);
            }
            if self.includes.order_code {
                row.text_if(
                    "orderCode",
                    order::find(shop, id).map(|row| row.code.as_str()),
                );
            }
        }
        let branch = shop.branch(document.branch_id);
        row.date_if("purchaseDate", document.purchase_date)
            .int("branchId", document.branch_id)
            .text_if("branchName", branch.map(|row| row.branch_name.as_str()))
            .int_if("soldById", document.sold_by_id)
            .text_if("soldByName", seller_name(shop, document.sold_by_id));
        if let Some(customer) = document.customer_id.and_then(|id| shop.customer(id)) {
            row.int("customerId", customer.id);
            if self.includes.customer_code {
                row.text("customerCode", &customer.code);
            }
            row.text("customerName", &customer.shown_name());
        }
    }

    fn money(&self, row: &mut Row, document: &Document, is_invoice: bool) {
        let sums = totals::of(self.shop, self.switches, document);
        let with_point = document.id % 2 == 0;
        row.number("total", sums.total, with_point)
            .number("totalPayment", sums.paid, with_point);
        if sums.discount.0 != 0.0 {
            row.number("discount", sums.discount, with_point);
        }
        if let Some(ratio) = document.discount_ratio {
            row.number("discountRatio", ratio, false);
        }
        if let Some(mode) = self.shop.policy.pricing_mode {
            row.number("totalTax", sums.tax, with_point)
                .int("pricingMode", mode);
        }
        let text = if is_invoice {
            document::invoice_status(document.status)
        } else {
            document::order_status(document.status, self.switches)
        };
        row.int("status", document.status)
            .text("statusValue", text)
            .text_if("description", document.description.as_deref())
            .flag("usingCod", document.using_cod)
            .int_if("saleChannelId", document.sale_channel_id);
        if self.includes.method {
            let first = document.payments.first();
            row.text_if("method", first.map(|payment| payment.method.as_str()));
        }
    }

    fn surcharges(&self, document: &Document, is_invoice: bool) -> Vec<String> {
        let rows = document.surcharges.iter().zip(1_i64..);
        let rows = rows.map(|(charge, position)| {
            let mut all = self.shop.surcharges.iter();
            let known = all.find(|row| row.id == charge.surcharge_id);
            Row::new()
                .int("id", document.id * 100 + position)
                .int_if("invoiceId", is_invoice.then_some(document.id))
                .int("surchargeId", charge.surcharge_id)
                .text_if("surchargeName", known.map(|row| row.name.as_str()))
                .number("surValue", charge.price, false)
                .number("price", charge.price, false)
                .date_if("createdDate", document.created_date)
                .finish()
        });
        rows.collect()
    }

    /// The Pascal-case object `SaleChannel=true` adds (§7).
    fn channel(&self, row: &mut Row, document: &Document) {
        let mut all = self.shop.sale_channels.iter();
        let found = all.find(|channel| Some(channel.id) == document.sale_channel_id);
        if let Some(channel) = found {
            let json = Row::new()
                .int("Id", channel.id)
                .text("Name", &channel.name)
                .flag("IsActivate", channel.is_active)
                .int("Position", channel.id - 310_000)
                .flag("IsNotDelete", channel.is_not_delete)
                .int("RetailerId", self.shop.shop.retailer_id)
                .finish();
            row.json("SaleChannel", json);
        }
    }
}

/// The super admin sells under the name of the shop's owner, though no list shows him.
pub fn seller_name(shop: &Catalogue, id: Option<i64>) -> Option<&str> {
    let id = id?;
    if id == shop.shop.user_id {
        return Some("Admin");
    }
    let user = shop.users.iter().find(|user| user.id == id)?;
    Some(&user.given_name)
}
