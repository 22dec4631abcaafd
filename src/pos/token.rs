//! Access tokens (kiotviet-api.md §1.2, product.md A2, A3).

use super::answer::{Answer, Failure, FailureKind, Reading};
use super::classify::{contains, failure, Heard};
use super::envelope::{listed, open_judged};
use super::jwt::claims;
use super::list::failed;
use super::row::Row;
use super::say;
use super::wire::{shape, Kind, Node};
use crate::model::{Instant, Severity};
use crate::text::trim;
use serde::{Deserialize, Serialize};

/// An access token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The token itself.
    pub access_token: String,
    /// How long it lives, in seconds.
    pub expires_in: i64,
    /// The shop it belongs to, when the token tells: the value of the `Retailer` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
}

shape!(TOKEN, Field {
    AccessToken "access_token" Kind::Scalar;
    ExpiresIn "expires_in" Kind::Scalar;
    Scope "scope" Kind::Scalars;
});

listed! {
    /// `POST /connect/token`.
    TokenList, TOKEN
}

/// What a token lives when its answer does not say: short, so that nothing relies on it.
const UNSTATED_LIFE: i64 = 3600;
/// A clock that is off by more is named: tokens would be renewed at the wrong time.
const CLOCK_TOLERANCE: i64 = 600_000;

/// Reads the answer of the token request: one row, or why the credentials are of no use.
///
/// The answer also carries `shop` (the code typed by the owner, compared with the token's own in
/// any case) and `now` (the local clock, compared with the token's time of issue).
#[must_use]
pub fn read_token(answer: Answer<TokenList>) -> Reading<Token> {
    let mut opened = match open_judged(answer.fields, refused) {
        Ok(opened) => opened,
        Err(failure) => return failed(failure),
    };
    let node = opened.rows.pop().unwrap_or(Node::Row(opened.bare));
    let Some(mut row) = Row::of(node, &TOKEN) else {
        return failed(odd());
    };
    let Some(access_token) = row.text(Field::AccessToken as usize) else {
        return failed(odd());
    };
    let scopes = row.take(Field::Scope as usize).entries();
    if scopes
        .iter()
        .any(|scope| matches!(scope, Node::Text(scope) if contains(scope, "fnb")))
    {
        return failed(say::failure(FailureKind::WrongShop, "shop-fnb", &[]));
    }
    let expires_in = row
        .amount(Field::ExpiresIn as usize, 0)
        .filter(|life| *life > 0);
    let claims = claims(&access_token);
    if let Some(shop) = &claims.retailer {
        if !opened.shop.is_empty() && !shop.eq_ignore_ascii_case(trim(&opened.shop)) {
            let named = [("shop", trim(&opened.shop)), ("token_shop", shop)];
            return failed(say::failure(
                FailureKind::WrongShop,
                "shop-mismatch",
                &named,
            ));
        }
    }
    let mut issues = Vec::new();
    let ahead = match (opened.now, claims.issued) {
        (Some(now), Some(issued)) => now.saturating_sub(issued.saturating_mul(1000)),
        _ => 0,
    };
    if ahead.saturating_abs() > CLOCK_TOLERANCE {
        let minutes = crate::text::integer(ahead.checked_div(60_000).unwrap_or(0));
        let item = ("connection", None, "clock");
        let values = say::params(&[("value", &minutes)]);
        issues.push(say::issue("clock-wrong", Severity::Review, item, values));
    }
    let expires_in = expires_in.unwrap_or(UNSTATED_LIFE);
    let token = Token {
        access_token,
        expires_in,
        shop: claims.retailer,
    };
    Reading {
        rows: vec![token],
        issues,
        page: None,
        failure: None,
    }
}

fn odd() -> Failure {
    say::failure(FailureKind::Passing, "token-odd", &[])
}

/// The failure of a token request. Bad credentials are `invalid_client` in the OAuth2 body, or
/// just 400 or 401 with anything [UNSURE-1]; a scope that is refused is an F&B shop's client.
fn refused(heard: &Heard) -> Option<Failure> {
    let usual = failure(heard);
    let passing = usual.as_ref().is_some_and(|failure| {
        matches!(
            failure.kind,
            FailureKind::RateLimited | FailureKind::WrongShop
        ) || (failure.kind == FailureKind::Passing && heard.oauth.is_empty())
    });
    if passing {
        return usual;
    }
    let (kind, code) = match heard.oauth.as_str() {
        "invalid_scope" => (FailureKind::WrongShop, "shop-fnb"),
        "server_error" | "temporarily_unavailable" => (FailureKind::Passing, "pos-fault"),
        "" if !matches!(heard.status, 400 | 401) => return usual,
        _ => (FailureKind::BadCredentials, "credentials-wrong"),
    };
    let status = crate::text::integer(heard.status);
    Some(say::failure(
        kind,
        code,
        &[("status", &status), ("error", &heard.oauth)],
    ))
}

/// What [`token_due`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenDueInput {
    /// The instant.
    pub now: Instant,
    /// When the token was obtained.
    pub obtained: Instant,
    /// Its life in seconds, as the POS stated it.
    pub expires_in: i64,
}

/// Whether to renew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenDue {
    /// Get a new token before the next request.
    pub renew: bool,
}

/// Tells whether a token is to be renewed: one hour before it ends, at most half its life (A3);
/// also when the clock says it was obtained in the future.
#[must_use]
pub fn token_due(input: TokenDueInput) -> TokenDue {
    let life = input.expires_in.max(0).saturating_mul(1000);
    let margin = life.checked_div(2).unwrap_or(0).min(3_600_000);
    let due = input.obtained.saturating_add(life.saturating_sub(margin));
    TokenDue {
        renew: input.now >= due || input.now < input.obtained,
    }
}
