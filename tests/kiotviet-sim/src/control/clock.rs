//! `/_sim/clock`: the shop's clock, so that a campaign starts or ends while a test looks on. Tokens, the hourly budget
//! and the retries of webhooks go by the machine's clock.

use axum::body::Bytes;
use axum::extract::State as Extract;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::{ok, parse, Bad, Reply};
use crate::serve::Shared;
use crate::time::VnTime;

/// Ticks of one second.
const SECOND: i64 = 10_000_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wish {
    /// So far ahead of the machine's clock; negative is behind.
    #[serde(default)]
    shift_seconds: Option<i64>,
    /// Or so that it is this moment now; it goes on from there.
    #[serde(default)]
    at: Option<VnTime>,
}

pub async fn show(Extract(state): Extract<Shared>) -> Response {
    let state = state.lock();
    ok(&json!({
        "now": state.shop_time(VnTime::now()),
        "shiftSeconds": state.clock_shift / SECOND,
    }))
}

/// Sets the clock; an empty object sets it right.
pub async fn set(Extract(state): Extract<Shared>, body: Bytes) -> Reply {
    let wish: Wish = parse(&body)?;
    let shift = match (wish.shift_seconds, wish.at) {
        (Some(_), Some(_)) => return Err(Bad("give shiftSeconds or at, not both".into())),
        (Some(seconds), None) => seconds.saturating_mul(SECOND),
        (None, Some(at)) => at.ticks().saturating_sub(VnTime::now().ticks()),
        (None, None) => 0,
    };
    state.lock().clock_shift = shift;
    Ok(show(Extract(state)).await)
}
