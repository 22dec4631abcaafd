//! Faults that change what a list says rather than how it is sent.

use super::Action;
use crate::query::Query;
use crate::wire::Envelope;

/// Faults that work by asking the endpoint for something else.
pub fn tamper_query(actions: &[Action], query: &mut Query) {
    if !actions.contains(&Action::RepeatPage) {
        return;
    }
    let number = |name: &str| query.int(name).ok().flatten();
    let size = number("pageSize").unwrap_or(20);
    let offset = number("currentItem").unwrap_or(0);
    query.set("currentItem", (offset - size).max(0).to_string());
}

/// Faults that work on the page before it is written.
pub fn tamper_envelope(actions: &[Action], envelope: &mut Envelope) {
    for action in actions {
        match action {
            Action::MissingData => envelope.without_data = true,
            Action::ShortPage { drop } => envelope
                .rows
                .truncate(envelope.rows.len().saturating_sub(*drop)),
            Action::WrongTotal { by } => envelope.total += by,
            Action::EmptyList { keep_total } => {
                envelope.rows.clear();
                if !keep_total {
                    envelope.total = 0;
                }
            }
            _ => {}
        }
    }
}
