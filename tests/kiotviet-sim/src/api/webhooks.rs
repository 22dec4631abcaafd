//! `/webhooks` (§9.1): wrapped PascalCase in, flat camelCase out.

use hyper::Uri;

use super::page::Page;
use super::route::id_of;
use super::{Request, Route};
use crate::state::State;
use crate::time::VnTime;
use crate::webhooks::{Kind, Registration};
use crate::wire::{Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::get("/webhooks", list),
    Route::get("/webhooks/{id}", detail),
    Route::new("POST", "/webhooks", create),
    Route::new("DELETE", "/webhooks/{id}", delete),
];

fn list(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let all = state.webhooks.registry.all();
    let retailer_id = state.catalogue.shop.retailer_id;
    let found: Vec<&Registration> = all
        .iter()
        .filter(|webhook| page.admits(Some(webhook.modified_date), None))
        .collect();
    let rows = page.slice(&found).iter();
    let rows = rows.map(|webhook| {
        row(webhook, retailer_id)
            .date_if("modifiedDate", Some(webhook.modified_date))
            .finish()
    });
    let mut envelope = page.envelope(found.len(), rows.collect(), &state.switches);
    envelope.timestamp = Some(now);
    Ok(Answer::List(envelope))
}

fn detail(state: &mut State, _: &Request, params: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    let retailer_id = state.catalogue.shop.retailer_id;
    match state.webhooks.registry.find(id) {
        Some(webhook) => Ok(Answer::Json(row(webhook, retailer_id).finish())),
        None => Err(unknown(state)),
    }
}

fn create(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let wanted = read(request, now)?;
    let State {
        webhooks,
        switches,
        catalogue,
        ..
    } = state;
    let (added, replaced) = webhooks
        .registry
        .add(wanted, switches)
        .map_err(|error| refused(&error))?;
    let answer = row(added, catalogue.shop.retailer_id).finish();
    for id in replaced {
        webhooks.forget(id);
    }
    Ok(Answer::Json(answer))
}

fn delete(state: &mut State, _: &Request, params: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    if !state.webhooks.registry.remove(id) {
        return Err(unknown(state));
    }
    state.webhooks.forget(id);
    let message = "Hủy đăng ký webhook thành công";
    Ok(Answer::Json(Row::new().text("message", message).finish()))
}

/// The row without its secret, which never leaves.
fn row(webhook: &Registration, retailer_id: i64) -> Row {
    let mut row = Row::new();
    row.int("id", webhook.id)
        .text("type", webhook.kind.name())
        .text("url", &webhook.url)
        .flag("isActive", webhook.is_active)
        .int("retailerId", retailer_id)
        .text_if("description", webhook.description.as_deref());
    row
}

/// `{"Webhook": {…}}`; names in any casing (§1.1). A missing `IsActive` is false, as .NET reads it (inferred).
fn read(request: &Request, now: VnTime) -> Result<Registration, Refusal> {
    let wrapped = request.fields()?.object("Webhook").ok().flatten();
    let webhook = wrapped.ok_or_else(|| refused("Webhook không được để trống"))?;
    let kind = webhook.text("Type")?.unwrap_or_default();
    let kind = Kind::parse(&kind).map_err(|error| refused(&error))?;
    let url = webhook.text("Url")?.unwrap_or_default();
    if !is_web_address(&url) {
        return Err(refused(&format!("Url không hợp lệ: {url:?}")));
    }
    Ok(Registration {
        id: 0,
        kind,
        url,
        is_active: webhook.flag("IsActive")?.unwrap_or(false),
        description: webhook.text("Description")?,
        secret: webhook.text("Secret")?,
        modified_date: now.to_millis(),
        silenced: false,
    })
}

fn is_web_address(url: &str) -> bool {
    url.parse::<Uri>()
        .is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some())
}

fn refused(message: &str) -> Refusal {
    Refusal::business("KvValidateException", message)
}

/// UNSURE-2.
fn unknown(state: &State) -> Refusal {
    super::unknown(state, "KvValidateException", "Webhook không tồn tại")
}
