//! `/orders` (§6): list, detail, create, update, cancel.

use super::document_row::{Includes, Writer};
use super::documents::{by_code, list as find, Filter};
use super::page::Page;
use super::route::id_of;
use super::{Request, Route, DELETED};
use crate::catalogue::Document;
use crate::state::State;
use crate::time::VnTime;
use crate::trade::{draft::Draft, order};
use crate::wire::{Answer, Refusal};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::get("/orders", list),
    Route::get("/orders/code/{code}", detail_by_code),
    Route::get("/orders/{id}", detail),
    Route::new("POST", "/orders", create),
    Route::new("PUT", "/orders/{id}", update),
    Route::new("DELETE", "/orders/{id}", cancel),
];

fn list(state: &mut State, request: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let filter = Filter::read(&request.query, &state.switches)?;
    let writer = writer(
        state,
        Includes::read(&request.query, "includeOrderDelivery")?,
    );
    let found = find(writer.shop, &writer.shop.orders, &page, &filter);
    let rows = page.slice(&found).iter();
    let rows = rows.map(|row| writer.order(row)).collect();
    Ok(Answer::List(page.envelope(
        found.len(),
        rows,
        &state.switches,
    )))
}

fn writer(state: &State, includes: Includes) -> Writer<'_> {
    Writer {
        shop: &state.catalogue,
        switches: &state.switches,
        includes,
    }
}

fn detail(state: &mut State, _: &Request, params: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    shown(state, order::find(&state.catalogue, id), Includes::detail())
}

fn detail_by_code(
    state: &mut State,
    _: &Request,
    params: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let code = params.first().map_or("", String::as_str);
    let found = by_code(&state.catalogue.orders, code);
    shown(state, found, Includes::detail())
}

fn shown(state: &State, found: Option<&Document>, includes: Includes) -> Result<Answer, Refusal> {
    match found {
        Some(row) => Ok(Answer::Json(writer(state, includes).order(row))),
        None => Err(super::unknown(
            state,
            "KvValidateOrderException",
            "Đặt hàng không tồn tại hoặc đã bị xóa khỏi hệ thống",
        )),
    }
}

fn create(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let draft = Draft::order(&request.fields()?, &state.switches)?;
    let origin = request.partner.as_deref().unwrap_or("api");
    let id = state.edit(now, |edit| order::create(edit, &draft, Some(origin)))?;
    shown(
        state,
        order::find(&state.catalogue, id),
        Includes::written(),
    )
}

fn update(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    shown(state, order::find(&state.catalogue, id), Includes::detail())?;
    let draft = Draft::order(&request.fields()?, &state.switches)?;
    state.edit(now, |edit| order::update(edit, id, &draft))?;
    shown(
        state,
        order::find(&state.catalogue, id),
        Includes::written(),
    )
}

fn cancel(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    shown(state, order::find(&state.catalogue, id), Includes::detail())?;
    let void_payments = request.query.flag("IsVoidPayment")?;
    state.edit(now, |edit| order::cancel(edit, id, void_payments))?;
    Ok(super::message(DELETED))
}
