//! Stock rows: the light list (`GET /productOnHands`, kiotviet-api.md §3.7) and those in goods.

use super::answer::{Answer, Reading};
use super::decimal::{QUANTITY, RATIO};
use super::envelope::listed;
use super::list::{keep, read_list, Reader, Spec};
use super::row::{add, amount, flag, id, Read, Row};
use super::say::owned;
use super::wire::{shape, Kind, Node};
use crate::model::{BranchStock, GoodStock, Quantity, Severity};

shape!(STOCK_ROW, Field {
    BranchId "branchid" Kind::Scalar;
    OnHand "onhand" Kind::Scalar;
    Reserved "reserved" Kind::Scalar;
    IsActive "isactive" Kind::Scalar;
});

/// A stock row of a good; both spellings of the stock key are one in wire form [UNSURE-23].
pub(super) const STOCK_KIND: Kind = Kind::Rows(&STOCK_ROW);

shape!(ON_HAND, List {
    Id "id" Kind::Scalar;
    Code "code" Kind::Scalar;
    Inventories "inventories" Kind::Rows(&STOCK_ROW);
});

listed! {
    /// `GET /productOnHands`.
    Stocks, ON_HAND
}

static SPEC: Spec = Spec {
    kind: "good",
    row: &ON_HAND,
    id: &[List::Id as usize],
    label: &[List::Code as usize],
};

/// Reads `GET /productOnHands`.
#[must_use]
pub fn read_stocks(answer: Answer<Stocks>) -> Reading<GoodStock> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, good_stock(reader));
    read_list(answer.fields, &SPEC, read).with(rows)
}

fn good_stock(reader: &mut Reader<'_>) -> Option<GoodStock> {
    let listed = reader.row.take(List::Inventories as usize);
    let stocks = branch_stocks(reader, listed).unwrap_or_default();
    Some(GoodStock {
        id: reader.id.clone(),
        stocks,
    })
}

/// The stock of one good, a row a branch; `None` when there is none.
///
/// A row whose numbers cannot be read is left out and named: unknown is not 0 (product.md D2).
/// Of two rows of one branch neither is believed.
pub(super) fn branch_stocks(reader: &mut Reader<'_>, listed: Node) -> Option<Vec<BranchStock>> {
    let nodes = listed.entries();
    if nodes.is_empty() {
        return None;
    }
    let mut lost = String::new();
    let stocks = branch_stocks_of(nodes, &mut lost);
    if !lost.is_empty() {
        reader.say("stock-unreadable", Severity::Review, &lost);
    }
    Some(stocks)
}

/// The rows that can be read; the branches of those that cannot are added to `lost`.
pub(super) fn branch_stocks_of(nodes: Vec<Node>, lost: &mut String) -> Vec<BranchStock> {
    let mut stocks: Vec<BranchStock> = Vec::with_capacity(nodes.len());
    let mut twice = false;
    for node in nodes {
        match branch_stock(node) {
            Ok(stock) => {
                if stocks
                    .iter()
                    .any(|known| known.branch_id == stock.branch_id)
                {
                    twice = true;
                }
                stocks.push(stock);
            }
            Err(branch) => add(lost, &branch),
        }
    }
    if twice {
        stocks = once(stocks, lost);
    }
    stocks
}

/// Drops the branches that came more than once.
#[inline(never)]
fn once(rows: Vec<BranchStock>, lost: &mut String) -> Vec<BranchStock> {
    let mut kept = Vec::new();
    for row in &rows {
        let same = rows.iter().filter(|other| other.branch_id == row.branch_id);
        if same.count() == 1 {
            kept.push(row.clone());
        } else {
            add(lost, &row.branch_id);
        }
    }
    kept
}

/// A stock number with what is beyond thousandths cut off, or with `more` (999 millionths) counted
/// in full: 2.9996 on hand is not 3, 0.0004 reserved is not 0, so that nothing is sold that is not
/// there (product.md D1, D2). From the seventh decimal on it is noise of the POS's binary numbers
/// (2.9999999999999996 is 3).
fn thousandths(node: &Node, more: i64) -> Read<i64> {
    match amount(node, RATIO) {
        Ok(Some(millionths)) => Ok(millionths.saturating_add(more).checked_div(1000)),
        // Too large for millionths, or no number.
        other => amount(node, QUANTITY).or(other),
    }
}

/// Reads a row; an error names its branch.
fn branch_stock(node: Node) -> Result<BranchStock, String> {
    let unknown = || owned("?");
    let row = Row::of(node, &STOCK_ROW).ok_or_else(unknown)?;
    let branch_id = id(row.get(Field::BranchId as usize))
        .ok()
        .flatten()
        .ok_or_else(unknown)?;
    let on_hand = thousandths(row.get(Field::OnHand as usize), 0);
    let reserved = thousandths(row.get(Field::Reserved as usize), 999);
    match (on_hand, reserved) {
        (Ok(Some(on_hand)), Ok(reserved)) => Ok(BranchStock {
            branch_id,
            on_hand: Quantity(on_hand),
            reserved: Quantity(reserved.unwrap_or(0)),
            active: flag(row.get(Field::IsActive as usize)).ok().flatten(),
        }),
        _ => Err(branch_id),
    }
}
