//! What an answer means as a whole (kiotviet-api.md §1.3, §1.4, UNSURE-1 to UNSURE-5).

use super::answer::{Failure, FailureKind};
use super::date::http_date;
use super::decimal::integer;
use super::say;
use crate::model::Instant;
use crate::text::trim;

/// What there is to judge an answer by.
#[derive(Default)]
pub(super) struct Heard {
    /// The HTTP status; 0 when there was no answer.
    pub status: i64,
    /// The client's trouble ([`super::Problem`]).
    pub problem: String,
    /// The `Retry-After` header.
    pub retry_after: String,
    /// The `Date` header.
    pub date: String,
    /// The local clock.
    pub received: Option<Instant>,
    /// `responseStatus.errorCode`.
    pub error: String,
    /// The message, from wherever there is one.
    pub message: String,
    /// The identity server's `error`.
    pub oauth: String,
    /// The body is neither record nor list.
    pub shapeless: bool,
}

/// A longer wait than this is not believed.
const LONGEST_WAIT: i64 = 3_600_000;

/// The failure an answer stands for, or `None` when it can be used.
///
/// Texts come first, because their statuses differ from source to source: a wrong shop name is
/// 401, 420 or 400 [UNSURE-5], an expired token is told by its exception's name.
pub(super) fn failure(heard: &Heard) -> Option<Failure> {
    use FailureKind::{Forbidden, Passing, RateLimited, Refused, Unauthorized, WrongShop};
    if let Some(code) = broken(&heard.problem) {
        return Some(say::failure(Passing, code, &[]));
    }
    let (kind, code) = match heard.status {
        _ if contains(&heard.message, "shop's name is invalid") => (WrongShop, "shop-name-invalid"),
        _ if heard.error.eq_ignore_ascii_case("TokenException") => (Unauthorized, "token-refused"),
        401 => (Unauthorized, "token-refused"),
        429 => (RateLimited, "rate-limited"),
        // The limit may come as a business failure [UNSURE-3].
        420 if !heard.retry_after.is_empty()
            || contains(&heard.error, "ratelimit")
            || contains(&heard.error, "toomany") =>
        {
            (RateLimited, "rate-limited")
        }
        403 => (Forbidden, "permission-missing"),
        404 | 410 => (Refused, "pos-not-found"),
        408 => (Passing, "pos-timeout"),
        400..=499 => (Refused, "pos-refused"),
        500..=599 => (Passing, "pos-fault"),
        // No answer, and no word why.
        i64::MIN..=0 => (Passing, "pos-network"),
        _ if heard.problem == "not-json" => (Passing, "pos-not-json"),
        200..=299 if !heard.error.is_empty() => (Refused, "pos-refused"),
        200..=299 if !heard.shapeless => return None,
        _ => (Passing, "pos-odd-answer"),
    };
    let status = crate::text::integer(heard.status);
    // The POS's own words; where it has none, the status.
    let words = [&heard.message, &heard.error];
    let words = words.into_iter().find(|words| !words.is_empty());
    let said = [
        ("message", words.map_or(&*status, |words| words)),
        ("status", &status),
        ("error", &heard.error),
    ];
    let mut failure = say::failure(kind, code, &said);
    if kind == RateLimited || kind == Passing {
        failure.wait = wait(heard);
    }
    Some(failure)
}

/// Troubles that leave no answer to look at.
fn broken(problem: &str) -> Option<&'static str> {
    match problem {
        "network" => Some("pos-network"),
        "timeout" => Some("pos-timeout"),
        "tls" => Some("pos-tls"),
        "cut" => Some("pos-cut"),
        _ => None,
    }
}

/// An answer that should hold a list and does not.
pub(super) fn not_a_list() -> Failure {
    say::failure(FailureKind::Passing, "pos-not-list", &[])
}

/// `Retry-After` in milliseconds: seconds, or an HTTP date seen from the answer's own `Date`.
fn wait(heard: &Heard) -> Option<i64> {
    let text = trim(&heard.retry_after);
    let millis = match integer(text.as_bytes()) {
        Some(seconds) => seconds.saturating_mul(1000),
        None => {
            let now = http_date(&heard.date).or(heard.received)?;
            http_date(text)?.checked_sub(now)?
        }
    };
    Some(millis.clamp(0, LONGEST_WAIT))
}

/// Whether a text contains another, which is in lower case; ASCII case is ignored.
pub(super) fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    !part.is_empty()
        && text
            .windows(part.len())
            .any(|window| window.eq_ignore_ascii_case(part))
}
