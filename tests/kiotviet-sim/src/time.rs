//! Vietnam time (UTC+7, no daylight saving) in the two forms KiotViet writes it.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Ticks of 100 ns in one second: KiotViet prints seven fraction digits.
const TICKS_PER_SECOND: i64 = 10_000_000;
const VN_OFFSET_SECONDS: i64 = 7 * 3600;

/// An instant, kept as ticks of 100 ns since 1970-01-01T00:00 **on a clock in Vietnam**.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VnTime(i64);

/// How an offset in a date that a client sent is treated (UNSURE-52).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    /// `Z` and `+hh:mm` are converted to Vietnam time.
    Converted,
    /// The wall-clock digits are taken as they stand.
    Ignored,
    /// A date with an offset is refused.
    Refused,
}

impl VnTime {
    /// The present moment by the machine's clock.
    pub fn now() -> Self {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let ticks = i64::try_from(since_epoch.as_nanos() / 100).unwrap_or(i64::MAX);
        Self(ticks.saturating_add(VN_OFFSET_SECONDS * TICKS_PER_SECOND))
    }

    /// From seconds since 1970 on a Vietnamese wall clock, plus ticks of 100 ns.
    pub fn from_wall_seconds(seconds: i64, ticks: i64) -> Self {
        Self(
            seconds
                .saturating_mul(TICKS_PER_SECOND)
                .saturating_add(ticks),
        )
    }

    /// Ticks of 100 ns since 1970 on a Vietnamese wall clock.
    pub fn ticks(self) -> i64 {
        self.0
    }

    /// The reverse of [`Self::ticks`].
    pub fn from_ticks(ticks: i64) -> Self {
        Self(ticks)
    }

    /// Seconds since 1970 in UTC, as token claims and the `Date` header count them.
    pub fn unix_seconds(self) -> i64 {
        self.0.div_euclid(TICKS_PER_SECOND) - VN_OFFSET_SECONDS
    }

    /// This instant moved by whole seconds.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(
            self.0
                .saturating_add(seconds.saturating_mul(TICKS_PER_SECOND)),
        )
    }

    /// This instant moved by whole milliseconds.
    pub fn plus_millis(self, millis: u64) -> Self {
        let ticks = i64::try_from(millis).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(ticks.saturating_mul(10_000)))
    }

    /// How long it is until this instant; nothing when it has passed.
    pub fn since(self, earlier: Self) -> Duration {
        let ticks = self.0.saturating_sub(earlier.0).max(0);
        Duration::from_micros(u64::try_from(ticks).unwrap_or(0).div_ceil(10))
    }

    /// Rounded down to milliseconds: stored dates show `.5930000`, only `timestamp` shows all digits (§13).
    pub fn to_millis(self) -> Self {
        Self(self.0 - self.0.rem_euclid(10_000))
    }

    /// Reads `yyyy-MM-dd`, `yyyy-MM-ddTHH:mm[:ss[.f…]]`, with or without an offset.
    pub fn parse(text: &str, offset: Offset) -> Option<Self> {
        let text = text.trim();
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(Self::from_naive(date.and_hms_opt(0, 0, 0)?));
        }
        let text = text.replacen(' ', "T", 1);
        for form in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"] {
            if let Ok(wall) = NaiveDateTime::parse_from_str(&text, form) {
                return Some(Self::from_naive(wall));
            }
        }
        let with_offset = DateTime::parse_from_rfc3339(&text).ok()?;
        match offset {
            Offset::Converted => {
                Some(Self::from_naive(with_offset.naive_utc()).plus_seconds(VN_OFFSET_SECONDS))
            }
            Offset::Ignored => Some(Self::from_naive(with_offset.naive_local())),
            Offset::Refused => None,
        }
    }

    fn from_naive(wall: NaiveDateTime) -> Self {
        let ticks = i64::from(wall.nanosecond() / 100);
        Self::from_wall_seconds(wall.and_utc().timestamp(), ticks)
    }

    /// The form of entity dates: `2026-08-12T10:57:25.5930000`, no offset.
    pub fn entity(self) -> String {
        self.to_string()
    }

    /// The form of the envelope's `timestamp`: as [`Self::entity`] with `+07:00`.
    pub fn stamp(self) -> String {
        format!("{self}+07:00")
    }
}

impl fmt::Display for VnTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.div_euclid(TICKS_PER_SECOND);
        let ticks = self.0.rem_euclid(TICKS_PER_SECOND);
        let wall = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        write!(
            out,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{ticks:07}",
            wall.year(),
            wall.month(),
            wall.day(),
            wall.hour(),
            wall.minute(),
            wall.second()
        )
    }
}

impl Serialize for VnTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VnTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text, Offset::Converted).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "{text:?} is not a date such as 2026-08-12T10:57:25"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entity_dates_have_seven_digits_and_no_offset() {
        let time = VnTime::parse("2026-08-12T10:57:25.593", Offset::Converted);
        assert_eq!(
            time.map(VnTime::entity).as_deref(),
            Some("2026-08-12T10:57:25.5930000")
        );
    }

    #[test]
    fn the_timestamp_carries_the_vietnamese_offset() {
        let time = VnTime::parse("2026-10-07T14:39:09.4969693", Offset::Converted);
        assert_eq!(
            time.map(VnTime::stamp).as_deref(),
            Some("2026-10-07T14:39:09.4969693+07:00")
        );
    }

    #[test]
    fn an_offset_is_converted_ignored_or_refused() {
        let text = "2026-08-12T03:00:00Z";
        let read = |offset| VnTime::parse(text, offset).map(VnTime::entity);
        assert_eq!(
            read(Offset::Converted).as_deref(),
            Some("2026-08-12T10:00:00.0000000")
        );
        assert_eq!(
            read(Offset::Ignored).as_deref(),
            Some("2026-08-12T03:00:00.0000000")
        );
        assert_eq!(read(Offset::Refused), None);
    }
}
