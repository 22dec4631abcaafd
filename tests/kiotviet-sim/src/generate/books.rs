//! Price books: one of every sort a client must tell apart.

use super::goods::chance;
use crate::catalogue::{Catalogue, CustomerGroup, PriceBook, PriceRow, Product};
use crate::number::Number;
use crate::time::{Offset, VnTime};

/// Wholesale (always), a sale in force until 2036, one still to come, one past, a group book, a branch book, a stopped one.
pub fn make(shop: &mut Catalogue, dice: &mut fastrand::Rng) {
    let day = |text: &str| VnTime::parse(text, Offset::Converted);
    let last_branch = shop.branches.last().map(|branch| branch.id);
    let book = |id: i64, name: &str| PriceBook {
        id: 700_000 + id,
        name: name.into(),
        ..PriceBook::default()
    };
    let mut books = vec![
        (book(1, "Giá sỉ"), 40, 85),
        (
            PriceBook {
                start_date: day("2025-01-01"),
                end_date: day("2035-12-31T23:59:59"),
                ..book(2, "Khuyến mãi toàn hệ thống")
            },
            30,
            80,
        ),
        (
            PriceBook {
                start_date: day("2036-01-15"),
                end_date: day("2036-02-15"),
                ..book(3, "Tết 2036")
            },
            20,
            70,
        ),
        (
            PriceBook {
                start_date: day("2024-04-01"),
                end_date: day("2024-05-01T23:59:59"),
                ..book(4, "Xả kho 2024")
            },
            20,
            60,
        ),
        (
            PriceBook {
                for_all_cus_group: false,
                customer_groups: vec![CustomerGroup {
                    id: 41_001,
                    name: "Khách VIP".into(),
                }],
                ..book(5, "Giá VIP")
            },
            25,
            90,
        ),
        (
            PriceBook {
                is_active: false,
                ..book(7, "Giá cũ (ngừng)")
            },
            15,
            95,
        ),
    ];
    if let Some(branch) = last_branch.filter(|_| shop.branches.len() > 1) {
        books.push((
            PriceBook {
                is_global: false,
                branches: vec![branch],
                ..book(6, "Giá chi nhánh")
            },
            20,
            105,
        ));
    }
    for (mut book, share, percent) in books {
        let chosen = shop.products.iter().filter(|_| chance(dice, share));
        book.prices = chosen.map(|product| price(product, percent)).collect();
        shop.pricebooks.push(book);
    }
}

/// A price in hundreds of đồng, never above a sale's regular price when `percent` is below 100.
fn price(product: &Product, percent: u8) -> PriceRow {
    let price = (product.base_price.0 * f64::from(percent) / 100.0 / 100.0).floor() * 100.0;
    PriceRow {
        product_id: product.id,
        price: Number(price),
        ..PriceRow::default()
    }
}
