//! Totals agree to the đồng, or the order is not sent and says why (product.md E2, C7).

use super::once::{context, line, settings};
use crate::model::{SiteCharge, SiteOrder};
use crate::orders::{plan_order, OrderPlan, PlanOrderInput};
use crate::text::decimal;
use proptest::prelude::*;

fn plan(change: impl FnOnce(&mut SiteOrder), merged: bool) -> OrderPlan {
    let mut context = context();
    change(&mut context.order);
    plan_order(PlanOrderInput {
        settings: settings(),
        context,
        merged,
        ..PlanOrderInput::default()
    })
}

/// What the POS makes of the plan, in 1/100 đồng.
fn pos_total(plan: &OrderPlan) -> i64 {
    let lines = plan.lines.iter();
    let goods: i64 = lines
        .map(|line| line.price.0 * line.quantity.0 / 1000)
        .sum();
    let charges: i64 = plan.charges.iter().map(|charge| charge.price.0).sum();
    goods + charges - plan.discount.0
}

proptest! {
    #[test]
    fn totals_agree(
        items in prop::collection::vec((1_i64..4, 1_i64..20, 0_i64..50_000_000_000, 0_i64..1_000_000_000), 1..8),
        shipping in 0_i64..1_000_000_000,
        fee in -100_000_000_i64..100_000_000,
        merged in any::<bool>(),
    ) {
        let planned = plan(|order| {
            let mut sum = shipping;
            order.lines.clear();
            for (at, (good, quantity, total, tax)) in (1..).zip(&items) {
                let mut item = line(at, 500 + good % 3, &quantity.to_string(), &decimal(*total, 4));
                item.tax = decimal(*tax, 4);
                sum += total + tax;
                order.lines.push(item);
            }
            order.shippings = vec![SiteCharge { total: decimal(shipping, 4), ..SiteCharge::default() }];
            let fee = if sum + fee < 0 { 0 } else { fee };
            order.fees = vec![SiteCharge { total: decimal(fee, 4), ..SiteCharge::default() }];
            order.total = decimal((sum + fee + 5_000) / 10_000, 0);
        }, merged);
        // Good 500 is not linked: those orders are not sent.
        if planned.sendable {
            prop_assert_eq!(pos_total(&planned), planned.total.0);
            prop_assert_eq!(planned.total.0 % 100, 0);
            prop_assert!(planned.discount.0 >= 0);
            for line in &planned.lines {
                prop_assert!(line.amount.0 >= line.paid.0);
                prop_assert_eq!(line.price.0 % 100, 0);
            }
            prop_assert!(serde_json::from_str::<serde_json::Value>(&planned.body).is_ok());
        } else {
            prop_assert!(!planned.issues.is_empty());
            prop_assert!(planned.body.is_empty());
        }
    }
}

#[test]
fn a_total_that_is_no_sum_is_not_sent() {
    let planned = plan(|order| order.total = "130000".into(), false);
    assert!(!planned.sendable);
    assert_eq!(planned.issues[0].code, "order-total-differs");
    let below = plan(|order| order.total = "x".into(), false);
    assert_eq!(below.issues[0].code, "order-amount-unreadable");
}

#[test]
fn a_total_rounded_up_is_met_by_the_dearest_item() {
    let planned = plan(
        |order| {
            order.lines = vec![line(1, 501, "1", "33.3"), line(2, 502, "1", "33.3")];
            order.shippings.clear();
            order.total = "68".into();
        },
        false,
    );
    assert!(planned.sendable, "{:?}", planned.issues);
    assert_eq!(pos_total(&planned), 6800);
    assert_eq!(planned.discount.0, 0);
}
