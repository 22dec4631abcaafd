//! `GET /categories` flat and as a tree, `GET /categories/{id}` (§2).

use super::page::Page;
use super::route::id_of;
use super::{Request, Route, DELETED, UPDATED};
use crate::catalogue::Category;
use crate::order::positions;
use crate::state::State;
use crate::time::VnTime;
use crate::trade::category;
use crate::wire::{Answer, Refusal, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::get("/categories", list),
    Route::get("/categories/{id}", detail),
    Route::new("POST", "/categories", create),
    Route::new("PUT", "/categories/{id}", update),
    Route::new("DELETE", "/categories/{id}", delete),
];

/// KiotViet allows three levels; deeper data in a catalogue is cut here so that a cycle cannot hang the server.
const MAX_DEPTH: usize = 8;

fn list(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let tree = request.query.flag("hierachicalData")?;
    let shop = &state.catalogue;
    let order_by = if page.order_by.is_empty() {
        "name"
    } else {
        &page.order_by
    };
    let sorted: Vec<&Category> = positions(&shop.categories, order_by, page.direction)
        .into_iter()
        .filter_map(|position| shop.categories.get(position))
        .collect();
    let found: Vec<&Category> = if tree {
        sorted
            .iter()
            .copied()
            .filter(|category| category.parent_id.is_none())
            .collect()
    } else {
        sorted
            .iter()
            .copied()
            .filter(|category| page.admits(category.modified_date, category.created_date))
            .collect()
    };
    let writer = Writer {
        all: &sorted,
        retailer_id: shop.shop.retailer_id,
    };
    let depth = if tree { MAX_DEPTH } else { 0 };
    let rows = page
        .slice(&found)
        .iter()
        .map(|category| writer.row(category, depth))
        .collect();
    let total = if tree && state.switches.reading(9) == 'B' {
        sorted.len()
    } else {
        found.len()
    };
    let mut envelope = page.envelope(total, rows, &state.switches);
    envelope.removed = page.removed_list(&shop.removed.categories);
    envelope.timestamp = Some(now);
    Ok(Answer::List(envelope))
}

fn detail(state: &mut State, _: &Request, params: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let json = one(state, id_of(params)?)?;
    if state.switches.reading(10) == 'B' {
        return Ok(Answer::Json(Row::new().json("data", json).finish()));
    }
    Ok(Answer::Json(json))
}

fn one(state: &State, id: i64) -> Result<String, Refusal> {
    let shop = &state.catalogue;
    let mut rows = shop.categories.iter();
    let category = rows.find(|row| row.category_id == id).ok_or_else(|| {
        super::unknown(
            state,
            "KvValidateCategoryException",
            "Nhóm hàng được chọn không tồn tại hoặc đã bị xóa khỏi hệ thống",
        )
    })?;
    let all: Vec<&Category> = shop.categories.iter().collect();
    let writer = Writer {
        all: &all,
        retailer_id: shop.shop.retailer_id,
    };
    Ok(writer.row(category, MAX_DEPTH))
}

fn written(state: &State, id: i64) -> Result<Answer, Refusal> {
    let json = one(state, id)?;
    let mut wrapped = Row::new();
    wrapped.text("message", UPDATED).json("data", json);
    Ok(Answer::Json(wrapped.finish()))
}

fn create(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let body = request.fields()?;
    let id = state.edit(now, |edit| category::create(edit, &body))?;
    written(state, id)
}

fn update(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    one(state, id)?;
    let body = request.fields()?;
    state.edit(now, |edit| category::update(edit, id, &body))?;
    written(state, id)
}

fn delete(
    state: &mut State,
    _: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    one(state, id)?;
    state.edit(now, |edit| category::remove(edit, id))?;
    Ok(super::message(DELETED))
}

struct Writer<'a> {
    all: &'a [&'a Category],
    retailer_id: i64,
}

impl Writer<'_> {
    /// One category; with its descendants down to `depth` levels.
    fn row(&self, category: &Category, depth: usize) -> String {
        let children: Vec<&Category> = self
            .all
            .iter()
            .copied()
            .filter(|child| child.parent_id == Some(category.category_id))
            .collect();
        let mut row = Row::new();
        row.int("categoryId", category.category_id)
            .int_if("parentId", category.parent_id)
            .text("categoryName", &category.category_name)
            .int("retailerId", self.retailer_id)
            .flag("hasChild", !children.is_empty())
            .date_if("modifiedDate", category.modified_date)
            .date_if("createdDate", category.created_date)
            .int("rank", category.rank);
        if depth > 0 {
            row.list_if(
                "children",
                children
                    .into_iter()
                    .map(|child| self.row(child, depth - 1))
                    .collect(),
            );
        }
        row.finish_with(category.raw.as_deref())
    }
}
