//! The daily look for orders that stand in the POS twice (product.md E5): a process that was taken
//! for dead may have gone on, and a request may be carried out later than anybody waits.

use super::mark::marked_order;
use crate::model::{Issue, Sale, Severity};
use crate::pos::{after, issue, params};
use crate::text::integer;
use serde::{Deserialize, Serialize};

/// A cancelled order (kiotviet-api.md §6.4).
const CANCELLED: i64 = 4;

/// What [`find_doubles`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DoublesInput {
    /// [`super::OrderContext::site`].
    pub site: String,
    /// The POS orders of the last days, all pages together; only `id`, `code`, `status` and
    /// `description` are looked at.
    pub sales: Vec<Sale>,
}

/// An order of the site that has more than one in the POS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Double {
    /// The site's order.
    pub order_id: i64,
    /// The POS order that stays: the oldest.
    pub keep: String,
    /// The later ones, to be cancelled when a person says so.
    pub later: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Doubles {
    /// One an order of the site.
    pub doubles: Vec<Double>,
    /// The same in words.
    pub issues: Vec<Issue>,
}

/// Finds POS orders with one mark twice. Cancelled ones do not count.
#[must_use]
pub fn find_doubles(input: DoublesInput) -> Doubles {
    let mut first: Vec<(i64, &Sale)> = Vec::new();
    let mut found = Doubles::default();
    let living = input
        .sales
        .iter()
        .filter(|sale| sale.status != Some(CANCELLED));
    for sale in living {
        let Some(order) = marked_order(&sale.description, &input.site) else {
            continue;
        };
        let known = first.iter_mut().find(|(known, _)| *known == order);
        let Some((_, held)) = known else {
            first.push((order, sale));
            continue;
        };
        if held.id == sale.id {
            continue;
        }
        let (keep, later) = if after(&held.id, &sale.id) {
            (sale, *held)
        } else {
            (*held, sale)
        };
        *held = keep;
        match found
            .doubles
            .iter_mut()
            .find(|double| double.order_id == order)
        {
            Some(double) => {
                double.keep.clone_from(&keep.id);
                double.later.push(later.id.clone());
            }
            None => found.doubles.push(Double {
                order_id: order,
                keep: keep.id.clone(),
                later: vec![later.id.clone()],
            }),
        }
        let id = integer(order);
        let item = ("order", Some(id.as_str()), id.as_str());
        let values = params(&[("keep", &keep.code), ("double", &later.code)]);
        let said = issue("order-doubled", Severity::Review, item, values);
        found.issues.push(said);
    }
    found
}
