//! Which product a unit level of a variant family has, and under which id (product.md B2, B4).
//!
//! The product is found in this order: the link of the family's own id → the parent of most of the
//! linked variations → the one parent of the variations found by SKU → what a cut-off run made for
//! it → it is created, once there is a variation to put under it. The own id is the one most of the
//! rows' links name (the oldest product's on a tie), else the POS's key: a master that was deleted or
//! replaced changes nothing [UNSURE-18].

use super::context::Family;
use super::family::{linked, Refusal};
use super::level::{Standing, Standings};
use super::matching::{made, made_for, Found};
use super::parent;
use crate::goods::policy::Mode;
use crate::model::{ShopProduct, ShopType};

/// Where the family's product is.
pub(super) enum Product<'a> {
    /// It exists.
    Is(parent::Target<'a>),
    /// It is to be created if there is a row for it.
    ToCreate,
    /// It cannot be written, so nothing can be put under it.
    Not(Refusal),
}

/// The family id most of the linked variations name; on a tie the oldest product's.
pub(super) fn named_by_most(standings: &[Standing<'_>]) -> Option<String> {
    let mut votes: Vec<(&str, usize, i64)> = Vec::new();
    for standing in standings {
        let Standing::Linked(link, shop) = standing else {
            continue;
        };
        if shop.kind != ShopType::Variation {
            continue;
        }
        match votes.iter_mut().find(|(id, ..)| *id == link.family) {
            Some((_, count, oldest)) => {
                *count = count.saturating_add(1);
                *oldest = (*oldest).min(shop.parent);
            }
            None => votes.push((&link.family, 1, shop.parent)),
        }
    }
    let most = votes
        .iter()
        .max_by_key(|(_, count, oldest)| (*count, std::cmp::Reverse(*oldest)));
    most.map(|(id, ..)| (*id).into())
}

/// Gives each level the family id it is planned under, one level an id: units that were renamed in
/// the POS may have rows of two levels under one product. A level keeps its own id if its rows
/// name it; else it gets the id they name, while that is free.
pub(super) fn family_ids(levels: &[Standings<'_>]) -> Vec<String> {
    let keeps = |level: &Standings<'_>| level.named.as_ref() == Some(&level.own);
    let mut taken: Vec<String> = levels
        .iter()
        .filter(|level| keeps(level))
        .map(|level| level.own.clone())
        .collect();
    let mut ids = Vec::with_capacity(levels.len());
    for level in levels {
        if keeps(level) {
            ids.push(level.own.clone());
            continue;
        }
        let free = level.named.clone().filter(|named| !taken.contains(named));
        let mut id = free.unwrap_or_else(|| level.own.clone());
        while taken.contains(&id) {
            id.push('|');
        }
        taken.push(id.clone());
        ids.push(id);
    }
    ids
}

/// Looks for the product.
pub(super) fn product<'a>(
    family: &Family<'a>,
    id: &str,
    standings: &[Standing<'a>],
) -> Product<'a> {
    let target = |mode, reason, shop, remembered| {
        Product::Is(parent::Target {
            mode,
            reason,
            id: id.into(),
            shop: Some(shop),
            remembered,
            settled: Vec::new(),
        })
    };
    if let Some(link) = family.family_link(id) {
        return match linked(family, link) {
            Ok(shop) => target(Mode::Update, "changed", shop, &link.fields[..]),
            Err(refusal) => Product::Not(refusal),
        };
    }
    let of_linked = parent_of_most(family, standings, |standing| match standing {
        Standing::Linked(_, shop) => Some(shop.parent),
        _ => None,
    });
    let of_found = parent_of_most(family, standings, |standing| match standing {
        Standing::Found(Found::Taken(shop) | Found::Own(shop)) => Some(shop.parent),
        _ => None,
    });
    let own = made_for(family, "family:", id);
    let taken = |shop| {
        let (mode, reason) = made(shop);
        target(mode, reason, shop, &[])
    };
    match (of_linked.or(of_found), own) {
        (Some(shop), Some(own)) if shop.id == own.id => taken(own),
        (Some(shop), _) => target(Mode::Link, "variations-match", shop, &[]),
        (None, Some(own)) => taken(own),
        (None, None) => Product::ToCreate,
    }
}

/// The variable product most of the variations stand under, the oldest on a tie.
fn parent_of_most<'a>(
    family: &Family<'a>,
    standings: &[Standing<'a>],
    of: impl Fn(&Standing<'a>) -> Option<i64>,
) -> Option<&'a ShopProduct> {
    let mut counts: Vec<(i64, usize)> = Vec::new();
    for id in standings.iter().filter_map(of).filter(|id| *id != 0) {
        match counts.iter_mut().find(|(other, _)| *other == id) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => counts.push((id, 1)),
        }
    }
    let most = counts
        .iter()
        .max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)));
    let product = most.and_then(|(id, _)| family.product(*id));
    product.filter(|product| product.kind == ShopType::Variable && !family.is_linked(product))
}
