//! One line that says: this good is that product.

use serde::{Deserialize, Serialize};

/// What a line wants of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairState {
    /// Kept in step.
    Active,
    /// Left alone until resumed.
    Paused,
    /// Left alone for good (can be taken back).
    Excluded,
    /// No link.
    Unlinked,
}

/// A good and a product, each by its id or its SKU.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pair {
    /// Where it stands: the line of a file, the row of a table.
    pub line: i64,
    /// The good's id; empty when it is named by its code.
    pub good_id: String,
    /// The good's code.
    pub good_code: String,
    /// The product's or variation's id; 0 when it is named by its SKU.
    pub shop_id: i64,
    /// The product's SKU.
    pub sku: String,
    /// Absent: active for a new link, as it is for one that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<PairState>,
}
