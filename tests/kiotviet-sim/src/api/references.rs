//! Small lists (§1.6, §8): users, sale channels, bank accounts, locations.

use super::page::Page;
use super::{Request, Route};
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, RemovedIds, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::get("/users", users),
    Route::get("/salechannel", channels),
    Route::get("/BankAccounts", accounts),
    Route::get("/locations", locations),
];

/// A page of rows that are written already; stored order.
fn paged(
    state: &State,
    request: &Request,
    rows: Vec<String>,
    removed_key: Option<&'static str>,
) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let shown = page.slice(&rows).to_vec();
    let mut envelope = page.envelope(rows.len(), shown, &state.switches);
    // Nothing of these lists is ever deleted here, so the key comes only where the flag asks for it.
    let key = removed_key.filter(|_| page.with_removed);
    envelope.removed = key.map(|key| RemovedIds {
        key,
        ids: Vec::new(),
        even_empty: false,
    });
    Ok(Answer::List(envelope))
}

fn users(state: &mut State, request: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let retailer_id = state.catalogue.shop.retailer_id;
    let rows = state.catalogue.users.iter().map(|user| {
        Row::new()
            .int("id", user.id)
            .text("userName", &user.user_name)
            .text("givenName", &user.given_name)
            .text_if("mobilePhone", user.mobile_phone.as_deref())
            .text_if("email", user.email.as_deref())
            .int("retailerId", retailer_id)
            .date_if("createdDate", user.created_date)
            .finish()
    });
    let rows = rows.collect();
    paged(state, request, rows, Some("removeIds"))
}

fn channels(
    state: &mut State,
    request: &Request,
    _: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let rows = state.catalogue.sale_channels.iter().map(|channel| {
        Row::new()
            .int("id", channel.id)
            .text("name", &channel.name)
            .flag("isActive", channel.is_active)
            .text_if("img", channel.img.as_deref())
            .flag("isNotDelete", channel.is_not_delete)
            .finish()
    });
    let rows = rows.collect();
    paged(state, request, rows, None)
}

fn accounts(
    state: &mut State,
    request: &Request,
    _: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let retailer_id = state.catalogue.shop.retailer_id;
    let rows = state.catalogue.bank_accounts.iter().map(|account| {
        Row::new()
            .int("id", account.id)
            .text("bankName", &account.bank_name)
            .text("accountNumber", &account.account_number)
            .text_if("description", account.description.as_deref())
            .int("retailerId", retailer_id)
            .date_if("createdDate", account.created_date)
            .finish()
    });
    let rows = rows.collect();
    paged(state, request, rows, Some("removeIds"))
}

fn locations(
    state: &mut State,
    request: &Request,
    _: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let rows = state.catalogue.locations.iter().map(|location| {
        Row::new()
            .int("id", location.id)
            .text("name", &location.name)
            .text("normalName", &location.normal_name)
            .finish()
    });
    let rows = rows.collect();
    paged(state, request, rows, None)
}
