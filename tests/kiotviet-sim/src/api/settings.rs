//! `GET /settings` (§8): PascalCase keys.

use super::{Request, Route};
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[Route::get("/settings", settings)];

fn settings(state: &mut State, _: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let settings = &state.catalogue.settings;
    let json = Row::new()
        .flag(
            "ManagerCustomerByBranch",
            settings.manager_customer_by_branch,
        )
        .flag(
            "AllowOrderWhenOutStock",
            settings.allow_order_when_out_stock,
        )
        .flag(
            "AllowSellWhenOrderOutStock",
            settings.allow_sell_when_order_out_stock,
        )
        .flag("AllowSellWhenOutStock", settings.allow_sell_when_out_stock)
        .finish();
    Ok(Answer::Json(json))
}
