//! Price books: prices come and go, campaigns start and end.

use serde_json::json;

use super::view::{object, View};
use crate::catalogue::{PriceBook, PriceRow, Product};
use crate::control::change::Change;
use crate::control::lookup::ProductRef;
use crate::number::Number;

/// Name of the books steps make, and the only ones they delete: a book a site was told to use stays.
const CAMPAIGN: &str = "Đợt giảm giá";
/// A book that starts again goes on so long, in seconds.
const MONTH: i64 = 30 * 24 * 3_600;

/// A price in a book is set, for a good that has one or a new one.
pub fn price(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let book = view.one_of(&view.shop.pricebooks)?;
    let product = view.good(|row| row.base_price.0 > 0.0)?;
    let price = reduced(view, product);
    let now = book.prices.iter().find(|row| row.product_id == product.id);
    if now.is_some_and(|row| row.price == price) {
        return None;
    }
    Some(vec![Change::PriceSet {
        pricebook_id: book.id,
        which: ProductRef::by_id(product.id),
        price,
    }])
}

/// 50 to 95 % of the general price, in hundreds of đồng.
fn reduced(view: &mut View<'_, '_>, product: &Product) -> Number {
    let percent = f64::from(view.dice.u32(50..=95));
    Number(((product.base_price.0 * percent / 100.0 / 100.0).floor() * 100.0).max(100.0))
}

/// A good leaves a book.
pub fn price_removed(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let book = view.one_of(&view.shop.pricebooks)?;
    let id = view.one_of(&book.prices)?.product_id;
    view.shop.products.iter().find(|row| row.id == id)?;
    Some(vec![Change::PriceRemove {
        pricebook_id: book.id,
        which: ProductRef::by_id(id),
    }])
}

/// A book with an end, in force at once or some days later.
pub fn campaign_start(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let id = view.shop.next_book_id();
    let start = if view.chance(60) {
        view.now
    } else {
        view.now.plus_seconds(view.dice.i64(1..=72) * view.hour)
    };
    let mut prices: Vec<PriceRow> = Vec::new();
    for _ in 0..view.dice.u8(5..=30) {
        let product = view.good(|row| row.base_price.0 > 0.0)?;
        if prices.iter().all(|row| row.product_id != product.id) {
            prices.push(PriceRow {
                product_id: product.id,
                price: reduced(view, product),
                ..PriceRow::default()
            });
        }
    }
    Some(vec![Change::PriceBookAdd {
        pricebook: PriceBook {
            id,
            name: format!("{CAMPAIGN} {id}"),
            start_date: Some(start),
            end_date: Some(start.plus_seconds(view.dice.i64(1..=7) * 24 * view.hour)),
            prices,
            ..PriceBook::default()
        },
    }])
}

/// A campaign is over: its end comes, it is stopped, or the book is deleted.
pub fn campaign_end(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let books = view.shop.pricebooks.iter();
    let campaigns: Vec<&PriceBook> = books
        .filter(|book| book.name.starts_with(CAMPAIGN))
        .collect();
    let book = *view.dice.choice(&campaigns)?;
    if book.in_force(view.now) && view.chance(75) {
        return Some(vec![ended(view, book)]);
    }
    Some(vec![Change::PriceBookRemove {
        pricebook_id: book.id,
    }])
}

fn ended(view: &mut View<'_, '_>, book: &PriceBook) -> Change {
    let fields = if view.chance(60) {
        json!({"endDate": view.now.plus_seconds(-1)})
    } else {
        json!({"isActive": false})
    };
    Change::PriceBookSet {
        pricebook_id: book.id,
        fields: object(fields),
    }
}

/// Any book ends before its time, or starts again.
pub fn dates(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let book = view.one_of(&view.shop.pricebooks)?;
    if book.in_force(view.now) {
        return Some(vec![ended(view, book)]);
    }
    let fields = json!({
        "isActive": true,
        "startDate": view.now.plus_seconds(-1),
        "endDate": view.now.plus_seconds(MONTH),
    });
    Some(vec![Change::PriceBookSet {
        pricebook_id: book.id,
        fields: object(fields),
    }])
}
