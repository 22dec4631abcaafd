//! Numbers as text and back, exactly.

/// Digits of `u64::MAX`, and a sign.
const LONGEST: usize = 20;

fn push_digits(out: &mut String, mut value: u64, at_least: usize) {
    let mut digits = [b'0'; LONGEST];
    let mut used = 0_usize;
    for place in digits.iter_mut().rev() {
        if value == 0 && used >= at_least {
            break;
        }
        *place = b'0'.wrapping_add(u8::try_from(value % 10).unwrap_or(0));
        value /= 10;
        used = used.saturating_add(1);
    }
    let from = LONGEST.saturating_sub(used);
    out.extend(digits.iter().skip(from).map(|digit| char::from(*digit)));
}

/// An integer as text.
#[must_use]
pub fn integer(value: i64) -> String {
    let mut out = String::new();
    if value < 0 {
        out.push('-');
    }
    push_digits(&mut out, value.unsigned_abs(), 1);
    out
}

/// `value` in units of 10^−`scale` as the shortest decimal text: `decimal(1500, 3)` is `1.5`.
#[must_use]
pub fn decimal(value: i64, scale: u32) -> String {
    let unit = 10_u64.saturating_pow(scale);
    let size = value.unsigned_abs();
    let whole = size.checked_div(unit).unwrap_or(0);
    let mut rest = size.checked_rem(unit).unwrap_or(0);
    let mut out = String::new();
    if value < 0 {
        out.push('-');
    }
    push_digits(&mut out, whole, 1);
    if rest != 0 {
        let mut places = usize::try_from(scale).unwrap_or(0);
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
            (i64::MIN, 0, "-9223372036854775808"),
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
        fn integers_read_back(value: i64) {
            prop_assert_eq!(integer(value).parse::<i64>(), Ok(value));
            prop_assert_eq!(decimal(value, 0), integer(value));
            if value != i64::MIN {
                prop_assert_eq!(thousandths(&decimal(value, 3)), Some(value));
            }
        }
    }
}
