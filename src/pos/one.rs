//! A single record, wrapped in `data` or not (kiotviet-api.md §13, "Wrappers").

use super::answer::Failure;
use super::envelope::open;
use super::list::{read_rows, Reader, Spec, Walked};
use super::wire::Node;

/// Reads one record. An answer with a message and no record gives no row and no complaint: a
/// deletion answers so.
#[inline(never)]
pub(super) fn read_one(
    fields: Vec<Node>,
    spec: &Spec,
    read: &mut dyn FnMut(&mut Reader<'_>) -> bool,
) -> Result<Walked, Failure> {
    let mut opened = open(fields)?;
    let bare = std::mem::take(&mut opened.bare);
    if opened.rows.is_empty() && bare.iter().any(|field| *field != Node::Absent) {
        opened.rows.push(Node::Row(bare));
    }
    opened.page.rows = i64::try_from(opened.rows.len()).unwrap_or(0);
    opened.page.total = None;
    Ok(read_rows(opened, spec, read))
}
