//! `/customers` (§5): list and search, detail, create, update, delete, bulk, groups.

use super::customer_row::{group_details, Writer};
use super::page::Page;
use super::route::id_of;
use super::{Request, Route, DELETED, UPDATED};
use crate::body::Fields;
use crate::catalogue::Customer;
use crate::order::positions;
use crate::query::Query;
use crate::state::State;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::trade::customer;
use crate::wire::{Answer, Refusal, RemovedIds, Row};

/// The routes of this group.
pub const ROUTES: &[Route] = &[
    Route::get("/customers", list),
    Route::get("/customers/group", groups),
    Route::get("/customers/code/{code}", detail_by_code),
    Route::get("/customers/{id}", detail),
    Route::new("POST", "/customers", create),
    Route::new("PUT", "/customers/{id}", update),
    Route::new("DELETE", "/customers/{id}", delete),
    Route::new("POST", "/listaddcutomers", create_many),
    Route::new("POST", "/listaddcustomers", create_many_rightly_spelt),
    Route::new("PUT", "/listupdatecustomers", update_many),
];

struct Filter {
    code: Option<String>,
    name: Option<String>,
    phone: Option<String>,
    birth_date: Option<String>,
    group: Option<i64>,
    exact: bool,
}

impl Filter {
    fn read(query: &Query, switches: &Switches) -> Result<Self, Refusal> {
        let lower = |name: &str| query.text(name).map(str::to_lowercase);
        Ok(Self {
            code: lower("code"),
            name: lower("name"),
            phone: lower("contactNumber"),
            birth_date: lower("birthDate"),
            group: query.int("groupId")?,
            exact: switches.reading(28) == 'B',
        })
    }

    /// A masked customer is found by its number all the same, only the answer lacks it (§5).
    fn admits(&self, row: &Customer) -> bool {
        let has = |wanted: &Option<String>, value: &str| {
            wanted.as_ref().is_none_or(|wanted| {
                let value = value.to_lowercase();
                if self.exact {
                    value == *wanted
                } else {
                    value.contains(wanted.as_str())
                }
            })
        };
        let born = row.birth_date.map(VnTime::entity).unwrap_or_default();
        let by_day = self
            .birth_date
            .as_ref()
            .is_none_or(|day| born.starts_with(day.as_str()));
        has(&self.code, &row.code)
            && has(&self.name, &row.name)
            && has(
                &self.phone,
                row.contact_number.as_deref().unwrap_or_default(),
            )
            && by_day
            && self.group.is_none_or(|id| row.group_ids.contains(&id))
    }
}

fn list(state: &mut State, request: &Request, _: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let query = &request.query;
    let page = Page::read(query, &state.switches)?;
    let filter = Filter::read(query, &state.switches)?;
    let shop = &state.catalogue;
    let found: Vec<&Customer> = positions(&shop.customers, &page.order_by, page.direction)
        .into_iter()
        .filter_map(|position| shop.customers.get(position))
        .filter(|row| page.admits(row.modified_date, row.created_date))
        .filter(|row| filter.admits(row))
        .collect();
    let writer = Writer {
        shop,
        switches: &state.switches,
        totals: query.flag("includeTotal")?,
        groups: query.flag("includeCustomerGroup")?,
    };
    let rows = page
        .slice(&found)
        .iter()
        .map(|row| writer.row(row))
        .collect();
    let mut envelope = page.envelope(found.len(), rows, &state.switches);
    if page.with_removed {
        envelope.removed = Some(RemovedIds {
            key: "removeId",
            ids: page.removed_ids(&shop.removed.customers),
            even_empty: false,
        });
    }
    Ok(Answer::List(envelope))
}

fn everything(state: &State) -> Writer<'_> {
    Writer {
        shop: &state.catalogue,
        switches: &state.switches,
        totals: true,
        groups: true,
    }
}

fn detail(state: &mut State, _: &Request, params: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    shown(state, state.catalogue.customer(id))
}

fn detail_by_code(
    state: &mut State,
    _: &Request,
    params: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let code = params.first().map_or("", String::as_str);
    let mut rows = state.catalogue.customers.iter();
    shown(state, rows.find(|row| row.code.eq_ignore_ascii_case(code)))
}

fn shown(state: &State, found: Option<&Customer>) -> Result<Answer, Refusal> {
    match found {
        Some(row) => Ok(Answer::Json(everything(state).row(row))),
        None => Err(unknown(state)),
    }
}

fn unknown(state: &State) -> Refusal {
    let message = "Khách hàng không hoạt động hoặc đã bị xóa khỏi hệ thống.";
    super::unknown(state, "KvValidateCustomerException", message)
}

/// Wrapped or flat (UNSURE-30).
fn written(state: &State, id: i64) -> Result<Answer, Refusal> {
    let row = state.catalogue.customer(id).ok_or_else(|| unknown(state))?;
    let json = everything(state).row(row);
    if state.switches.reading(30) == 'B' {
        return Ok(Answer::Json(json));
    }
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
    let id = state.edit(now, |edit| customer::create(edit, &body))?;
    written(state, id)
}

fn update(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    shown(state, state.catalogue.customer(id))?;
    let body = request.fields()?;
    state.edit(now, |edit| customer::update(edit, id, &body))?;
    written(state, id)
}

fn delete(
    state: &mut State,
    _: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    let id = id_of(params)?;
    shown(state, state.catalogue.customer(id))?;
    state.edit(now, |edit| customer::remove(edit, id))?;
    Ok(super::message(DELETED))
}

fn rows_of(request: &Request) -> Result<Vec<Fields>, Refusal> {
    Ok(request
        .fields()?
        .objects("listCustomers")?
        .unwrap_or_default())
}

/// No ids come back; the first row that is refused ends it, those before it stay (inferred).
fn create_many(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    for row in rows_of(request)? {
        state.edit(now, |edit| customer::create(edit, &row))?;
    }
    Ok(super::message("Thêm mới danh sách khách hàng thành công"))
}

/// UNSURE-27.
fn create_many_rightly_spelt(
    state: &mut State,
    request: &Request,
    params: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    if state.switches.reading(27) == 'B' {
        return Err(Refusal::unknown_path(&request.path));
    }
    create_many(state, request, params, now)
}

fn update_many(
    state: &mut State,
    request: &Request,
    _: &[String],
    now: VnTime,
) -> Result<Answer, Refusal> {
    for row in rows_of(request)? {
        let id = row.int("id")?.unwrap_or_default();
        state.edit(now, |edit| customer::update(edit, id, &row))?;
    }
    Ok(super::message("Cập nhật danh sách khách hàng thành công"))
}

/// No paging is documented, so all groups come (§5).
fn groups(
    state: &mut State,
    request: &Request,
    _: &[String],
    _: VnTime,
) -> Result<Answer, Refusal> {
    let page = Page::read(&request.query, &state.switches)?;
    let shop = &state.catalogue;
    let rows = shop.groups.iter().map(|group| {
        let members = shop.customers.iter();
        let members = members.filter(|row| row.group_ids.contains(&group.id));
        let details: Vec<String> = members.flat_map(group_details).collect();
        let mut row = Row::new();
        row.int("id", group.id)
            .text("name", &group.name)
            .text_if("description", group.description.as_deref())
            .date_if("createdDate", group.created_date)
            .int("createdBy", shop.shop.user_id)
            .int("retailerId", shop.shop.retailer_id);
        if let Some(discount) = group.discount {
            row.number("discount", discount, false);
        }
        row.list_if("customerGroupDetails", details).finish()
    });
    let rows: Vec<String> = rows.collect();
    Ok(Answer::List(page.envelope(
        rows.len(),
        rows,
        &state.switches,
    )))
}
