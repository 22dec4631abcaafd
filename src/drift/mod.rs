//! Where the two sides differ, and the likely cause (product.md H5, B14, D6).
//!
//! The planner plans with its account of every field ([`crate::plan::GoodsInput::explain`]); a field that
//! differs and that the POS decides is drift. The cause follows from the last write:
//!
//! | field | POS since the last write | site since | cause |
//! |---|---|---|---|
//! | stock | – | the difference is what orders of the site hold | `order-pending`: the order is on its way |
//! | stock | – | the difference is what an order cancelled on one side held | `cancelled-one-side` |
//! | any | changed | as written | `pos-changed`: sold, adjusted or edited in the POS |
//! | any | as written | changed | `site-edited` |
//! | any | changed | changed | `both-changed` |
//! | any | a rule says that it cannot be written | | `not-taken` |
//! | the product itself | | deleted, in the trash, another type | `missing` |
//!
//! What the owner's field settings leave to the site is no drift.

use crate::model::{Issue, LinkKind, Quantity};
use crate::plan::{
    plan_goods, Explained, GoodsInput, Operation, OperationKind, Pending, Reason, Verdict,
};
use crate::stock::param;
use crate::text::{integer, same_decimal, thousandths};
use serde::{Deserialize, Serialize};

/// What [`drift`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriftInput {
    /// The families, as they are planned.
    pub plan: GoodsInput,
    /// What orders held that are cancelled on one side and not on the other.
    #[serde(default)]
    pub cancelled: Vec<Pending>,
}

/// Why a field differs, as far as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DriftCause {
    /// Sold, adjusted or edited in the POS since the last write.
    PosChanged,
    /// An order of the site that the POS does not know of yet.
    OrderPending,
    /// Edited on the site since the last write.
    SiteEdited,
    /// An order was cancelled on one side only.
    CancelledOneSide,
    /// Edited on both sides.
    BothChanged,
    /// It cannot be written; the reason says why.
    NotTaken,
    /// The product is not there any more, or no longer of its type.
    Missing,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriftItem {
    /// A good or a family's variable product.
    pub remote_kind: LinkKind,
    /// Its id.
    pub remote_id: String,
    /// The product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<i64>,
    /// What a person calls it.
    pub label: String,
    /// The field, or `product` when all of it is missing.
    pub field: String,
    /// What the POS says, in the shop's form.
    pub pos: String,
    /// What the shop holds.
    pub shop: String,
    /// The likely cause.
    pub cause: DriftCause,
    /// The cause in words, or the rule that keeps it from being written.
    pub reason: Reason,
    /// A plan with [`GoodsInput::repair`] mends it.
    pub repairable: bool,
}

/// The differences of these families.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    /// In the order of the families and their rows.
    pub items: Vec<DriftItem>,
    /// Goods looked at.
    pub goods: i64,
}

/// Tells where linked goods differ from the POS, and why.
#[must_use]
pub fn drift(input: DriftInput) -> Drift {
    let DriftInput {
        mut plan,
        cancelled,
    } = input;
    plan.explain = true;
    plan.repair = false;
    let goods: usize = plan.families.iter().map(|family| family.goods.len()).sum();
    let mut items = Vec::new();
    for family in plan_goods(plan).families {
        for operation in &family.operations {
            of_operation(operation, &family.issues, &cancelled, &mut items);
        }
    }
    Drift {
        items,
        goods: i64::try_from(goods).unwrap_or(i64::MAX),
    }
}

fn of_operation(
    operation: &Operation,
    issues: &[Issue],
    cancelled: &[Pending],
    items: &mut Vec<DriftItem>,
) {
    match operation.kind {
        OperationKind::Update | OperationKind::Skip => {}
        OperationKind::Review if operation.shop_id.is_some() => {
            return items.push(item(
                operation,
                ("product", &operation.label, ""),
                (DriftCause::Missing, operation.reason.clone()),
                false,
            ));
        }
        // What is not linked yet is no drift: the preview shows it.
        _ => return,
    }
    let held = |held: &&Pending| {
        operation.remote_kind == LinkKind::Good && held.good_id == operation.remote_id
    };
    let held = cancelled.iter().find(held).map(|held| held.quantity);
    let fields = operation.explained.iter();
    items.extend(fields.filter_map(|field| of_field(operation, field, issues, held)));
}

fn of_field<'f>(
    operation: &Operation,
    field: &'f Explained,
    issues: &[Issue],
    cancelled: Option<Quantity>,
) -> Option<DriftItem> {
    let values = |pos: &'f str| (field.field.as_str(), pos, field.shop.as_str());
    if let Some(alone) = &field.pos_alone {
        // What the site's orders hold is taken off already: nothing is to be mended.
        if same_decimal(&field.pos, &field.shop) && !same_decimal(alone, &field.shop) {
            let held = said(DriftCause::OrderPending);
            return Some(item(operation, values(alone.as_str()), held, false));
        }
    }
    let differs = field.pos != field.shop && !same_decimal(&field.pos, &field.shop);
    match field.verdict {
        Verdict::Write | Verdict::Drift | Verdict::Review => {}
        Verdict::Refused if differs && !field.pos.is_empty() => {
            let why = (
                DriftCause::NotTaken,
                named(operation, &field.reason, issues),
            );
            return Some(item(operation, values(field.pos.as_str()), why, false));
        }
        _ => return None,
    }
    if field.field == "stock" {
        if let Some(cancelled) = cancelled {
            let moved = thousandths(&field.pos)
                .zip(thousandths(&field.shop))
                .and_then(|(pos, shop)| pos.checked_sub(shop));
            if moved.is_some_and(|moved| moved.checked_abs() == Some(cancelled.0)) {
                let why = said(DriftCause::CancelledOneSide);
                return Some(item(operation, values(field.pos.as_str()), why, true));
            }
        }
    }
    let why = said(since(field));
    Some(item(operation, values(field.pos.as_str()), why, true))
}

/// A refusal with the values its issue names.
fn named(operation: &Operation, code: &str, issues: &[Issue]) -> Reason {
    let of_item =
        |issue: &&Issue| issue.code == code && issue.item.id.as_ref() == Some(&operation.remote_id);
    let issue = issues.iter().find(of_item);
    Reason {
        code: code.into(),
        params: issue.map(|issue| issue.params.clone()).unwrap_or_default(),
    }
}

/// Who changed it since the last write.
fn since(field: &Explained) -> DriftCause {
    let Some(last) = &field.last else {
        return DriftCause::PosChanged;
    };
    // An order of the site takes from `pos` and is no change in the POS.
    let alone = field.pos_alone.as_ref() == Some(&last.pos);
    match (last.pos != field.pos && !alone, last.shop != field.shop) {
        (true, true) => DriftCause::BothChanged,
        (false, true) => DriftCause::SiteEdited,
        (true, false) | (false, false) => DriftCause::PosChanged,
    }
}

fn said(cause: DriftCause) -> (DriftCause, Reason) {
    let code = match cause {
        DriftCause::PosChanged => "drift-pos-changed",
        DriftCause::OrderPending => "drift-order-pending",
        DriftCause::SiteEdited => "drift-site-edited",
        DriftCause::CancelledOneSide => "drift-cancelled",
        DriftCause::BothChanged => "drift-both-changed",
        DriftCause::NotTaken | DriftCause::Missing => "drift-not-taken",
    };
    let (code, params) = (code.into(), Vec::new());
    (cause, Reason { code, params })
}

fn item(
    operation: &Operation,
    (field, pos, shop): (&str, &str, &str),
    (cause, mut reason): (DriftCause, Reason),
    repairable: bool,
) -> DriftItem {
    if let (DriftCause::Missing, true, Some(id)) =
        (cause, reason.params.is_empty(), operation.shop_id)
    {
        reason.params.push(param("product", &integer(id)));
    }
    DriftItem {
        remote_kind: operation.remote_kind,
        remote_id: operation.remote_id.clone(),
        shop_id: operation.shop_id,
        label: operation.label.clone(),
        field: field.into(),
        pos: pos.into(),
        shop: shop.into(),
        cause,
        reason,
        repairable,
    }
}
