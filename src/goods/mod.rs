//! What a row of the POS becomes in the shop, one rule a file.
//!
//! [`key`](family_key) gathers and compares · [`units`] levels of a family · [`variants`] attributes
//! and what is [`left`] of those the POS has no more · [`policy`] who decides a field · [`unsold`] stopped goods and new ones · [`selection`], [`weight`], [`barcode`],
//! [`category`] and the [`tree`] of categories, [`label`]. How an unlinked row finds its product is in `plan::matching`, where the
//! whole family is known.

pub mod barcode;
pub mod category;
mod key;
pub mod label;
pub mod left;
pub mod policy;
pub mod selection;
pub mod tree;
pub(crate) mod tree_policy;
pub mod units;
pub mod unsold;
pub mod variants;
pub mod weight;

pub use key::{family_key, sku_key};
