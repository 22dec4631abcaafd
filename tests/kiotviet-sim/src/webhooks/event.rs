//! What happened to the shop, and which types of webhook tell of it (UNSURE-46).

use std::collections::HashSet;

use super::Kind;
use crate::switches::Switches;

/// One fact; it names rows, their content is read when it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A good was made or changed.
    Product(i64),
    /// Goods were deleted.
    ProductsGone(Vec<i64>),
    /// Stock of a good in a branch moved.
    Stock {
        /// The good.
        product: i64,
        /// The branch.
        branch: i64,
    },
    /// A book was made or changed.
    Book(i64),
    /// A book was deleted.
    BookGone(i64),
    /// A price in a book was set.
    Price {
        /// The book.
        book: i64,
        /// The good.
        product: i64,
    },
    /// Goods left a book.
    PricesGone {
        /// The book.
        book: i64,
        /// The goods.
        products: Vec<i64>,
    },
    /// A category was made or changed.
    Category(i64),
    /// A category was deleted.
    CategoryGone(i64),
    /// A branch was opened or changed.
    Branch(i64),
    /// A branch was closed.
    BranchGone(i64),
    /// An order was made or changed.
    Order(i64),
    /// An invoice was made or changed.
    Invoice(i64),
    /// A customer was made or changed.
    Customer(i64),
    /// Customers were deleted.
    CustomersGone(Vec<i64>),
}

impl Event {
    /// The type that tells of it.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Product(_) => Kind::ProductUpdate,
            Self::ProductsGone(_) => Kind::ProductDelete,
            Self::Stock { .. } => Kind::StockUpdate,
            Self::Book(_) => Kind::BookUpdate,
            Self::BookGone(_) => Kind::BookDelete,
            Self::Price { .. } => Kind::PriceUpdate,
            Self::PricesGone { .. } => Kind::PriceDelete,
            Self::Category(_) => Kind::CategoryUpdate,
            Self::CategoryGone(_) => Kind::CategoryDelete,
            Self::Branch(_) => Kind::BranchUpdate,
            Self::BranchGone(_) => Kind::BranchDelete,
            Self::Order(_) => Kind::OrderUpdate,
            Self::Invoice(_) => Kind::InvoiceUpdate,
            Self::Customer(_) => Kind::CustomerUpdate,
            Self::CustomersGone(_) => Kind::CustomerDelete,
        }
    }

    /// Goods whose `product.update` goes along (UNSURE-46).
    fn products_too(&self, switches: &Switches) -> Vec<i64> {
        let reading = switches.reading(46);
        let (with_stock, with_prices) =
            (matches!(reading, 'B' | 'C'), matches!(reading, 'A' | 'C'));
        match self {
            Self::Stock { product, .. } if with_stock => vec![*product],
            Self::Price { product, .. } if with_prices => vec![*product],
            Self::PricesGone { products, .. } if with_prices => products.clone(),
            _ => Vec::new(),
        }
    }
}

/// The events of one change with what goes along, each once, without those nobody listens to.
pub fn spread(events: &[Event], heard: &HashSet<Kind>, switches: &Switches) -> Vec<Event> {
    let mut seen = HashSet::new();
    let mut spread = Vec::new();
    for event in events {
        let too = event.products_too(switches).into_iter().map(Event::Product);
        for event in std::iter::once(event.clone()).chain(too) {
            if heard.contains(&event.kind()) && seen.insert(event.clone()) {
                spread.push(event);
            }
        }
    }
    spread
}
