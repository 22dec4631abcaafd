//! The sale price and its dates (product.md C1–C5).

use super::{written, Chosen, Regular};
use crate::model::{BookPrice, Instant};

/// The sale price of a good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sale {
    /// None; one that stands in the shop is cleared. The code says why.
    None(&'static str),
    /// None, because the book's price cannot be one: named as an issue.
    Refused(&'static str),
    /// This many units of 10^−decimals, from and until when.
    Write {
        /// The price.
        amount: i64,
        /// The book's start.
        from: Option<Instant>,
        /// The book's end.
        to: Option<Instant>,
    },
}

/// The sale book's price when it is in force and below the regular price.
///
/// Sale = regular means no sale; a sale above regular is not written and is named, and so is a
/// sale of 0 unless the setting allows it. A good missing from the book has no sale price.
#[must_use]
pub fn sale<'a>(
    chosen: &Chosen,
    regular: Regular,
    mut prices: impl Iterator<Item = &'a BookPrice>,
) -> Sale {
    let Some(book) = chosen.sale.filter(|_| chosen.sale_in_force) else {
        return Sale::None("sale-not-in-force");
    };
    let Some(price) = prices.find(|price| price.book_id == book.id) else {
        return Sale::None("sale-not-in-book");
    };
    let Regular::Write(regular, _) = regular else {
        return Sale::None("sale-without-regular");
    };
    let amount = written(price.price, chosen.decimals);
    if amount < 0 || (amount == 0 && !chosen.allow_zero) {
        return Sale::Refused("sale-zero");
    }
    if amount > regular {
        return Sale::Refused("sale-above-regular");
    }
    if amount == regular {
        return Sale::None("sale-equals-regular");
    }
    Sale::Write {
        amount,
        from: whole_seconds(book.start),
        to: whole_seconds(book.end),
    }
}

/// WooCommerce keeps whole seconds; a fraction would never read back equal.
fn whole_seconds(at: Option<Instant>) -> Option<Instant> {
    at.map(|at| at.div_euclid(1000).saturating_mul(1000))
}
