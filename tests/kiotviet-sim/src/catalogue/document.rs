//! Orders and invoices (§6, §7): one record for both, as nearly all of their fields are the same.

use serde::{Deserialize, Serialize};

use super::Overrides;
use crate::number::Number;
use crate::time::VnTime;

/// Order status (§6.4): `Phiếu tạm`.
pub const DRAFT: i64 = 1;
/// Order status: `Đang giao hàng` (UNSURE-36).
pub const DELIVERING: i64 = 2;
/// Order status: `Hoàn thành`.
pub const DONE: i64 = 3;
/// Order status: `Đã hủy`.
pub const CANCELLED: i64 = 4;
/// Order status: `Đã xác nhận`.
pub const CONFIRMED: i64 = 5;

/// Invoice status (§7): `Hoàn thành`. The numbers differ from those of orders.
pub const INVOICE_DONE: i64 = 1;
/// Invoice status: `Đã hủy`.
pub const INVOICE_CANCELLED: i64 = 2;
/// Invoice status: `Đang xử lý`.
pub const INVOICE_OPEN: i64 = 3;
/// Invoice status: `Không giao được`.
pub const INVOICE_UNDELIVERED: i64 = 5;

/// An order or an invoice. Facts only: totals follow from the lines ([`crate::trade::totals`]).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Document {
    /// Numbered from 70000001 (orders) or 80000001 (invoices) when 0.
    pub id: i64,
    /// `DH000001`, `HD000001`; made from the number when empty.
    pub code: String,
    /// Where it was made.
    pub branch_id: i64,
    /// By its own list of numbers.
    pub status: i64,
    /// The sale's time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchase_date: Option<VnTime>,
    /// None is a walk-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<i64>,
    /// Seller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sold_by_id: Option<i64>,
    /// Sale channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_channel_id: Option<i64>,
    /// What is sold.
    pub lines: Vec<Line>,
    /// Off the whole, đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<Number>,
    /// Off the whole, percent of the goods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_ratio: Option<Number>,
    /// Added to the whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<Charge>,
    /// Money received.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Payment>,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// The only free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Cash on delivery.
    pub using_cod: bool,
    /// Of an invoice: the order it was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<i64>,
    /// Undocumented JSON text (§6.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<String>,
    /// Header `Partner`, or `pos` and `market` for what the API did not make; tests only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<VnTime>,
    /// Absent if never changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_date: Option<VnTime>,
    /// Odd values on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Box<Overrides>>,
}

impl Document {
    /// An order that still holds stock.
    pub fn is_open_order(&self) -> bool {
        matches!(self.status, DRAFT | DELIVERING | CONFIRMED)
    }
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Line {
    /// Which good.
    pub product_id: i64,
    /// In the unit of that row.
    pub quantity: Number,
    /// Per unit, đồng.
    pub price: Number,
    /// Off, per unit or per line (UNSURE-54), đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<Number>,
    /// Off, percent of the price; counts where no amount is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_ratio: Option<Number>,
    /// Note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Not an extra line of a good that another line has already; both flags may be absent in a file.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_extra: bool,
    /// Tax ids (§12).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<i64>,
    /// Comma list, of goods managed by serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_numbers: Option<String>,
}

/// A surcharge on a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Charge {
    /// Which surcharge.
    pub surcharge_id: i64,
    /// Đồng.
    pub price: Number,
}

/// Money received.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Payment {
    /// Numbered from 90000001 when 0.
    pub id: i64,
    /// `TTDH000001`.
    pub code: String,
    /// Đồng.
    pub amount: Number,
    /// `Cash`, `Card`, `Transfer`, `Voucher`.
    pub method: String,
    /// Bank account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<i64>,
    /// Given back when the document was cancelled.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub voided: bool,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<VnTime>,
}

/// A delivery (§6.5).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Delivery {
    /// Waybill.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_code: Option<String>,
    /// Service type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<i64>,
    /// §12; invoices only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<i64>,
    /// Fee paid to the carrier, đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Number>,
    /// Who takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver: Option<String>,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_number: Option<String>,
    /// Street.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Province - district by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<i64>,
    /// Province - district.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_name: Option<String>,
    /// Ward.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ward_name: Option<String>,
    /// The carrier takes money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub using_price_cod: Option<bool>,
    /// How much the carrier takes, đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_cod_payment: Option<Number>,
    /// As sent (UNSURE-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Number>,
    /// Centimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<Number>,
    /// Centimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<Number>,
    /// Centimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Number>,
    /// Carrier by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_delivery_id: Option<i64>,
    /// Carrier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_delivery: Option<Partner>,
    /// Write only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_delivery: Option<VnTime>,
}

/// A carrier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Partner {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_number: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}
