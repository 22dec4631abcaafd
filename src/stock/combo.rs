//! The stock of combos and manufactured goods (product.md B1) [UNSURE-20].

use super::{param, Sellable};
use crate::model::{Good, Material};

/// Whether any branch, chosen or not, shows a number: then the POS keeps the combo's own stock.
#[must_use]
pub fn has_own_number(good: &Good) -> bool {
    good.stocks.iter().flatten().any(|row| row.on_hand.0 != 0)
}

/// How many combos the components allow, in thousandths.
///
/// What is sellable of a component already has the buffer taken off; services limit nothing. A
/// component that is not known makes the combo unknown: half a combo cannot be promised.
pub fn makeable(combo: &Good, of_part: impl Fn(&Material) -> Option<Sellable>) -> Sellable {
    let mut least: Option<i64> = None;
    for part in combo.materials.iter().filter(|part| part.quantity > 0) {
        let available = match of_part(part) {
            Some(Sellable::Known(amount, _)) => amount.max(0),
            Some(Sellable::NotManaged) => continue,
            Some(Sellable::Unknown(..)) | None => {
                return Sellable::Unknown("combo-part-unknown", vec![param("part", &part.id)]);
            }
        };
        let count = available
            .checked_div(part.quantity)
            .unwrap_or(0)
            .saturating_mul(1000);
        least = Some(least.map_or(count, |least| least.min(count)));
    }
    least.map_or(Sellable::NotManaged, |least| {
        Sellable::Known(least, "stock-combo")
    })
}
