//! The plan: what would change in the shop, why, from what to what.
//!
//! [`plan_goods`] is pure: the same input gives the same operations in the browser (preview) and
//! on the server (apply). The shell carries them out in the order given, checks every `before`
//! but stock's, writes stock as a difference, reads back each field and stores both values with the
//! link. A skip is an operation too: nothing is passed over in silence (Q4).

mod carry;
mod categories;
mod category_operation;
mod context;
mod convert;
mod counts;
mod deleted;
mod draft;
mod explained;
mod family;
mod goods;
mod hash;
mod hold;
mod level;
mod level_product;
mod matching;
mod operation;
mod parent;
mod row;
mod row_barcode;
mod row_extra;
mod row_price;
mod row_stock;
#[cfg(test)]
#[allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]
mod tests;

pub use categories::plan_categories;
pub use category_operation::{
    CategoriesInput, CategoriesPlan, CategoryOperation, CategoryOperationKind,
};
pub use explained::{Explained, LastValues, Verdict};
pub use goods::{plan_goods, FamilyInput, FamilyPlan, GoodsInput, GoodsPlan, Pending, Twin};
pub use hold::{plan_undo, Hold, UndoInput, UndoPlan};
pub use operation::{Change, Operation, OperationKind, Parent, Reason};
