//! Operations on categories, as data, and what their plan needs.

use super::Reason;
use crate::model::{is_false, Category, CategoryLink, Issue, Term};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// What to do with a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CategoryOperationKind {
    /// Create a term and link it.
    Create,
    /// Link a term that exists.
    Link,
    /// Rename or move a linked term.
    Update,
    /// Leave it alone; the reason says why.
    Skip,
}

/// One operation on one category, parents before children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryOperation {
    /// What to do.
    pub kind: CategoryOperationKind,
    /// Why.
    pub reason: Reason,
    /// The POS category.
    pub remote_id: String,
    /// The name to write.
    pub name: String,
    /// The term, for everything but `create`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_id: Option<i64>,
    /// The POS id of the parent, whose term (linked, or created by an earlier operation) is the
    /// parent term; absent for a root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_remote_id: Option<String>,
    /// The term keeps its name, and what is remembered of it stays: the site's word is on its way to
    /// the POS, or a person decides.
    #[serde(default, skip_serializing_if = "is_false")]
    pub keeps_name: bool,
    /// The same for its parent.
    #[serde(default, skip_serializing_if = "is_false")]
    pub keeps_parent: bool,
}

/// The tree on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoriesInput {
    /// The shop's settings.
    pub settings: Settings,
    /// All categories of the POS.
    pub categories: Vec<Category>,
    /// Which are linked.
    #[serde(default)]
    pub links: Vec<CategoryLink>,
    /// All product categories of the shop.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// Categories of the POS that goods lie in.
    #[serde(default)]
    pub used: Vec<String>,
    /// The shop's category for products without one; 0 for none. It never goes to the POS.
    #[serde(default)]
    pub default_term: i64,
}

/// The operations, parents first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoriesPlan {
    /// In the order to apply.
    pub operations: Vec<CategoryOperation>,
    /// What could not be placed, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// Something of the site's tree is to go to the POS (G2): its queue row is due.
    #[serde(default, skip_serializing_if = "is_false")]
    pub push: bool,
}
