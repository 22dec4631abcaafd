//! Text: comparing what people typed, and writing numbers without `fmt` (big in PHP).
//!
//! SKUs, unit names and attribute values are compared trimmed, in NFC and without case (product.md
//! B4): two keyboards write `ế` in three different ways. The tables cover Latin letters, all of
//! Vietnamese among them; other scripts are compared as they are.

mod fold;
mod json;
mod keys;
mod latin;
mod number;
mod sort;

pub use fold::{fold, same, trim};
pub use json::Json;
pub use keys::Keys;
pub use number::{decimal, integer, same_decimal, thousandths};
pub use sort::sort;
