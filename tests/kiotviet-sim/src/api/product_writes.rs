//! Writing goods (§3.5, §3.6): one by one, and in bulk without ids or results.

use super::product_row::{Includes, Writer};
use super::route::id_of;
use super::{Request, Route, DELETED};
use crate::body::Fields;
use crate::edit::Edit;
use crate::query::Query;
use crate::state::State;
use crate::time::VnTime;
use crate::trade::product;
use crate::wire::{Answer, Refusal};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::new("POST", "/products", create),
    Route::new("PUT", "/products/{id}", update),
    Route::new("DELETE", "/products/{id}", delete),
    Route::new("POST", "/listaddproducts", create_many),
    Route::new("PUT", "/listupdatedproducts", update_many),
];

/// The good as a detail shows it, unwrapped; an update may call the stock otherwise (UNSURE-22).
fn written(state: &mut State, id: i64, stock_key: &'static str) -> Result<Answer, Refusal> {
    let includes = Includes::everything(&Query::default())?.with_stock_as(stock_key);
    let (shop, index, switches) = state.indexed();
    let position = index.product(id);
    let product = position
        .and_then(|position| shop.products.get(position))
        .ok_or_else(Refusal::unknown_product)?;
    let writer = Writer {
        shop,
        index,
        switches,
        includes: &includes,
    };
    Ok(Answer::Json(writer.row(product)))
}

fn create(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let body = request.fields()?;
    let id = state.edit(now, |edit| product::create(edit, &body))?;
    written(state, id, "inventories")
}

fn update(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    let body = request.fields()?;
    state.edit(now, |edit| product::update(edit, id, &body))?;
    let stock_key = match state.switches.reading(22) {
        'B' => "inventory",
        _ => "inventories",
    };
    written(state, id, stock_key)
}

fn delete(
    state: &mut State,
    _: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    state.edit(now, |edit| match edit.catalogue.product(id) {
        Some(_) => Ok(product::remove(edit, id)),
        None => Err(Refusal::unknown_product()),
    })?;
    Ok(super::message(DELETED))
}

fn rows_of(request: &Request) -> Result<Vec<Fields>, Refusal> {
    let rows = request.fields()?.objects("listProducts")?;
    rows.filter(|rows| !rows.is_empty()).ok_or_else(|| {
        let message = "Danh sách sản phẩm cập nhật rỗng";
        Refusal::business("KvValidateProductException", message)
    })
}

/// All rows or none (inferred): the shop is put back when one is refused.
fn all_or_none(
    state: &mut State,
    now: VnTime,
    rows: &[Fields],
    work: impl Fn(&mut Edit<'_>, &Fields) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let before = state.catalogue.products.clone();
    state.edit(now, |edit| {
        for row in rows {
            if let Err(refusal) = work(edit, row) {
                edit.catalogue.products = before;
                return Err(refusal);
            }
        }
        Ok(())
    })
}

fn create_many(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let rows = rows_of(request)?;
    all_or_none(state, now, &rows, |edit, row| {
        product::create(edit, row).map(|_| ())
    })?;
    Ok(super::message("Thêm mới danh sách sản phẩm thành công"))
}

/// That 10 to 30 % of these calls fail is a fault rule, not the rule: preset `bulk`.
fn update_many(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let rows = rows_of(request)?;
    all_or_none(state, now, &rows, |edit, row| {
        let id = row.int("id")?.unwrap_or_default();
        product::update(edit, id, row)
    })?;
    Ok(super::message("Cập nhật danh sách sản phẩm thành công"))
}
