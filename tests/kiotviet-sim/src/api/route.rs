//! Paths to handlers. Literal segments match in any casing, as the live service does.

use bytes::Bytes;
use percent_encoding::percent_decode_str;

use super::GROUPS;
use crate::body::Fields;
use crate::query::Query;
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal};

/// What a handler gets.
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// Path as sent, still percent-encoded.
    pub path: String,
    /// Query parameters.
    pub query: Query,
    /// `Authorization`.
    pub authorization: Option<String>,
    /// `Retailer`.
    pub retailer: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Partner`: marks KiotViet's own connectors (§1.1).
    pub partner: Option<String>,
    /// Body.
    pub body: Bytes,
}

impl Request {
    /// The body's fields.
    ///
    /// # Errors
    /// 400 when it is no object.
    pub fn fields(&self) -> Result<Fields, Refusal> {
        Fields::read(&self.body, self.content_type.as_deref())
    }
}

/// An endpoint.
pub type Handler = fn(&mut State, &Request, &[String], VnTime) -> Result<Answer, Refusal>;

/// One row of the table of routes.
pub struct Route {
    /// Method.
    pub method: &'static str,
    /// Path; `{…}` stands for one segment.
    pub pattern: &'static str,
    /// Needs neither token nor `Retailer`.
    pub public: bool,
    /// What answers.
    pub handler: Handler,
}

impl Route {
    /// A GET that needs a token.
    pub const fn get(pattern: &'static str, handler: Handler) -> Self {
        Self::new("GET", pattern, handler)
    }

    /// A call of any method that needs a token.
    pub const fn new(method: &'static str, pattern: &'static str, handler: Handler) -> Self {
        Self {
            method,
            pattern,
            public: false,
            handler,
        }
    }

    /// `GET /products/{id}`.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.pattern)
    }
}

/// Where a path leads.
pub enum Found {
    /// To an endpoint, with the decoded `{…}` segments.
    Route {
        /// The row.
        route: &'static Route,
        /// The segments.
        params: Vec<String>,
    },
    /// The path exists for another method.
    OtherMethod,
    /// No such path.
    Nothing,
}

/// Finds the endpoint of a call. `%2F` becomes a slash first, so a code with a slash cannot be addressed (§13).
pub fn find(method: &str, path: &str) -> Found {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let segments: Vec<&str> = decoded.trim_matches('/').split('/').collect();
    let mut other_method = false;
    for route in GROUPS.iter().copied().flatten() {
        let Some(params) = matches(route.pattern, &segments) else {
            continue;
        };
        if route.method == method {
            return Found::Route { route, params };
        }
        other_method = true;
    }
    if other_method {
        Found::OtherMethod
    } else {
        Found::Nothing
    }
}

fn matches(pattern: &str, segments: &[&str]) -> Option<Vec<String>> {
    let wanted: Vec<&str> = pattern.trim_start_matches('/').split('/').collect();
    if wanted.len() != segments.len() {
        return None;
    }
    let mut params = Vec::new();
    for (wanted, segment) in wanted.into_iter().zip(segments) {
        if wanted.starts_with('{') {
            params.push((*segment).to_owned());
        } else if !wanted.eq_ignore_ascii_case(segment) {
            return None;
        }
    }
    Some(params)
}

/// The name a call is counted under: `GET /products/{id}`, or the path itself where nothing is.
pub fn label(method: &str, path: &str) -> String {
    match find(method, path) {
        Found::Route { route, .. } => route.name(),
        _ => format!("{method} {path}"),
    }
}

/// The first `{…}` segment as an id.
///
/// # Errors
/// 400 when it is no whole number.
pub fn id_of(params: &[String]) -> Result<i64, Refusal> {
    let text = params.first().map_or("", String::as_str);
    text.parse().map_err(|_| Refusal::bad_parameter("id", text))
}
