//! What belongs to what, when people or other software say it: lists of links (product.md B4, H4), the
//! pairing of KiotViet Sync (A12), and what becomes of everything when the connection ends (A6).
//!
//! ```text
//! table of cells ─ read_link_list ─┐
//! KiotViet Sync ─── read_moving ───┴─▶ pairs ─ judge_links (with facts of both sides) ─▶ verdicts
//! ```
//!
//! Nothing here links by itself: a verdict says what a line would do and why; the shell shows it, and
//! carries it out when it is accepted.

mod closing;
mod judge;
mod list;
mod moving;
mod pair;
#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests;

pub use closing::{
    plan_disconnect, ClosingCategory, ClosingInput, ClosingPlan, ClosingProduct, Wanted,
};
pub use judge::{judge_links, Deed, GoodFact, LinkVerdict, LinksInput, LinksJudged, ProductFact};
pub use list::{read_link_list, Line, LinkList, LinkListInput, OddLine};
pub use moving::{
    read_moving, Moved, MovedCategory, MovedOrder, MovingCategory, MovingInput, MovingOrder,
    MovingProduct, Passed, RawOrder,
};
pub use pair::{Pair, PairState};

use crate::model::Param;
use crate::plan::Reason;

/// A code with the values of its sentence.
fn because(code: &str, params: Vec<Param>) -> Reason {
    Reason {
        code: code.into(),
        params,
    }
}
