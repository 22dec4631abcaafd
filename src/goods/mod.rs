//! What a row of the POS becomes in the shop, one rule a file.

mod key;

pub use key::{family_key, sku_key};
