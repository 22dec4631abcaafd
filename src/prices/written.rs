//! The one place where money is rounded (product.md C7).

use crate::model::Money;
use crate::text::decimal;

/// The price in units of 10^−`decimals`, rounded half away from zero.
#[must_use]
pub fn written(price: Money, decimals: u32) -> i64 {
    let (whole, rest, step) = match decimals {
        0 => (price.0 / 100, price.0 % 100, 100),
        1 => (price.0 / 10, price.0 % 10, 10),
        _ => return price.0,
    };
    if rest.saturating_mul(2).abs() < step {
        whole
    } else {
        whole.saturating_add(rest.signum())
    }
}

/// A written price as the shop stores it: `149000`, `1.5`.
#[must_use]
pub fn text(price: i64, decimals: u32) -> String {
    decimal(price, decimals.min(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        for (hundredths, decimals, expected) in [
            (14_900_050, 0, "149001"),
            (14_900_049, 0, "149000"),
            (-150, 0, "-2"),
            (-149, 0, "-1"),
            (125, 1, "1.3"),
            (124, 1, "1.2"),
            (125, 2, "1.25"),
            (120, 2, "1.2"),
            (0, 0, "0"),
        ] {
            assert_eq!(
                text(written(Money(hundredths), decimals), decimals),
                expected
            );
        }
    }
}
