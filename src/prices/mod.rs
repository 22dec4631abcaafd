//! Which price a good has: the regular price, the sale price and its dates (product.md C).
//!
//! ```text
//! regular = chosen book's price, when the book is in force and has the good, else the general price
//! sale    = chosen sale book's price, when in force and below regular, else none
//! ```
//!
//! A book that starts later is written when it starts, not ahead: WooCommerce alone would change
//! the price up to a day late (C4), so the plan names the instant (`due`) and plans again then.

mod regular;
mod sale;
mod schedule;
mod written;

pub use regular::{regular, Regular};
pub use sale::{sale, Sale};
pub use schedule::{in_force, next_date};
pub use written::{text, written};

use crate::model::{Book, Instant};
use crate::settings::Settings;

/// The chosen books, looked up once for all goods.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// The book of the regular price, when one is chosen and known.
    pub regular: Option<&'a Book>,
    /// The regular book is in force now.
    pub regular_in_force: bool,
    /// The book of the sale price, when one is chosen and known.
    pub sale: Option<&'a Book>,
    /// The sale book is in force now.
    pub sale_in_force: bool,
    /// A sale book is chosen, so the sale price is the POS's to decide (C1). Without one, sale
    /// prices made on the site are the site's. The regular book cannot be the sale book (C2).
    pub sale_decided: bool,
    /// Write prices of 0 (C2).
    pub allow_zero: bool,
    /// Decimals of a written price.
    pub decimals: u32,
}

impl<'a> Chosen<'a> {
    /// Looks the chosen books up. One that is unknown or not in force counts as not chosen for the
    /// regular price (C5: back to the general price) and clears the sale price.
    #[must_use]
    pub fn new(settings: &Settings, books: &'a [Book], now: Instant) -> Self {
        let find = |id: &Option<String>| {
            let id = id.as_deref()?;
            books.iter().find(|book| book.id == id)
        };
        let branch = settings.order_branch.as_deref();
        let sale_decided =
            settings.sale_book.is_some() && settings.sale_book != settings.regular_book;
        let regular = find(&settings.regular_book);
        let sale = if sale_decided {
            find(&settings.sale_book)
        } else {
            None
        };
        let valid = |book: Option<&Book>| book.is_some_and(|book| in_force(book, branch, now));
        Self {
            regular,
            regular_in_force: valid(regular),
            sale,
            sale_in_force: valid(sale),
            sale_decided,
            allow_zero: settings.allow_zero_price,
            decimals: u32::try_from(settings.price_decimals.clamp(0, 2)).unwrap_or(0),
        }
    }
}
