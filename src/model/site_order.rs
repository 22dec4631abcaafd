//! An order of the shop, as the shell reads it through WooCommerce when it is sent.
//!
//! Amounts are texts exactly as WooCommerce stores them (`"90909.090909"`), in the order's own
//! currency: the rules read them exactly (product.md C7).

use super::Instant;
use serde::{Deserialize, Serialize};

/// A billing or shipping address. Plugins for Vietnam keep ward and district in fields of their
/// own; the shell fills `ward` and `district` when it finds them and leaves them empty otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostalAddress {
    /// First and last name in the order the site shows them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Company.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub company: String,
    /// Phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// E-mail; of the billing address only.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// First line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address_1: String,
    /// Second line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address_2: String,
    /// Ward (phường, xã), when the site keeps it apart.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ward: String,
    /// District (quận, huyện), when the site keeps it apart; none since the reform of July 2025.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub district: String,
    /// WooCommerce's town field: district, ward or town, as the site's form uses it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// The province's name (not its code).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub province: String,
    /// The country's code: `VN`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
}

/// How much of an item's tax is of one rate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxShare {
    /// The WooCommerce tax rate's id.
    pub rate: String,
    /// The amount.
    pub amount: String,
}

/// A line of goods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteLine {
    /// The order item's id.
    pub id: i64,
    /// The name as it was sold.
    pub name: String,
    /// The product's id, 0 when the product is gone.
    pub product_id: i64,
    /// The variation's id, else 0.
    pub variation_id: i64,
    /// Today's SKU of the variation or product.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sku: String,
    /// The quantity sold.
    pub quantity: String,
    /// What was paid for the line after discounts, without tax.
    pub total: String,
    /// Its tax.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tax: String,
    /// Its tax by rate.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<TaxShare>,
    /// What the shopper chose or wrote with the line (engraving, size of a menu …).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A fee (below 0: a discount), or a way of shipping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteCharge {
    /// Its name.
    pub name: String,
    /// Without tax.
    pub total: String,
    /// Its tax.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tax: String,
    /// The shipping method with its instance (`flat_rate:3`), empty for a fee.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// The pick-up place the shopper chose, by the id or name the site uses for it (A4).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// A coupon of an order. Its discount is already in the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteCoupon {
    /// Its code.
    pub code: String,
    /// What it took off, without tax.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub discount: String,
}

/// An order of the shop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteOrder {
    /// The order's id.
    pub id: i64,
    /// The number people know it by.
    pub number: String,
    /// The status without `wc-`; `trash` for one in the trash.
    pub status: String,
    /// The currency's code.
    pub currency: String,
    /// When it was made.
    pub created: Instant,
    /// When it last changed.
    pub modified: Instant,
    /// Who made the order when Dongbo did: `order:<POS id>` or `invoice:<POS id>`, else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// The customer's user id, 0 for a guest.
    pub user_id: i64,
    /// Billing address.
    pub billing: PostalAddress,
    /// Shipping address; empty means the billing address.
    pub shipping: PostalAddress,
    /// The shopper's note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The payment method's id: `cod`, `bacs`, `vnpay`.
    pub payment: String,
    /// Its title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub payment_title: String,
    /// It has a date of payment.
    pub paid: bool,
    /// What the shopper pays in all.
    pub total: String,
    /// What was refunded of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub refunded: String,
    /// The weight of all lines in the store's unit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub weight: String,
    /// Lines of goods.
    pub lines: Vec<SiteLine>,
    /// Ways of shipping.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shippings: Vec<SiteCharge>,
    /// Fees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<SiteCharge>,
    /// Coupons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<SiteCoupon>,
}
