//! What goes when the connection ends (product.md A6). By default everything stays.
//!
//! | asked for | what goes | what stays all the same |
//! |---|---|---|
//! | forget links | the links | every product and category |
//! | trash products | simple and variable products that Dongbo made, into the trash | those it was only linked with; a product under which somebody made a variation by hand; variations it made under a product of the owner's; everything where the site has no trash |
//! | remove categories | categories that Dongbo made and in which nothing is left, the deepest first | those with a product (in the trash does not count) or with a category that stays |
//!
//! The same plan is shown with its counts and carried out, so that only what was announced happens.

use super::because;
use crate::model::ShopType;
use crate::plan::Reason;
use crate::text::sort;
use serde::{Deserialize, Serialize};

/// The options, each by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// Links are forgotten; else connecting to the same shop again goes on where it was.
    pub forget_links: bool,
    /// Products that Dongbo made go to the trash.
    pub trash_products: bool,
    /// Categories that Dongbo made and that are empty go.
    pub remove_categories: bool,
}

/// A linked product or variation, or one under a linked product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingProduct {
    /// Its id.
    pub id: i64,
    /// Its type.
    pub kind: ShopType,
    /// The product a variation belongs to, else 0.
    #[serde(default)]
    pub parent: i64,
    /// Its status.
    pub status: String,
    /// Dongbo made it.
    #[serde(default)]
    pub made: bool,
}

/// A product category: those Dongbo made, and those that lie in one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingCategory {
    /// The term.
    pub term_id: i64,
    /// The term it lies in, 0 at the root.
    #[serde(default)]
    pub parent: i64,
    /// Dongbo made it.
    #[serde(default)]
    pub made: bool,
    /// The products in it that are not in the trash.
    #[serde(default)]
    pub products: Vec<i64>,
}

/// What [`plan_disconnect`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosingInput {
    /// The options.
    pub wanted: Wanted,
    /// The site has no trash: what would be moved there would be deleted for good.
    #[serde(skip_serializing_if = "is_false")]
    pub no_trash: bool,
    /// Products.
    pub products: Vec<ClosingProduct>,
    /// Categories.
    pub categories: Vec<ClosingCategory>,
}

/// How many stay although their kind was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staying {
    /// Why.
    pub reason: Reason,
    /// How many.
    pub count: i64,
}

/// What would go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingPlan {
    /// Products, in order of their ids.
    pub trash: Vec<i64>,
    /// Categories, the deepest first.
    pub remove: Vec<i64>,
    /// What stays, by cause.
    pub staying: Vec<Staying>,
}

/// Plans what goes.
#[must_use]
pub fn plan_disconnect(input: ClosingInput) -> ClosingPlan {
    let mut plan = ClosingPlan::default();
    if input.wanted.trash_products {
        products(&input, &mut plan);
    }
    if input.wanted.remove_categories {
        categories(&input.categories, &mut plan);
    }
    plan
}

impl ClosingPlan {
    fn stays(&mut self, code: &str) {
        let known = self
            .staying
            .iter_mut()
            .find(|staying| staying.reason.code == code);
        match known {
            Some(staying) => staying.count = staying.count.saturating_add(1),
            None => self.staying.push(Staying {
                reason: because(code, Vec::new()),
                count: 1,
            }),
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !*flag
}

fn products(input: &ClosingInput, plan: &mut ClosingPlan) {
    let products = &input.products;
    let mut tops: Vec<(i64, bool)> = products
        .iter()
        .filter(|product| product.kind != ShopType::Variation)
        .map(|product| (product.id, product.made))
        .collect();
    sort(&mut tops, |a, b| a < b);
    // Products under which somebody made a variation by hand.
    let mut shared: Vec<i64> = products
        .iter()
        .filter(|product| product.kind == ShopType::Variation && !product.made)
        .map(|product| product.parent)
        .collect();
    sort(&mut shared, |a, b| a < b);
    for product in products {
        if product.status == "trash" {
            continue;
        }
        if product.kind == ShopType::Variation {
            let at = tops.binary_search_by_key(&product.parent, |(id, _)| *id);
            let parent_made = at
                .ok()
                .and_then(|at| tops.get(at))
                .is_some_and(|(_, made)| *made);
            if product.made && !parent_made {
                plan.stays("closing-under-own");
            }
        } else if !product.made {
            plan.stays("closing-only-linked");
        } else if shared.binary_search(&product.id).is_ok() {
            plan.stays("closing-own-variations");
        } else if input.no_trash {
            plan.stays("closing-no-trash");
        } else {
            plan.trash.push(product.id);
        }
    }
    sort(&mut plan.trash, |a, b| a < b);
}

fn categories(categories: &[ClosingCategory], plan: &mut ClosingPlan) {
    let mut gone: Vec<i64> = Vec::new();
    // Each round finds those whose last category went in the one before.
    loop {
        let before = gone.len();
        for category in categories {
            if category.made
                && !gone.contains(&category.term_id)
                && empty(category, categories, &gone, plan)
            {
                gone.push(category.term_id);
            }
        }
        if gone.len() == before {
            break;
        }
    }
    for category in categories {
        if category.made && !gone.contains(&category.term_id) {
            plan.stays("closing-category-used");
        }
    }
    plan.remove = gone;
}

fn empty(
    category: &ClosingCategory,
    all: &[ClosingCategory],
    gone: &[i64],
    plan: &ClosingPlan,
) -> bool {
    let products = category.products.iter();
    let left = products
        .filter(|id| plan.trash.binary_search(id).is_err())
        .count();
    let below = all
        .iter()
        .any(|other| other.parent == category.term_id && !gone.contains(&other.term_id));
    left == 0 && !below
}
