//! Customers (kiotviet-api.md §5).

use super::answer::{Answer, Reading};
use super::envelope::listed;
use super::list::{keep, read_list, Reader, Spec};
use super::one::read_one;
use super::row::{id, Row};
use super::wire::{shape, Kind, Node};
use crate::customers::{email_key, phone_key};
use crate::model::PosCustomer;

shape!(GROUP, Group {
    GroupId "groupid" Kind::Scalar;
});

shape!(CUSTOMER, Field {
    Id "id" Kind::Scalar;
    Code "code" Kind::Scalar;
    Name "name" Kind::Scalar;
    Phone "contactnumber" Kind::Scalar;
    SecondPhone "subnumber" Kind::Scalar;
    Email "email" Kind::Scalar;
    Address "address" Kind::Scalar;
    Location "locationname" Kind::Scalar;
    Ward "wardname" Kind::Scalar;
    Company "organization" Kind::Scalar;
    TaxCode "taxcode" Kind::Scalar;
    BranchId "branchid" Kind::Scalar;
    Groups "groups" Kind::Scalar;
    GroupDetails "customergroupdetails" Kind::Rows(&GROUP);
    Modified "modifieddate" Kind::Scalar;
    Created "createddate" Kind::Scalar;
});

listed! {
    /// `GET /customers`, a detail, and what creating and updating give.
    Customers, CUSTOMER
}

static SPEC: Spec = Spec {
    kind: "customer",
    row: &CUSTOMER,
    id: &[Field::Id as usize],
    label: &[Field::Code as usize, Field::Name as usize],
};

/// Reads `GET /customers`.
#[must_use]
pub fn read_customers(answer: Answer<Customers>) -> Reading<PosCustomer> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, customer(reader));
    read_list(answer.fields, &SPEC, read).with(rows)
}

/// Reads one customer, wrapped in `data` or not [UNSURE-30]: `GET /customers/{id}`, `POST
/// /customers`, `PUT /customers/{id}`.
#[must_use]
pub fn read_customer(answer: Answer<Customers>) -> Reading<PosCustomer> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, customer(reader));
    match read_one(answer.fields, &SPEC, read) {
        Ok(walked) => walked.with(rows),
        Err(failure) => super::list::failed(failure),
    }
}

#[inline(never)]
fn customer(reader: &mut Reader<'_>) -> Option<PosCustomer> {
    let row = &mut reader.row;
    let mut customer = PosCustomer {
        code: row.plain(Field::Code as usize),
        name: row.plain(Field::Name as usize),
        phone: row.plain(Field::Phone as usize),
        second_phone: row.plain(Field::SecondPhone as usize),
        email: row.plain(Field::Email as usize),
        address: row.plain(Field::Address as usize),
        location: row.plain(Field::Location as usize),
        ward: row.plain(Field::Ward as usize),
        company: row.plain(Field::Company as usize),
        tax_code: row.plain(Field::TaxCode as usize),
        branch_id: row.id(Field::BranchId as usize),
        group_ids: groups(row.take(Field::GroupDetails as usize)),
        groups: row.plain(Field::Groups as usize),
        modified: row.instant(Field::Modified as usize),
        created: row.instant(Field::Created as usize),
        id: reader.id.clone(),
        ..PosCustomer::default()
    };
    customer.masked = hidden(&customer.name) || hidden(&customer.phone);
    customer.phone_key = phone_key(&customer.phone);
    customer.second_key = phone_key(&customer.second_phone);
    customer.email_key = email_key(&customer.email);
    Some(customer)
}

/// A marketplace hides names and phones behind asterisks (§5).
fn hidden(text: &str) -> bool {
    text.contains("**")
}

fn groups(details: Node) -> Vec<String> {
    let mut ids = Vec::new();
    for node in details.entries() {
        let row = Row::of(node, &GROUP);
        let group = row.and_then(|row| id(row.get(Group::GroupId as usize)).ok().flatten());
        ids.extend(group);
    }
    ids
}
