//! The site's categories on their way to the POS: new ones, renames, moves, deletions (product.md G2, A5, B12).
//!
//! The POS knows three levels, the site any number: what lies deeper stands for its ancestor on the
//! third. Nothing is deleted in the POS unless a setting says so (Q1), and then only what is empty.
//!
//! One queue row stands for the whole tree. A pass reads the POS's categories, then does one deed after
//! the other; each is told by the context alone ([`deeds`]), which is gathered anew for each turn.

mod deeds;
mod machine;
mod protocol;
#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]
mod tests;

pub use machine::advance_categories;
pub use protocol::{AdvanceCategoriesInput, TreeContext};

use crate::plan::CategoriesInput;
use deeds::Tree;

/// Whether something of the site's tree is to go to the POS by itself.
pub(crate) fn tree_waits(input: &CategoriesInput) -> bool {
    let settings = &input.settings;
    if !settings.takes(settings.push.categories) {
        return false;
    }
    let tree = Tree::new(
        settings,
        &input.categories,
        &input.links,
        &input.terms,
        &input.used,
        input.default_term,
    );
    tree.next(&[]).deed.is_some()
}
