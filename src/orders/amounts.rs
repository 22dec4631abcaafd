//! What a shopper paid, in whole đồng that add up (product.md C7, E2, E8).
//!
//! WooCommerce keeps line totals and taxes apart, with up to six decimals, and rounds only the
//! order's total. Each item's share in đồng is therefore the difference of two rounded running
//! sums: the shares add up to the rounded whole, and none is off by a đồng or more.

use crate::pos::decimal::scaled;

/// Decimals of an amount while it is worked with.
const FINE: u32 = 4;
/// One unit of the currency.
const UNIT: i64 = 10_000;

/// An amount as WooCommerce stores it, in ten-thousandths; empty is 0.
pub(super) fn fine(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    scaled(text, FINE)
}

/// An amount with its tax.
pub(super) fn with_tax(total: &str, tax: &str) -> Option<i64> {
    fine(total)?.checked_add(fine(tax)?)
}

/// What one unit of the order's currency is worth, in ten-thousandths of a đồng.
#[derive(Clone, Copy)]
pub(super) struct Rate(i64);

impl Rate {
    /// The order is in the POS's currency.
    pub const SAME: Self = Self(UNIT);

    /// A typed rate; `None` for what is none.
    pub fn typed(text: &str) -> Option<Self> {
        scaled(text, FINE).filter(|rate| *rate > 0).map(Self)
    }

    /// Whole đồng, half away from zero; `None` when it is too large.
    pub fn dong(self, fine: i64) -> Option<i64> {
        if self.0 == UNIT {
            return Some(rounded(fine, UNIT));
        }
        let product = fine.checked_mul(self.0)?;
        Some(rounded(product, UNIT.saturating_mul(UNIT)))
    }
}

/// `value` ÷ `unit`, half away from zero.
fn rounded(value: i64, unit: i64) -> i64 {
    let half = unit / 2;
    let half = if value < 0 { half.wrapping_neg() } else { half };
    value
        .saturating_add(half)
        .checked_div(unit)
        .unwrap_or(value)
}

/// How far the items may differ from the order's total: WooCommerce rounds each item's tax and the
/// total to the currency's decimals.
pub(super) fn tolerance(items: usize, decimals: i64) -> i64 {
    let items = i64::try_from(items).unwrap_or(i64::MAX).saturating_add(1);
    let mut unit = UNIT;
    for _ in 0..decimals.clamp(0, 4) {
        unit /= 10;
    }
    items.saturating_mul(unit)
}

/// Each amount's share in whole đồng; they add up to the rounded sum.
pub(super) fn shares(amounts: &[i64], rate: Rate) -> Option<Vec<i64>> {
    let (mut sum, mut before) = (0_i64, 0_i64);
    let mut shares = Vec::with_capacity(amounts.len());
    for amount in amounts {
        sum = sum.checked_add(*amount)?;
        let now = rate.dong(sum)?;
        shares.push(now.checked_sub(before)?);
        before = now;
    }
    Some(shares)
}

/// The price of one in whole đồng, and what it makes for all: at least `paid`, by as little as can
/// be. The product is whole too, because nobody says how the POS would round it.
pub(super) fn unit_price(paid: i64, thousandths: i64) -> Option<(i64, i64)> {
    if thousandths <= 0 {
        return None;
    }
    let scaled = paid.max(0).checked_mul(1000)?;
    let mut price = scaled.checked_div(thousandths)?;
    if price.checked_mul(thousandths)? < scaled {
        price = price.checked_add(1)?;
    }
    // At most 999 steps: then the price itself is a multiple of 1000.
    loop {
        let product = price.checked_mul(thousandths)?;
        if product.checked_rem(1000)? == 0 {
            return Some((price, product.checked_div(1000)?));
        }
        price = price.checked_add(1)?;
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tax_kept_apart_comes_back_whole() {
        assert_eq!(with_tax("90909.090909", "9090.909091"), Some(1_000_000_000));
        assert_eq!(with_tax("", ""), Some(0));
        assert_eq!(with_tax("x", ""), None);
        assert_eq!(Rate::SAME.dong(1_004_999), Some(100));
        assert_eq!(Rate::SAME.dong(1_005_000), Some(101));
        assert_eq!(Rate::SAME.dong(-1_005_000), Some(-101));
        assert_eq!(
            Rate::typed("25400.5").and_then(|rate| rate.dong(195_000)),
            Some(495_310)
        );
        assert!(Rate::typed("0").is_none());
    }

    #[test]
    fn three_for_a_hundred_thousand_is_33334_with_2_left_over() {
        assert_eq!(unit_price(100_000, 3_000), Some((33_334, 100_002)));
        assert_eq!(unit_price(0, 1_000), Some((0, 0)));
        // 1.5 kg: 66,666 would make 99,999; 66,668 makes 100,002.
        assert_eq!(unit_price(100_000, 1_500), Some((66_668, 100_002)));
        assert_eq!(unit_price(1, 0), None);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_none_is_a_dong_off(amounts in prop::collection::vec(0_i64..10_000_000_000, 1..12)) {
            let shares = shares(&amounts, Rate::SAME).unwrap_or_default();
            let sum: i64 = amounts.iter().sum();
            prop_assert_eq!(Some(shares.iter().sum::<i64>()), Rate::SAME.dong(sum));
            for (share, amount) in shares.iter().zip(&amounts) {
                prop_assert!((share * 10_000 - amount).abs() < 10_000);
            }
        }

        #[test]
        fn a_price_covers_what_was_paid(paid in 0_i64..10_000_000_000, quantity in 1_i64..1_000_000) {
            let (price, product) = unit_price(paid, quantity).unwrap_or_default();
            prop_assert!(product >= paid);
            prop_assert_eq!(price * quantity, product * 1000);
            prop_assert!(price == 0 || (price - 1000) * quantity < paid * 1000);
        }
    }
}
