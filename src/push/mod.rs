//! Goods from the site to the POS, with the categories they need (product.md B5, G1).
//!
//! A queue row is one product. [`advance_push`] carries it through, [`plan_push`] tells beforehand
//! what would become of it.

mod body;
mod category;
mod edit;
mod image;
mod keys;
mod machine;
mod preview;
mod protocol;
mod tree;
mod view;

use image::public;

pub use keys::{
    push_keys, push_wants, PushKey, PushKeys, PushKeysInput, PushWants, PushWantsInput,
};
pub use machine::advance_push;
pub use preview::{plan_push, PlanPushInput, PushPlan, PushPlanRow, PushTurn};
pub use protocol::{
    AdvancePushInput, PushAdvanced, PushContext, PushEnded, PushOutcome, PushReply, PushReplyField,
    PushRequest, PushRequestKind, PushResult, PushRow, PushSent, PushSku, PushStep, Pushing,
    ShopTwin,
};

pub(crate) use tree::tree_waits;
pub use tree::{advance_categories, AdvanceCategoriesInput, TreeContext};

use crate::model::ShopProduct;
use crate::text::{integer, trim};

/// What a person calls a row: a variation without a title of its own by its product's.
fn label(product: &ShopProduct, name: &str) -> String {
    let mut label = String::from(trim(&product.sku));
    if !label.is_empty() {
        label.push_str(" · ");
    }
    label.push_str(if product.name.is_empty() {
        name
    } else {
        &product.name
    });
    label
}

/// The code of a good whose product has no SKU: the product's id makes it the same each time.
fn code_without_sku(shop_id: i64) -> String {
    let mut code = String::from("WEB");
    code.push_str(&integer(shop_id));
    code
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic
)]
mod tests;
