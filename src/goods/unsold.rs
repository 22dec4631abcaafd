//! Goods that are stopped or not sold directly (product.md B7), and how new ones arrive (B9).

use crate::model::{Good, LinkField};
use crate::settings::{Settings, Unsold};
use crate::stock::stopped_everywhere;

/// How a good stands in the shop: the setting for stopped goods goes before the one for goods not
/// sold directly. Stopped in all chosen branches is stopped.
#[must_use]
pub fn standing(good: &Good, settings: &Settings) -> Unsold {
    if !good.active || stopped_everywhere(good, settings) {
        settings.stopped
    } else if !good.sold_directly {
        settings.not_sold
    } else {
        Unsold::Show
    }
}

/// How a family's product stands: as its most visible row.
#[must_use]
pub fn of_family(rows: impl Iterator<Item = Unsold>) -> Unsold {
    let rank = |standing: &Unsold| match standing {
        Unsold::Show | Unsold::OutOfStock => 0_u8,
        Unsold::Hide => 1,
        Unsold::Draft => 2,
    };
    rows.min_by_key(rank).unwrap_or(Unsold::Show)
}

/// A switch of the shop that the POS may turn off and on again, and the owner too.
#[derive(Clone, Copy, Debug)]
pub struct Switch {
    /// The value that shows the product.
    pub on: &'static str,
    /// The value that takes it from the shoppers.
    pub off: &'static str,
    /// New products arrive switched off, so on again is the owner's to say (B9).
    pub owner_turns_on: bool,
}

/// What to do with a switch of an existing product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Leave it.
    Leave,
    /// Remember that both sides agree.
    Remember,
    /// Write this value.
    To(&'static str),
}

/// Off when the POS says so; on again only if it was the POS that turned it off and nobody touched
/// it since: what the owner set to draft, private or hidden is never shown again by Dongbo.
#[must_use]
pub fn turn(switch: Switch, wanted_on: bool, remembered: Option<&LinkField>, shop: &str) -> Turn {
    let wanted = if wanted_on { switch.on } else { switch.off };
    let last = remembered.map_or(switch.on, |last| last.pos.as_str());
    if last == wanted {
        return Turn::Leave;
    }
    if !wanted_on {
        return if shop == switch.on {
            Turn::To(switch.off)
        } else {
            Turn::Leave
        };
    }
    if shop == switch.on {
        return Turn::Remember;
    }
    let untouched = remembered.is_some_and(|last| last.shop == shop);
    if untouched && !switch.owner_turns_on {
        Turn::To(switch.on)
    } else {
        Turn::Leave
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUS: Switch = Switch {
        on: "publish",
        off: "draft",
        owner_turns_on: false,
    };

    fn last(pos: &str, shop: &str) -> LinkField {
        LinkField {
            field: "status".into(),
            pos: pos.into(),
            shop: shop.into(),
        }
    }

    #[test]
    fn only_what_the_pos_turned_off_is_turned_on_again() {
        let by_us = last("draft", "draft");
        assert_eq!(
            turn(STATUS, true, Some(&by_us), "draft"),
            Turn::To("publish")
        );
        assert_eq!(turn(STATUS, true, Some(&by_us), "private"), Turn::Leave);
        assert_eq!(
            turn(STATUS, true, Some(&last("publish", "publish")), "draft"),
            Turn::Leave
        );
        assert_eq!(turn(STATUS, true, None, "draft"), Turn::Leave);
        assert_eq!(turn(STATUS, true, Some(&by_us), "publish"), Turn::Remember);
        let arrives_off = Switch {
            owner_turns_on: true,
            ..STATUS
        };
        assert_eq!(turn(arrives_off, true, Some(&by_us), "draft"), Turn::Leave);
    }

    #[test]
    fn turned_off_once_and_not_again_after_the_owner_showed_it() {
        assert_eq!(turn(STATUS, false, None, "publish"), Turn::To("draft"));
        assert_eq!(
            turn(STATUS, false, Some(&last("publish", "publish")), "publish"),
            Turn::To("draft")
        );
        assert_eq!(
            turn(STATUS, false, Some(&last("draft", "draft")), "publish"),
            Turn::Leave
        );
        assert_eq!(turn(STATUS, false, None, "private"), Turn::Leave);
    }
}
