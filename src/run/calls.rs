//! How many calls may be made now (product.md I2): one budget and one breaker for all lanes.
//!
//! KiotViet allows 5,000 GETs an hour (kiotviet-api.md §1.4). Orders may use nearly all of it; the
//! rest leaves them a share, so that a first sync never keeps an order waiting.
//!
//! After five failures in a row by whatever worker the POS is left alone for half a minute, then
//! one call tries it; each further failure doubles the pause, up to five minutes. What the POS
//! itself asks for (429, `Retry-After`) holds for all lanes.

use crate::model::{is_false, Instant};
use crate::pos::Pauses;
use serde::{Deserialize, Serialize};

/// Calls an hour: orders, and everything else.
const ORDERS: i64 = 4_900;
const OTHERS: i64 = 4_200;
const MINUTE: i64 = 60_000;
/// Failures in a row that open the breaker.
const FAILURES: i64 = 5;
/// The first pause, and the longest.
const PAUSES: Pauses = Pauses {
    first: 30_000,
    longest: 300_000,
};
/// How long the one trying call may take before another tries.
const TRIAL: i64 = 30_000;

/// What [`may_call`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MayCallInput {
    /// The instant.
    pub now: Instant,
    /// Who asks: `orders`, `catalogue`, `connect` …
    pub lane: String,
    /// Calls of the last hour, by all lanes.
    pub used: i64,
    /// When the first of them was made.
    pub first: Instant,
    /// Failures in a row.
    pub streak: i64,
    /// The last of them.
    pub failed_at: Instant,
    /// When the breaker last let a call try.
    pub tried_at: Instant,
    /// The POS asked to be left alone until then.
    pub limited_until: Instant,
}

/// Whether a call may be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayCall {
    /// It may.
    pub allowed: bool,
    /// It is the one that tries whether the POS is back: only one worker may.
    #[serde(default, skip_serializing_if = "is_false")]
    pub trial: bool,
    /// Why not: `rate-limited`, `budget-spent`, `breaker-open`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When to ask again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_until: Option<Instant>,
}

/// Tells whether a lane may call the POS now.
#[must_use]
pub fn may_call(input: MayCallInput) -> MayCall {
    let MayCallInput { now, .. } = input;
    // Somebody sits before the screen and waits for the test of a connection.
    if input.lane == "connect" {
        return allowed(false);
    }
    if input.limited_until > now {
        return refused("rate-limited", input.limited_until);
    }
    let most = if input.lane == "orders" {
        ORDERS
    } else {
        OTHERS
    };
    if input.used >= most {
        let freed = input.first.saturating_add(MINUTE.saturating_mul(60));
        return refused("budget-spent", freed.max(now.saturating_add(MINUTE)));
    }
    if input.streak < FAILURES {
        return allowed(false);
    }
    let opened = input.streak.saturating_sub(FAILURES).saturating_add(1);
    let until = input.failed_at.saturating_add(PAUSES.grown(opened));
    if until > now {
        return refused("breaker-open", until);
    }
    let tries = input.tried_at.saturating_add(TRIAL);
    if input.tried_at >= until && tries > now {
        return refused("breaker-open", tries);
    }
    allowed(true)
}

fn allowed(trial: bool) -> MayCall {
    MayCall {
        allowed: true,
        trial,
        ..MayCall::default()
    }
}

fn refused(code: &str, until: Instant) -> MayCall {
    MayCall {
        code: Some(code.into()),
        wait_until: Some(until),
        ..MayCall::default()
    }
}
