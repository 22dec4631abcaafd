//! Price books (§4).

use serde::{Deserialize, Serialize};

use super::Overrides;
use crate::number::Number;
use crate::time::VnTime;

/// A price book. The general price list is not one: it is `basePrice`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PriceBook {
    /// Numbered from 700001 when 0.
    pub id: i64,
    /// Shown name.
    pub name: String,
    /// A stopped book is listed with `false`.
    pub is_active: bool,
    /// Valid in all branches (UNSURE-25); else `branches` says where.
    pub is_global: bool,
    /// In force from this instant on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<VnTime>,
    /// In force up to and including this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<VnTime>,
    /// Not limited to customer groups.
    pub for_all_cus_group: bool,
    /// Not limited to sellers.
    pub for_all_user: bool,
    /// Branch ids the book is valid in, when not global.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<i64>,
    /// Customer groups it is limited to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customer_groups: Vec<CustomerGroup>,
    /// Sellers it is limited to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<SellerRef>,
    /// When the book itself changed; only `lastModifiedFrom` uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_date: Option<VnTime>,
    /// The prices.
    pub prices: Vec<PriceRow>,
    /// Odd values on purpose, in the list of books.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Box<Overrides>>,
}

impl Default for PriceBook {
    fn default() -> Self {
        Self {
            id: 0,
            name: String::new(),
            is_active: true,
            is_global: true,
            start_date: None,
            end_date: None,
            for_all_cus_group: true,
            for_all_user: true,
            branches: Vec::new(),
            customer_groups: Vec::new(),
            users: Vec::new(),
            modified_date: None,
            prices: Vec::new(),
            raw: None,
        }
    }
}

impl PriceBook {
    /// Active and inside its dates at that instant.
    pub fn in_force(&self, at: VnTime) -> bool {
        self.is_active
            && self.start_date.is_none_or(|start| start <= at)
            && self.end_date.is_none_or(|end| at <= end)
    }
}

/// One price in a book.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PriceRow {
    /// Which good.
    pub product_id: i64,
    /// Đồng.
    pub price: Number,
    /// When this price was set; only `lastModifiedFrom` uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_date: Option<VnTime>,
    /// Odd values on purpose, in `/pricebooks/{id}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Box<Overrides>>,
}

/// A customer group a book is limited to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerGroup {
    /// Group id.
    pub id: i64,
    /// Group name.
    pub name: String,
}

/// A seller a book is limited to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SellerRef {
    /// User id.
    pub id: i64,
    /// User name.
    pub name: String,
}
