//! Categories of the POS and terms of the shop.

use serde::{Deserialize, Serialize};

/// A category of the POS (kiotviet-api.md §2), at most three levels deep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// The category's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The parent's id; absent at the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<String>,
}

/// A product category of the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The term's id.
    pub id: i64,
    /// Its name, entities decoded.
    pub name: String,
    /// The parent term's id; 0 at the root.
    pub parent: i64,
}

/// Which shop term stands for which POS category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryLink {
    /// The POS category's id.
    pub remote_id: String,
    /// The shop term's id. A link whose term was deleted by hand stays, with `term_gone`.
    pub term_id: i64,
    /// The term was deleted on the site by hand: it is not created again unless asked (B12).
    #[serde(default)]
    pub term_gone: bool,
    /// The name and parent last written, to tell an edit on the site from one in the POS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The parent term last written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<i64>,
}
