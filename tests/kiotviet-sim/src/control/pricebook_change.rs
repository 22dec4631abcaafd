//! Changes of price books and their prices. None of them bumps a product's `modifiedDate`.

use serde_json::{Map, Value};

use super::lookup::{merge, ProductRef};
use crate::catalogue::{Gone, PriceBook, PriceRow};
use crate::edit::Edit;
use crate::number::Number;
use crate::webhooks::Event;

fn book<'a>(edit: &'a mut Edit<'_>, id: i64) -> Result<&'a mut PriceBook, String> {
    let books = &mut edit.catalogue.pricebooks;
    books
        .iter_mut()
        .find(|book| book.id == id)
        .ok_or_else(|| format!("no price book {id}"))
}

/// Adds a book.
pub fn add(edit: &mut Edit<'_>, wanted: &PriceBook) -> Result<i64, String> {
    let mut wanted = wanted.clone();
    if wanted.id == 0 {
        wanted.id = edit.catalogue.next_book_id();
    }
    wanted.modified_date = Some(edit.now);
    let id = wanted.id;
    edit.reshaped = true;
    edit.events.push(Event::Book(id));
    let prices = wanted.prices.iter();
    let prices = prices.map(|row| price_event(id, row));
    edit.events.extend(prices);
    edit.catalogue.pricebooks.push(wanted);
    Ok(id)
}

/// Sets fields of the book itself.
pub fn set(edit: &mut Edit<'_>, id: i64, fields: &Map<String, Value>) -> Result<(), String> {
    let now = edit.now;
    let book = book(edit, id)?;
    let changed = merge(book, fields)?;
    let before = std::mem::replace(book, changed);
    book.modified_date = Some(now);
    let of = |rows: &[PriceRow], id: i64| {
        let row = rows.iter().find(|row| row.product_id == id);
        row.map(|row| row.price)
    };
    let set = book
        .prices
        .iter()
        .filter(|row| of(&before.prices, row.product_id) != Some(row.price));
    let set: Vec<Event> = set.map(|row| price_event(id, row)).collect();
    let gone = before.prices.iter().map(|row| row.product_id);
    let gone: Vec<i64> = gone
        .filter(|product| of(&book.prices, *product).is_none())
        .collect();
    edit.reshaped |= fields.contains_key("prices");
    edit.events.push(Event::Book(id));
    edit.events.extend(set);
    if !gone.is_empty() {
        edit.events.push(Event::PricesGone {
            book: id,
            products: gone,
        });
    }
    Ok(())
}

fn price_event(book: i64, row: &PriceRow) -> Event {
    Event::Price {
        book,
        product: row.product_id,
    }
}

/// Deletes a book; in the API nothing tells of it but its absence.
pub fn remove(edit: &mut Edit<'_>, id: i64) -> Result<(), String> {
    book(edit, id)?;
    edit.catalogue.pricebooks.retain(|book| book.id != id);
    let gone = Gone { id, at: edit.now };
    edit.catalogue.removed.pricebooks.push(gone);
    edit.reshaped = true;
    edit.events.push(Event::BookGone(id));
    Ok(())
}

/// Sets or adds a price.
pub fn set_price(
    edit: &mut Edit<'_>,
    id: i64,
    which: &ProductRef,
    price: Number,
) -> Result<(), String> {
    let product_id = which.product(edit.catalogue)?.id;
    book(edit, id)?;
    crate::trade::price::set(edit, id, product_id, price);
    Ok(())
}

/// Takes a good out of the book; no trace remains in the API.
pub fn remove_price(edit: &mut Edit<'_>, id: i64, which: &ProductRef) -> Result<(), String> {
    let product_id = which.product(edit.catalogue)?.id;
    let book = book(edit, id)?;
    let before = book.prices.len();
    book.prices.retain(|row| row.product_id != product_id);
    if book.prices.len() == before {
        return Err(format!("price book {id} has no price for {which}"));
    }
    edit.reshaped = true;
    edit.events.push(Event::PricesGone {
        book: id,
        products: vec![product_id],
    });
    Ok(())
}
