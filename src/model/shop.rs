//! What the shop holds now, as the shell reads it in bulk.

use super::skip::is_false;
use super::{Instant, Quantity};
use serde::{Deserialize, Serialize};

/// A WooCommerce product type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShopType {
    /// `simple`
    Simple,
    /// `variable`
    Variable,
    /// `variation`
    Variation,
    /// Anything else (grouped, external, another plugin's): never written to.
    Other,
}

/// An attribute of a shop product. On a variation `values` has one entry, or none for "any".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopAttribute {
    /// The attribute's label.
    pub name: String,
    /// The labels of its values, in the product's order.
    pub values: Vec<String>,
}

/// One product or variation of the shop, raw stored values.
///
/// Amounts are texts exactly as WooCommerce stores them (`"149000"`, `""`), because that is what
/// is compared and written back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopProduct {
    /// The post's id.
    pub id: i64,
    /// Its type.
    pub kind: ShopType,
    /// The parent product's id for a variation, else 0.
    #[serde(default)]
    pub parent: i64,
    /// The post status: `publish`, `draft`, `private`, `trash` …
    pub status: String,
    /// The title.
    #[serde(default)]
    pub name: String,
    /// Hash of the description, the same function as [`super::Good::description_hash`].
    #[serde(default)]
    pub description_hash: String,
    /// The SKU.
    #[serde(default)]
    pub sku: String,
    /// The GTIN field.
    #[serde(default)]
    pub barcode: String,
    /// `_regular_price`.
    #[serde(default)]
    pub regular_price: String,
    /// `_sale_price`.
    #[serde(default)]
    pub sale_price: String,
    /// Sale starts, milliseconds UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_from: Option<Instant>,
    /// Sale ends, milliseconds UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_to: Option<Instant>,
    /// `_manage_stock` is on.
    #[serde(default)]
    pub manage_stock: bool,
    /// `_stock` in thousandths; absent when empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<Quantity>,
    /// `instock`, `outofstock`, `onbackorder`.
    #[serde(default)]
    pub stock_status: String,
    /// `_weight`.
    #[serde(default)]
    pub weight: String,
    /// The names of its brands, joined by `, `.
    #[serde(default)]
    pub brand: String,
    /// `_tax_class`; empty for the standard rate.
    #[serde(default)]
    pub tax_class: String,
    /// Stock by branch, as [`crate::plan::Change`] has it.
    #[serde(default)]
    pub branch_stock: String,
    /// Prices by role, as [`crate::plan::Change`] has them.
    #[serde(default)]
    pub role_prices: String,
    /// Category term ids, ascending.
    #[serde(default)]
    pub categories: Vec<i64>,
    /// Attributes, in the product's order.
    #[serde(default)]
    pub attributes: Vec<ShopAttribute>,
    /// Catalogue visibility: `visible`, `catalog`, `search`, `hidden`.
    #[serde(default)]
    pub visibility: String,
    /// The POS row outside the family that this product is linked to; absent for one that is
    /// unlinked or linked to a row of the family. It may hold an SKU of the family all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_to: Option<String>,
    /// The SKU's key of that row in the POS, when its link is followed and no other row has it: what the
    /// product's SKU is to become.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_sku: Option<String>,
    /// Which row of this connection made the post (`good:<id>` or `family:<id>`), stored with its
    /// first INSERT; empty when Dongbo did not create it.
    #[serde(default)]
    pub origin: String,
    /// It was linked once, and the link was ended: what `origin` made is whole, and what stands in it
    /// may be the owner's by now.
    #[serde(default, skip_serializing_if = "is_false")]
    pub complete: bool,
}
