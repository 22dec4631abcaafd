//! The POS's own settings that stand in the way of orders (product.md A9). What the API does not
//! show is learned from refusals later; an unknown flag says nothing.

use super::Finding;
use crate::model::{Issue, Item, Severity};
use crate::pos::PosSettings;

/// Looks at the POS's settings.
pub(super) fn look(pos: &PosSettings, findings: &mut Vec<Finding>) {
    let facts = [
        (pos.order_when_out == Some(false), "pos-order-when-out-off"),
        (
            pos.sell_ordered_when_out == Some(false),
            "pos-sell-ordered-when-out-off",
        ),
        (
            pos.customers_by_branch == Some(true),
            "pos-customers-by-branch",
        ),
    ];
    for (_, code) in facts.into_iter().filter(|(holds, _)| *holds) {
        findings.push(Finding {
            issue: Issue {
                code: code.into(),
                params: Vec::new(),
                item: Item {
                    kind: "connection".into(),
                    id: None,
                    label: String::new(),
                },
                severity: Severity::Notice,
            },
            shop_id: None,
        });
    }
}
