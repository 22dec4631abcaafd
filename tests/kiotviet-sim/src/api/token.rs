//! `POST /connect/token` (§1.2).

use super::{Request, Route};
use crate::query::Query;
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, Row, HTML};

/// The routes of this group.
pub const ROUTES: &[Route] = &[Route {
    method: "POST",
    pattern: "/connect/token",
    public: true,
    handler: token,
}];

fn token(state: &mut State, request: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let is_form = request.content_type.as_deref().is_some_and(|kind| {
        kind.to_ascii_lowercase()
            .starts_with("application/x-www-form-urlencoded")
    });
    if !is_form {
        return Err(Refusal::oauth(400, "invalid_request"));
    }
    let form = Query::parse(&request.body);
    if form.text("grant_type") != Some("client_credentials") {
        return Err(Refusal::oauth(400, "unsupported_grant_type"));
    }
    let shop = &state.catalogue.shop;
    let known = form.text("client_id") == Some(shop.client_id.as_str())
        && form.text("client_secret") == Some(shop.client_secret.as_str());
    if !known {
        return Err(bad_credentials(state));
    }
    if form.text("scopes") != Some("PublicApi.Access") {
        return Err(Refusal::oauth(400, "invalid_scope"));
    }
    let mut row = Row::new();
    row.text(
        "access_token",
        // By the machine's clock: a test that moves the shop's clock does not end tokens.
        &crate::token::issue(shop, VnTime::now(), state.token_ttl),
    )
    .int("expires_in", state.token_ttl)
    .text("token_type", "Bearer")
    .text("scope", "PublicApi.Access");
    Ok(Answer::Json(row.finish()))
}

/// UNSURE-1.
pub fn bad_credentials(state: &State) -> Refusal {
    match state.switches.reading(1) {
        'B' => Refusal::oauth(401, "invalid_client"),
        'C' => Refusal::with_body(
            401,
            HTML,
            "<html><body><h1>401 Unauthorized</h1></body></html>",
        ),
        _ => Refusal::oauth(400, "invalid_client"),
    }
}
