//! Customers: made, changed, matched (§5, §6.3).

use super::draft::Draft;
use super::refusals;
use crate::body::Fields;
use crate::catalogue::{Catalogue, Customer, Gone};
use crate::edit::Edit;
use crate::switches::Switches;
use crate::webhooks::Event;
use crate::wire::Refusal;

/// What a body says of a customer; what it leaves out is kept.
///
/// # Errors
/// 400 for a value that cannot be read.
pub fn fill(row: &mut Customer, body: &Fields, switches: &Switches) -> Result<(), Refusal> {
    let take = |to: &mut Option<String>, name: &str| -> Result<(), Refusal> {
        if body.given(name) {
            *to = body.text(name)?;
        }
        Ok(())
    };
    if let Some(name) = body.text("name")? {
        row.name = name;
    }
    if let Some(code) = body.text("code")? {
        row.code = code;
    }
    if let Some(kind) = body.int("type")? {
        row.kind = kind;
    }
    if body.given("gender") {
        row.gender = body.flag("gender")?;
    }
    if body.given("birthDate") {
        row.birth_date = body.moment("birthDate", switches)?;
    }
    take(&mut row.contact_number, "contactNumber")?;
    take(&mut row.sub_number, "subNumber")?;
    take(&mut row.identification_number, "identificationNumber")?;
    take(&mut row.address, "address")?;
    take(&mut row.location_name, "locationName")?;
    take(&mut row.ward_name, "wardName")?;
    take(&mut row.email, "email")?;
    take(&mut row.organization, "organization")?;
    take(&mut row.tax_code, "taxCode")?;
    take(&mut row.comments, "comments")?;
    // Inside an order the note is called so.
    take(&mut row.comments, "comment")?;
    if let Some(groups) = body.ints("groupIds")? {
        row.group_ids = groups;
    }
    if let Some(branch) = branch(body, switches)? {
        row.branch_id = Some(branch);
    }
    Ok(())
}

/// A number or a list of numbers (UNSURE-29). Reading A takes both, as their clients send both.
fn branch(body: &Fields, switches: &Switches) -> Result<Option<i64>, Refusal> {
    let is_list = body
        .value("branchId")
        .is_some_and(serde_json::Value::is_array);
    match (is_list, switches.reading(29)) {
        (true, _) => Ok(body.ints("branchId")?.and_then(|ids| ids.first().copied())),
        (false, 'B') => Ok(None),
        (false, _) => body.int("branchId"),
    }
}

/// `POST /customers`. Answers the id.
///
/// # Errors
/// 420 for no name, an unknown group or branch, a phone or code that is taken (UNSURE-31; texts inferred).
pub fn create(edit: &mut Edit<'_>, body: &Fields) -> Result<i64, Refusal> {
    let mut row = Customer::default();
    fill(&mut row, body, edit.switches)?;
    check(edit.catalogue, edit.switches, &row)?;
    Ok(add(edit, row))
}

/// `PUT /customers/{id}`.
///
/// # Errors
/// As [`create`], and 420 for an unknown one.
pub fn update(edit: &mut Edit<'_>, id: i64, body: &Fields) -> Result<(), Refusal> {
    let found = edit.catalogue.customer(id).cloned();
    let mut row = found.ok_or_else(refusals::unknown_customer)?;
    fill(&mut row, body, edit.switches)?;
    check(edit.catalogue, edit.switches, &row)?;
    row.modified_date = Some(edit.now);
    replace(edit, row);
    Ok(())
}

/// Puts a changed customer in place.
pub fn replace(edit: &mut Edit<'_>, row: Customer) {
    let id = row.id;
    let mut rows = edit.catalogue.customers.iter_mut();
    if let Some(place) = rows.find(|place| place.id == id) {
        *place = row;
    }
    edit.events.push(Event::Customer(id));
}

/// `DELETE /customers/{id}`.
///
/// # Errors
/// 420 for an unknown one.
pub fn remove(edit: &mut Edit<'_>, id: i64) -> Result<(), Refusal> {
    let shop = &mut *edit.catalogue;
    if shop.customer(id).is_none() {
        return Err(refusals::unknown_customer());
    }
    shop.customers.retain(|row| row.id != id);
    shop.removed.customers.push(Gone { id, at: edit.now });
    edit.events.push(Event::CustomersGone(vec![id]));
    Ok(())
}

/// Puts a customer on the books, numbered where that was left open.
pub fn add(edit: &mut Edit<'_>, mut row: Customer) -> i64 {
    if row.id == 0 {
        row.id = edit.catalogue.next_customer_id();
    }
    if row.code.is_empty() {
        row.code = format!("KH{:06}", row.id - 60_000_000);
    }
    row.created_date.get_or_insert(edit.now);
    let id = row.id;
    edit.catalogue.customers.push(row);
    edit.events.push(Event::Customer(id));
    id
}

fn check(shop: &Catalogue, switches: &Switches, row: &Customer) -> Result<(), Refusal> {
    if row.name.is_empty() {
        return Err(refusals::customer("Tên khách hàng không được để trống"));
    }
    let known = |id: &i64| shop.groups.iter().any(|group| group.id == *id);
    if !row.group_ids.iter().all(known) {
        return Err(refusals::customer("Nhóm khách hàng không tồn tại"));
    }
    if row.branch_id.is_some_and(|id| shop.branch(id).is_none()) {
        return Err(refusals::unknown_branch());
    }
    let others = || shop.customers.iter().filter(|other| other.id != row.id);
    if !row.code.is_empty() && others().any(|other| other.code.eq_ignore_ascii_case(&row.code)) {
        let message = format!("Mã khách hàng {} đã tồn tại", row.code);
        return Err(refusals::customer(&message));
    }
    let per_branch = shop.settings.manager_customer_by_branch;
    let neighbour = |other: &&Customer| !per_branch || other.branch_id == row.branch_id;
    let Some(phone) = row.contact_number.as_deref().map(digits) else {
        return Ok(());
    };
    let same =
        |other: &Customer| other.contact_number.as_deref().map(digits) == Some(phone.clone());
    if switches.is_default(31) && others().filter(neighbour).any(same) {
        let phone = row.contact_number.as_deref().unwrap_or_default();
        return Err(refusals::customer(&format!(
            "Số điện thoại {phone} đã tồn tại"
        )));
    }
    Ok(())
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// The customer of an order, found but perhaps not yet made.
pub struct Who(Option<Found>);

enum Found {
    Known(i64),
    New(Box<Customer>),
}

impl Who {
    /// Makes the customer if it is new; to be called when nothing can be refused any more.
    pub fn settle(self, edit: &mut Edit<'_>) -> Option<i64> {
        match self.0? {
            Found::Known(id) => Some(id),
            Found::New(row) => Some(add(edit, *row)),
        }
    }
}

/// The customer a body names: `customerId` (UNSURE-32), `customer.id`, else `customer{}` by code, then phone, else a
/// new one (UNSURE-35). None is a walk-in.
///
/// # Errors
/// 420 for an unknown or stopped customer, or one of another branch.
pub fn of_draft(edit: &Edit<'_>, draft: &Draft, branch_id: i64) -> Result<Who, Refusal> {
    let direct = draft.customer_id.filter(|_| edit.switches.is_default(32));
    let inside = match &draft.customer {
        Some(body) => body.int("id")?.filter(|id| *id != 0),
        None => None,
    };
    if let Some(id) = direct.or(inside) {
        return known(edit.catalogue, id, branch_id);
    }
    let Some(body) = &draft.customer else {
        return Ok(Who(None));
    };
    match edit.switches.reading(35) {
        'C' => return Ok(Who(None)),
        'B' => {}
        _ => {
            if let Some(id) = matching(edit.catalogue, body, branch_id)? {
                return known(edit.catalogue, id, branch_id);
            }
        }
    }
    let mut row = Customer {
        branch_id: Some(branch_id),
        ..Customer::default()
    };
    fill(&mut row, body, edit.switches)?;
    if row.name.is_empty() {
        return Ok(Who(None));
    }
    check(edit.catalogue, edit.switches, &row)?;
    Ok(Who(Some(Found::New(Box::new(row)))))
}

fn known(shop: &Catalogue, id: i64, branch_id: i64) -> Result<Who, Refusal> {
    let row = shop.customer(id).filter(|row| row.is_active);
    let row = row.ok_or_else(refusals::unknown_customer)?;
    let foreign = row.branch_id.is_some_and(|branch| branch != branch_id);
    if shop.settings.manager_customer_by_branch && foreign {
        return Err(refusals::foreign_customer());
    }
    Ok(Who(Some(Found::Known(id))))
}

fn matching(shop: &Catalogue, body: &Fields, branch_id: i64) -> Result<Option<i64>, Refusal> {
    let per_branch = shop.settings.manager_customer_by_branch;
    let here = |row: &&Customer| !per_branch || row.branch_id.is_none_or(|id| id == branch_id);
    let rows = || {
        shop.customers
            .iter()
            .filter(|row| row.is_active)
            .filter(here)
    };
    if let Some(code) = body.text("code")? {
        if let Some(row) = rows().find(|row| row.code.eq_ignore_ascii_case(&code)) {
            return Ok(Some(row.id));
        }
    }
    let Some(phone) = body.text("contactNumber")? else {
        return Ok(None);
    };
    let same = |row: &&Customer| row.contact_number.as_deref().map(digits) == Some(digits(&phone));
    Ok(rows().find(same).map(|row| row.id))
}
