//! `GET /products`: list, by id, by code in path and query form (§3.1, §3.2).

use super::filter::{modified_with_stock, Filter};
use super::page::Page;
use super::product_row::{Includes, Writer};
use super::route::id_of;
use super::{Request, Route};
use crate::catalogue::Product;
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, RemovedIds};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::get("/products", list),
    Route::get("/products/code", by_code_query),
    Route::get("/products/code/{code}", by_code_path),
    Route::get("/products/{id}", by_id),
];

fn list(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let query = &request.query;
    let page = Page::read(query, &state.switches)?;
    let filter = Filter::read(query, &state.catalogue, &state.switches)?;
    let includes = Includes::read(query, &state.switches)?;
    let (shop, index, switches) = state.indexed();
    let order = index.ordered(shop, &page.order_by, page.direction);
    let stock_counts = switches.reading(53) == 'B';
    let found: Vec<&Product> = order
        .iter()
        .filter_map(|position| shop.products.get(*position))
        .filter(|product| {
            page.admits(
                modified_with_stock(product, stock_counts),
                product.created_date,
            )
        })
        .filter(|product| filter.admits(product))
        .collect();
    let writer = Writer {
        shop,
        index,
        switches,
        includes: &includes,
    };
    let rows = page
        .slice(&found)
        .iter()
        .map(|product| writer.row(product))
        .collect();
    let mut envelope = page.envelope(found.len(), rows, switches);
    if page.with_removed {
        let renamed = switches.reading(12) == 'B';
        envelope.removed = Some(RemovedIds {
            key: if renamed { "removeId" } else { "removedIds" },
            ids: page.removed_ids(&shop.removed.products),
            even_empty: !renamed,
        });
    }
    envelope.timestamp = Some(now);
    Ok(Answer::List(envelope))
}

fn by_id(
    state: &mut State,
    request: &Request,
    params: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    let position = state.index().product(id);
    detail(state, request, position)
}

fn by_code_path(
    state: &mut State,
    request: &Request,
    params: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let code = params.first().map_or("", String::as_str);
    let position = state.index().code(code);
    detail(state, request, position)
}

fn by_code_query(
    state: &mut State,
    request: &Request,
    _: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let position = request
        .query
        .text("code")
        .and_then(|code| state.index().code(code));
    detail(state, request, position)
}

fn detail(
    state: &mut State,
    request: &Request,
    position: Option<usize>,
) -> Result<Answer, Refusal> {
    let includes = Includes::everything(&request.query)?;
    let (shop, index, switches) = state.indexed();
    let product = position
        .and_then(|position| shop.products.get(position))
        .ok_or_else(Refusal::unknown_product)?;
    let writer = Writer {
        shop,
        index,
        switches,
        includes: &includes,
    };
    Ok(Answer::Json(writer.row(product)))
}
