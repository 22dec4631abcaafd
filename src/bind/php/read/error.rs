//! Why a value could not be read, and where.

use crate::bind::place;
use core::fmt;
use serde::de;

/// Why a value could not be read, and where. Without detail: the field is absent, which is no
/// error yet (it may have a default).
#[derive(Debug)]
pub struct Error(Option<Box<Detail>>);

#[derive(Debug)]
struct Detail {
    cause: &'static str,
    place: String,
}

impl Error {
    /// The field is not there.
    pub const ABSENT: Self = Self(None);

    /// Whether the field is not there: no error where it has a default.
    pub const fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    #[inline(never)]
    pub fn new(cause: &'static str) -> Self {
        Self(Some(Box::new(Detail {
            cause,
            place: String::new(),
        })))
    }

    /// Cause and place.
    pub fn told(self) -> (&'static str, String) {
        self.0.map_or(("missing", String::new()), |detail| {
            (detail.cause, detail.place)
        })
    }

    /// Puts what is around it before the place.
    #[inline(never)]
    pub fn inside(self, outer: &str) -> Self {
        let (cause, inner) = self.told();
        let place = place::joined(outer, &inner);
        Self(Some(Box::new(Detail { cause, place })))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the input is not of its form")
    }
}

impl de::StdError for Error {}

// All of them, because the provided ones format a message.
impl de::Error for Error {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new("refused")
    }
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::new("kind")
    }
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::new("value")
    }
    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self::new("missing")
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("value")
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("refused")
    }
    fn missing_field(_: &'static str) -> Self {
        Self::new("missing")
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self::new("refused")
    }
}
