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
#[inline(never)]
#[must_use]
pub fn scaled(text: &str, decimals: u32) -> Option<i64> {
    let (negative, text) = signed(text.as_bytes().trim_ascii());
    let mut value: i64 = 0;
    // Digits met, and how many of them stand left of the point.
    let mut met: i64 = 0;
    let mut whole: Option<i64> = None;
    let mut rest = text.iter();
    // Where the digits end and the exponent begins.
    let exponent = loop {
        match rest.next() {
            None => break 0,
            Some(b'.') if whole.is_none() => whole = Some(met),
            Some(b'e' | b'E') => break exponent(rest.as_slice())?,
            Some(byte) if byte.is_ascii_digit() => met = met.wrapping_add(1),
            Some(_) => return None,
        }
    };
    if met == 0 {
        return None;
    }
    // How many digits the result has.
    let mut keep = whole
        .unwrap_or(met)
        .wrapping_add(exponent)
        .wrapping_add(i64::from(decimals));
    for byte in text {
        if *byte == b'.' {
            continue;
        }
        if !byte.is_ascii_digit() {
            break;
        }
        if keep > 0 {
            value = push(value, byte.wrapping_sub(b'0'))?;
        } else if keep == 0 && *byte >= b'5' {
            value = value.wrapping_add(1);
        }
        keep = keep.wrapping_sub(1);
    }
    while keep > 0 && value != 0 {
        value = push(value, 0)?;
        keep = keep.wrapping_sub(1);
    }
    if value > SAFE {
        return None;
    }
    Some(if negative {
        value.wrapping_neg()
    } else {
        value
    })
}

/// One more digit; `None` when the number is beyond [`SAFE`] by far.
fn push(value: i64, digit: u8) -> Option<i64> {
    if value > SAFE {
        return None;
    }
    Some(value.wrapping_mul(10).wrapping_add(i64::from(digit)))
}

fn signed(text: &[u8]) -> (bool, &[u8]) {
    match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        Some((b'+', rest)) => (false, rest),
        _ => (false, text),
    }
}

/// An exponent of at most three digits; more is no amount of anything.
fn exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = signed(text);
    if digits.len() > 3 {
        return None;
    }
    let value = integer(digits)?;
    Some(if negative {
        value.wrapping_neg()
    } else {
        value
    })
}

/// Reads plain digits; `None` for anything else.
#[inline(never)]
#[must_use]
pub(crate) fn integer(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    let mut value: i64 = 0;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = push(value, byte.wrapping_sub(b'0'))?;
    }
    Some(value)
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
