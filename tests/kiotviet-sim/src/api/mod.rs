//! The public API: one module per group of endpoints, each bringing its rows to the table of routes.
//!
//! A further group is a module with a `ROUTES` constant, listed in [`GROUPS`].

mod attributes;
mod branches;
mod categories;
mod customer_row;
mod customers;
mod document_row;
mod documents;
mod filter;
mod images;
mod inventory;
mod invoices;
mod orders;
mod page;
mod pricebooks;
mod product_row;
mod product_writes;
mod products;
mod references;
mod route;
mod settings;
mod stock_list;
mod surcharges;
mod token;
mod trademarks;
mod webhooks;

pub use document_row::seller_name;
pub use filter::modified_with_stock;
pub use inventory::rows_of as stock_of;
pub use route::{find, label, Found, Handler, Request, Route};
pub use token::bad_credentials;

/// All routes, group by group. Within a group the more special path stands first.
pub const GROUPS: &[&[Route]] = &[
    token::ROUTES,
    branches::ROUTES,
    categories::ROUTES,
    products::ROUTES,
    product_writes::ROUTES,
    stock_list::ROUTES,
    pricebooks::ROUTES,
    settings::ROUTES,
    trademarks::ROUTES,
    attributes::ROUTES,
    customers::ROUTES,
    orders::ROUTES,
    invoices::ROUTES,
    surcharges::ROUTES,
    references::ROUTES,
    webhooks::ROUTES,
    images::ROUTES,
];

use crate::rate_limit::RateLimit;
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, Row};

/// What a deletion answers.
const DELETED: &str = "Xóa dữ liệu thành công";
/// What most updates answer.
const UPDATED: &str = "Cập nhật dữ liệu thành công";

/// `{"message": …}`.
fn message(text: &str) -> Answer {
    Answer::Json(Row::new().text("message", text).finish())
}

/// Answers one call: route, credentials, rate limit, endpoint.
///
/// # Errors
/// The refusal with its exact body.
pub fn answer(state: &mut State, request: &Request, now: VnTime) -> Result<Answer, Refusal> {
    let found = match find(&request.method, &request.path) {
        Found::Route { route, params } => (route, params),
        Found::OtherMethod => {
            return Err(Refusal::new(405, "MethodNotAllowed", "Method not allowed"))
        }
        Found::Nothing => return Err(Refusal::unknown_path(&request.path)),
    };
    let (route, params) = found;
    if !route.public {
        check_caller(state, request, now)?;
        if request.method == "GET" {
            let mut limit = std::mem::replace(&mut state.rate_limit, RateLimit::new(0));
            let admitted = limit.admit(now, &state.switches);
            state.rate_limit = limit;
            admitted?;
        }
        check_permission(state, route)?;
    }
    (route.handler)(state, request, &params, state.shop_time(now))
}

/// A permission the API user lacks (§1.3: 403, text inferred).
fn check_permission(state: &State, route: &Route) -> Result<(), Refusal> {
    let name = route.name();
    let denied = &state.catalogue.policy.denied;
    if denied.iter().any(|call| call.eq_ignore_ascii_case(&name)) {
        let message = "Bạn không có quyền thực hiện chức năng này";
        return Err(Refusal::new(403, "KvException", message));
    }
    Ok(())
}

/// Token and `Retailer` header (§1.1, UNSURE-5).
fn check_caller(state: &State, request: &Request, now: VnTime) -> Result<(), Refusal> {
    let shop = &state.catalogue.shop;
    let token = request
        .authorization
        .as_deref()
        .and_then(bearer)
        .ok_or_else(Refusal::token)?;
    if !crate::token::is_valid(shop, token, now, state.revoked_until) {
        return Err(Refusal::token());
    }
    match request.retailer.as_deref() {
        Some(code) if code == shop.code => Ok(()),
        _ => Err(wrong_retailer(state)),
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// The answer to a shop code that is not ours.
pub fn wrong_retailer(state: &State) -> Refusal {
    let message = "Shop's name is invalid";
    match state.switches.reading(5) {
        'B' => Refusal::business("KvException", message),
        'C' => Refusal::new(400, "KvException", message),
        _ => Refusal::new(401, "TokenException", message),
    }
}

/// The answer to an id that does not exist (UNSURE-2).
fn unknown(state: &State, code: &str, message: &str) -> Refusal {
    match state.switches.reading(2) {
        'B' => Refusal::new(404, "NotFound", "Not found"),
        'C' => Refusal::with_body(404, crate::wire::PLAIN, ""),
        _ => Refusal::business(code, message),
    }
}
