//! Phones, however they are written (product.md E4).

/// A Vietnamese number without its leading 0 has nine digits (mobile, most landlines) or ten.
const NATIONAL: core::ops::RangeInclusive<usize> = 9..=10;
/// Fewer digits are no phone; hotlines (1900 1234) have eight.
const SHORTEST: usize = 8;
/// More digits than E.164 allows are no phone either.
const LONGEST: usize = 15;

/// A Vietnamese number whose leading 0 was lost, as spreadsheets lose it: mobiles begin with 3, 5, 7,
/// 8 or 9, landlines with 2.
fn bare(digits: &str) -> bool {
    match digits.as_bytes() {
        [b'3' | b'5' | b'7' | b'8' | b'9', rest @ ..] => rest.len() == 8,
        [b'2', rest @ ..] => rest.len() == 9,
        _ => false,
    }
}

/// What phones are compared by: `0912345678` for `0912.345.678`, `+84 912 345 678`, `84912345678`,
/// `0084 (0)912-345-678` and `912345678`; `+65…` for a foreign one. Empty for what is none, masked
/// numbers (`09****678`) among them, and matches nothing.
#[must_use]
pub fn phone_key(phone: &str) -> String {
    let mut digits = String::with_capacity(LONGEST);
    let mut abroad = false;
    for letter in phone.chars() {
        match letter {
            '0'..='9' => digits.push(letter),
            // Full-width digits, as some keyboards type them.
            '\u{FF10}'..='\u{FF19}' => {
                let digit = u32::from(letter).wrapping_sub(0xFF10);
                digits.extend(char::from_digit(digit, 10));
            }
            '+' | '\u{FF0B}' if digits.is_empty() => abroad = true,
            '*' | '#' | 'x' | 'X' => return String::new(),
            // A second number after a slash or comma is another phone.
            '/' | ',' | ';' if digits.len() >= SHORTEST => break,
            _ => {}
        }
    }
    if let Some(rest) = digits.strip_prefix("00") {
        digits = rest.into();
        abroad = true;
    }
    let national = match digits.strip_prefix("84") {
        // `84…` without a plus is Vietnam's code only when a whole number follows.
        Some(rest) if abroad || NATIONAL.contains(&rest.trim_start_matches('0').len()) => {
            Some(rest.trim_start_matches('0'))
        }
        _ if abroad => None,
        _ => match digits.strip_prefix('0') {
            Some(rest) => Some(rest),
            None if bare(&digits) => Some(&*digits),
            None => None,
        },
    };
    let mut key = String::with_capacity(LONGEST);
    match national {
        Some(national) => {
            key.push('0');
            key.push_str(national);
        }
        None => {
            if abroad {
                key.push('+');
            }
            key.push_str(&digits);
        }
    }
    if (SHORTEST..=LONGEST.saturating_add(1)).contains(&key.len()) {
        key
    } else {
        String::new()
    }
}

/// The ways a phone may stand in the POS, most likely first. The POS's filter finds a text within
/// the stored one or only the very text [UNSURE-28]; these find every unformatted spelling under
/// both readings.
#[must_use]
pub fn spellings(key: &str) -> Vec<String> {
    let mut all = vec![String::from(key)];
    if let Some(national) = key.strip_prefix('0') {
        for before in ["84", "+84"] {
            let mut spelling = String::from(before);
            spelling.push_str(national);
            all.push(spelling);
        }
    } else if let Some(digits) = key.strip_prefix('+') {
        all.push(digits.into());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_spellings_and_more_are_one_phone() {
        for phone in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "0912-345-678",
            "(0912) 345678",
            "+84912345678",
            "+84 912 345 678",
            "84912345678",
            "0084912345678",
            "+84 (0)912 345 678",
            "912345678",
            "\u{200B}0912345678\u{A0}",
            "０９１２３４５６７８",
            "0912345678 / 0987654321",
        ] {
            assert_eq!(phone_key(phone), "0912345678", "{phone}");
        }
    }

    #[test]
    fn what_is_no_phone_matches_nothing_and_others_stay_apart() {
        for odd in [
            "",
            "abc",
            "09****678",
            "12345",
            "+",
            "0",
            "1234567890123456789",
        ] {
            assert_eq!(phone_key(odd), "", "{odd}");
        }
        assert_eq!(phone_key("+65 9123 4567"), "+6591234567");
        assert_eq!(phone_key("1900 1234"), "19001234");
        assert_eq!(phone_key("028 3822 1234"), "02838221234");
        assert_eq!(phone_key("+84 28 3822 1234"), "02838221234");
        // A mobile number that begins with 84 after its zero.
        assert_eq!(phone_key("0845678901"), "0845678901");
        assert_eq!(phone_key("845678901"), "0845678901");
    }

    #[test]
    fn a_key_is_its_own_key() {
        for phone in ["0912345678", "+6591234567", "19001234"] {
            assert_eq!(phone_key(phone), phone);
            for spelling in spellings(phone) {
                assert_eq!(
                    phone_key(&spelling),
                    if phone.starts_with('+') && !spelling.starts_with('+') {
                        spelling.clone()
                    } else {
                        phone.into()
                    }
                );
            }
        }
        assert_eq!(
            spellings("0912345678"),
            ["0912345678", "84912345678", "+84912345678"]
        );
    }
}
