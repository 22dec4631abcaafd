//! `/_sim/…`: the door for tests. No credentials; the server listens on loopback.

mod change;
mod clock;
mod image_change;
mod life;
mod lookup;
mod pricebook_change;
mod product_change;
mod sell;
mod session;
mod shop_change;
mod trade_change;
mod trade_truth;
mod truth;
mod webhook_control;

use axum::body::Bytes;
use axum::extract::{Query, State as Extract};
use axum::http::{header, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::Router;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde_json::{json, Value};
use tokio::sync::watch;

use crate::faults::{Preset, RuleSet};
use crate::serve::Shared;
use crate::time::VnTime;

use change::Change;
use sell::Sale;

/// The control routes.
pub fn router(state: Shared, stop: watch::Sender<bool>) -> Router {
    Router::new()
        .route("/_sim/counters", get(counters))
        .route("/_sim/calls", get(calls))
        .route("/_sim/reset-counters", post(reset_counters))
        .route("/_sim/catalogue", get(catalogue))
        .route("/_sim/truth", get(trade_truth))
        .route("/_sim/change", post(change_shop))
        .route("/_sim/sell", post(sell_goods))
        .route("/_sim/life", post(live))
        .route("/_sim/faults", get(show_faults).post(set_faults))
        .route("/_sim/clock", get(clock::show).post(clock::set))
        .route("/_sim/switches", get(show_switches).post(set_switches))
        .route("/_sim/expire-tokens", post(expire_tokens))
        .route("/_sim/rate-limit", post(set_rate_limit))
        .merge(webhook_routes())
        .route("/_sim/shutdown", post(move || shutdown(stop.clone())))
        .with_state(state)
}

fn webhook_routes() -> Router<Shared> {
    use webhook_control as hooks;
    Router::new()
        .route("/_sim/webhooks", get(hooks::show).post(hooks::set_options))
        .route("/_sim/deliveries", get(hooks::deliveries))
        .route("/_sim/deliveries/send", post(hooks::send_now))
        .route("/_sim/deliveries/again", post(hooks::again))
        .route(
            "/_sim/delivery-faults",
            get(hooks::show_faults).post(hooks::set_faults),
        )
}

/// A control answer: JSON, or 400 with a sentence.
type Reply = Result<Response, Bad>;

/// What is wrong with a control call.
struct Bad(String);

impl IntoResponse for Bad {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, ok(&json!({"error": self.0}))).into_response()
    }
}

fn ok(value: &Value) -> Response {
    (
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        value.to_string(),
    )
        .into_response()
}

fn bad(error: impl ToString) -> Bad {
    Bad(error.to_string())
}

fn parse<T: DeserializeOwned>(body: &Bytes) -> Result<T, Bad> {
    serde_json::from_slice(body).map_err(|error| Bad(format!("the body is not readable: {error}")))
}

async fn counters(Extract(state): Extract<Shared>) -> Response {
    ok(&state.lock().counters.to_json())
}

async fn calls(Extract(state): Extract<Shared>) -> Response {
    ok(&state.lock().counters.calls_json())
}

async fn reset_counters(Extract(state): Extract<Shared>) -> Response {
    let mut state = state.lock();
    state.counters.reset();
    state.rate_limit.reset();
    state.webhooks.reset_journal();
    ok(&json!({"ok": true}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TruthQuery {
    /// `catalogue` gives back a file the server can start from.
    form: Option<String>,
    /// The instant for which effective prices are computed.
    at: Option<VnTime>,
}

async fn catalogue(Extract(state): Extract<Shared>, Query(query): Query<TruthQuery>) -> Reply {
    let mut state = state.lock();
    if query.form.as_deref() == Some("catalogue") {
        let file = serde_json::to_value(&state.catalogue).map_err(bad)?;
        return Ok(ok(&file));
    }
    let at = query.at.unwrap_or_else(VnTime::now);
    truth::of(&mut state, at)
        .map(|truth| ok(&truth))
        .map_err(bad)
}

async fn trade_truth(Extract(state): Extract<Shared>) -> Response {
    ok(&trade_truth::of(&state.lock()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    changes: Vec<Change>,
}

async fn change_shop(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let changes: Changes = parse(&body)?;
    let results = change::apply_all(&mut state.lock(), &changes.changes).map_err(bad)?;
    Ok(ok(&json!({"ok": true, "results": results})))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Sales {
    Many { sales: Vec<Sale> },
    One(Sale),
}

async fn sell_goods(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let sales = match parse(&body)? {
        Sales::Many { sales } => sales,
        Sales::One(sale) => vec![sale],
    };
    let results = sell::sell_all(&mut state.lock(), &sales).map_err(bad)?;
    Ok(ok(&json!({"ok": true, "results": results})))
}

async fn live(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let wish: life::Wish = parse(&body)?;
    life::live(&mut state.lock(), &wish)
        .map(|lived| ok(&lived))
        .map_err(bad)
}

async fn show_faults(Extract(state): Extract<Shared>) -> Response {
    ok(&json!({"rules": state.lock().faults.to_json()}))
}

/// Rules, or a preset of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Wanted {
    Preset(Preset),
    /// Kept as it is, so that a mistake in it is named.
    Rules(Value),
}

async fn set_faults(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let rules = match parse(&body)? {
        Wanted::Preset(preset) => RuleSet {
            rules: preset.rules().map_err(bad)?,
            add: preset.add,
        },
        Wanted::Rules(rules) => serde_json::from_value(rules)
            .map_err(|error| Bad(format!("the body is not readable: {error}")))?,
    };
    state.lock().faults.set(rules).map_err(bad)?;
    Ok(ok(&json!({"ok": true})))
}

async fn show_switches(Extract(state): Extract<Shared>) -> Response {
    ok(&json!({"switches": state.lock().switches.to_json()}))
}

async fn set_switches(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let wanted: std::collections::BTreeMap<String, String> = parse(&body)?;
    let mut state = state.lock();
    let mut switches = state.switches.clone();
    for (number, letter) in &wanted {
        switches.set(number, letter).map_err(bad)?;
    }
    state.switches = switches;
    Ok(ok(&json!({"ok": true})))
}

async fn expire_tokens(Extract(state): Extract<Shared>) -> Response {
    state.lock().expire_tokens();
    ok(&json!({"ok": true}))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Limit {
    per_hour: usize,
}

async fn set_rate_limit(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let limit: Limit = parse(&body)?;
    state.lock().rate_limit = crate::rate_limit::RateLimit::new(limit.per_hour);
    Ok(ok(&json!({"ok": true})))
}

async fn shutdown(stop: watch::Sender<bool>) -> Response {
    // The answer must leave before the server stops accepting and the process ends.
    tokio::spawn(async move {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let _ = stop.send(true);
    });
    ok(&json!({"ok": true}))
}
