//! Bodies (§9.3): the envelope, or the bare list of removed ids (UNSURE-45).

use super::Kind;
use crate::switches::Switches;
use crate::wire::{array, text, Row};

/// One row of `Data`, JSON text already.
#[derive(Clone, Debug)]
pub struct Item {
    /// The type it belongs to.
    pub kind: Kind,
    /// A row, or an id for what was deleted.
    pub json: String,
}

/// What a delivery carries; `Id` and `Attempt` come in when it is sent.
#[derive(Clone, Debug)]
pub enum Content {
    /// `{"Id", "Attempt", "Notifications": [{"Action", "Data"}]}`.
    Envelope {
        /// The same in every notification: a registration has one type.
        action: String,
        /// `Data` of each notification.
        data: Vec<Vec<String>>,
    },
    /// `{"RemoveId": […]}`.
    Bare(Vec<String>),
}

/// How rows are packed.
#[derive(Clone, Copy, Debug)]
pub struct Packing {
    /// Rows of one `Data`, at least 1.
    pub rows: usize,
    /// Entries of `Notifications` of one delivery, at least 1.
    pub notifications: usize,
}

impl Content {
    /// Packs the rows of one type for one registration into as many bodies as they need.
    pub fn pack(
        kind: Kind,
        rows: &[&str],
        packing: Packing,
        switches: &Switches,
        retailer_id: i64,
        webhook_id: i64,
    ) -> Vec<Self> {
        let rows_each = packing.rows.max(1);
        let owned = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect();
        if is_bare(kind, switches) {
            return rows
                .chunks(rows_each)
                .map(|rows| Self::Bare(owned(rows)))
                .collect();
        }
        let action = match switches.reading(42) {
            'B' => kind.name().to_owned(),
            'C' => format!("{}.{webhook_id}", kind.name()),
            _ => format!("{}.{retailer_id}", kind.name()),
        };
        let per_delivery = rows_each.saturating_mul(packing.notifications.max(1));
        rows.chunks(per_delivery)
            .map(|rows| Self::Envelope {
                action: action.clone(),
                data: rows.chunks(rows_each).map(owned).collect(),
            })
            .collect()
    }

    /// How many rows it carries.
    pub fn rows(&self) -> usize {
        match self {
            Self::Envelope { data, .. } => data.iter().map(Vec::len).sum(),
            Self::Bare(ids) => ids.len(),
        }
    }

    /// The body of one attempt.
    pub fn body(&self, id: &str, attempt: u32) -> String {
        match self {
            Self::Bare(ids) => Row::new()
                .json("RemoveId", array(ids.iter().cloned()))
                .finish(),
            Self::Envelope { action, data } => {
                let notifications = data.iter().map(|rows| {
                    Row::new()
                        .text("Action", action)
                        .json("Data", array(rows.iter().cloned()))
                        .finish()
                });
                Row::new()
                    .json("Id", text(id))
                    .int("Attempt", i64::from(attempt))
                    .json("Notifications", array(notifications))
                    .finish()
            }
        }
    }
}

fn is_bare(kind: Kind, switches: &Switches) -> bool {
    match switches.reading(45) {
        'B' => kind.may_be_bare(),
        'C' => kind.may_be_bare() && kind != Kind::ProductDelete,
        _ => false,
    }
}
