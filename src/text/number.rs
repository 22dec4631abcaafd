//! Numbers as text and back, exactly.

/// Digits of `i64::MAX`, and room for zeros before.
const LONGEST: usize = 24;

/// Appends `value`, at least `least` digits of it. Signed 64-bit division is the one that is cheap
/// in PHP; the only value it cannot take, `i64::MIN`, is an amount nobody has.
fn push_digits(out: &mut String, value: i64, least: usize) {
    let mut digits = [b'0'; LONGEST];
    let mut rest = value.saturating_abs();
    let mut from = LONGEST;
    for (at, digit) in digits.iter_mut().enumerate().rev() {
        if rest == 0 && LONGEST.wrapping_sub(from) >= least {
            break;
        }
        *digit = b'0'.wrapping_add((rest % 10) as u8);
        rest /= 10;
        from = at;
    }
    let text = digits
        .get(from..)
        .and_then(|digits| core::str::from_utf8(digits).ok());
    out.push_str(text.unwrap_or_default());
}

/// An integer as text.
#[must_use]
pub fn integer(value: i64) -> String {
    decimal(value, 0)
}

/// `value` in units of 10^−`scale` as the shortest decimal text: `decimal(1500, 3)` is `1.5`.
#[must_use]
pub fn decimal(value: i64, scale: u32) -> String {
    let mut out = String::with_capacity(LONGEST);
    if value < 0 {
        out.push('-');
    }
    let unit = 10_i64.saturating_pow(scale);
    push_digits(&mut out, value.checked_div(unit).unwrap_or(0), 1);
    let mut rest = value.checked_rem(unit).unwrap_or(0);
    if rest != 0 {
        let mut places = scale as usize;
        while rest % 10 == 0 {
            rest /= 10;
            places = places.saturating_sub(1);
        }
        out.push('.');
        push_digits(&mut out, rest, places);
    }
    out
}

/// The thousandths that [`decimal`] wrote: `1.5` is 1500. `None` for anything else.
#[must_use]
pub fn thousandths(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1_i64, digits),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let mut value = 0_i64;
    if whole.is_empty() || fraction.is_empty() || fraction.len() > 3 {
        return None;
    }
    let zeros = 3_usize.saturating_sub(fraction.len());
    for digit in whole
        .bytes()
        .chain(fraction.bytes())
        .chain(std::iter::repeat_n(b'0', zeros))
    {
        let digit = char::from(digit).to_digit(10)?;
        value = value.checked_mul(10)?.checked_add(i64::from(digit))?;
    }
    value.checked_mul(sign)
}

/// Whether two decimal texts are the same number: `149000.00` and `149000`. Other texts are the
/// same only when they are equal.
#[must_use]
pub fn same_decimal(a: &str, b: &str) -> bool {
    a == b || shortest(a) == shortest(b)
}

fn shortest(text: &str) -> &str {
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_as_short_as_they_can_be() {
        for (value, scale, text) in [
            (0, 3, "0"),
            (1500, 3, "1.5"),
            (-1, 3, "-0.001"),
            (12_000, 3, "12"),
            (14_900_050, 2, "149000.5"),
            (100_010, 4, "10.001"),
            (-1_500, 3, "-1.5"),
            (i64::MAX, 0, "9223372036854775807"),
        ] {
            assert_eq!(decimal(value, scale), text);
        }
    }

    #[test]
    fn trailing_zeros_do_not_make_another_number() {
        assert!(same_decimal("149000.00", "149000"));
        assert!(same_decimal("1.50", "1.5"));
        assert!(!same_decimal("100", "1"));
        assert!(!same_decimal("", "0"));
    }

    #[test]
    fn only_decimals_of_at_most_three_places_are_read() {
        for odd in ["", ".", "-", "1.", "1.2345", "1,5", "x"] {
            assert_eq!(thousandths(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn integers_read_back(value in -i64::MAX..) {
            prop_assert_eq!(integer(value).parse::<i64>(), Ok(value));
            prop_assert_eq!(decimal(value, 0), integer(value));
            prop_assert_eq!(thousandths(&decimal(value, 3)), Some(value));
        }
    }
}
