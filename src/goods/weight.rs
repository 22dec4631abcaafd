//! Weight in the store's unit (product.md B10), exact.

use crate::settings::WeightUnit;
use crate::text::decimal;

/// How many of 1/1,600,000 g one unit is, over a common denominator: 1 lb = 453.59237 g exactly.
const fn size(unit: WeightUnit) -> i64 {
    match unit {
        WeightUnit::G => 1_600_000,
        WeightUnit::Kg => 1_600_000_000,
        WeightUnit::Lbs => 725_747_792,
        WeightUnit::Oz => 45_359_237,
    }
}

/// From thousandths of one unit to millionths of another, in lowest terms.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    times: i64,
    over: i64,
}

impl Scale {
    /// Works the ratio out, once for all goods.
    #[must_use]
    pub fn new(pos: WeightUnit, store: WeightUnit) -> Self {
        let (from, to) = (size(pos), size(store));
        let common = gcd(from, to);
        // thousandths → millionths is × 1000
        let times = from.checked_div(common).unwrap_or(1).saturating_mul(1000);
        let over = to.checked_div(common).unwrap_or(1);
        let common = gcd(times, over);
        Self {
            times: times.checked_div(common).unwrap_or(1),
            over: over.checked_div(common).unwrap_or(1),
        }
    }

    /// The weight as the store writes it, to at most six decimals (half away from zero). Nothing
    /// for no weight, 0 (the POS's way to say none), a negative one or one too large to convert.
    #[must_use]
    pub fn weight(self, thousandths: Option<i64>) -> Option<String> {
        let amount = thousandths.filter(|amount| *amount > 0)?;
        let scaled = amount.checked_mul(self.times)?.checked_add(self.over / 2)?;
        Some(decimal(scaled.checked_div(self.over)?, 6))
    }
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use WeightUnit::{Kg, Lbs, Oz, G};

    #[test]
    fn a_bag_of_2000_grams_weighs_2_kilograms() {
        for (amount, pos, store, expected) in [
            (2_000_000, G, Kg, "2"),
            (2_000_000, Kg, Kg, "2000"),
            (500_500, G, Kg, "0.5005"),
            (1, G, Kg, "0.000001"),
            (1_500, Kg, G, "1500"),
            (453_592, G, Lbs, "0.999999"),
            (1_000, Kg, Lbs, "2.204623"),
            (1_000, Kg, Oz, "35.273962"),
        ] {
            assert_eq!(
                Scale::new(pos, store).weight(Some(amount)).as_deref(),
                Some(expected),
                "{amount} {pos:?} {store:?}"
            );
        }
    }

    #[test]
    fn no_weight_and_0_are_nothing() {
        assert_eq!(Scale::new(G, Kg).weight(None), None);
        assert_eq!(Scale::new(G, Kg).weight(Some(0)), None);
        assert_eq!(Scale::new(Kg, G).weight(Some(i64::MAX)), None);
    }
}
