//! Who decides a category's name and place (product.md B12, G2, A5).
//!
//! What both sides had when they were last in step stands in the link, once: in step they are the same.
//!
//! | since then | not sent | sent (`push.categories`) |
//! |---|---|---|
//! | only the POS changed | the policy | the policy |
//! | only the site changed | the policy | push |
//! | both changed, differently | the policy | review: WordPress keeps no time of such a change |
//! | both changed alike | nothing to do | remembered |
//! | neither, yet they differ | the policy | the policy |
//!
//! *The policy* is the truth table of goods ([`super::policy`]) for what was never in step. What is
//! written either way is remembered, so neither way answers the other.

use super::policy::{decide, Decision, Mode, Nature};
use crate::model::{Category, CategoryLink, Term};
use crate::settings::{Direction, Settings};
use crate::text::{integer, same};

/// What is to become of a linked category's two fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ways {
    /// Its name.
    pub name: Decision,
    /// Its parent.
    pub place: Decision,
}

impl Ways {
    /// Whether one of the two is to become this.
    pub fn any(self, decision: Decision) -> bool {
        self.name == decision || self.place == decision
    }
}

/// Decides both fields. `above` is the term that stands for the category's parent, 0 at the root; none
/// while it is still to be made.
pub(crate) fn ways(
    settings: &Settings,
    link: &CategoryLink,
    category: &Category,
    term: &Term,
    above: Option<i64>,
) -> Ways {
    let name = Sides {
        pos: &category.name,
        shop: &term.name,
        equal: same_name(&category.name, &term.name),
        pos_stays: link.name.as_deref().map(|last| same(last, &category.name)),
        shop_stays: link.name.as_deref().map(|last| same_name(last, &term.name)),
    };
    let (pos, shop) = (integer(above.unwrap_or(-1)), integer(term.parent));
    let place = Sides {
        pos: &pos,
        shop: &shop,
        equal: above == Some(term.parent),
        pos_stays: link.parent.map(|last| above == Some(last)),
        shop_stays: link.parent.map(|last| last == term.parent),
    };
    Ways {
        name: way(settings, &name),
        place: way(settings, &place),
    }
}

/// WordPress collapses white space in names.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    a == b || a.split_whitespace().eq(b.split_whitespace())
}

/// A field on both sides, and whether each is as it was when they were in step.
struct Sides<'a> {
    pos: &'a str,
    shop: &'a str,
    equal: bool,
    pos_stays: Option<bool>,
    shop_stays: Option<bool>,
}

fn way(settings: &Settings, sides: &Sides<'_>) -> Decision {
    let sent = settings.push.categories != Direction::Off;
    let stays = sides.pos_stays.zip(sides.shop_stays);
    if sides.equal {
        return match stays {
            Some((_, true)) => Decision::InStep,
            _ if sent => Decision::Baseline,
            _ => Decision::InStep,
        };
    }
    match stays {
        Some((true, false)) if sent => return Decision::Push,
        Some((false, false)) if sent => return Decision::Review,
        _ => {}
    }
    let policy = settings.policies.categories;
    let (mode, nature) = (Mode::Update, Nature::Plain);
    match decide(mode, policy, nature, None, sides.pos, sides.shop, false) {
        Decision::Push if !sent => Decision::Keep,
        decision => decision,
    }
}
