//! The memory of what belongs to what, and what was last written.

use serde::{Deserialize, Serialize};

/// What a link pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// A POS good with a product or variation.
    Good,
    /// A family of the POS (one unit level of it) with a variable product.
    Family,
}

/// Whether a link is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkState {
    /// Kept in step.
    #[default]
    Active,
    /// Left alone until resumed.
    Paused,
    /// Left alone for good (can be taken back).
    Excluded,
}

/// One field at the last write: what the POS meant and what the shop held after saving.
///
/// Comparing these two with today's values tells who changed what (product.md B5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkField {
    /// The field's name, see [`crate::plan::Change::field`].
    pub field: String,
    /// The value the POS asked for.
    pub pos: String,
    /// The value read back after saving.
    pub shop: String,
}

/// A pairing of a POS row with a shop object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What is paired.
    pub kind: LinkKind,
    /// The good's id, or the family's own id.
    pub remote_id: String,
    /// The product's or variation's id.
    pub shop_id: i64,
    /// The family's own id: outlives the POS's master row [UNSURE-18].
    pub family: String,
    /// Whether it is followed.
    #[serde(default)]
    pub state: LinkState,
    /// What was last written.
    #[serde(default)]
    pub fields: Vec<LinkField>,
}
