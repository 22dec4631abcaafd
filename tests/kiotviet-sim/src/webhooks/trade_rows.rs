//! Rows of `Data` for orders, invoices and customers (§9.4).

use super::rows::{pascal, Writer};
use crate::api::seller_name;
use crate::catalogue::Document;
use crate::trade::{invoice, order, totals};
use crate::wire::{document, Parts, Row};

impl Writer<'_> {
    /// `order.update`: no branch name, delivery, payments or channel.
    pub(super) fn order_row(&self, id: i64) -> Option<String> {
        let order = order::find(self.shop, id)?;
        let mut row = Row::new();
        self.document_head(&mut row, order, false);
        let status = document::order_status(order.status, self.switches);
        self.document_state(&mut row, order, status);
        row.list_if("OrderDetails", self.parts().lines(order, None));
        let raw = order.raw.as_deref().map(|raw| pascal(raw, |_| None));
        Some(row.finish_with(raw.as_ref()))
    }

    /// `invoice.update`: no id or code of the order it was made from.
    pub(super) fn invoice_row(&self, id: i64) -> Option<String> {
        let invoice = invoice::find(self.shop, id)?;
        let mut row = Row::new();
        self.document_head(&mut row, invoice, true);
        let status = document::invoice_status(invoice.status);
        self.document_state(&mut row, invoice, status);
        let parts = self.parts();
        if let Some(delivery) = &invoice.delivery {
            row.json("InvoiceDelivery", parts.delivery(delivery, true));
        }
        row.list_if("InvoiceDetails", parts.lines(invoice, None));
        row.list_if("Payments", parts.payments(invoice));
        let raw = invoice.raw.as_deref().map(|raw| pascal(raw, |_| None));
        Some(row.finish_with(raw.as_ref()))
    }

    fn parts(&self) -> Parts<'_> {
        Parts {
            shop: self.shop,
            switches: self.switches,
            pascal: true,
        }
    }

    fn document_head(&self, row: &mut Row, document: &Document, with_branch_name: bool) {
        row.int("Id", document.id)
            .text("Code", &document.code)
            .date_if("PurchaseDate", document.purchase_date)
            .int("BranchId", document.branch_id);
        if with_branch_name {
            row.text_if("BranchName", self.branch_name(document.branch_id));
        }
        row.int_if("SoldById", document.sold_by_id)
            .text_if("SoldByName", seller_name(self.shop, document.sold_by_id));
        let customer = document.customer_id;
        if let Some(customer) = customer.and_then(|id| self.shop.customer(id)) {
            row.int("CustomerId", customer.id)
                .text("CustomerCode", &customer.code)
                .text("CustomerName", &customer.shown_name());
        }
    }

    fn document_state(&self, row: &mut Row, document: &Document, status: &str) {
        let sums = totals::of(self.shop, self.switches, document);
        let with_point = document.id % 2 == 0;
        row.number("Total", sums.total, with_point)
            .number("TotalPayment", sums.paid, with_point);
        if sums.discount.0 != 0.0 {
            row.number("Discount", sums.discount, with_point);
        }
        if let Some(ratio) = document.discount_ratio {
            row.number("DiscountRatio", ratio, false);
        }
        row.int("Status", document.status)
            .text("StatusValue", status)
            .text_if("Description", document.description.as_deref())
            .flag("UsingCod", document.using_cod)
            .date_if("ModifiedDate", document.modified_date);
    }

    /// `customer.update`.
    pub(super) fn customer_row(&self, id: i64) -> Option<String> {
        let customer = self.shop.customer(id)?;
        let mut row = Row::new();
        row.int("Id", customer.id)
            .text("Code", &customer.code)
            .text("Name", &customer.shown_name());
        if let Some(gender) = customer.gender {
            row.flag("Gender", gender);
        }
        row.date_if("BirthDate", customer.birth_date)
            .text_if("ContactNumber", customer.shown(&customer.contact_number))
            .text_if("Address", customer.shown(&customer.address))
            .text_if("LocationName", customer.location_name.as_deref())
            .text_if("Email", customer.shown(&customer.email))
            .date_if("ModifiedDate", customer.modified_date)
            .int("Type", customer.kind)
            .text_if("Organization", customer.organization.as_deref())
            .text_if("TaxCode", customer.tax_code.as_deref())
            .text_if("Comments", customer.comments.as_deref());
        let raw = customer.raw.as_deref().map(|raw| pascal(raw, |_| None));
        Some(row.finish_with(raw.as_ref()))
    }
}
