//! The stock of one unit of measure, from its base row (product.md B3).

use super::{less_buffer, summed, Sellable};
use crate::model::Good;
use crate::settings::Settings;

/// One unit is this many millionths when the conversion is 1.
const MILLION: i64 = 1_000_000;

/// floor(base ÷ conversion): what orders hold (`pending` of the site's, in base units) and the buffer come off the base row first, then the
/// exact ratio. The remainder stays with the base unit.
#[must_use]
pub fn of_unit(unit: &Good, base: &Good, pending: i64, settings: &Settings) -> Sellable {
    let sum = match summed(base, Some(unit), settings) {
        Ok(sum) => less_buffer(sum.saturating_sub(pending), settings.safety_buffer),
        Err(unknown) => return unknown,
    };
    match divided(sum, unit.conversion.0) {
        Some(amount) => Sellable::Known(amount, "stock-unit"),
        None => Sellable::Unknown("conversion-invalid", Vec::new()),
    }
}

/// `thousandths` ÷ (`millionths` ÷ 10^6), floored to a thousandth; `None` for a ratio that is none
/// or on overflow. Divided in two steps so that nothing near the limits overflows.
pub(super) fn divided(thousandths: i64, millionths: i64) -> Option<i64> {
    if millionths <= 0 {
        return None;
    }
    let whole = thousandths.checked_div(millionths)?.checked_mul(MILLION)?;
    let rest = thousandths.checked_rem(millionths)?.checked_mul(MILLION)?;
    whole.checked_add(rest.checked_div(millionths)?)
}

#[cfg(test)]
mod tests {
    use super::divided;
    use proptest::prelude::*;

    #[test]
    fn a_crate_of_24_from_100_cans_is_4_and_a_sixth() {
        assert_eq!(divided(100_000, 24_000_000), Some(4166));
        assert_eq!(divided(100_000, 500_000), Some(200_000));
        assert_eq!(divided(1, 0), None);
        assert_eq!(divided(1, -5), None);
    }

    proptest! {
        #[test]
        fn equals_exact_division(amount in 0..1_i64 << 50, ratio in 1..1_i64 << 36) {
            let scaled = i128::from(amount).saturating_mul(1_000_000);
            let exact = scaled.checked_div(i128::from(ratio)).unwrap_or(0);
            if let Some(found) = divided(amount, ratio) {
                prop_assert_eq!(i128::from(found), exact);
            } else {
                prop_assert!(exact > i128::from(i64::MAX) || ratio > 9_223_372_036_854);
            }
        }
    }
}
