//! The fields of a family's variable product: what its variations share (product.md B2).

use super::context::Family;
use super::draft::{Draft, Field, Who};
use super::{row, row_extra, Operation};
use crate::goods::left;
use crate::goods::policy::{Decision, Mode, Nature};
use crate::goods::units::{named, Level};
use crate::goods::unsold::{of_family, standing};
use crate::goods::variants::{held_text, Variants};
use crate::model::{
    Good, Issue, Item, LinkField, LinkKind, Param, Severity, ShopAttribute, ShopProduct, ShopType,
};
use crate::stock::param;

/// The product of one unit level.
pub(super) struct Target<'a> {
    pub mode: Mode,
    pub reason: &'static str,
    pub id: String,
    pub shop: Option<&'a ShopProduct>,
    pub remembered: &'a [LinkField],
    /// Variations of the product that this plan brings into step: what they hold now does not
    /// count as in use.
    pub settled: Vec<i64>,
}

/// The row that speaks for the family: the master, else the oldest.
pub(super) fn speaker<'a>(family: &Family<'a>, level: &Level<'a>) -> Option<&'a Good> {
    let master = level.rows.iter().find(|row| row.id == family.input.key);
    master.or(level.rows.first()).copied()
}

/// What the family's product is called.
pub(super) fn name(speaker: &Good, level: &Level<'_>) -> String {
    named(speaker, &speaker.name, level.unit).into_owned()
}

/// Plans the product itself; its variations follow it.
pub(super) fn plan<'a>(
    family: &Family<'a>,
    level: &Level<'a>,
    speaker: &'a Good,
    variants: &Variants<'a>,
    target: Target<'a>,
    issues: &mut Vec<Issue>,
) -> Operation {
    let settings = family.shared.settings;
    let mut draft = Draft::new(family.shared, target.mode, target.shop, target.remembered);
    let name = name(speaker, level);
    row::name(&mut draft, settings, &name);
    let stands = of_family(level.rows.iter().map(|row| standing(row, settings)));
    row::shown(&mut draft, settings, stands);
    let described = level.rows.iter().find(|row| row.description_hash.is_some());
    let own = speaker.description_hash.is_some();
    row::description(
        &mut draft,
        settings,
        if own {
            speaker
        } else {
            described.unwrap_or(&speaker)
        },
    );
    row::categories(&mut draft, family, speaker, issues);
    row_extra::brand(&mut draft, family, speaker);
    row_extra::tax_class(&mut draft, family, speaker, issues);
    attributes(&mut draft, family, variants, &target.settled);
    let told = draft.pushed.is_empty() || family.push(target.shop);
    let pushed = if told { "" } else { &draft.pushed };
    for (fields, severity, code) in [
        (draft.reviewed.as_str(), Severity::Review, "both-changed"),
        (pushed, Severity::Notice, "push-later"),
    ] {
        if !fields.is_empty() {
            note(
                issues,
                &target.id,
                &name,
                severity,
                code,
                vec![param("fields", fields)],
            );
        }
    }
    draft.finish(target.reason, who(target.id, name), None)
}

/// The family as the object of an operation.
pub(super) fn who(id: String, label: String) -> Who {
    Who {
        kind: LinkKind::Family,
        id,
        label,
        product: ShopType::Variable,
    }
}

/// Adds an issue about a family's product.
pub(super) fn note(
    issues: &mut Vec<Issue>,
    id: &str,
    name: &str,
    severity: Severity,
    code: &str,
    params: Vec<Param>,
) {
    let item = Item {
        kind: "family".into(),
        id: Some(id.into()),
        label: name.into(),
    };
    issues.push(Issue {
        code: code.into(),
        params,
        item,
        severity,
    });
}

/// All values of all attributes. What the POS has no more is taken off when it came from there and
/// no other variation uses it ([`left`]); everything else is the owner's.
fn attributes(
    draft: &mut Draft<'_>,
    family: &Family<'_>,
    variants: &Variants<'_>,
    settled: &[i64],
) {
    let held = draft.shop.map_or(&[][..], |shop| &shop.attributes);
    let (pos, shop) = (variants.text(), held_text(held));
    let mut change = Attributes::default();
    if pos != shop {
        (change.merged, change.lacking) = variants.merged(held);
        let last = draft.recall("attributes").map(|last| last.pos.as_str());
        if let (true, Some(last), Some(product)) = (family.shared.restructure, last, draft.shop) {
            let others: Vec<&ShopProduct> = family
                .products()
                .filter(|other| other.parent == product.id && other.status != "trash")
                .filter(|other| !settled.contains(&other.id))
                .collect();
            change.dropped = left::attributes(held, variants, last, &others);
            let values = left::drop_values(&mut change.merged, variants, last, &others);
            change.lacking |= values || !change.dropped.is_empty();
        }
    }
    let policy = family.shared.settings.policies.attributes;
    let decision = draft.put(Field {
        name: "attributes",
        policy,
        nature: Nature::Essential,
        pos: &pos,
        shop: &shop,
        equal: !change.lacking,
        reason: "variant",
    });
    if decision == Decision::Write {
        draft.attributes = change.merged;
        draft.dropped = change.dropped;
    }
}

/// What is to become of a product's attributes.
#[derive(Default)]
struct Attributes {
    merged: Vec<ShopAttribute>,
    lacking: bool,
    dropped: Vec<String>,
}
