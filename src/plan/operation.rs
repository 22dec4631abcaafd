//! Operations on products, as data.

use super::Explained;
use crate::model::{Attribute, LinkKind, Param, ShopAttribute, ShopType};
use serde::{Deserialize, Serialize};

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OperationKind {
    /// Create a product or variation and link it.
    Create,
    /// Change fields of a linked product.
    Update,
    /// Link an existing product, then change the fields given (taking over, B4).
    Link,
    /// Turn a simple product into one of type `product` under the same id, link it, then change
    /// the fields given (B2). Only when [`super::GoodsInput::restructure`] allows it.
    Convert,
    /// Take the SKU off a product that is to have another one, so that this plan can give it to the
    /// row that has it now: two goods swapped theirs. Its own link is not touched.
    Release,
    /// Drop the link; the product stays (B8).
    Unlink,
    /// Nothing to write, or nothing may be written; the reason says which.
    Skip,
    /// A person has to decide; nothing is written for this row.
    Review,
}

/// Why: a code with parameters. Its sentence stands in `src/words.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The code.
    pub code: String,
    /// Values for the sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
}

/// One field, before and after.
///
/// Values are texts as the shop stores them. Fields and their forms:
/// `name`, `sku`, `barcode`, `weight` plain text · `description` the hash (the shell holds the
/// text) · `regular_price`, `sale_price` decimal text, `""` for none · `sale_from`, `sale_to`
/// milliseconds UTC as text, `""` for none · `manage_stock` `yes`/`no` · `stock` decimal text
/// (written as the difference after − before; absolute when `before` is absent) · `stock_status` ·
/// `status` · `visibility` · `brand` names joined by `, ` · `tax_class` with `standard` for none ·
/// `branch_stock` and `role_prices` as `id:value` joined by `,` · `categories` term ids ascending, joined by `,` · `attributes` a
/// readable text for people; the shell writes the operation's own `attributes`/`values` ·
/// `stock_source` only remembered, never written (a combo showed a number of its own).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field.
    pub field: String,
    /// The value the plan saw; absent when the object is new or had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The value to write; absent when the field is only baselined (the shop already holds it).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What the POS says, for the link's memory.
    pub pos: String,
    /// The rule that decided, as a code of `src/words.json`.
    pub reason: String,
}

/// The parent of a variation: an existing product, or the one an earlier operation creates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// An existing product's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<i64>,
    /// The `remote_id` of the family that an earlier operation of this plan creates or links.
    pub family: String,
}

/// One operation on one product or variation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// What to do.
    pub kind: OperationKind,
    /// Why.
    pub reason: Reason,
    /// Whether the POS side is a good or a family (its variable product).
    pub remote_kind: LinkKind,
    /// The good's id, or the family's own id.
    pub remote_id: String,
    /// What a person calls the row: its SKU and name.
    pub label: String,
    /// The product's type, for `create`.
    pub product: ShopType,
    /// The product, for everything but `create`; absent on a skip or review of an unlinked row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<i64>,
    /// A variation's parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Parent>,
    /// The fields to write, in order. Empty for skip and review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// A variable product's attributes with all their values, when they are to be written. Others
    /// the product has are the owner's and stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<ShopAttribute>,
    /// A variation's attribute values, when they are to be written. Others it has stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Attribute>,
    /// Attributes to take off the product or variation: they came from the POS, which has them no
    /// more. A variation without one means "any". Only when [`super::GoodsInput::restructure`]
    /// allows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<String>,
    /// Every field that was looked at and what was decided of it. Only when
    /// [`super::GoodsInput::explain`] asks for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explained: Vec<Explained>,
}
