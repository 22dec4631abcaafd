//! Exact decimals: text to fixed point, never through floating point (product.md C7). The way
//! back is [`crate::text::decimal`].

/// The greatest integer that every side can hold: 2^53−1.
pub const SAFE: i64 = 9_007_199_254_740_991;

/// Decimals of an amount of money: 1/100.
pub const MONEY: u32 = 2;
/// Decimals of a quantity: thousandths.
pub const QUANTITY: u32 = 3;
/// Decimals of a unit ratio: millionths.
pub const RATIO: u32 = 6;

/// Reads a decimal text as an integer scaled by 10^`decimals`, rounded half away from zero.
///
/// Takes a sign, digits, a fraction and an exponent (`-30.2`, `149000.0`, `1.49e5`), blanks
/// around it. Gives `None` for anything else and for what does not fit ±(2^53−1).
#[must_use]
pub fn scaled(text: &str, decimals: u32) -> Option<i64> {
    let text = text.trim();
    let (negative, text) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at)?, exponent(text.get(at.checked_add(1)?..)?)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // How many of the digits lie left of the scaled point.
    let keep = i64::try_from(whole.len())
        .ok()?
        .checked_add(exponent)?
        .checked_add(i64::from(decimals))?;
    let mut value: i64 = 0;
    let mut place: i64 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        if !digit.is_ascii_digit() {
            return None;
        }
        let digit = i64::from(digit.wrapping_sub(b'0'));
        if place < keep {
            value = push(value, digit)?;
        } else if place == keep && digit >= 5 {
            value = value.checked_add(1)?;
        }
        place = place.checked_add(1)?;
    }
    while place < keep && value != 0 {
        value = push(value, 0)?;
        place = place.checked_add(1)?;
    }
    if value > SAFE {
        return None;
    }
    Some(if negative {
        value.checked_neg()?
    } else {
        value
    })
}

fn push(value: i64, digit: i64) -> Option<i64> {
    value.checked_mul(10)?.checked_add(digit)
}

/// An exponent of at most three digits; more is no amount of anything.
fn exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    if digits.is_empty() || digits.len() > 3 {
        return None;
    }
    let value = integer(digits)?;
    Some(if negative {
        value.checked_neg()?
    } else {
        value
    })
}

/// Reads plain digits; `None` for anything else.
#[must_use]
pub(crate) fn integer(digits: &str) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    digits.bytes().try_fold(0_i64, |value, digit| {
        if digit.is_ascii_digit() {
            push(value, i64::from(digit.wrapping_sub(b'0')))
        } else {
            None
        }
    })
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use crate::text::decimal;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_read_exactly_and_rounded_half_away_from_zero() {
        for (text, decimals, value) in [
            ("149000.0", MONEY, Some(14_900_000)),
            ("1.49e5", MONEY, Some(14_900_000)),
            ("149E+3", MONEY, Some(14_900_000)),
            ("0.005", MONEY, Some(1)),
            ("-0.005", MONEY, Some(-1)),
            ("0.0049999", MONEY, Some(0)),
            ("-30.2", QUANTITY, Some(-30_200)),
            ("0.3333333333333333", RATIO, Some(333_333)),
            ("1e-7", RATIO, Some(0)),
            ("5e-7", RATIO, Some(1)),
            ("1e-999", RATIO, Some(0)),
            (".5", QUANTITY, Some(500)),
            ("5.", QUANTITY, Some(5_000)),
            (" 12 ", QUANTITY, Some(12_000)),
            ("0e999", MONEY, Some(0)),
            ("90071992547409.91", MONEY, Some(SAFE)),
            ("90071992547409.92", MONEY, None),
            ("1e400", MONEY, None),
            ("1e9999", MONEY, None),
            ("", MONEY, None),
            (".", MONEY, None),
            ("-", MONEY, None),
            ("e5", MONEY, None),
            ("1,5", MONEY, None),
            ("1.2.3", MONEY, None),
            ("NaN", MONEY, None),
            ("٣", MONEY, None),
        ] {
            assert_eq!(scaled(text, decimals), value, "{text} at {decimals}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in -SAFE..=SAFE, decimals in 0_u32..8) {
            prop_assert_eq!(scaled(&decimal(value, decimals), decimals), Some(value));
        }

        #[test]
        fn rounding_moves_a_value_by_at_most_half(value in -1_000_000_000_i64..1_000_000_000, cut in 1_u32..4) {
            let text = decimal(value, 6);
            let rounded = scaled(&text, 6 - cut);
            let back = rounded.map(|rounded| rounded * 10_i64.pow(cut));
            prop_assert!(back.is_some_and(|back| (back - value).abs() * 2 <= 10_i64.pow(cut)));
        }

        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,12}") {
            let _ = scaled(&text, RATIO);
        }
    }
}
