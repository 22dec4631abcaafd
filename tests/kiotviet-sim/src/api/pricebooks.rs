//! `GET /pricebooks` and the prices of one book (§4).

use super::page::Page;
use super::route::id_of;
use super::{Request, Route, UPDATED};
use crate::catalogue::{PriceBook, PriceRow};
use crate::order::{positions, Direction};
use crate::state::State;
use crate::time::VnTime;
use crate::trade::price;
use crate::wire::{Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::get("/pricebooks", list),
    Route::get("/pricebooks/{id}", prices),
    Route::new("POST", "/pricebooks/detail", write),
];

/// One price a call; POST, although it updates.
fn write(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let body = request.fields()?;
    state.edit(now, |edit| price::write(edit, &body))?;
    let mut row = Row::new();
    row.text("message", UPDATED).flag("isSuccess", true);
    Ok(Answer::Json(row.finish()))
}

fn list(state: &mut State, request: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let includes = Includes {
        branches: request.query.flag("includePriceBookBranch")?,
        groups: request.query.flag("includePriceBookCustomerGroups")?,
        users: request.query.flag("includePriceBookUsers")?,
        global_means_all_branches: state.switches.is_default(25),
    };
    let books = &state.catalogue.pricebooks;
    let found: Vec<&PriceBook> = positions(books, &page.order_by, page.direction)
        .into_iter()
        .filter_map(|position| books.get(position))
        .filter(|book| page.since.is_none() || page.admits(book.modified_date, None))
        .collect();
    let rows = page
        .slice(&found)
        .iter()
        .map(|book| book_row(book, &includes))
        .collect();
    Ok(Answer::List(page.envelope(
        found.len(),
        rows,
        &state.switches,
    )))
}

struct Includes {
    branches: bool,
    groups: bool,
    users: bool,
    global_means_all_branches: bool,
}

fn book_row(book: &PriceBook, includes: &Includes) -> String {
    let mut row = Row::new();
    row.int("id", book.id)
        .text("name", &book.name)
        .flag("isActive", book.is_active)
        .flag(
            "isGlobal",
            book.is_global && includes.global_means_all_branches,
        )
        .date_if("startDate", book.start_date)
        .date_if("endDate", book.end_date)
        .flag("forAllCusGroup", book.for_all_cus_group)
        .flag("forAllUser", book.for_all_user);
    // The rows of these lists have ids of their own in KiotViet; ours are made from book and position.
    let link = |position: i64| {
        let mut row = Row::new();
        row.int("id", book.id * 100 + position)
            .int("priceBookId", book.id);
        row
    };
    if includes.branches {
        let rows = (0..)
            .zip(&book.branches)
            .map(|(position, branch)| link(position).int("branchId", *branch).finish());
        row.list_if("priceBookBranches", rows.collect());
    }
    if includes.groups {
        let rows = (0..).zip(&book.customer_groups).map(|(position, group)| {
            link(position)
                .int("customerGroupId", group.id)
                .text("customerGroupName", &group.name)
                .finish()
        });
        row.list_if("priceBookCustomerGroups", rows.collect());
    }
    if includes.users {
        let rows = (0..).zip(&book.users).map(|(position, user)| {
            link(position)
                .int("userId", user.id)
                .text("userName", &user.name)
                .finish()
        });
        row.list_if("priceBookUsers", rows.collect());
    }
    row.finish_with(book.raw.as_deref())
}

fn prices(
    state: &mut State,
    request: &Request,
    params: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    let page = Page::read(&request.query, &state.switches)?;
    let (shop, index, switches) = state.indexed();
    let Some(book) = shop.pricebooks.iter().find(|book| book.id == id) else {
        return Err(Refusal::business(
            "KvValidatePriceBookException",
            "Bảng giá không tồn tại hoặc đã bị xóa",
        ));
    };
    let code = |row: &PriceRow| {
        let product = index
            .product(row.product_id)
            .and_then(|position| shop.products.get(position));
        product.map_or_else(String::new, |product| product.code.clone())
    };
    let mut found: Vec<&PriceRow> = book
        .prices
        .iter()
        .filter(|row| page.since.is_none() || page.admits(row.modified_date, None))
        .collect();
    match page.order_by.to_lowercase().as_str() {
        "productid" => found.sort_by_key(|row| row.product_id),
        "productcode" => found.sort_by_cached_key(|row| code(row)),
        "price" => found.sort_by(|left, right| left.price.0.total_cmp(&right.price.0)),
        _ => {}
    }
    if page.direction == Direction::Desc && !page.order_by.is_empty() {
        found.reverse();
    }
    let rows = page.slice(&found).iter().map(|row| {
        let with_point = row.product_id % 2 == 0;
        Row::new()
            .int("productId", row.product_id)
            .text("productCode", &code(row))
            .number("price", row.price, with_point)
            .finish_with(row.raw.as_deref())
    });
    let rows = rows.collect();
    Ok(Answer::List(page.envelope(found.len(), rows, switches)))
}
