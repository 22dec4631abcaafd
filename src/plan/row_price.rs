//! Regular and sale price of one row, as fields (product.md C).

use super::context::Family;
use super::draft::{Draft, Field};
use super::row::note;
use super::Verdict;
use crate::goods::policy::Nature;
use crate::model::{Good, Instant, Issue, Severity};
use crate::prices::{regular, sale, text, Regular, Sale};
use crate::settings::Policy;
use crate::text::{integer, same_decimal};

/// Decides both prices.
pub(super) fn put(draft: &mut Draft<'_>, family: &Family<'_>, row: &Good, issues: &mut Vec<Issue>) {
    let chosen = &family.shared.chosen;
    let policies = &family.shared.settings.policies;
    let price = regular(chosen, row.price, family.prices(row));
    let shop = draft.shop.map_or("", |shop| shop.regular_price.as_str());
    match price {
        Regular::Write(amount, reason) => {
            let pos = text(amount, chosen.decimals);
            let equal = same_decimal(&pos, shop);
            let (policy, nature) = (policies.price, Nature::Essential);
            draft.put(Field {
                name: "regular_price",
                policy,
                nature,
                pos: &pos,
                shop,
                equal,
                reason,
            });
        }
        Regular::Leave(code) if draft.creating() || policies.price == Policy::Always => {
            let policy = Some(policies.price);
            draft.tell("regular_price", policy, ("", shop), Verdict::Refused, code);
            note(issues, row, Severity::Review, code, Vec::new());
        }
        Regular::Leave(_) => {}
    }
    if chosen.sale_decided {
        decided(draft, family, row, price, issues);
    } else {
        undecided(draft, policies.sale_price);
    }
}

/// The sale price of the chosen book; without one in force an old one is cleared.
fn decided(
    draft: &mut Draft<'_>,
    family: &Family<'_>,
    row: &Good,
    price: Regular,
    issues: &mut Vec<Issue>,
) {
    let chosen = &family.shared.chosen;
    let policy = family.shared.settings.policies.sale_price;
    let (pos, from, to, reason) = match sale(chosen, price, family.prices(row)) {
        Sale::Write { amount, from, to } => (
            text(amount, chosen.decimals),
            date(from),
            date(to),
            "sale-book",
        ),
        Sale::None(reason) => (String::new(), String::new(), String::new(), reason),
        Sale::Refused(code) => {
            if policy != Policy::Never {
                note(issues, row, Severity::Review, code, Vec::new());
            }
            (String::new(), String::new(), String::new(), code)
        }
    };
    let shop = draft.shop;
    let held = shop.map_or("", |shop| shop.sale_price.as_str());
    let equal = same_decimal(&pos, held);
    let nature = Nature::Clearing;
    draft.put(Field {
        name: "sale_price",
        policy,
        nature,
        pos: &pos,
        shop: held,
        equal,
        reason,
    });
    for (name, pos, held) in [
        (
            "sale_from",
            from,
            date(shop.and_then(|shop| shop.sale_from)),
        ),
        ("sale_to", to, date(shop.and_then(|shop| shop.sale_to))),
    ] {
        let equal = pos == held;
        draft.put(Field {
            name,
            policy,
            nature,
            pos: &pos,
            shop: &held,
            equal,
            reason,
        });
    }
}

/// No sale book is chosen: what an earlier one left is cleared if nobody touched it since; every
/// other sale price is the site's own.
fn undecided(draft: &mut Draft<'_>, policy: Policy) {
    let Some(shop) = draft.shop else { return };
    let left = draft
        .recall("sale_price")
        .is_some_and(|last| !last.pos.is_empty() && last.shop == shop.sale_price);
    if !left || policy != Policy::Always {
        return;
    }
    for (name, held) in [
        ("sale_price", shop.sale_price.clone()),
        ("sale_from", date(shop.sale_from)),
        ("sale_to", date(shop.sale_to)),
    ] {
        let (nature, equal) = (Nature::Clearing, held.is_empty());
        draft.put(Field {
            name,
            policy,
            nature,
            pos: "",
            shop: &held,
            equal,
            reason: "sale-no-book",
        });
    }
}

fn date(at: Option<Instant>) -> String {
    at.map(integer).unwrap_or_default()
}
