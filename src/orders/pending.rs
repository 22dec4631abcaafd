//! What orders of the site hold of each good, as far as the POS's stock does not show it (product.md
//! D5).
//!
//! A line counts from when WooCommerce reduced stock for it until the mirrored stock row was read
//! after the POS had taken the order. Where the shop does not count what is reserved, the POS's
//! number shows the sale only once it is invoiced, so until then it counts too.

use super::protocol::Held;
use crate::model::{is_false, Instant};
use crate::plan::Pending;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// An order that may hold stock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HoldingOrder {
    /// Its id.
    pub order_id: i64,
    /// WooCommerce reduced stock for it (`_order_stock_reduced`) and has not given it back.
    #[serde(skip_serializing_if = "is_false")]
    pub reduced: bool,
    /// When the POS took it ([`super::OrderLink::accepted`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Instant>,
    /// When it was invoiced or cancelled in the POS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<Instant>,
    /// Its goods by link, quantities in thousandths of the good's own unit, less what was refunded
    /// and put back.
    pub goods: Vec<Held>,
}

/// When the mirror's stock row of a good was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StockTime {
    /// The good's id.
    pub good_id: String,
    /// When the request that gave its stock was begun; absent when it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Instant>,
}

/// What [`pending_stock`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PendingInput {
    /// The shop's settings.
    pub settings: Settings,
    /// Orders that reduced stock and are not long since over.
    pub orders: Vec<HoldingOrder>,
    /// The stock times of their goods. Of a unit give its base row's time under the unit's own id:
    /// that is the row its stock is computed from (B3).
    pub times: Vec<StockTime>,
}

/// What is held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PendingStock {
    /// One a good, in thousandths of its own unit; `plan_goods` counts units into their base.
    pub pending: Vec<Pending>,
}

/// Counts what orders hold.
#[must_use]
pub fn pending_stock(input: PendingInput) -> PendingStock {
    let mut held = PendingStock::default();
    for order in input.orders.iter().filter(|order| order.reduced) {
        for good in &order.goods {
            let time = input.times.iter().find(|time| time.good_id == good.good_id);
            let as_of = time.and_then(|time| time.as_of);
            let until = if input.settings.count_reserved {
                order.accepted.or(order.over)
            } else {
                order.over
            };
            let shown = matches!((until, as_of), (Some(until), Some(as_of)) if as_of > until);
            if shown || good.quantity.0 <= 0 {
                continue;
            }
            let known = held
                .pending
                .iter_mut()
                .find(|known| known.good_id == good.good_id);
            match known {
                Some(known) => {
                    known.quantity = known.quantity.plus(good.quantity).unwrap_or(known.quantity);
                }
                None => held.pending.push(Pending {
                    good_id: good.good_id.clone(),
                    quantity: good.quantity,
                }),
            }
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Quantity;

    fn pending(
        reserved: bool,
        accepted: Option<Instant>,
        over: Option<Instant>,
        as_of: Option<Instant>,
    ) -> i64 {
        let settings = Settings {
            count_reserved: reserved,
            ..Settings::default()
        };
        let goods = vec![Held {
            good_id: "5".into(),
            quantity: Quantity(2000),
        }];
        let order = |reduced| HoldingOrder {
            reduced,
            accepted,
            over,
            goods: goods.clone(),
            ..HoldingOrder::default()
        };
        let held = pending_stock(PendingInput {
            settings,
            orders: vec![order(true), order(true), order(false)],
            times: vec![StockTime {
                good_id: "5".into(),
                as_of,
            }],
        });
        held.pending.first().map_or(0, |held| held.quantity.0)
    }

    #[test]
    fn an_order_holds_stock_until_the_pos_shows_it() {
        assert_eq!(pending(true, None, None, Some(100)), 4000);
        assert_eq!(pending(true, Some(50), None, Some(50)), 4000);
        assert_eq!(pending(true, Some(50), None, Some(51)), 0);
        assert_eq!(pending(true, Some(50), None, None), 4000);
        // Reserved is not counted: only the invoice shows it.
        assert_eq!(pending(false, Some(50), None, Some(90)), 4000);
        assert_eq!(pending(false, Some(50), Some(80), Some(90)), 0);
        assert_eq!(pending(false, Some(50), Some(95), Some(90)), 4000);
    }
}
