//! The prices of one book (`GET /pricebooks/{id}`, kiotviet-api.md §4).

use super::answer::{Answer, Reading};
use super::decimal::MONEY;
use super::envelope::{listed, Opened};
use super::list::{keep, read_list, read_rows, Reader, Spec};
use super::row::amount;
use super::say::owned;
use super::wire::{shape, Kind, Node};
use crate::model::{BookPrice, Money, Severity};

shape!(PRICE, Field {
    ProductId "productid" Kind::Scalar;
    ProductCode "productcode" Kind::Scalar;
    ProductName "productname" Kind::Scalar;
    Price "price" Kind::Scalar;
});

listed! {
    /// `GET /pricebooks/{id}`.
    Prices, PRICE
}

static SPEC: Spec = Spec {
    kind: "price",
    row: &PRICE,
    id: &[Field::ProductId as usize],
    label: &[Field::ProductCode as usize, Field::ProductName as usize],
};

/// Reads the prices of the book that the answer's `scope` names.
///
/// A price that is missing, unreadable or below 0 is no price: the row is named and what is known
/// of it stays as it was.
#[must_use]
pub fn read_prices(answer: Answer<Prices>) -> Reading<BookPrice> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, price(reader));
    read_list(answer.fields, &SPEC, read).with(rows)
}

/// Reads one price of a book, of a webhook.
pub(super) fn read_row(fields: Vec<Node>, book: &str) -> Reading<BookPrice> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, price(reader));
    read_rows(Opened::row(fields, book), &SPEC, read).with(rows)
}

/// The fields of a price that a webhook tells with its good.
pub(super) fn of_event(good: &str, price: Node) -> Vec<Node> {
    vec![Node::Text(owned(good)), Node::Absent, Node::Absent, price]
}

fn price(reader: &mut Reader<'_>) -> Option<BookPrice> {
    match amount(reader.row.get(Field::Price as usize), MONEY) {
        Ok(Some(price)) if price >= 0 => Some(BookPrice {
            book_id: owned(reader.scope),
            good_id: reader.id.clone(),
            price: Money(price),
        }),
        _ => {
            let book = owned(reader.scope);
            reader.say("book-price-unreadable", Severity::Review, &book);
            None
        }
    }
}
