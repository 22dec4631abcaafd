//! `GET /productOnHands`: the light stock list (§3.7).

use super::filter::modified_with_stock;
use super::inventory::{light_row, rows_of};
use super::page::Page;
use super::{Request, Route};
use crate::catalogue::Product;
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[Route::get("/productOnHands", list)];

fn list(state: &mut State, request: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let branches = request.query.ids("branchIds", &state.switches)?;
    let (shop, index, switches) = state.indexed();
    let order = index.ordered(shop, &page.order_by, page.direction);
    let modified = |product: &Product| modified_with_stock(product, switches.reading(24) == 'B');
    let found: Vec<&Product> = order
        .iter()
        .filter_map(|position| shop.products.get(*position))
        .filter(|product| page.admits(modified(product), product.created_date))
        .collect();
    let rows = page.slice(&found).iter().map(|product| {
        let stock = rows_of(shop, index, switches, product);
        let stock = stock
            .iter()
            .filter(|row| branches.is_empty() || branches.contains(&row.branch_id));
        let mut row = Row::new();
        row.int("id", product.id)
            .text("code", &product.code)
            .date_if("createdDate", product.created_date)
            .date_if("modifiedDate", modified(product))
            .list_if(
                "inventories",
                stock
                    .map(|row| light_row(switches, product.id, row))
                    .collect(),
            );
        row.finish_with(odd_identity(product).as_ref())
    });
    let rows = rows.collect();
    Ok(Answer::List(page.envelope(found.len(), rows, switches)))
}

/// Of a good's odd values only those of its id, code and dates appear here.
fn odd_identity(product: &Product) -> Option<crate::catalogue::Overrides> {
    let mut raw = product.raw.as_deref()?.clone();
    let known =
        |key: &String| matches!(key.as_str(), "id" | "code" | "createdDate" | "modifiedDate");
    raw.row = None;
    raw.omit.retain(known);
    raw.text.retain(|key, _| known(key));
    raw.fields.retain(|key, _| known(key));
    Some(raw)
}
