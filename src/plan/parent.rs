//! The fields of a family's variable product: what its variations share (product.md B2).

use super::context::Family;
use super::draft::{Draft, Field, Who};
use super::{row, Operation};
use crate::goods::policy::{Decision, Mode, Nature};
use crate::goods::units::{named, Level};
use crate::goods::unsold::{of_family, standing};
use crate::goods::variants::{held_text, Variants};
use crate::model::{
    Good, Issue, Item, LinkField, LinkKind, Param, Severity, ShopProduct, ShopType,
};
use crate::settings::Settings;
use crate::stock::param;

/// The product of one unit level.
pub(super) struct Target<'a> {
    pub mode: Mode,
    pub reason: &'static str,
    pub id: String,
    pub shop: Option<&'a ShopProduct>,
    pub remembered: &'a [LinkField],
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
    let mut draft = Draft::new(target.mode, target.shop, target.remembered);
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
    attributes(&mut draft, settings, variants);
    for (fields, severity, code) in [
        (&draft.reviewed, Severity::Review, "both-changed"),
        (&draft.pushed, Severity::Notice, "push-later"),
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

/// All values of all attributes. The POS takes nothing away here: a value no row has any more may
/// be in use by a variation of the owner's, and an unused one shows nowhere.
fn attributes(draft: &mut Draft<'_>, settings: &Settings, variants: &Variants<'_>) {
    let held = draft.shop.map_or(&[][..], |shop| &shop.attributes);
    let (pos, shop) = (variants.text(), held_text(held));
    let (merged, lacking) = if pos == shop {
        (Vec::new(), false)
    } else {
        variants.merged(held)
    };
    let policy = settings.policies.attributes;
    let nature = Nature::Essential;
    let equal = !lacking;
    let decision = draft.put(Field {
        name: "attributes",
        policy,
        nature,
        pos: &pos,
        shop: &shop,
        equal,
        reason: "variant",
    });
    if decision == Decision::Write {
        draft.attributes = merged;
    }
}
