//! What a push would do, before it is made (product.md Q2).

use super::body;
use super::category::{path, place, Place, LEVELS};
use super::protocol::{PushContext, PushRow};
use super::view::{Turn, View};
use crate::model::{Param, ShopType};
use crate::pos::{owned, params};
use crate::settings::Settings;
use crate::text::trim;
use serde::{Deserialize, Serialize};

/// What [`plan_push`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPushInput {
    /// The shop's settings.
    #[serde(default)]
    pub settings: Settings,
    /// A person asks.
    #[serde(default)]
    pub by_hand: bool,
    /// The products.
    pub products: Vec<PushContext>,
}

/// What would become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PushTurn {
    /// A good is made in the POS.
    Create,
    /// It is linked with a good that is there.
    Link,
    /// Fields of its good are changed.
    Update,
    /// Nothing.
    InStep,
    /// Nothing, because of what [`PushPlanRow::code`] says.
    Refuse,
}

/// One row of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushPlanRow {
    /// The product the row belongs to.
    pub product_id: i64,
    /// The product or variation.
    pub shop_id: i64,
    /// What a person calls it.
    pub label: String,
    /// What would become of it.
    pub turn: PushTurn,
    /// Why, a code of `src/words.json`, of a row that is refused.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Values for its sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// The good it is or would be linked with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remote_id: String,
    /// What would be sent, field by field, in the site's form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sends: Vec<Param>,
}

/// The preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushPlan {
    /// One a row; a variable product's own only where something of it is sent.
    pub rows: Vec<PushPlanRow>,
}

/// Tells what a push would do; nothing is asked of the POS, so a good that the mirror does not know
/// yet is told as one to be made and linked all the same.
#[must_use]
pub fn plan_push(input: PlanPushInput) -> PushPlan {
    let mut rows = Vec::new();
    for context in &input.products {
        let view = View {
            settings: &input.settings,
            context,
            by_hand: input.by_hand,
        };
        for row in view.rows() {
            let told = tell(&view, row);
            let quiet = told.turn == PushTurn::InStep
                && view.is_variable()
                && row.product.kind == ShopType::Variable;
            if !quiet {
                rows.push(told);
            }
        }
    }
    PushPlan { rows }
}

fn tell(view: &View<'_>, row: &PushRow) -> PushPlanRow {
    let product = &row.product;
    let mut told = PushPlanRow {
        product_id: view.context.product.product.id,
        shop_id: product.id,
        label: super::label(product, &view.context.product.product.name),
        turn: PushTurn::InStep,
        code: String::new(),
        params: Vec::new(),
        remote_id: String::new(),
        sends: Vec::new(),
    };
    let Some(row) = view.row(product.id) else {
        return told;
    };
    match view.turn(row) {
        Turn::Nothing => {
            let link = view.link(product.id);
            told.remote_id = link.map(|link| link.remote_id.clone()).unwrap_or_default();
        }
        Turn::Refuse(code, values) => {
            told.turn = PushTurn::Refuse;
            told.code = owned(code);
            told.params = values;
        }
        Turn::Link(good) => {
            told.turn = PushTurn::Link;
            told.remote_id.clone_from(&good.id);
            told.sends = params(&[("good", &crate::goods::label::label(good))]);
        }
        Turn::Create if place(view) == Place::None => {
            told.turn = PushTurn::Refuse;
            told.code = owned("push-category-missing");
        }
        Turn::Create => {
            told.turn = PushTurn::Create;
            told.sends = sends(view, row);
        }
        Turn::Edit(good, edits) => {
            told.turn = if edits.send.is_empty() {
                PushTurn::Refuse
            } else {
                PushTurn::Update
            };
            told.remote_id.clone_from(&good.id);
            if !edits.review.is_empty() {
                told.code = owned("both-changed");
                told.params = params(&[("fields", &edits.review.join(", "))]);
            }
            for field in &edits.send {
                told.sends.extend(params(&[(field, &shown(row, field))]));
            }
        }
    }
    told
}

fn shown(row: &PushRow, field: &str) -> String {
    let product = &row.product;
    owned(match field {
        "name" => &product.name,
        "regular_price" => &product.regular_price,
        "weight" => &product.weight,
        "barcode" => &product.barcode,
        // Long texts and paths are told by their name alone.
        _ => "…",
    })
}

/// What a good that is made starts with.
fn sends(view: &View<'_>, row: &PushRow) -> Vec<Param> {
    let parent = &view.context.product.product;
    let product = &row.product;
    let category = category_text(view);
    let images = row.images.iter().filter(|url| super::public(url)).count();
    let images = i64::try_from(images).unwrap_or(0);
    let images = if view.settings.push.images && images > 0 {
        crate::text::integer(images)
    } else {
        String::new()
    };
    params(&[
        ("code", &view.code(row)),
        ("name", trim(&parent.name)),
        (
            "attributes",
            &crate::goods::variants::held_text(if product.kind == ShopType::Variation {
                &product.attributes
            } else {
                &[]
            }),
        ),
        ("category", &category),
        ("regular_price", &product.regular_price),
        ("cost", &body::cost(view, row).unwrap_or_default()),
        ("stock", &body::opening(view, row).unwrap_or_default()),
        ("weight", &product.weight),
        ("barcode", &product.barcode),
        ("images", &images),
    ])
}

/// The category as people read it: `Đồ uống > Bia`; one that is to be made with a plus sign.
fn category_text(view: &View<'_>) -> String {
    let context = view.context;
    let by_id = |id: &str| {
        let mut categories = context.categories.iter();
        let found = categories.find(|category| category.id == id);
        found.map_or_else(|| owned(id), |category| category.name.clone())
    };
    let (term, new) = match place(view) {
        Place::None => return String::new(),
        Place::Known(id) => return by_id(&id),
        Place::Link(term, _) => (term, false),
        Place::Make(term, _) => (term, true),
    };
    let mut text = owned(if new { "+ " } else { "" });
    for (depth, step) in path(&context.terms, term.id)
        .iter()
        .take(LEVELS)
        .enumerate()
    {
        if depth > 0 {
            text.push_str(" > ");
        }
        text.push_str(&step.name);
    }
    text
}
