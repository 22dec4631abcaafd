//! A quantity or an amount of money (đồng) as the simulator keeps it.

use serde::{Deserialize, Serialize, Serializer};

/// A JSON number. Whole values print without a fraction in catalogues; on the wire the style is chosen per row.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Deserialize)]
#[serde(transparent)]
pub struct Number(pub f64);

/// Beyond this a double no longer holds every whole number.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Number {
    /// JSON text; `with_point` writes `149000.0` where otherwise `149000` is written (§13 "Numbers").
    pub fn wire(self, with_point: bool) -> String {
        match self.whole() {
            Some(whole) if with_point => format!("{whole}.0"),
            Some(whole) => whole.to_string(),
            None => format!("{}", self.0),
        }
    }

    /// Rounded to six decimals, so that sums of sales do not gather binary dust.
    pub fn tidy(self) -> Self {
        Self((self.0 * 1e6).round() / 1e6)
    }

    fn whole(self) -> Option<i64> {
        (self.0.fract() == 0.0 && self.0.abs() < EXACT).then_some(self.0 as i64)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}
