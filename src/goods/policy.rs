//! Who decides a field (product.md B5): policy × POS changed × site changed, as one truth table.
//!
//! What was last written is remembered with the link as two values: what the POS asked for and what
//! the shop held after saving. "POS changed" means that today's POS value differs from the first,
//! "site changed" that today's shop value differs from the second. No binary "are they equal?" can
//! do this: the shop may store a value in its own form for ever.
//!
//! | # | policy | remembered | POS changed | site changed | decision |
//! |---|---|---|---|---|---|
//! | 1 | any but never | – | shop already holds the POS value | | baseline (nothing written) |
//! | 2 | any | yes | no | no | in step |
//! | 3 | always | no | – | – | write (taking over); an empty POS value erases nothing |
//! | 4 | always | yes | yes | no | write |
//! | 5 | always | yes | no | yes | write; stock: keep, a drift |
//! | 6 | always | yes | yes | yes | write; stock: the POS's difference on top of the site's |
//! | 7 | on-create | no | – | – | keep |
//! | 8 | on-create | yes | yes | no | keep |
//! | 9 | on-create | yes | no | yes | keep |
//! | 10 | on-create | yes | yes | yes | review |
//! | 11 | never | any | any | any | keep |
//! | 12 | site-owns | no | – | – | push; an empty site value erases nothing |
//! | 13 | site-owns | yes | yes | no | push (the site's value stands) |
//! | 14 | site-owns | yes | no | yes | push |
//! | 15 | site-owns | yes | yes | yes | review |
//!
//! At creation everything is written, except under *never*; name, price and a variation's attributes
//! are written even then. What is to be pushed goes by the queue of `src/push`, which asks this table
//! once more. *Site owns* means *never* for stock (D6).
//!
//! Stock is apart in rows 5 and 6: a site sale lowers it before the POS knows of the order (D5), so
//! writing the POS's number again would undo the sale.

use crate::model::LinkField;
use crate::settings::Policy;

/// How the object came to be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It does not exist yet.
    Create,
    /// A cut-off run created it; everything is written that creation would have.
    Resume,
    /// It exists and is taken over now.
    Link,
    /// It is linked.
    Update,
}

/// What kind of field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// As the table says.
    Plain,
    /// Written at creation whatever the policy.
    Essential,
    /// An empty POS value is a value: it clears the shop's (sale price).
    Clearing,
    /// The site may change it on its own (stock).
    Drifting,
}

/// What to do with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing to do, nothing to tell.
    InStep,
    /// Remember both values; nothing is written.
    Baseline,
    /// Write the POS's value.
    Write,
    /// Differs and stays so, by policy.
    Keep,
    /// Differs, and the site's value belongs in the POS.
    Push,
    /// The site changed it on its own (stock).
    Drift,
    /// Both changed it: a person decides.
    Review,
}

/// The truth table. `equal` says that the shop holds the POS value in its own form.
#[must_use]
pub fn decide(
    mode: Mode,
    policy: Policy,
    nature: Nature,
    remembered: Option<&LinkField>,
    pos: &str,
    shop: &str,
    equal: bool,
) -> Decision {
    let erases = pos.is_empty() && nature != Nature::Clearing;
    if mode == Mode::Create || mode == Mode::Resume {
        if pos.is_empty() || (policy == Policy::Never && nature != Nature::Essential) {
            return Decision::InStep;
        }
        return if equal && mode == Mode::Resume {
            Decision::Baseline
        } else {
            Decision::Write
        };
    }
    if policy == Policy::Never || (policy == Policy::SiteOwns && nature == Nature::Drifting) {
        return if equal || erases {
            Decision::InStep
        } else {
            Decision::Keep
        };
    }
    let Some(last) = remembered else {
        // What one side has no word of erases nothing on the other.
        let silent = if policy == Policy::SiteOwns {
            shop.is_empty()
        } else {
            pos.is_empty() && (erases || shop.is_empty())
        };
        if silent {
            return Decision::InStep;
        }
        return match policy {
            _ if equal => Decision::Baseline,
            Policy::Always => Decision::Write,
            Policy::SiteOwns => Decision::Push,
            Policy::OnCreate | Policy::Never => Decision::Keep,
        };
    };
    let (pos_changed, site_changed) = (last.pos != pos, last.shop != shop);
    if !pos_changed && !site_changed {
        return Decision::InStep;
    }
    if equal {
        return Decision::Baseline;
    }
    if erases && last.pos.is_empty() && policy != Policy::SiteOwns {
        return Decision::InStep;
    }
    match (policy, pos_changed, site_changed) {
        (Policy::Always, false, _) if nature == Nature::Drifting => Decision::Drift,
        (Policy::Always, ..) => Decision::Write,
        (_, true, true) => Decision::Review,
        (Policy::SiteOwns, ..) => Decision::Push,
        (Policy::OnCreate | Policy::Never, ..) => Decision::Keep,
    }
}
