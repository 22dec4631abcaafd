//! Holds and undo (product.md H6): a price or stock change that a person took back stays taken back
//! until the POS says something else, or until the owner releases it.
//!
//! An undo writes the value of before and makes the link forget the field: what was last written is
//! not what should be there. So a hold that ends, either way, ends in the POS's value.
//!
//! | the field is held at the POS value | now the POS says | what is planned |
//! |---|---|---|
//! | 120000 | 120000 | nothing: `held` |
//! | 120000 | 130000 | as without a hold; the hold is `released` |

use super::{plan_goods, Change, GoodsInput, Operation, OperationKind, Reason};
use crate::model::{LinkKind, Param, ShopProduct};
use crate::stock::param;
use crate::text::{decimal, same_decimal, thousandths};
use serde::{Deserialize, Serialize};

/// The fields a person can undo.
const FIELDS: [&str; 3] = ["regular_price", "sale_price", "stock"];

/// Why it is written.
const UNDONE: &str = "undone";

/// A field of a good that stays as it is while the POS's value is this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The good.
    pub remote_id: String,
    /// [`Change::field`].
    pub field: String,
    /// The POS's value, in the shop's form, when it was undone.
    pub pos: String,
}

/// A change of the history that is to be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoInput {
    /// The good.
    pub remote_id: String,
    /// The field.
    pub field: String,
    /// The value before the change; absent for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The value it was changed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The good's family, as it is planned.
    pub goods: GoodsInput,
}

/// What an undo does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoPlan {
    /// The writing, with one change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<Operation>,
    /// The hold that follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// Why it cannot be undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Reason>,
}

/// Plans the undo of one change.
///
/// A price goes back only while it still is what the change made it. Stock moves by as much as the
/// change moved it, never below 0: what was sold in between stays sold.
#[must_use]
pub fn plan_undo(input: UndoInput) -> UndoPlan {
    let refused = |code: &str, params| UndoPlan {
        operation: None,
        hold: None,
        refused: Some(Reason {
            code: code.into(),
            params,
        }),
    };
    let UndoInput {
        remote_id,
        field,
        before,
        after,
        mut goods,
    } = input;
    if !FIELDS.contains(&field.as_str()) {
        return refused("undo-field", vec![param("field", &field)]);
    }
    goods.explain = true;
    let families = goods.families.clone();
    let plans = plan_goods(goods).families;
    let mut operations = plans.into_iter().flat_map(|plan| plan.operations);
    let own = |operation: &Operation| {
        operation.remote_kind == LinkKind::Good
            && operation.remote_id == remote_id
            && operation.shop_id.is_some()
    };
    let Some(operation) = operations.find(own) else {
        return refused("undo-not-linked", Vec::new());
    };
    let mut products = families.iter().flat_map(|family| &family.shop);
    let Some(shop) = products.find(|product| Some(product.id) == operation.shop_id) else {
        return refused("undo-not-linked", Vec::new());
    };
    let mut links = families.iter().flat_map(|family| &family.links);
    let link = links.find(|link| link.kind == LinkKind::Good && link.remote_id == remote_id);
    let remembered = link.and_then(|link| link.fields.iter().find(|last| last.field == field));
    let told = operation.explained.iter().find(|told| told.field == field);
    let pos = told.map(|told| told.pos.clone());
    let Some(pos) = pos.or_else(|| remembered.map(|last| last.pos.clone())) else {
        return refused("undo-unknown", Vec::new());
    };
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    match value(&field, shop, &before, &after) {
        Ok((held, value)) => UndoPlan {
            hold: Some(Hold {
                remote_id,
                field: field.clone(),
                pos: pos.clone(),
            }),
            operation: Some(Operation {
                kind: OperationKind::Update,
                reason: Reason {
                    code: UNDONE.into(),
                    params: Vec::new(),
                },
                changes: vec![Change {
                    field,
                    before: (!held.is_empty()).then_some(held),
                    after: Some(value),
                    pos,
                    reason: UNDONE.into(),
                }],
                attributes: Vec::new(),
                values: Vec::new(),
                dropped: Vec::new(),
                explained: Vec::new(),
                ..operation
            }),
            refused: None,
        },
        Err((code, params)) => refused(code, params),
    }
}

/// What the shop holds, and what it should.
fn value(
    field: &str,
    shop: &ShopProduct,
    before: &str,
    after: &str,
) -> Result<(String, String), (&'static str, Vec<Param>)> {
    let superseded = |held: &str| ("undo-superseded", vec![param("value", held)]);
    if field == "stock" {
        let held = shop.stock.map_or(0, |held| held.0);
        let text = decimal(held, 3);
        let (Some(from), Some(to)) = (thousandths(before), thousandths(after)) else {
            return Err(superseded(&text));
        };
        let moved = from
            .checked_sub(to)
            .and_then(|back| held.checked_add(back))
            .unwrap_or(held);
        if !shop.manage_stock || moved.max(0) == held {
            return Err(superseded(&text));
        }
        return Ok((text, decimal(moved.max(0), 3)));
    }
    let held = match field {
        "regular_price" => &shop.regular_price,
        _ => &shop.sale_price,
    };
    if same_decimal(held, after) && !same_decimal(before, after) {
        Ok((held.clone(), before.into()))
    } else {
        Err(superseded(held))
    }
}
