//! Plans whole families: POS rows, prices, stock, links and the shop's own values in, operations out.

use super::context::Shared;
use super::{family, row_stock, Hold, Operation};
use crate::model::{
    Book, BookPrice, Branch, Category, CategoryLink, Good, Instant, Issue, Link, Quantity,
    ShopProduct,
};
use crate::settings::Settings;
use crate::stopper::Counts;
use serde::{Deserialize, Serialize};

/// Rows of *other* families that carry the same SKU as a row of this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    /// The SKU's key ([`crate::goods::sku_key`]).
    pub sku_key: String,
    /// The other row's id.
    pub remote_id: String,
    /// What a person calls it.
    pub label: String,
}

/// What orders of the site hold of one good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The good's id.
    pub good_id: String,
    /// How much, in thousandths of this good's own unit.
    pub quantity: Quantity,
}

/// Everything the plan of one family needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyInput {
    /// The mirror's key of the family: the root row's id ([`crate::goods::family_key`]).
    pub key: String,
    /// All rows of the family, stock included.
    pub goods: Vec<Good>,
    /// Prices of these rows in the chosen books.
    #[serde(default)]
    pub prices: Vec<BookPrice>,
    /// Components of its combos, stock included.
    #[serde(default)]
    pub materials: Vec<Good>,
    /// Links of these rows and of their family products.
    #[serde(default)]
    pub links: Vec<Link>,
    /// The linked products, their parents and variations, unlinked products that hold one of the
    /// rows' SKUs (in any status, trash too), and products whose `origin` names one of the rows.
    #[serde(default)]
    pub shop: Vec<ShopProduct>,
    /// What orders of the site hold of these rows and of the components, and the POS does not know
    /// of yet (D5): counted from when WooCommerce reduced stock for an order until the mirror's stock
    /// row was read after the POS had accepted it. Absent when the shell does not count them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Vec<Pending>>,
    /// POS rows outside the family with a SKU of the family.
    #[serde(default)]
    pub twins: Vec<Twin>,
    /// Fields of these rows that a person has undone (H6).
    #[serde(default)]
    pub holds: Vec<Hold>,
}

/// Families to plan, and what they share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsInput {
    /// The shop's settings.
    pub settings: Settings,
    /// The instant of planning.
    pub now: Instant,
    /// The POS's branches.
    #[serde(default)]
    pub branches: Vec<Branch>,
    /// The POS's price books.
    #[serde(default)]
    pub books: Vec<Book>,
    /// Which term stands for which category.
    #[serde(default)]
    pub category_links: Vec<CategoryLink>,
    /// The POS's categories, for a selection by category (B6).
    #[serde(default)]
    pub categories: Vec<Category>,
    /// The families.
    pub families: Vec<FamilyInput>,
    /// Count what the plans would do, for the stopper (D4).
    #[serde(default)]
    pub count: bool,
    /// Hash the plans, for a preview and for what is applied from one (H3).
    #[serde(default)]
    pub hash: bool,
    /// The shell carries out [`super::OperationKind::Convert`] and [`Operation::dropped`]. Without
    /// it a simple product stays simple, and attributes are only added to.
    #[serde(default)]
    pub restructure: bool,
    /// The shop knows brands (the taxonomy `product_brand` is there).
    #[serde(default)]
    pub brands: bool,
    /// Tell of every field what was decided and why ([`Operation::explained`], H4).
    #[serde(default)]
    pub explain: bool,
    /// Somebody asked to have drift mended (H5): what the site changed on its own, or what both
    /// sides changed, is set back to what the POS says.
    #[serde(default)]
    pub repair: bool,
}

/// The plan of one family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyPlan {
    /// [`FamilyInput::key`].
    pub key: String,
    /// The operations, in the order to apply them.
    pub operations: Vec<Operation>,
    /// What is not in step and stays so, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// The next instant at which a date falls due and the family must be planned again (C4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Instant>,
    /// What the plan would do, when [`GoodsInput::count`] asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
    /// The hash of the operations, when [`GoodsInput::hash`] asks for it: 32 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Holds that are over because the POS says something else now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub released: Vec<Hold>,
    /// Products whose fields belong in the POS (B5): to be put into the queue of what is pushed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub push: Vec<i64>,
}

/// The plans, in the order of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsPlan {
    /// One a family.
    pub families: Vec<FamilyPlan>,
    /// What concerns the whole shop and still holds, also when no family here is met by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standing: Vec<Issue>,
}

/// Plans each family on its own; a family never affects another's plan.
#[must_use]
pub fn plan_goods(input: GoodsInput) -> GoodsPlan {
    let settings = input.settings.of_run();
    let shared = Shared::new(&input, &settings);
    let families = input.families.iter();
    GoodsPlan {
        families: families
            .map(|family| family::plan(&shared, family))
            .collect(),
        standing: row_stock::standing(&shared),
    }
}
