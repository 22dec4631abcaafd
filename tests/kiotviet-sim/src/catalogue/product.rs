//! Goods (§3.3, §3.4).

use serde::{Deserialize, Serialize};

use super::Overrides;
use crate::number::Number;
use crate::time::VnTime;

/// Combo or manufactured.
pub const COMBO: i64 = 1;
/// Ordinary goods.
pub const NORMAL: i64 = 2;
/// Services: no stock.
pub const SERVICE: i64 = 3;

/// One row: a plain good, a variant, or a further unit of either.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Product {
    /// Numbered from 50000001 when 0.
    pub id: i64,
    /// SKU. Duplicates and the empty text are allowed here: bad input is part of the game.
    pub code: String,
    /// Barcode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bar_code: Option<String>,
    /// Base name, shared by a family.
    pub name: String,
    /// Composed from name, attributes and unit when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The first category, or one made for the purpose ("Khác"), when 0.
    pub category_id: i64,
    /// Brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trade_mark_id: Option<i64>,
    /// 1 combo, 2 normal, 3 service.
    #[serde(rename = "type")]
    pub kind: i64,
    /// A combo made in advance: has stock of its own that sales lower.
    #[serde(skip_serializing_if = "is_false")]
    pub manufactured: bool,
    /// May be sold directly.
    pub allows_sale: bool,
    /// Traded shop-wide.
    pub is_active: bool,
    /// Overrides what follows from the attributes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_variants: Option<bool>,
    /// General price, đồng.
    pub base_price: Number,
    /// **Grams**, whatever the wire says (UNSURE-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Number>,
    /// Unit of measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// First row of the family; absent on that row itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub master_product_id: Option<i64>,
    /// Base-unit row; absent on a base-unit row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub master_unit_id: Option<i64>,
    /// How many base units one of this unit is.
    pub conversion_value: Number,
    /// Variant attributes, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    /// URLs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// Stock per branch. A branch without a row has none. Unit rows take theirs from the base row (UNSURE-19).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inventories: Vec<Inventory>,
    /// What a combo is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formulas: Vec<Formula>,
    /// Managed by serial number.
    #[serde(skip_serializing_if = "is_false")]
    pub is_lot_serial_control: bool,
    /// Serial numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub serials: Vec<Serial>,
    /// Managed by batch and expiry.
    #[serde(skip_serializing_if = "is_false")]
    pub is_batch_expire_control: bool,
    /// Batches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub batches: Vec<Batch>,
    /// Warranties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warranties: Vec<Warranty>,
    /// Shelf positions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shelves: Vec<Shelf>,
    /// Earns loyalty points.
    pub is_reward_point: bool,
    /// Default note on order lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_template: Option<String>,
    /// `khau_tru` or `truc_tiep`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_type: Option<String>,
    /// For `khau_tru`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<String>,
    /// For `truc_tiep`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_rate_direct: Option<Number>,
    /// Stock norm of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_quantity: Option<Number>,
    /// Stock norm of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_quantity: Option<Number>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<VnTime>,
    /// Absent if never changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_date: Option<VnTime>,
    /// Last stock movement; reaches the wire only by UNSURE-24 and -53.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock_moved: Option<VnTime>,
    /// Odd values on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Box<Overrides>>,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Default for Product {
    fn default() -> Self {
        Self {
            id: 0,
            code: String::new(),
            bar_code: None,
            name: String::new(),
            full_name: None,
            description: None,
            category_id: 0,
            trade_mark_id: None,
            kind: NORMAL,
            manufactured: false,
            allows_sale: true,
            is_active: true,
            has_variants: None,
            base_price: Number(0.0),
            weight: None,
            unit: None,
            master_product_id: None,
            master_unit_id: None,
            conversion_value: Number(1.0),
            attributes: Vec::new(),
            images: Vec::new(),
            inventories: Vec::new(),
            formulas: Vec::new(),
            is_lot_serial_control: false,
            serials: Vec::new(),
            is_batch_expire_control: false,
            batches: Vec::new(),
            warranties: Vec::new(),
            shelves: Vec::new(),
            is_reward_point: false,
            order_template: None,
            tax_type: None,
            tax_rate: None,
            tax_rate_direct: None,
            min_quantity: None,
            max_quantity: None,
            created_date: None,
            modified_date: None,
            stock_moved: None,
            raw: None,
        }
    }
}

impl Product {
    /// `Túi - Đỏ - L (Thùng)`: attributes joined by ` - `, the unit in parentheses (§3.3).
    pub fn composed_full_name(&self) -> String {
        let mut full = self.name.clone();
        for attribute in self
            .attributes
            .iter()
            .filter(|attribute| !attribute.deleted)
        {
            full.push_str(" - ");
            full.push_str(&attribute.attribute_value);
        }
        if let Some(unit) = self.unit.as_deref().filter(|unit| !unit.is_empty()) {
            full.push_str(" (");
            full.push_str(unit);
            full.push(')');
        }
        full
    }

    /// The full name the server shows.
    pub fn shown_name(&self) -> String {
        self.full_name
            .clone()
            .unwrap_or_else(|| self.composed_full_name())
    }

    /// Whether the row counts as part of a variant family.
    pub fn shows_variants(&self) -> bool {
        self.has_variants.unwrap_or(!self.attributes.is_empty())
    }

    /// The stock row of a branch.
    pub fn inventory(&self, branch_id: i64) -> Option<&Inventory> {
        self.inventories
            .iter()
            .find(|row| row.branch_id == branch_id)
    }
}

/// One attribute of a variant.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Attribute {
    /// Such as `Màu sắc`.
    pub attribute_name: String,
    /// Such as `Đỏ`.
    pub attribute_value: String,
    /// Deleted in KiotViet, still returned unless `includeSoftDeletedAttribute=false`.
    #[serde(skip_serializing_if = "is_false")]
    pub deleted: bool,
}

/// Stock of one product in one branch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Inventory {
    /// Which branch.
    pub branch_id: i64,
    /// Physical stock; may be negative or fractional.
    pub on_hand: Number,
    /// Held by orders.
    pub reserved: Number,
    /// Ordered from suppliers.
    pub on_order: Number,
    /// Cost price, đồng.
    pub cost: Number,
    /// Norm.
    pub min_quantity: Number,
    /// Norm.
    pub max_quantity: Number,
    /// Traded in this branch.
    pub is_active: bool,
    /// Odd values on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Box<Overrides>>,
}

impl Default for Inventory {
    fn default() -> Self {
        Self {
            branch_id: 0,
            on_hand: Number(0.0),
            reserved: Number(0.0),
            on_order: Number(0.0),
            cost: Number(0.0),
            min_quantity: Number(0.0),
            max_quantity: Number(0.0),
            is_active: true,
            raw: None,
        }
    }
}

/// One component of a combo.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Formula {
    /// The component's row.
    pub material_id: i64,
    /// How many of it one combo takes.
    pub quantity: Number,
}

/// A serial number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Serial {
    /// The number.
    pub serial_number: String,
    /// Where it lies.
    pub branch_id: i64,
    /// 1 in stock, 0 gone.
    pub status: i64,
}

/// A batch with an expiry date.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Batch {
    /// Batch name.
    pub batch_name: String,
    /// When it expires.
    pub expire_date: VnTime,
    /// Where it lies.
    pub branch_id: i64,
    /// How many.
    pub on_hand: Number,
}

/// A warranty or maintenance term.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Warranty {
    /// Row id.
    pub id: i64,
    /// Text.
    pub description: String,
    /// Length in units of `time_type`.
    pub number_time: i64,
    /// 1 day, 2 month, 3 year.
    pub time_type: i64,
    /// 1 warranty, 3 maintenance.
    pub warranty_type: i64,
}

/// Shelf positions in one branch.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Shelf {
    /// Which branch.
    pub branch_id: i64,
    /// Position names; joined by a vertical bar on the wire.
    pub positions: Vec<String>,
}
