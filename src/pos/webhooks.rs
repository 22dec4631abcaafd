//! The list of registered webhooks (kiotviet-api.md §9.1).

use super::answer::{Answer, Reading};
use super::envelope::{listed, open, Opened};
use super::list::{failed, keep, read_rows, Reader, Spec};
use super::wire::{shape, Kind};
use crate::webhooks::Registration;

shape!(WEBHOOK, Field {
    Id "id" Kind::Scalar;
    Type "type" Kind::Scalar;
    Url "url" Kind::Scalar;
    IsActive "isactive" Kind::Scalar;
});

listed! {
    /// `GET /webhooks`.
    Webhooks, WEBHOOK
}

static SPEC: Spec = Spec {
    kind: "webhook",
    row: &WEBHOOK,
    id: &[Field::Id as usize],
    label: &[Field::Type as usize],
};

/// Reads `GET /webhooks`: every application's, this site's among them. What `POST` answers is one
/// registration without a list around it.
#[must_use]
pub fn read_webhooks(answer: Answer<Webhooks>) -> Reading<Registration> {
    let opened = match open(answer.fields) {
        Ok(opened) if opened.listed => opened,
        Ok(opened) => Opened::row(opened.bare, ""),
        Err(failure) => return failed(failure),
    };
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, registration(reader));
    read_rows(opened, &SPEC, read).with(rows)
}

fn registration(reader: &mut Reader<'_>) -> Option<Registration> {
    let row = &mut reader.row;
    Some(Registration {
        kind: row.text(Field::Type as usize).unwrap_or_default(),
        url: row.text(Field::Url as usize).unwrap_or_default(),
        active: row.flag(Field::IsActive as usize) != Some(false),
        id: reader.id.clone(),
    })
}
