//! `/surchages`, misspelt (§8): `Thu khác`.

use super::page::Page;
use super::route::id_of;
use super::{Request, Route};
use crate::body::Fields;
use crate::catalogue::Surcharge;
use crate::state::State;
use crate::time::VnTime;
use crate::trade::refusals;
use crate::wire::{Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::get("/surchages", list),
    Route::new("POST", "/surchages", create),
    Route::new("PUT", "/surchages/{id}", update),
    Route::new("POST", "/surchages/{id}/activesurchage", activate),
];

const SAVED: &str = "Thông tin thu khác được cập nhật thành công";

/// Stopped ones are not listed (§8).
fn list(state: &mut State, request: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let retailer_id = state.catalogue.shop.retailer_id;
    let rows = state.catalogue.surcharges.iter();
    let found: Vec<&Surcharge> = rows
        .filter(|row| row.is_active && page.admits(row.modified_date, row.created_date))
        .collect();
    let rows = page.slice(&found).iter();
    let rows = rows.map(|found| row(found, retailer_id)).collect();
    Ok(Answer::List(page.envelope(
        found.len(),
        rows,
        &state.switches,
    )))
}

fn row(surcharge: &Surcharge, retailer_id: i64) -> String {
    let mut row = Row::new();
    row.int("id", surcharge.id)
        .text("surchargeCode", &surcharge.code)
        .text("surchargeName", &surcharge.name)
        .number(
            "valueRatio",
            surcharge.value_ratio.unwrap_or_default(),
            true,
        );
    if let Some(value) = surcharge.value {
        row.number("value", value, true);
    }
    row.int("retailerId", retailer_id)
        .date_if("modifiedDate", surcharge.modified_date)
        // Misspelt, too.
        .date_if("createDate", surcharge.created_date);
    row.finish()
}

fn saved(state: &State, id: i64) -> Result<Answer, Refusal> {
    let shop = &state.catalogue;
    let found = shop.surcharges.iter().find(|row| row.id == id);
    let json = found.map(|found| row(found, shop.shop.retailer_id));
    let json = json.ok_or_else(|| unknown(state))?;
    let mut wrapped = Row::new();
    wrapped.text("message", SAVED).json("data", json);
    Ok(Answer::Json(wrapped.finish()))
}

fn unknown(state: &State) -> Refusal {
    super::unknown(state, "KvValidateException", "Thu khác không tồn tại")
}

/// The code of a stopped one stays taken (§8; text inferred).
fn check(state: &State, own: i64, body: &Fields) -> Result<(), Refusal> {
    if !state.catalogue.policy.surcharges {
        return Err(refusals::surcharges_off(&state.switches));
    }
    let code = body.text("code")?;
    let taken = |row: &Surcharge| {
        let same = |code: &String| row.code.eq_ignore_ascii_case(code);
        row.id != own && code.as_ref().is_some_and(same)
    };
    if state.catalogue.surcharges.iter().any(taken) {
        let message = format!("Mã thu khác {} đã tồn tại", code.unwrap_or_default());
        return Err(refusals::general(&message));
    }
    Ok(())
}

fn fill(row: &mut Surcharge, body: &Fields) -> Result<(), Refusal> {
    row.name = body.text("name")?.unwrap_or(std::mem::take(&mut row.name));
    row.code = body.text("code")?.unwrap_or(std::mem::take(&mut row.code));
    row.value = body.number("value")?.or(row.value);
    Ok(())
}

fn create(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let body = request.fields()?;
    check(state, 0, &body)?;
    let rows = &mut state.catalogue.surcharges;
    let id = rows.iter().map(|row| row.id).max().unwrap_or(320_000) + 1;
    let mut row = Surcharge {
        id,
        created_date: Some(now.to_millis()),
        ..Surcharge::default()
    };
    fill(&mut row, &body)?;
    if row.name.is_empty() {
        return Err(refusals::general("Tên thu khác không được để trống"));
    }
    if row.code.is_empty() {
        row.code = format!("TK{:06}", id - 320_000);
    }
    rows.push(row);
    saved(state, id)
}

fn update(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    let body = request.fields()?;
    saved(state, id)?;
    check(state, id, &body)?;
    let mut rows = state.catalogue.surcharges.iter_mut();
    if let Some(row) = rows.find(|row| row.id == id) {
        fill(row, &body)?;
        row.modified_date = Some(now.to_millis());
    }
    saved(state, id)
}

fn activate(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    let is_active = request.fields()?.flag("isActive")?.unwrap_or(false);
    saved(state, id)?;
    let mut rows = state.catalogue.surcharges.iter_mut();
    if let Some(row) = rows.find(|row| row.id == id) {
        row.is_active = is_active;
        row.modified_date = Some(now.to_millis());
    }
    Ok(super::message(SAVED))
}
