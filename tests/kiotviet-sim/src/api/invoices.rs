//! `/invoices` and `/payments` (§7).

use super::document_row::{Includes, Writer};
use super::documents::{by_code, list as find, Filter};
use super::page::Page;
use super::route::id_of;
use super::{Request, Route};
use crate::body::Fields;
use crate::catalogue::Document;
use crate::state::State;
use crate::time::VnTime;
use crate::trade::delivery::Cod;
use crate::trade::draft::Draft;
use crate::trade::invoice;
use crate::wire::{Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::get("/invoices", list),
    Route::get("/invoices/code/{code}", detail_by_code),
    Route::get("/invoices/{id}", detail),
    Route::new("POST", "/invoices", create),
    Route::new("PUT", "/invoices/{id}", update),
    Route::new("DELETE", "/invoices", cancel_by_body),
    Route::new("DELETE", "/invoices/{id}", cancel_by_path),
    Route::new("POST", "/payments", pay),
];

fn list(state: &mut State, request: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let filter = Filter::read(&request.query, &state.switches)?;
    let writer = writer(
        state,
        Includes::read(&request.query, "includeInvoiceDelivery")?,
    );
    let found = find(writer.shop, &writer.shop.invoices, &page, &filter);
    let rows = page.slice(&found).iter();
    let rows = rows.map(|row| writer.invoice(row)).collect();
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
    shown(
        state,
        invoice::find(&state.catalogue, id),
        Includes::detail(),
    )
}

fn detail_by_code(
    state: &mut State,
    _: &Request,
    params: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let code = params.first().map_or("", String::as_str);
    let found = by_code(&state.catalogue.invoices, code);
    shown(state, found, Includes::detail())
}

fn shown(state: &State, found: Option<&Document>, includes: Includes) -> Result<Answer, Refusal> {
    match found {
        Some(row) => Ok(Answer::Json(writer(state, includes).invoice(row))),
        None => Err(super::unknown(
            state,
            "KvValidateInvoiceException",
            "Hóa đơn không tồn tại hoặc đã bị xóa khỏi hệ thống",
        )),
    }
}

fn written(state: &State, id: i64) -> Result<Answer, Refusal> {
    shown(
        state,
        invoice::find(&state.catalogue, id),
        Includes::written(),
    )
}

fn create(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let draft = Draft::invoice(&request.fields()?, &state.switches)?;
    let origin = request.partner.as_deref().unwrap_or("api");
    let id = state.edit(now, |edit| invoice::create(edit, &draft, Some(origin)))?;
    written(state, id)
}

fn update(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    written(state, id)?;
    let body = request.fields()?;
    let draft = Draft::invoice(&body, &state.switches)?;
    let cod = Cod {
        method: body.text("codPaymentMethod")?,
        account_id: body.int("codPaymentAccount")?.filter(|id| *id != 0),
    };
    state.edit(now, |edit| invoice::update(edit, id, &draft, &cod))?;
    written(state, id)
}

/// `{"id": …, "isVoidPayment": …}`; answers the cancelled invoice.
fn cancel_by_body(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let body = request.fields()?;
    let id = body.int("id")?.unwrap_or_default();
    let void_payments = body.flag("isVoidPayment")?.unwrap_or(false);
    cancel(state, id, void_payments, now)
}

/// UNSURE-38, reading B.
fn cancel_by_path(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    if state.switches.is_default(38) {
        return Err(Refusal::new(405, "MethodNotAllowed", "Method not allowed"));
    }
    let void_payments = request.query.flag("isVoidPayment")?;
    cancel(state, id_of(params)?, void_payments, now)
}

fn cancel(state: &mut State, id: i64, void: bool, now: VnTime) -> Result<Answer, Refusal> {
    written(state, id)?;
    state.edit(now, |edit| invoice::cancel(edit, id, void))?;
    written(state, id)
}

fn pay(state: &mut State, request: &Request, _: &[String], now: VnTime) -> Result<Answer, Refusal> {
    let body: Fields = request.fields()?;
    let id = body.int("invoiceId")?.unwrap_or_default();
    written(state, id)?;
    let amount = body.number("amount")?.unwrap_or_default();
    let method = body.text("method")?;
    let account = body.int("accountId")?.filter(|id| *id != 0);
    let made = state.edit(now, |edit| {
        invoice::pay(edit, id, amount, method.as_deref(), account)
    })?;
    let found = invoice::find(&state.catalogue, id);
    let payments = found.map(|row| row.payments.iter());
    let payment = payments.and_then(|mut rows| rows.find(|row| row.id == made));
    let mut row = Row::new();
    row.int("paymentId", made);
    if let (Some(invoice), Some(payment)) = (found, payment) {
        row.text("paymentCode", &payment.code)
            .number("amount", payment.amount, false)
            .text("method", &payment.method)
            .int_if("accountId", payment.account_id)
            .int("invoiceId", id)
            .text("DocumentCode", &invoice.code);
    }
    Ok(Answer::Json(row.finish()))
}
