//! What goes from the site to the POS besides orders and customers (product.md A5, B5, G1).

use super::Direction;
use serde::{Deserialize, Serialize};

/// Where a pushed good's category comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PushCategory {
    /// The product's own, made in the POS where it is missing.
    #[default]
    Create,
    /// The product's own where it is linked, else [`PushSettings::category_id`].
    Chosen,
}

/// Where a pushed good's cost price comes from: never silently the selling price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PushCost {
    /// None is sent.
    #[default]
    None,
    /// WooCommerce's "cost of goods sold".
    Cogs,
    /// The regular price, because the owner says so.
    Price,
}

/// Goods on their way to the POS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushSettings {
    /// Goods: what a person sends, and edits of fields that the site owns.
    pub goods: Direction,
    /// New products go to the POS by themselves.
    pub new_goods: bool,
    /// The site's categories: new ones, renames and moves (G2).
    pub categories: Direction,
    /// A category deleted on the site is deleted in the POS too, when it is empty there.
    pub delete_categories: bool,
    /// The category of a good that is made.
    pub category: PushCategory,
    /// The POS category of products whose own is not in the POS.
    pub category_id: Option<String>,
    /// The cost price of a good that is made.
    pub cost: PushCost,
    /// A good that is made starts with the site's stock, in the order branch.
    pub opening_stock: bool,
    /// Images are sent as addresses, where the public can reach them.
    pub images: bool,
}

impl Default for PushSettings {
    fn default() -> Self {
        Self {
            goods: Direction::Automatic,
            new_goods: false,
            categories: Direction::Off,
            delete_categories: false,
            category: PushCategory::Create,
            category_id: None,
            cost: PushCost::None,
            opening_stock: false,
            images: true,
        }
    }
}
