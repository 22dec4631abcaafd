//! Exact amounts: integers with a fixed scale, every operation checked (product.md C7).

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970 UTC.
pub type Instant = i64;

macro_rules! amount {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);

            /// Whether it is nothing.
            #[must_use]
            pub fn is_zero(&self) -> bool {
                self.0 == 0
            }

            /// The sum, or `None` on overflow.
            #[must_use]
            pub fn plus(self, other: Self) -> Option<Self> {
                self.0.checked_add(other.0).map(Self)
            }

            /// The difference, or `None` on overflow.
            #[must_use]
            pub fn minus(self, other: Self) -> Option<Self> {
                self.0.checked_sub(other.0).map(Self)
            }
        }
    };
}

amount! {
    /// Money in 1/100 of the currency's unit (đồng).
    Money
}
amount! {
    /// A quantity in thousandths.
    Quantity
}
amount! {
    /// How many base units one unit is, in millionths.
    Ratio
}
