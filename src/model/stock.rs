//! Branches and the stock they hold.

use super::Quantity;
use serde::{Deserialize, Serialize};

/// A branch of the POS shop (kiotviet-api.md §1.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// The branch's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Not closed.
    pub active: bool,
}

/// The stock of one good in one branch, as the POS says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchStock {
    /// The branch's id.
    pub branch_id: String,
    /// What lies on the shelf, in thousandths; may be negative.
    pub on_hand: Quantity,
    /// What customer orders hold, in thousandths.
    pub reserved: Quantity,
    /// Traded in this branch; absent means yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

/// The stock of one good from the light stock list (kiotviet-api.md §3.7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodStock {
    /// The good's id.
    pub id: String,
    /// Its stock, a row a branch.
    pub stocks: Vec<BranchStock>,
}
