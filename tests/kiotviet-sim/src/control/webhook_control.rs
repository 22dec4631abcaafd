//! `/_sim/webhooks`, `/_sim/deliveries`, `/_sim/delivery-faults`.

use axum::body::Bytes;
use axum::extract::{Query, State as Extract};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{json, Map, Value};

use super::lookup::merge;
use super::{bad, ok, parse, Reply};
use crate::serve::Shared;
use crate::time::VnTime;
use crate::webhooks::Chances;

/// Registrations as the server keeps them, and the knobs.
pub async fn show(Extract(state): Extract<Shared>) -> Reply {
    let state = state.lock();
    let rows = state.webhooks.registry.all().iter().map(|webhook| {
        json!({
            "id": webhook.id,
            "type": webhook.kind.name(),
            "url": webhook.url,
            "isActive": webhook.is_active,
            "signed": webhook.secret.is_some(),
            "silenced": webhook.silenced,
        })
    });
    let rows: Vec<Value> = rows.collect();
    let options = serde_json::to_value(&state.webhooks.options).map_err(bad)?;
    Ok(ok(&json!({"webhooks": rows, "options": options})))
}

/// Sets knobs; absent ones stay.
pub async fn set_options(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let fields: Map<String, Value> = parse(&body)?;
    let mut state = state.lock();
    let options = merge(&state.webhooks.options, &fields).map_err(bad)?;
    options.check().map_err(bad)?;
    state.webhooks.set_options(options);
    Ok(ok(&json!({"ok": true})))
}

pub async fn show_faults(Extract(state): Extract<Shared>) -> Reply {
    let chances = &state.lock().webhooks.faults.chances;
    Ok(ok(&serde_json::to_value(chances).map_err(bad)?))
}

/// Puts chances in force; those not named are 0.
pub async fn set_faults(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let chances: Chances = parse(&body)?;
    state.lock().webhooks.faults.set(chances).map_err(bad)?;
    Ok(ok(&json!({"ok": true})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// With the body and signature of each.
    #[serde(default)]
    body: bool,
}

pub async fn deliveries(Extract(state): Extract<Shared>, Query(wish): Query<Wish>) -> Response {
    ok(&state.lock().webhooks.deliveries_json(wish.body))
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SendWish {
    /// One attempt of each; retries wait again.
    once: bool,
}

/// Sends all that wait without waiting, and answers when that is done.
pub async fn send_now(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let wish: SendWish = if body.is_empty() {
        SendWish::default()
    } else {
        parse(&body)?
    };
    let mut progress = {
        let mut state = state.lock();
        let progress = state.webhooks.progress();
        state.webhooks.hurry(!wish.once);
        progress
    };
    while !state.lock().webhooks.is_settled() {
        progress.changed().await.map_err(bad)?;
    }
    let counters = state.lock().webhooks.counters_json();
    Ok(ok(&json!({"ok": true, "counters": counters})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Again {
    number: u64,
}

/// Sends a delivery of the journal once more.
pub async fn again(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let wish: Again = parse(&body)?;
    let mut state = state.lock();
    state
        .webhooks
        .repeat(wish.number, VnTime::now())
        .map_err(bad)?;
    Ok(ok(&json!({"ok": true})))
}
