//! One row of the POS's catalogue, cleaned: a sellable variant or one unit of it.

use super::{is_false, BranchStock, Instant, Money, Ratio};
use serde::{Deserialize, Serialize};

/// What kind of good a row is (product.md B1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Ordinary goods; serial and batch goods are ordinary too.
    #[default]
    Ordinary,
    /// A service: no stock.
    Service,
    /// A combo or a manufactured good: made of materials.
    Combo,
}

/// One attribute of a variant: `Màu sắc` = `Đỏ`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// The attribute's name as the POS shows it.
    pub name: String,
    /// Its value for this row.
    pub value: String,
}

/// A component of a combo and how much of it one combo takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// The component's good id.
    pub id: String,
    /// How many of the component one combo takes, in thousandths.
    pub quantity: i64,
}

/// A brand (trademark) of the POS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// The brand's id in the POS.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One row of the POS's catalogue (kiotviet-api.md §3.3, §3.4), as the mirror keeps it.
///
/// The reader fills `description`; the shell cleans `name` and `description` by the site's own
/// rules, keeps the text beside the row and replaces it by `description_hash`, so that long texts
/// never cross again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Good {
    /// The row's id in the POS.
    pub id: String,
    /// The SKU; empty when the POS has none.
    pub code: String,
    /// The name without attribute values and unit, shared by a family.
    pub name: String,
    /// The name with attribute values and unit, as the POS shows it.
    pub full_name: String,
    /// The barcode, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barcode: Option<String>,
    /// The POS category's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_id: Option<String>,
    /// The brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<Brand>,
    /// The sales tax: `khau_tru:8` (deduction method and rate) or `truc_tiep:1` (direct).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax: Option<String>,
    /// Ordinary, service or combo.
    pub kind: Kind,
    /// Still traded in the shop (`isActive`).
    pub active: bool,
    /// May be sold directly (`allowsSale`).
    pub sold_directly: bool,
    /// The row has attributes and so belongs to a variant family.
    pub has_variants: bool,
    /// The attributes that make this variant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    /// The family's first row, absent on that row itself. A hint only [UNSURE-18].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub master_id: Option<String>,
    /// The unit of measure's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The base-unit row, absent on a base row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_id: Option<String>,
    /// How many base units one of this unit is, in millionths.
    pub conversion: Ratio,
    /// The general price, in 1/100 đồng.
    pub price: Money,
    /// The weight in thousandths of the POS's weight unit (a setting, B10).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<i64>,
    /// Image addresses, first one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// The description as HTML; only between reader and shell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Hash of the cleaned description; only from the mirror.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_hash: Option<String>,
    /// What a combo is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<Material>,
    /// Stock per branch; absent when the POS sent none (unknown is not 0, D2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stocks: Option<Vec<BranchStock>>,
    /// The family's key in the mirror: the root row's id ([`crate::goods::family_key`]).
    pub family_key: String,
    /// What SKUs are compared by ([`crate::goods::sku_key`]); empty matches nothing.
    pub sku_key: String,
    /// Deleted in the POS, as the mirror marked it ([`crate::run::Advanced::deleted`]); never from
    /// a reader.
    #[serde(skip_serializing_if = "is_false")]
    pub deleted: bool,
    /// When the POS last changed the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Instant>,
}
