//! Price books and the prices in them.

use super::{Instant, Money};
use serde::{Deserialize, Serialize};

/// A price book (kiotviet-api.md §4). The general price list is no book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// The book's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Switched on in the POS.
    pub active: bool,
    /// In force from; absent means always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Instant>,
    /// In force until; absent means without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Instant>,
    /// The branches it is limited to; empty means all [UNSURE-25].
    #[serde(default)]
    pub branches: Vec<String>,
    /// Limited to customer groups.
    #[serde(default)]
    pub limited_to_groups: bool,
    /// Limited to sellers.
    #[serde(default)]
    pub limited_to_sellers: bool,
}

/// The price of one good in one book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookPrice {
    /// The book's id.
    pub book_id: String,
    /// The good's id.
    pub good_id: String,
    /// The price, in 1/100 đồng.
    pub price: Money,
}
