//! The small lists orders choose from (kiotviet-api.md §1.6, §5, §8): surcharges, sale channels,
//! bank accounts, users and customer groups, by one table.

use super::answer::{Answer, Reading};
use super::envelope::listed;
use super::list::{keep, read_list, Reader, Spec};
use super::one::read_one;
use super::wire::{shape, Kind};
use crate::model::PosEntry;

shape!(ENTRY, Field {
    Id "id" Kind::Scalar;
    Name "name" Kind::Scalar;
    Code "code" Kind::Scalar;
    SurchargeName "surchargename" Kind::Scalar;
    SurchargeCode "surchargecode" Kind::Scalar;
    BankName "bankname" Kind::Scalar;
    AccountNumber "accountnumber" Kind::Scalar;
    GivenName "givenname" Kind::Scalar;
    UserName "username" Kind::Scalar;
    IsActive "isactive" Kind::Scalar;
});

listed! {
    /// A small list.
    Entries, ENTRY
}

const fn spec(kind: &'static str) -> Spec {
    Spec {
        kind,
        row: &ENTRY,
        id: &[Field::Id as usize],
        label: &[
            Field::Code as usize,
            Field::Name as usize,
            Field::SurchargeName as usize,
        ],
    }
}

static SURCHARGE: Spec = spec("surcharge");
static CHANNEL: Spec = spec("channel");
static ACCOUNT: Spec = spec("account");
static USER: Spec = spec("user");
static GROUP: Spec = spec("customer-group");

/// Reads `GET /surchages`; surcharges that are switched off are not in it.
#[must_use]
pub fn read_surcharges(answer: Answer<Entries>) -> Reading<PosEntry> {
    list(answer, &SURCHARGE)
}

/// Reads what `POST /surchages` gives.
#[must_use]
pub fn read_surcharge(answer: Answer<Entries>) -> Reading<PosEntry> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, entry(reader));
    match read_one(answer.fields, &SURCHARGE, read) {
        Ok(walked) => walked.with(rows),
        Err(failure) => super::list::failed(failure),
    }
}

/// Reads `GET /salechannel`.
#[must_use]
pub fn read_channels(answer: Answer<Entries>) -> Reading<PosEntry> {
    list(answer, &CHANNEL)
}

/// Reads `GET /BankAccounts`.
#[must_use]
pub fn read_accounts(answer: Answer<Entries>) -> Reading<PosEntry> {
    list(answer, &ACCOUNT)
}

/// Reads `GET /users`.
#[must_use]
pub fn read_users(answer: Answer<Entries>) -> Reading<PosEntry> {
    list(answer, &USER)
}

/// Reads `GET /customers/group`.
#[must_use]
pub fn read_groups(answer: Answer<Entries>) -> Reading<PosEntry> {
    list(answer, &GROUP)
}

#[inline(never)]
fn list(answer: Answer<Entries>, spec: &Spec) -> Reading<PosEntry> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, entry(reader));
    read_list(answer.fields, spec, read).with(rows)
}

#[inline(never)]
fn entry(reader: &mut Reader<'_>) -> Option<PosEntry> {
    let row = &mut reader.row;
    let mut first = |places: [Field; 3]| {
        let mut places = places.into_iter();
        places.find_map(|place| row.text(place as usize))
    };
    let name = first([Field::Name, Field::SurchargeName, Field::BankName])
        .or_else(|| first([Field::GivenName, Field::UserName, Field::AccountNumber]));
    let code = first([Field::Code, Field::SurchargeCode, Field::AccountNumber])
        .or_else(|| first([Field::UserName, Field::Code, Field::Code]));
    let active = row.flag(Field::IsActive as usize).unwrap_or(true);
    let id = reader.id.clone();
    Some(PosEntry {
        name: name.unwrap_or_else(|| id.clone()),
        code: code.unwrap_or_default(),
        active,
        id,
    })
}
