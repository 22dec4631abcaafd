//! The regular price (product.md C1–C3).

use super::{written, Chosen};
use crate::model::{BookPrice, Money};

/// The regular price of a good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regular {
    /// Write this many units of 10^−decimals, for this reason.
    Write(i64, &'static str),
    /// Write nothing; the code says why.
    Leave(&'static str),
}

/// Precedence, first that applies: the chosen book's price (book in force, good in it) → the
/// general price. A price of 0 is written only when the setting allows; a negative one never.
#[must_use]
pub fn regular<'a>(
    chosen: &Chosen,
    general: Money,
    mut prices: impl Iterator<Item = &'a BookPrice>,
) -> Regular {
    let book = chosen.regular.filter(|_| chosen.regular_in_force);
    let in_book = book.and_then(|book| prices.find(|price| price.book_id == book.id));
    let (price, reason) = match in_book {
        Some(price) => (price.price, "price-book"),
        None => (general, "price-general"),
    };
    match written(price, chosen.decimals) {
        ..0 => Regular::Leave("price-negative"),
        0 if !chosen.allow_zero => Regular::Leave("price-zero"),
        amount => Regular::Write(amount, reason),
    }
}
