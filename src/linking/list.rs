//! Reads a table of links, as a spreadsheet gives it (product.md B4).
//!
//! The first line names the columns; they may stand in any order, and others are passed over, so that
//! an exported file can be edited and read back:
//!
//! | column | what |
//! |---|---|
//! | `good_id`, `good_code` | the good, by either (the id wins) |
//! | `product_id`, `product_sku` | the product or variation, by either (the id wins) |
//! | `state` | `active` (default), `paused`, `excluded`, or `unlinked` to end the link |

use super::because;
use super::pair::{Pair, PairState};
use crate::goods::sku_key;
use crate::plan::Reason;
use crate::stock::param;
use crate::text::{fold, trim};
use serde::{Deserialize, Serialize};

/// One line of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number in the file, from 1.
    pub line: i64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What [`read_link_list`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkListInput {
    /// Every line, the first with the columns' names.
    pub lines: Vec<Line>,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OddLine {
    /// Its number in the file.
    pub line: i64,
    /// Why.
    pub reason: Reason,
}

/// What the table says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkList {
    /// Why the whole table cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Reason>,
    /// The pairs, in the order of the lines.
    pub pairs: Vec<Pair>,
    /// Lines that cannot be read; the others stand all the same.
    pub odd: Vec<OddLine>,
    /// The keys of the codes by which goods are named, to look them up by ([`crate::goods::sku_key`]).
    pub keys: Vec<String>,
}

/// The columns, and the names each goes by.
const COLUMNS: [(Column, &[&str]); 5] = [
    (Column::GoodId, &["good_id", "pos_id"]),
    (Column::GoodCode, &["good_code", "pos_code"]),
    (Column::ProductId, &["product_id", "shop_id"]),
    (Column::ProductSku, &["product_sku", "sku"]),
    (Column::State, &["state"]),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    GoodId,
    GoodCode,
    ProductId,
    ProductSku,
    State,
}

/// Reads the table.
#[must_use]
pub fn read_link_list(input: LinkListInput) -> LinkList {
    let mut list = LinkList::default();
    let mut lines = input.lines.into_iter();
    let Some(head) = lines.next() else {
        list.refused = Some(because("links-file-empty", Vec::new()));
        return list;
    };
    let columns: Vec<Option<Column>> = head.cells.iter().map(|cell| column(cell)).collect();
    let has = |wanted: Column| columns.contains(&Some(wanted));
    let good = has(Column::GoodId) || has(Column::GoodCode);
    let product = has(Column::ProductId) || has(Column::ProductSku);
    if !good || !(product || has(Column::State)) {
        list.refused = Some(because("links-columns-missing", Vec::new()));
        return list;
    }
    for line in lines {
        if line.cells.iter().all(|cell| trim(cell).is_empty()) {
            continue;
        }
        match read(&columns, &line) {
            Ok(pair) => {
                if pair.good_id.is_empty() {
                    list.keys.push(sku_key(&pair.good_code));
                }
                list.pairs.push(pair);
            }
            Err(reason) => list.odd.push(OddLine {
                line: line.line,
                reason,
            }),
        }
    }
    list
}

fn column(cell: &str) -> Option<Column> {
    let name = fold(trim(cell));
    let found = COLUMNS.iter().find(|(_, names)| names.contains(&&*name));
    found.map(|(column, _)| *column)
}

fn read(columns: &[Option<Column>], line: &Line) -> Result<Pair, Reason> {
    let mut pair = Pair {
        line: line.line,
        ..Pair::default()
    };
    for (column, cell) in columns.iter().zip(&line.cells) {
        let cell = plain(cell);
        match column {
            Some(Column::GoodId) => pair.good_id = cell.into(),
            Some(Column::GoodCode) => pair.good_code = cell.into(),
            Some(Column::ProductId) => pair.shop_id = number(cell)?,
            Some(Column::ProductSku) => pair.sku = cell.into(),
            Some(Column::State) => pair.state = state(cell)?,
            None => {}
        }
    }
    if pair.good_id.is_empty() && pair.good_code.is_empty() {
        return Err(because("pair-without-good", Vec::new()));
    }
    let unlinks = pair.state == Some(PairState::Unlinked);
    if pair.shop_id == 0 && pair.sku.is_empty() && !unlinks {
        return Err(because("pair-without-product", Vec::new()));
    }
    Ok(pair)
}

/// A cell without blanks around it, and without the mark that keeps a spreadsheet from running it as a
/// formula.
fn plain(cell: &str) -> &str {
    let cell = trim(cell);
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

fn number(cell: &str) -> Result<i64, Reason> {
    let cell = cell.strip_prefix('#').unwrap_or(cell);
    if cell.is_empty() {
        return Ok(0);
    }
    let number = cell.parse::<i64>().ok().filter(|number| *number > 0);
    number.ok_or_else(|| because("pair-number-odd", vec![param("value", cell)]))
}

fn state(cell: &str) -> Result<Option<PairState>, Reason> {
    Ok(Some(match &*fold(cell) {
        "" => return Ok(None),
        "active" | "linked" => PairState::Active,
        "paused" => PairState::Paused,
        "excluded" => PairState::Excluded,
        "unlinked" => PairState::Unlinked,
        _ => return Err(because("pair-state-odd", vec![param("value", cell)])),
    }))
}
