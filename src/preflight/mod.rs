//! What would go wrong, told before it does (product.md G3, A9).
//!
//! Three looks, each given alone or with the others: at families of the POS as they would be planned,
//! at products of the shop, and at the POS's own settings. Everything the planner names is named here
//! with its own code; what only shows by looking at a side alone is added.

mod goods;
mod pos;
mod products;

use crate::model::{Issue, LinkState, ShopProduct};
use crate::plan::GoodsInput;
use crate::pos::PosSettings;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// A product of the shop, and what is known of it beside its own values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteProduct {
    /// The product or variation.
    pub product: ShopProduct,
    /// Its link; absent when it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkState>,
    /// Other products of the shop with the same SKU, by id.
    #[serde(default)]
    pub twins: Vec<i64>,
}

/// What [`preflight`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreflightInput {
    /// The shop's settings.
    pub settings: Settings,
    /// Families of the POS, as they are planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<GoodsInput>,
    /// Products of the shop.
    #[serde(default)]
    pub products: Vec<SiteProduct>,
    /// The POS's own settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pos: Option<PosSettings>,
}

/// One thing that would go wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What, of which item; its code has a sentence and a remedy.
    pub issue: Issue,
    /// The product of the shop it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<i64>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preflight {
    /// Goods first, then products, then settings.
    pub findings: Vec<Finding>,
}

/// Looks for what would go wrong.
#[must_use]
pub fn preflight(input: PreflightInput) -> Preflight {
    let mut findings = Vec::new();
    if let Some(plan) = input.goods {
        goods::look(&input.settings, plan, &mut findings);
    }
    for product in &input.products {
        products::look(product, &mut findings);
    }
    if let Some(pos) = &input.pos {
        pos::look(pos, &mut findings);
    }
    Preflight { findings }
}
