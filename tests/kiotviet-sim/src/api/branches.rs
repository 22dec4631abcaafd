//! `GET /branches` (§1.6).

use super::page::Page;
use super::{Request, Route};
use crate::catalogue::Branch;
use crate::order::positions;
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[Route::get("/branches", list)];

fn list(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let shop = &state.catalogue;
    let found: Vec<&Branch> = positions(&shop.branches, &page.order_by, page.direction)
        .into_iter()
        .filter_map(|position| shop.branches.get(position))
        .filter(|branch| page.admits(branch.modified_date, branch.created_date))
        .collect();
    let rows = page
        .slice(&found)
        .iter()
        .map(|branch| row(branch, shop.shop.retailer_id))
        .collect();
    let mut envelope = page.envelope(found.len(), rows, &state.switches);
    envelope.removed = page
        .removed_list(&shop.removed.branches)
        .filter(|_| page.with_removed);
    envelope.timestamp = Some(now);
    Ok(Answer::List(envelope))
}

fn row(branch: &Branch, retailer_id: i64) -> String {
    Row::new()
        .int("id", branch.id)
        .text("branchName", &branch.branch_name)
        .text_if("branchCode", branch.branch_code.as_deref())
        .text_if("address", branch.address.as_deref())
        .text_if("contactNumber", branch.contact_number.as_deref())
        .int("retailerId", retailer_id)
        .text_if("email", branch.email.as_deref())
        .date_if("modifiedDate", branch.modified_date)
        .date_if("createdDate", branch.created_date)
        .finish_with(branch.raw.as_deref())
}
