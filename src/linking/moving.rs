//! Moving over from KiotViet Sync, KiotViet's own plugin (product.md A12).
//!
//! Its tables are read and never written: `kiotviet_sync_products` (product, POS id, shop, on or off; a
//! variable product has POS id 0 and names its master), `kiotviet_sync_orders` (order, POS id, the POS's
//! answer), `kiotviet_sync_categories`. Its POS ids are 32-bit columns: a greater one was stored as
//! [`OVERFLOW`] and says nothing; the POS's own answer beside it, where there is one, still has the
//! right one.
//!
//! What comes out is a proposal: pairs for [`super::judge_links`], and orders and categories to link.

use super::because;
use super::pair::{Pair, PairState};
use crate::model::{CategoryLink, Money, Term};
use crate::orders::OrderLink;
use crate::plan::Reason;
use crate::pos::decimal::{scaled, MONEY};
use crate::pos::moment;
use crate::stock::param;
use crate::text::{fold, trim, Keys};
use serde::{Deserialize, Serialize};

/// What MySQL makes of a number that is too great for an `int` column.
const OVERFLOW: &str = "2147483647";

/// A row of `kiotviet_sync_products`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MovingProduct {
    /// The row's number.
    pub row: i64,
    /// The product or variation.
    pub shop_id: i64,
    /// The POS id, as it stands.
    pub remote_id: String,
    /// The master's POS id of a variable product, `0` for others.
    pub parent: String,
    /// The POS shop it belongs to.
    pub retailer: String,
    /// It was kept in step.
    pub on: bool,
    /// The id in the POS's own answer; empty when there is none.
    pub raw_id: String,
}

/// What the POS answered when an order was pushed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RawOrder {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its branch.
    pub branch_id: String,
    /// Its customer.
    pub customer_id: String,
    /// Its total.
    pub total: String,
    /// When it was made.
    pub created: String,
}

/// A row of `kiotviet_sync_orders`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MovingOrder {
    /// The row's number.
    pub row: i64,
    /// The order of the site.
    pub order_id: i64,
    /// The POS id, as it stands.
    pub remote_id: String,
    /// The POS's own answer.
    pub raw: RawOrder,
    /// The site still has the order.
    pub known: bool,
    /// It is linked with a POS order already.
    pub linked: bool,
}

/// A row of `kiotviet_sync_categories`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MovingCategory {
    /// The row's number.
    pub row: i64,
    /// The term.
    pub term_id: i64,
    /// The POS id, as it stands.
    pub remote_id: String,
    /// The POS shop it belongs to.
    pub retailer: String,
    /// The id in the POS's own answer; empty when there is none.
    pub raw_id: String,
}

/// What [`read_moving`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MovingInput {
    /// The POS shop that is connected.
    pub shop: String,
    /// Its branches, closed ones too.
    pub branches: Vec<String>,
    /// Rows of products.
    pub products: Vec<MovingProduct>,
    /// Rows of orders.
    pub orders: Vec<MovingOrder>,
    /// Rows of categories.
    pub categories: Vec<MovingCategory>,
    /// The POS's categories.
    pub known_categories: Vec<String>,
    /// The terms that the rows name, as far as they are there.
    pub terms: Vec<Term>,
    /// Links of categories that stand.
    pub category_links: Vec<CategoryLink>,
}

/// A row that proposes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// `product`, `order` or `category`.
    pub kind: String,
    /// The row's number.
    pub row: i64,
    /// The product, order or term.
    pub shop_id: i64,
    /// Why.
    pub reason: Reason,
}

/// An order that was pushed, with the link that keeps it from being pushed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedOrder {
    /// The row's number.
    pub row: i64,
    /// The link.
    pub link: OrderLink,
}

/// A category and its term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedCategory {
    /// The row's number.
    pub row: i64,
    /// The POS category.
    pub remote_id: String,
    /// The term.
    pub term_id: i64,
    /// The term's name.
    pub name: String,
    /// The term's parent.
    pub parent: i64,
}

/// What KiotViet Sync's tables propose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Links of goods; each row's number is the pair's line.
    pub pairs: Vec<Pair>,
    /// Orders that were pushed.
    pub orders: Vec<MovedOrder>,
    /// Orders that were pushed too, but to where cannot be told: they are put aside, never sent by themselves.
    pub aside: Vec<i64>,
    /// Links of categories.
    pub categories: Vec<MovedCategory>,
    /// Rows that propose nothing.
    pub passed: Vec<Passed>,
}

/// Reads what KiotViet Sync knows.
#[must_use]
pub fn read_moving(input: MovingInput) -> Moved {
    let mut moved = Moved::default();
    for row in &input.products {
        match product(row, &input.shop) {
            Ok(pair) => moved.pairs.push(pair),
            Err(code) => moved.pass("product", row.row, row.shop_id, code),
        }
    }
    for row in &input.orders {
        match order(row, &input.branches) {
            Ok(link) => moved.orders.push(MovedOrder { row: row.row, link }),
            Err(code) => {
                if matches!(code, "moving-overflow" | "moving-odd" | "moving-unclear") {
                    moved.aside.push(row.order_id);
                }
                moved.pass("order", row.row, row.order_id, code);
            }
        }
    }
    categories(&input, &mut moved);
    moved
}

impl Moved {
    fn pass(&mut self, kind: &str, row: i64, shop_id: i64, code: &str) {
        let params = vec![param("item", &crate::text::integer(shop_id))];
        self.passed.push(Passed {
            kind: kind.into(),
            row,
            shop_id,
            reason: because(code, params),
        });
    }
}

fn product(row: &MovingProduct, shop: &str) -> Result<Pair, &'static str> {
    if !is_shop(&row.retailer, shop) {
        return Err("moving-other-shop");
    }
    if id(&row.remote_id).is_none() && id(&row.parent).is_some() {
        return Err("moving-family");
    }
    Ok(Pair {
        line: row.row,
        good_id: told(&row.remote_id, &row.raw_id)?.into(),
        shop_id: row.shop_id,
        state: Some(if row.on {
            PairState::Active
        } else {
            PairState::Paused
        }),
        ..Pair::default()
    })
}

fn order(row: &MovingOrder, branches: &[String]) -> Result<OrderLink, &'static str> {
    if row.linked {
        return Err("moving-linked");
    }
    if !row.known {
        return Err("moving-order-gone");
    }
    // The table does not tell which shop; the branch does.
    let Some(branch) = id(&row.raw.branch_id) else {
        return Err("moving-unclear");
    };
    if !branches.iter().any(|known| known == branch) {
        return Err("moving-other-shop");
    }
    Ok(OrderLink {
        order_id: row.order_id,
        remote_id: told(&row.remote_id, &row.raw.id)?.into(),
        code: trim(&row.raw.code).into(),
        branch_id: branch.into(),
        total: Money(scaled(&row.raw.total, MONEY).unwrap_or(0)),
        customer_id: id(&row.raw.customer_id).map(Into::into),
        accepted: moment(&row.raw.created).unwrap_or(0),
        ..OrderLink::default()
    })
}

fn categories(input: &MovingInput, moved: &mut Moved) {
    let known = keys(input.known_categories.iter().map(String::as_str));
    let linked = keys(
        input
            .category_links
            .iter()
            .map(|link| link.remote_id.as_str()),
    );
    for row in &input.categories {
        let found = category(row, input, &known, &linked);
        let found = found.and_then(|(remote_id, term)| {
            let twice = moved
                .categories
                .iter()
                .any(|other| other.remote_id == remote_id || other.term_id == term.id);
            if twice {
                Err("moving-twice")
            } else {
                Ok((remote_id, term))
            }
        });
        match found {
            Ok((remote_id, term)) => moved.categories.push(MovedCategory {
                row: row.row,
                remote_id: remote_id.into(),
                term_id: term.id,
                name: term.name.clone(),
                parent: term.parent,
            }),
            Err(code) => moved.pass("category", row.row, row.term_id, code),
        }
    }
}

fn category<'a>(
    row: &'a MovingCategory,
    input: &'a MovingInput,
    known: &Keys<'_>,
    linked: &Keys<'_>,
) -> Result<(&'a str, &'a Term), &'static str> {
    if !is_shop(&row.retailer, &input.shop) {
        return Err("moving-other-shop");
    }
    let remote_id = told(&row.remote_id, &row.raw_id)?;
    if known.first(remote_id).is_none() {
        return Err("moving-category-unknown");
    }
    let Some(term) = input.terms.iter().find(|term| term.id == row.term_id) else {
        return Err("moving-term-gone");
    };
    let taken = input
        .category_links
        .iter()
        .any(|link| link.term_id == term.id);
    if taken || linked.first(remote_id).is_some() {
        return Err("moving-linked");
    }
    Ok((remote_id, term))
}

fn keys<'a>(ids: impl Iterator<Item = &'a str>) -> Keys<'a> {
    Keys::new(ids.map(|id| (id, 0)).collect())
}

fn is_shop(retailer: &str, shop: &str) -> bool {
    fold(trim(retailer)) == fold(trim(shop))
}

/// The POS id of a row: the column's, unless it ran over; then the answer's.
fn told<'a>(column: &'a str, raw: &'a str) -> Result<&'a str, &'static str> {
    match (id(column), trim(column) == OVERFLOW) {
        (Some(id), _) => Ok(id),
        (None, true) => id(raw).ok_or("moving-overflow"),
        (None, false) => Err("moving-odd"),
    }
}

/// A POS id that says something: digits, not 0, not what a greater one was cut down to.
fn id(text: &str) -> Option<&str> {
    let text = trim(text);
    let digits =
        !text.is_empty() && text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits && text.bytes().any(|byte| byte != b'0') && text != OVERFLOW).then_some(text)
}
