//! Dates of the POS (kiotviet-api.md §13) and of HTTP, to milliseconds UTC.

use super::decimal::integer;
use crate::model::Instant;

/// Asia/Ho_Chi_Minh: +07:00 all year, what a date without offset means.
const VIETNAM_MINUTES: i64 = 420;
/// Years before are .NET's "no date" (`0001-01-01`), years after somebody's "for ever".
const YEARS: std::ops::RangeInclusive<i64> = 1900..=9999;

/// Reads `2026-08-12T10:57:25.5930000`, with or without fraction and offset, or a day alone.
///
/// `None` for anything else, and for years before 1900.
pub(super) fn instant(text: &str) -> Option<Instant> {
    let text = text.trim();
    let day = day_of(text.get(..10)?)?;
    let rest = text.get(10..)?;
    if rest.is_empty() {
        return moment(day, 0, 0, VIETNAM_MINUTES);
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let zone_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = (rest.get(..zone_at)?, rest.get(zone_at..)?);
    let (seconds, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (seconds_of(clock)?, millis_of(fraction)?),
        None => (seconds_of(clock)?, 0),
    };
    moment(day, seconds, fraction, zone_of(zone)?)
}

/// Reads an HTTP date: `Wed, 21 Oct 2015 07:28:00 GMT`.
pub(super) fn http_date(text: &str) -> Option<Instant> {
    let (_, text) = text.trim().split_once(", ")?;
    let mut parts = text.split(' ');
    let day = integer(parts.next()?)?;
    let name = parts.next()?;
    let month = MONTHS
        .iter()
        .position(|month| name.eq_ignore_ascii_case(month))?;
    let month = i64::try_from(month).ok()?.checked_add(1)?;
    let year = integer(parts.next()?)?;
    let seconds = seconds_of(parts.next()?)?;
    moment(days(year, month, day)?, seconds, 0, 0)
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn moment(day: i64, seconds: i64, millis: i64, offset: i64) -> Option<Instant> {
    day.checked_mul(86_400)?
        .checked_add(seconds)?
        .checked_sub(offset.checked_mul(60)?)?
        .checked_mul(1000)?
        .checked_add(millis)
}

fn day_of(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    days(integer(year)?, integer(month)?, integer(day)?)
}

/// `10:57:25`, or without seconds.
fn seconds_of(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let hour = two(parts.next()?, 23)?;
    let minute = two(parts.next()?, 59)?;
    let second = match parts.next() {
        Some(second) => two(second, 60)?,
        None => 0,
    };
    if parts.next().is_some() {
        return None;
    }
    hour.checked_mul(3600)?
        .checked_add(minute.checked_mul(60)?)?
        .checked_add(second)
}

fn two(text: &str, most: i64) -> Option<i64> {
    let value = integer(text)?;
    (text.len() == 2 && value <= most).then_some(value)
}

fn millis_of(fraction: &str) -> Option<i64> {
    if fraction.is_empty() || fraction.bytes().any(|byte| !byte.is_ascii_digit()) {
        return None;
    }
    let mut millis: i64 = 0;
    for place in 0..3 {
        let digit = fraction
            .as_bytes()
            .get(place)
            .map_or(0, |byte| byte.wrapping_sub(b'0'));
        millis = millis.checked_mul(10)?.checked_add(i64::from(digit))?;
    }
    Some(millis)
}

/// The offset in minutes: none is Vietnam's, `Z` is 0, `+07:00`, `+0700` or `+07`.
fn zone_of(zone: &str) -> Option<i64> {
    let sign = match zone.as_bytes().first() {
        None => return Some(VIETNAM_MINUTES),
        Some(b'Z' | b'z') => return (zone.len() == 1).then_some(0),
        Some(b'+') => 1_i64,
        Some(_) => -1,
    };
    let hours = two(zone.get(1..3)?, 14)?;
    let minutes = zone.get(3..)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let minutes = if minutes.is_empty() {
        0
    } else {
        two(minutes, 59)?
    };
    hours
        .checked_mul(60)?
        .checked_add(minutes)?
        .checked_mul(sign)
}

/// Days since 1970-01-01 (proleptic Gregorian), after Howard Hinnant's `days_from_civil`.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !YEARS.contains(&year) || day < 1 || day > month_length(year, month)? {
        return None;
    }
    // The year starts in March, so that the leap day is its last.
    let shifted = if month > 2 {
        month.checked_sub(3)?
    } else {
        month.checked_add(9)?
    };
    let year = if month > 2 {
        year
    } else {
        year.checked_sub(1)?
    };
    let era = year.checked_div(400)?;
    let of_era = year.checked_rem(400)?;
    let of_year = shifted
        .checked_mul(153)?
        .checked_add(2)?
        .checked_div(5)?
        .checked_add(day)?;
    let leaps = of_era
        .checked_div(4)?
        .checked_sub(of_era.checked_div(100)?)?;
    era.checked_mul(146_097)?
        .checked_add(of_era.checked_mul(365)?)?
        .checked_add(leaps)?
        .checked_add(of_year)?
        .checked_sub(719_469)
}

fn month_length(year: i64, month: i64) -> Option<i64> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if year.checked_rem(4)? == 0
            && (year.checked_rem(100)? != 0 || year.checked_rem(400)? == 0) =>
        {
            Some(29)
        }
        2 => Some(28),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_without_offset_are_vietnamese() {
        for (text, value) in [
            ("1970-01-01T07:00:00", Some(0)),
            ("2026-08-12T10:57:25.5930000", Some(1_786_507_045_593)),
            ("2026-08-12T03:57:25.593Z", Some(1_786_507_045_593)),
            ("2026-08-12T10:57:25.5939999+07:00", Some(1_786_507_045_593)),
            ("2026-08-12 10:57:25", Some(1_786_507_045_000)),
            ("2026-08-11T20:57:25-07:00", Some(1_786_507_045_000)),
            ("2026-08-12T10:57", Some(1_786_507_020_000)),
            ("2026-08-12", Some(1_786_467_600_000)),
            ("2024-02-29", Some(1_709_139_600_000)),
            ("2023-02-29", None),
            ("1900-02-29", None),
            ("0001-01-01T00:00:00", None),
            ("2026-13-01", None),
            ("2026-08-12T24:00:00", None),
            ("2026-08-12T10:57:25.", None),
            ("12/08/2026", None),
            ("2026-08-12Tđây", None),
            ("", None),
        ] {
            assert_eq!(instant(text), value, "{text}");
        }
    }

    #[test]
    fn http_dates_are_gmt() {
        assert_eq!(
            http_date("Wed, 21 Oct 2015 07:28:00 GMT"),
            Some(1_445_412_480_000)
        );
        assert_eq!(http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(http_date("soon"), None);
    }

    proptest! {
        #[test]
        fn a_day_later_is_86400_seconds_later(year in 1901_i64..9999, month in 1_i64..13, day in 1_i64..28) {
            let one = days(year, month, day);
            let two = days(year, month, day + 1);
            prop_assert_eq!(one.map(|one| one + 1), two);
            let last = month_length(year, month).and_then(|last| days(year, month, last));
            let next = if month == 12 { days(year + 1, 1, 1) } else { days(year, month + 1, 1) };
            if year < 9998 {
                prop_assert_eq!(last.map(|last| last + 1), next);
            }
        }

        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,40}") {
            let _ = instant(&text);
            let _ = http_date(&text);
        }
    }
}
