//! Parts that orders and invoices have in common, in REST's camelCase or a webhook's PascalCase.

use super::row::Row;
use crate::catalogue::{Catalogue, Delivery, Document, Payment};
use crate::switches::Switches;
use crate::trade::totals;

/// The text of an order's status (§6.4, UNSURE-36).
pub fn order_status(status: i64, switches: &Switches) -> &'static str {
    match status {
        1 => "Phiếu tạm",
        2 if switches.reading(36) == 'B' => "Đang xử lý",
        2 => "Đang giao hàng",
        3 => "Hoàn thành",
        4 => "Đã hủy",
        5 => "Đã xác nhận",
        _ => "Không xác định",
    }
}

/// The text of an invoice's status (§7).
pub fn invoice_status(status: i64) -> &'static str {
    match status {
        1 => "Hoàn thành",
        2 => "Đã hủy",
        3 => "Đang xử lý",
        5 => "Không giao được",
        _ => "Không xác định",
    }
}

/// A delivery's status and its text (§12): twelve values, or the six of the older list (UNSURE-50).
pub fn delivery_status(status: i64, switches: &Switches) -> (i64, &'static str) {
    const NEW: [&str; 12] = [
        "Chờ xử lý",
        "Đang giao hàng",
        "Giao thành công",
        "Đang chuyển hoàn",
        "Đã chuyển hoàn",
        "Đã hủy",
        "Đang lấy hàng",
        "Chờ lấy lại",
        "Đã lấy hàng",
        "Chờ giao lại",
        "Chờ chuyển hàng",
        "Chờ chuyển hoàn lại",
    ];
    const OLD: [&str; 6] = [
        "Chưa giao hàng",
        "Đang giao hàng",
        "Đã giao hàng",
        "Đang chuyển hoàn",
        "Đã chuyển hoàn",
        "Đã hủy",
    ];
    let (status, names): (i64, &[&'static str]) = if switches.reading(50) == 'B' {
        // What the older list does not know is under way or waiting.
        let status = match status {
            7..=9 => 1,
            10 => 2,
            11 | 12 => 4,
            _ => status,
        };
        (status, &OLD)
    } else {
        (status, &NEW)
    };
    let position = usize::try_from(status - 1).unwrap_or(usize::MAX);
    (
        status,
        names.get(position).copied().unwrap_or("Không xác định"),
    )
}

/// What the parts of a document are written with.
pub struct Parts<'a> {
    /// The shop.
    pub shop: &'a Catalogue,
    /// Readings in force.
    pub switches: &'a Switches,
    /// A webhook: names begin with a capital.
    pub pascal: bool,
}

impl Parts<'_> {
    /// The name in the casing of the row.
    fn name(&self, camel: &'static str, pascal: &'static str) -> &'static str {
        if self.pascal {
            pascal
        } else {
            camel
        }
    }

    /// The lines. `taxes` names the list of taxes; a webhook has none (§9.4).
    pub fn lines(&self, document: &Document, taxes: Option<&'static str>) -> Vec<String> {
        let lines = document.lines.iter().zip(1_i64..);
        let lines = lines.map(|(line, position)| {
            let product = self.shop.product(line.product_id);
            let with_point = line.product_id % 2 == 0;
            let mut row = Row::new();
            row.int(self.name("productId", "ProductId"), line.product_id);
            if let Some(product) = product {
                row.text(self.name("productCode", "ProductCode"), &product.code)
                    .text(
                        self.name("productName", "ProductName"),
                        &product.shown_name(),
                    );
            }
            if !self.pascal {
                row.flag("isMaster", !line.is_extra);
            }
            row.number(self.name("quantity", "Quantity"), line.quantity, with_point)
                .number(self.name("price", "Price"), line.price, with_point);
            if let Some(discount) = line.discount {
                row.number(self.name("discount", "Discount"), discount, with_point);
            }
            if let Some(ratio) = line.discount_ratio {
                row.number(self.name("discountRatio", "DiscountRatio"), ratio, false);
            }
            if let Some(taxes) = taxes {
                row.text_if("note", line.note.as_deref())
                    .text_if("serialNumbers", line.serial_numbers.as_deref());
                row.list_if(taxes, self.taxes(document, line, position, taxes));
            }
            row.finish()
        });
        lines.collect()
    }

    fn taxes(
        &self,
        document: &Document,
        line: &crate::catalogue::Line,
        position: i64,
        list: &str,
    ) -> Vec<String> {
        let (name, value) = match list {
            "invoiceDetailTaxs" => ("name", "value"),
            _ => ("taxName", "taxValue"),
        };
        let rows = line.taxes.iter().map(|id| {
            let percent = totals::percent(*id).unwrap_or_default();
            let net = totals::amount(line, self.switches);
            Row::new()
                .int("id", document.id * 100 + position)
                .int("detailId", document.id * 10 + position)
                .int("retailerId", self.shop.shop.retailer_id)
                .int("taxId", *id)
                .number(
                    "detailTax",
                    crate::number::Number((net * percent / 100.0).round()),
                    false,
                )
                .text(name, &totals::tax_name(*id))
                .number(value, crate::number::Number(percent), false)
                .finish()
        });
        rows.collect()
    }

    /// The payments.
    pub fn payments(&self, document: &Document) -> Vec<String> {
        let rows = document.payments.iter();
        rows.map(|payment| self.payment(payment)).collect()
    }

    fn payment(&self, payment: &Payment) -> String {
        let account = payment.account_id;
        let bank = account.and_then(|id| {
            let mut all = self.shop.bank_accounts.iter();
            all.find(|row| row.id == id)
        });
        let bank = bank.map(|row| format!("{} - {}", row.bank_name, row.account_number));
        let mut row = Row::new();
        row.int(self.name("id", "Id"), payment.id)
            .text(self.name("code", "Code"), &payment.code)
            .number(
                self.name("amount", "Amount"),
                payment.amount,
                payment.id % 2 == 0,
            )
            .text(self.name("method", "Method"), &payment.method);
        if self.switches.is_default(51) {
            row.int(self.name("status", "Status"), i64::from(payment.voided));
        }
        let status = if payment.voided {
            "Đã hủy"
        } else {
            "Đã thanh toán"
        };
        row.text(self.name("statusValue", "StatusValue"), status)
            .date_if(self.name("transDate", "TransDate"), payment.at)
            .text_if(self.name("bankAccount", "BankAccount"), bank.as_deref())
            .int_if(self.name("accountId", "AccountId"), account);
        row.finish()
    }

    /// The delivery. Status and COD are of invoices only (§6.5).
    pub fn delivery(&self, delivery: &Delivery, of_invoice: bool) -> String {
        let mut row = Row::new();
        row.text_if(
            self.name("deliveryCode", "DeliveryCode"),
            delivery.delivery_code.as_deref(),
        );
        if of_invoice {
            let (status, text) = delivery_status(delivery.status.unwrap_or(1), self.switches);
            row.int(self.name("status", "Status"), status)
                .text(self.name("statusValue", "StatusValue"), text);
        }
        row.int_if(self.name("type", "Type"), delivery.kind);
        if let Some(price) = delivery.price {
            row.number(self.name("price", "Price"), price, false);
        }
        row.text_if(
            self.name("receiver", "Receiver"),
            delivery.receiver.as_deref(),
        )
        .text_if(
            self.name("contactNumber", "ContactNumber"),
            delivery.contact_number.as_deref(),
        )
        .text_if(self.name("address", "Address"), delivery.address.as_deref())
        .int_if(self.name("locationId", "LocationId"), delivery.location_id)
        .text_if(
            self.name("locationName", "LocationName"),
            delivery.location_name.as_deref(),
        );
        if !self.pascal {
            row.text_if("wardName", delivery.ward_name.as_deref());
            if let Some(flag) = delivery.using_price_cod.filter(|_| of_invoice) {
                row.flag("usingPriceCod", flag);
            }
            if let Some(sum) = delivery.price_cod_payment.filter(|_| of_invoice) {
                row.number("priceCodPayment", sum, false);
            }
        }
        let sizes = [
            (self.name("weight", "Weight"), delivery.weight),
            (self.name("length", "Length"), delivery.length),
            (self.name("width", "Width"), delivery.width),
            (self.name("height", "Height"), delivery.height),
        ];
        for (key, size) in sizes {
            if let Some(size) = size {
                row.number(key, size, false);
            }
        }
        row.int_if(
            self.name("partnerDeliveryId", "PartnerDeliveryId"),
            delivery.partner_delivery_id,
        );
        if let Some(partner) = &delivery.partner_delivery {
            let json = Row::new()
                .text(self.name("code", "Code"), &partner.code)
                .text(self.name("name", "Name"), &partner.name)
                .text_if(
                    self.name("contactNumber", "ContactNumber"),
                    partner.contact_number.as_deref(),
                )
                .text_if(self.name("address", "Address"), partner.address.as_deref())
                .text_if(self.name("email", "Email"), partner.email.as_deref())
                .finish();
            row.json(self.name("partnerDelivery", "PartnerDelivery"), json);
        }
        row.finish()
    }
}
