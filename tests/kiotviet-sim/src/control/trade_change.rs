//! What clerks and marketplaces do to orders, invoices and customers, and the shop's small lists.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::lookup::merge;
use crate::catalogue::{Catalogue, Customer, Delivery, Document, Line, DRAFT, INVOICE_DONE};
use crate::edit::Edit;
use crate::trade::{customer, invoice, order};
use crate::wire::Refusal;

/// An order, an invoice or a customer: `{"id": 70000001}` or `{"code": "DH000001"}`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Which {
    /// By id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// By exact code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Which {
    /// By id.
    pub fn by_id(id: i64) -> Self {
        Self {
            id: Some(id),
            code: None,
        }
    }

    fn is(&self, id: i64, code: &str) -> bool {
        match &self.id {
            Some(wanted) => *wanted == id,
            None => self.code.as_deref() == Some(code),
        }
    }

    fn document(&self, kind: &str, rows: &[Document]) -> Result<Document, String> {
        let found = rows.iter().find(|row| self.is(row.id, &row.code));
        found
            .cloned()
            .ok_or_else(|| format!("no {kind} with {self:?}"))
    }

    fn order(&self, shop: &Catalogue) -> Result<Document, String> {
        self.document("order", &shop.orders)
    }

    fn invoice(&self, shop: &Catalogue) -> Result<Document, String> {
        self.document("invoice", &shop.invoices)
    }

    fn customer(&self, shop: &Catalogue) -> Result<Customer, String> {
        let found = shop.customers.iter().find(|row| self.is(row.id, &row.code));
        found
            .cloned()
            .ok_or_else(|| format!("no customer with {self:?}"))
    }
}

/// A refusal as a sentence of the control door.
fn told(refusal: Refusal) -> String {
    refusal.body
}

/// An order typed in at the POS, or one a marketplace sent in: everything as given, nothing checked but the goods.
pub fn add_order(edit: &mut Edit<'_>, wanted: &Document) -> Result<i64, String> {
    let mut order = wanted.clone();
    if order.id == 0 {
        order.id = edit.catalogue.next_order_id();
    }
    if order.status == 0 {
        order.status = DRAFT;
    }
    if order.code.is_empty() {
        order.code = format!("DH{:06}", order.id - 70_000_000);
    }
    complete(edit, &mut order)?;
    let id = order.id;
    order::place(edit, order);
    Ok(id)
}

/// A sale at the till.
pub fn add_invoice(edit: &mut Edit<'_>, wanted: &Document) -> Result<i64, String> {
    let mut row = wanted.clone();
    if row.id == 0 {
        row.id = edit.catalogue.next_invoice_id();
    }
    if row.status == 0 {
        row.status = INVOICE_DONE;
    }
    if row.code.is_empty() {
        row.code = format!("HD{:06}", row.id - 80_000_000);
    }
    complete(edit, &mut row)?;
    let id = row.id;
    invoice::place(edit, row);
    Ok(id)
}

fn complete(edit: &Edit<'_>, row: &mut Document) -> Result<(), String> {
    if row.branch_id == 0 {
        let first = edit.catalogue.branches.first();
        row.branch_id = first.map(|branch| branch.id).unwrap_or_default();
    }
    let unknown = |line: &&Line| edit.catalogue.product(line.product_id).is_none();
    if let Some(line) = row.lines.iter().find(unknown) {
        return Err(format!("{}: no product {}", row.code, line.product_id));
    }
    if row.sold_by_id.is_none() {
        row.sold_by_id = edit.catalogue.users.first().map(|user| user.id);
    }
    row.purchase_date.get_or_insert(edit.now);
    row.created_date.get_or_insert(edit.now);
    row.origin.get_or_insert_with(|| "pos".into());
    Ok(())
}

/// Sets fields of an order by their catalogue names: status, lines, description …
pub fn set_order(
    edit: &mut Edit<'_>,
    which: &Which,
    fields: &Map<String, Value>,
) -> Result<(), String> {
    let mut row = merge(&which.order(edit.catalogue)?, fields)?;
    row.modified_date = Some(edit.now);
    order::replace(edit, row);
    Ok(())
}

/// Sets fields of an invoice.
pub fn set_invoice(
    edit: &mut Edit<'_>,
    which: &Which,
    fields: &Map<String, Value>,
) -> Result<(), String> {
    let mut row = merge(&which.invoice(edit.catalogue)?, fields)?;
    row.modified_date = Some(edit.now);
    invoice::replace(edit, row);
    Ok(())
}

/// Cancels an order.
pub fn cancel_order(edit: &mut Edit<'_>, which: &Which, void: bool) -> Result<(), String> {
    let id = which.order(edit.catalogue)?.id;
    order::cancel(edit, id, void).map_err(told)
}

/// Cancels an invoice.
pub fn cancel_invoice(edit: &mut Edit<'_>, which: &Which, void: bool) -> Result<(), String> {
    let id = which.invoice(edit.catalogue)?.id;
    invoice::cancel(edit, id, void).map_err(told)
}

/// Makes an invoice of what an order still holds, or of some lines.
pub fn invoice_order(
    edit: &mut Edit<'_>,
    which: &Which,
    lines: Option<&Vec<Line>>,
    delivery: Option<&Delivery>,
) -> Result<i64, String> {
    let row = which.order(edit.catalogue)?;
    let made = invoice::of_order(edit, row.id, lines.cloned(), delivery.cloned());
    made.ok_or_else(|| format!("order {} holds nothing to invoice", row.code))
}

/// News of a parcel.
pub fn deliver(edit: &mut Edit<'_>, which: &Which, news: &Delivery) -> Result<(), String> {
    let id = which.invoice(edit.catalogue)?.id;
    invoice::deliver(edit, id, news).map_err(told)
}

/// Adds a customer.
pub fn add_customer(edit: &mut Edit<'_>, wanted: &Customer) -> i64 {
    customer::add(edit, wanted.clone())
}

/// Sets fields of a customer.
pub fn set_customer(
    edit: &mut Edit<'_>,
    which: &Which,
    fields: &Map<String, Value>,
) -> Result<(), String> {
    let mut row = merge(&which.customer(edit.catalogue)?, fields)?;
    row.modified_date = Some(edit.now);
    customer::replace(edit, row);
    Ok(())
}

/// Deletes a customer.
pub fn remove_customer(edit: &mut Edit<'_>, which: &Which) -> Result<(), String> {
    let id = which.customer(edit.catalogue)?.id;
    customer::remove(edit, id).map_err(told)
}

/// A small list without rules of its own.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum List {
    /// Customer groups.
    Groups,
    /// Surcharges.
    Surcharges,
    /// Sale channels.
    SaleChannels,
    /// Users.
    Users,
    /// Bank accounts.
    BankAccounts,
    /// Brands.
    TradeMarks,
}

/// What happens to a row of a small list.
pub enum Act<'a> {
    /// A new row.
    Add(&'a Map<String, Value>),
    /// Fields of a row.
    Set(i64, &'a Map<String, Value>),
    /// A row goes.
    Remove(i64),
}

/// Adds, sets or removes a row of a small list.
pub fn change_list(edit: &mut Edit<'_>, list: List, act: &Act<'_>) -> Result<(), String> {
    let shop = &mut *edit.catalogue;
    match list {
        List::Groups => on_rows(&mut shop.groups, |row| row.id, act),
        List::Surcharges => on_rows(&mut shop.surcharges, |row| row.id, act),
        List::SaleChannels => on_rows(&mut shop.sale_channels, |row| row.id, act),
        List::Users => on_rows(&mut shop.users, |row| row.id, act),
        List::BankAccounts => on_rows(&mut shop.bank_accounts, |row| row.id, act),
        List::TradeMarks => on_rows(&mut shop.trade_marks, |row| row.trade_mark_id, act),
    }
}

fn on_rows<T>(rows: &mut Vec<T>, id_of: impl Fn(&T) -> i64, act: &Act<'_>) -> Result<(), String>
where
    T: Default + Serialize + DeserializeOwned,
{
    let missing = |id: i64| format!("the list has no row {id}");
    match act {
        Act::Add(fields) => rows.push(merge(&T::default(), fields)?),
        Act::Set(id, fields) => {
            let row = rows.iter_mut().find(|row| id_of(row) == *id);
            let row = row.ok_or_else(|| missing(*id))?;
            *row = merge(row, fields)?;
        }
        Act::Remove(id) => {
            let at = rows.iter().position(|row| id_of(row) == *id);
            rows.remove(at.ok_or_else(|| missing(*id))?);
        }
    }
    Ok(())
}
