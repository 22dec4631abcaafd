//! Prices in books (§4).

use crate::body::Fields;
use crate::catalogue::PriceRow;
use crate::edit::Edit;
use crate::number::Number;
use crate::webhooks::Event;
use crate::wire::Refusal;

/// `POST /pricebooks/detail`: one price; book 0 is the general list (UNSURE-26).
///
/// # Errors
/// 420 for an unknown good or book (code and texts of the book inferred).
pub fn write(edit: &mut Edit<'_>, body: &Fields) -> Result<(), Refusal> {
    let book_id = body.int("pricebookId")?.unwrap_or(0);
    let product_id = body.int("productId")?.unwrap_or_default();
    let price = body.number("price")?.unwrap_or_default();
    if edit.catalogue.product(product_id).is_none() {
        return Err(Refusal::unknown_product());
    }
    let strict = edit.switches.reading(26) == 'B';
    if book_id == 0 && !strict {
        let mut rows = edit.catalogue.products.iter_mut();
        if let Some(product) = rows.find(|row| row.id == product_id) {
            product.base_price = price;
            product.modified_date = Some(edit.now);
        }
        // The order of lists by price may be another now.
        edit.reshaped = true;
        edit.events.push(Event::Product(product_id));
        return Ok(());
    }
    let mut books = edit.catalogue.pricebooks.iter();
    let book = books.find(|book| book.id == book_id);
    let known = |row: &PriceRow| row.product_id == product_id;
    match book {
        Some(book) if !strict || book.prices.iter().any(known) => {}
        _ => {
            let message = "Bảng giá hoặc hàng hóa trong bảng giá không tồn tại";
            return Err(Refusal::business("KvValidatePriceBookException", message));
        }
    }
    set(edit, book_id, product_id, price);
    Ok(())
}

/// Sets or adds a price; a book that does not exist has none.
pub fn set(edit: &mut Edit<'_>, book_id: i64, product_id: i64, price: Number) {
    let now = edit.now;
    let mut books = edit.catalogue.pricebooks.iter_mut();
    let Some(book) = books.find(|book| book.id == book_id) else {
        return;
    };
    let mut rows = book.prices.iter_mut();
    match rows.find(|row| row.product_id == product_id) {
        Some(row) => {
            row.price = price;
            row.modified_date = Some(now);
        }
        None => {
            book.prices.push(PriceRow {
                product_id,
                price,
                modified_date: Some(now),
                raw: None,
            });
            edit.reshaped = true;
        }
    }
    edit.events.push(Event::Price {
        book: book_id,
        product: product_id,
    });
}
