//! Orders and invoices of the POS (kiotviet-api.md §6, §7): one form, because they share nearly
//! every field and one table reads both.

use super::{Instant, Money, Quantity};
use serde::{Deserialize, Serialize};

/// A line of a POS order or invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaleLine {
    /// The good's id.
    pub good_id: String,
    /// Its SKU.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The quantity, in thousandths.
    pub quantity: Quantity,
    /// The price of one, in 1/100 đồng.
    pub price: Money,
    /// The line's own discount, in 1/100 đồng; per unit or per line [UNSURE-54].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<Money>,
    /// Its note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A surcharge of a POS order or invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaleCharge {
    /// The surcharge's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// The amount, in 1/100 đồng.
    pub price: Money,
}

/// The delivery of a POS order or invoice (§6.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaleDelivery {
    /// The waybill.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The carrier's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub carrier: String,
    /// The delivery's code (§12), of invoices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<i64>,
    /// What the POS calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Who receives it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub receiver: String,
    /// Their phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Street.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Province, with the district when there is one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// Ward.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ward: String,
}

/// An order or an invoice of the POS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sale {
    /// Its id.
    pub id: String,
    /// Its code: `DH000123`, `HD000123`.
    pub code: String,
    /// The branch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch_id: Option<String>,
    /// The customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// What the POS calls the customer.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub customer_name: String,
    /// The status's code: §6.4 for orders, §7 for invoices, with other numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<i64>,
    /// What the POS calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The free text, where the web order's number and mark stand.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What the customer has to pay, in 1/100 đồng.
    pub total: Money,
    /// What was paid, in 1/100 đồng.
    pub paid: Money,
    /// The discount on the whole, in 1/100 đồng.
    pub discount: Money,
    /// The lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<SaleLine>,
    /// The surcharges; lists of orders leave them out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<SaleCharge>,
    /// The delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<SaleDelivery>,
    /// The sale channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<String>,
    /// An invoice's order, where the POS says it [UNSURE-39].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// The code of an invoice's order; details only.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub order_code: String,
    /// The day of sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchased: Option<Instant>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Instant>,
    /// When it last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Instant>,
}
