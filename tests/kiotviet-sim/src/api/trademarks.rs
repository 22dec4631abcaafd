//! `GET /trademark`: brands, by name a–z unless asked otherwise.

use super::page::Page;
use super::{Request, Route};
use crate::catalogue::TradeMark;
use crate::order::positions;
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[Route::get("/trademark", list)];

fn list(state: &mut State, request: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let order_by = if page.order_by.is_empty() {
        "name"
    } else {
        &page.order_by
    };
    let brands = &state.catalogue.trade_marks;
    let found: Vec<&TradeMark> = positions(brands, order_by, page.direction)
        .into_iter()
        .filter_map(|position| brands.get(position))
        .filter(|brand| page.admits(brand.modified_date, brand.created_date))
        .collect();
    let rows = page.slice(&found).iter().map(|brand| row(brand)).collect();
    Ok(Answer::List(page.envelope(
        found.len(),
        rows,
        &state.switches,
    )))
}

fn row(brand: &TradeMark) -> String {
    Row::new()
        .int("tradeMarkId", brand.trade_mark_id)
        .text("tradeMarkName", &brand.trade_mark_name)
        .date_if("createdDate", brand.created_date)
        .date_if("modifiedDate", brand.modified_date)
        .finish_with(brand.raw.as_deref())
}
