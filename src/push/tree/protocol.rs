//! What the shell gives for a pass over the category tree; requests, replies and answer are those of
//! goods ([`crate::push`]).

use crate::model::{Category, CategoryLink, Instant, Term};
use crate::push::{PushReply, Pushing};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// Both trees, as the shell reads them each time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TreeContext {
    /// The POS's categories.
    pub categories: Vec<Category>,
    /// Which term stands for which category.
    pub links: Vec<CategoryLink>,
    /// The shop's categories.
    pub terms: Vec<Term>,
    /// Categories of the POS that goods lie in.
    pub used: Vec<String>,
    /// The shop's category for products without one; 0 for none. It never goes to the POS.
    pub default_term: i64,
}

/// What `advance_categories` is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvanceCategoriesInput {
    /// The stored state; none at first. One that has ended begins anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Pushing>,
    /// A person asked for it (A5).
    #[serde(default)]
    pub by_hand: bool,
    /// The shop's settings.
    #[serde(default)]
    pub settings: Settings,
    /// The instant.
    pub now: Instant,
    /// How often it failed before.
    #[serde(default)]
    pub tries: i64,
    /// Both trees.
    pub context: TreeContext,
    /// The replies to the requests of the turn before.
    #[serde(default)]
    pub replies: Vec<PushReply>,
}
