//! Dates of the POS (kiotviet-api.md §13) and of HTTP, to milliseconds UTC.
//!
//! Every number read here has at most four digits, so wrapping arithmetic cannot wrap.

use crate::model::Instant;

/// Asia/Ho_Chi_Minh: +07:00 all year, what a date without offset means.
const VIETNAM_MINUTES: i64 = 420;

/// Reads a text from its start.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    /// The next byte, without taking it.
    fn peek(&self) -> u8 {
        self.0.first().copied().unwrap_or(0)
    }

    /// Takes the next byte when it is one of these.
    fn take(&mut self, any: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if any.contains(first) {
            self.0 = rest;
            Some(*first)
        } else {
            None
        }
    }

    /// Takes exactly this many digits; the number must lie within bounds.
    #[inline(never)]
    fn digits(&mut self, count: u8, least: i64, most: i64) -> Option<i64> {
        let mut value: i64 = 0;
        for _ in 0..count {
            let digit = self.take(b"0123456789")?.wrapping_sub(b'0');
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
        }
        (value >= least && value <= most).then_some(value)
    }

    /// `10:57:25`, or without seconds, in milliseconds.
    fn clock(&mut self) -> Option<i64> {
        let hour = self.digits(2, 0, 23)?;
        self.take(b":")?;
        let minute = self.digits(2, 0, 59)?;
        let second = match self.take(b":") {
            Some(_) => self.digits(2, 0, 60)?,
            None => 0,
        };
        let minutes = hour.wrapping_mul(60).wrapping_add(minute);
        Some(
            minutes
                .wrapping_mul(60)
                .wrapping_add(second)
                .wrapping_mul(1000),
        )
    }

    /// `.5930000` in milliseconds; more digits than three are cut.
    fn fraction(&mut self) -> Option<i64> {
        if self.take(b".").is_none() {
            return Some(0);
        }
        let mut weight: i64 = 100;
        let mut millis = weight.wrapping_mul(self.digits(1, 0, 9)?);
        while self.peek().is_ascii_digit() {
            weight = weight.wrapping_div(10);
            millis = millis.wrapping_add(weight.wrapping_mul(self.digits(1, 0, 9)?));
        }
        Some(millis)
    }

    /// The offset in minutes: none is Vietnam's, `Z` is 0, `+07:00`, `+0700` or `+07`.
    fn zone(&mut self) -> Option<i64> {
        let sign = match self.take(b"Zz+-") {
            None => return Some(VIETNAM_MINUTES),
            Some(b'+') => 1_i64,
            Some(b'-') => -1,
            Some(_) => return Some(0),
        };
        let hours = self.digits(2, 0, 14)?;
        let colon = self.take(b":").is_some();
        let minutes = if colon || !self.0.is_empty() {
            self.digits(2, 0, 59)?
        } else {
            0
        };
        Some(
            hours
                .wrapping_mul(60)
                .wrapping_add(minutes)
                .wrapping_mul(sign),
        )
    }
}

/// Reads `2026-08-12T10:57:25.5930000`, with or without fraction and offset, or a day alone.
///
/// `None` for anything else, and for years before 1900: those are .NET's "no date".
#[inline(never)]
pub(crate) fn instant(text: &str) -> Option<Instant> {
    let mut text = Cursor(text.as_bytes().trim_ascii());
    let year = text.digits(4, 1900, 9999)?;
    text.take(b"-")?;
    let month = text.digits(2, 1, 12)?;
    text.take(b"-")?;
    let day = days(year, month, text.digits(2, 1, 31)?)?;
    let mut millis = 0;
    let mut offset = VIETNAM_MINUTES;
    if !text.0.is_empty() {
        text.take(b"Tt ")?;
        millis = text.clock()?;
        millis = millis.wrapping_add(text.fraction()?);
        offset = text.zone()?;
    }
    text.0.is_empty().then(|| moment(day, millis, offset))
}

const MONTHS: &[u8; 36] = b"JanFebMarAprMayJunJulAugSepOctNovDec";

/// Reads an HTTP date: `Wed, 21 Oct 2015 07:28:00 GMT`.
pub(super) fn http_date(text: &str) -> Option<Instant> {
    let mut text = Cursor(text.as_bytes().trim_ascii().get(5..)?);
    let day = text.digits(2, 1, 31)?;
    let name = text.0.get(1..4)?;
    text.0 = text.0.get(5..)?;
    let mut month = 1;
    for known in MONTHS.chunks_exact(3) {
        if known == name {
            break;
        }
        month = i64::wrapping_add(month, 1);
    }
    let year = text.digits(4, 1900, 9999)?;
    text.take(b" ")?;
    Some(moment(days(year, month, day)?, text.clock()?, 0))
}

fn moment(day: i64, millis: i64, offset: i64) -> i64 {
    let minutes = day.wrapping_mul(1440).wrapping_sub(offset);
    minutes.wrapping_mul(60_000).wrapping_add(millis)
}

/// Days since 1970-01-01 (proleptic Gregorian), after Howard Hinnant's `days_from_civil`.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if day > month_length(year, month)? {
        return None;
    }
    // The year starts in March, so that the leap day is its last.
    let early = i64::from(month <= 2);
    let year = year.wrapping_sub(early);
    let shifted = month.wrapping_add(early.wrapping_mul(12)).wrapping_sub(3);
    let century = year.wrapping_div(100);
    let leaps = year
        .wrapping_div(4)
        .wrapping_sub(century)
        .wrapping_add(century.wrapping_div(4));
    let of_year = shifted
        .wrapping_mul(153)
        .wrapping_add(2)
        .wrapping_div(5)
        .wrapping_add(day);
    Some(
        year.wrapping_mul(365)
            .wrapping_add(leaps)
            .wrapping_add(of_year)
            .wrapping_sub(719_469),
    )
}

/// The instant as KiotViet takes `lastModifiedFrom`: Vietnam's time, no offset (§13, UNSURE-52).
/// Fractions of a second are cut, so it is never later than the instant.
#[must_use]
pub(crate) fn vietnam(at: Instant) -> String {
    let local = at
        .div_euclid(1000)
        .saturating_add(VIETNAM_MINUTES.wrapping_mul(60));
    let (day, second) = (local.div_euclid(86_400), local.rem_euclid(86_400));
    let (year, month, day) = civil(day);
    let mut text = String::with_capacity(19);
    for (before, value, width) in [
        ("", year, 4),
        ("-", month, 2),
        ("-", day, 2),
        ("T", second.div_euclid(3600), 2),
        (":", second.div_euclid(60).rem_euclid(60), 2),
        (":", second.rem_euclid(60), 2),
    ] {
        text.push_str(before);
        let digits = crate::text::integer(value);
        for _ in digits.len()..width {
            text.push('0');
        }
        text.push_str(&digits);
    }
    text
}

/// Year, month and day of a day since 1970-01-01, the inverse of [`days`].
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day.saturating_add(719_468);
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let leaps = of_era
        .div_euclid(1460)
        .wrapping_sub(of_era.div_euclid(36_524))
        .wrapping_add(of_era.div_euclid(146_096));
    let year = of_era.wrapping_sub(leaps).div_euclid(365);
    let before = year
        .wrapping_mul(365)
        .wrapping_add(year.div_euclid(4))
        .wrapping_sub(year.div_euclid(100));
    let of_year = of_era.wrapping_sub(before);
    let shifted = of_year.wrapping_mul(5).wrapping_add(2).div_euclid(153);
    let first = shifted.wrapping_mul(153).wrapping_add(2).div_euclid(5);
    let month = if shifted < 10 {
        shifted.wrapping_add(3)
    } else {
        shifted.wrapping_sub(9)
    };
    let year = era
        .wrapping_mul(400)
        .wrapping_add(year)
        .wrapping_add(i64::from(month <= 2));
    (year, month, of_year.wrapping_sub(first).wrapping_add(1))
}

fn month_length(year: i64, month: i64) -> Option<i64> {
    let leap = year & 3 == 0 && (year.wrapping_rem(100) != 0 || year.wrapping_rem(400) == 0);
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
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
            prop_assert_eq!(last.map(|last| last + 1), next);
        }

        #[test]
        fn what_is_asked_with_reads_back(at in -2_000_000_000_i64..4_000_000_000) {
            prop_assert_eq!(instant(&vietnam(at * 1000 + 999)), Some(at * 1000));
        }

        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,40}") {
            let _ = instant(&text);
            let _ = http_date(&text);
        }
    }
}
