//! The fields of one row's product or variation.

use super::context::Family;
use super::draft::{Draft, Field, Who};
use super::{matching, row_barcode, row_extra, row_price, row_stock, Operation, Parent, Verdict};
use crate::goods::category::Place;
use crate::goods::label::{item, label};
use crate::goods::left;
use crate::goods::policy::{Mode, Nature};
use crate::goods::units::named;
use crate::goods::unsold::{standing, turn, Switch, Turn};
use crate::goods::variants::{held_text, Variants};
use crate::model::{Good, Issue, LinkField, LinkKind, Param, Severity, ShopProduct, ShopType};
use crate::settings::{NewStatus, Policy, Settings, Unsold};
use crate::stock::param;
use crate::text::{integer, trim};
use std::borrow::Cow;

/// Longer names are kept, but named: search engines, mails and the POS cut them.
const LONG_NAME: usize = 255;

/// The md5 of no text, which some shells give for an empty description.
const NO_TEXT: &str = "d41d8cd98f00b204e9800998ecf8427e";

/// What a row becomes, and how it got there.
pub(super) struct Target<'a> {
    pub mode: Mode,
    pub reason: &'static str,
    pub product: ShopType,
    pub shop: Option<&'a ShopProduct>,
    pub remembered: &'a [LinkField],
    pub parent: Option<Parent>,
    /// The row's place among the variants, when it is a variation of this family's product.
    pub variant: Option<(&'a Variants<'a>, usize)>,
    /// The unit to name it by; empty for a base row.
    pub unit: &'a str,
    /// It stands for a variant family on its own, so its name tells its attributes.
    pub lone: bool,
}

/// Plans one row.
pub(super) fn plan<'a>(
    family: &Family<'a>,
    row: &'a Good,
    target: Target<'a>,
    issues: &mut Vec<Issue>,
) -> Operation {
    let settings = family.shared.settings;
    let mut draft = Draft::new(family.shared, target.mode, target.shop, target.remembered);
    draft.holding(family.holds(row));
    let kind = target.shop.map_or(target.product, |shop| shop.kind);
    let stands = standing(row, settings);
    if kind == ShopType::Simple {
        name(&mut draft, settings, &name_of(row, &target));
    }
    sku(&mut draft, family, row, issues);
    if kind == ShopType::Variation {
        enabled(&mut draft, settings, stands);
    } else {
        shown(&mut draft, settings, stands);
        description(&mut draft, settings, row);
        categories(&mut draft, family, row, issues);
        row_extra::brand(&mut draft, family, row);
        row_extra::tax_class(&mut draft, family, row, issues);
    }
    row_price::put(&mut draft, family, row, issues);
    row_stock::put(
        &mut draft,
        family,
        row,
        stands == Unsold::OutOfStock,
        issues,
    );
    weighed(&mut draft, family, row);
    row_barcode::put(&mut draft, family, row, issues);
    row_extra::kept_in_meta(&mut draft, family, row);
    if let Some((variants, place)) = target.variant {
        attributes(&mut draft, family, variants, place);
    }
    tell_undecided(family, &draft, row, issues);
    family.release(std::mem::take(&mut draft.released));
    if target.mode == Mode::Create && row.sku_key.is_empty() {
        note(issues, row, Severity::Notice, "sku-empty", Vec::new());
    }
    let who = Who {
        kind: LinkKind::Good,
        id: row.id.clone(),
        label: label(row),
        product: kind,
    };
    draft.finish(target.reason, who, target.parent)
}

/// Adds an issue about a row.
pub(super) fn note(
    issues: &mut Vec<Issue>,
    row: &Good,
    severity: Severity,
    code: &str,
    params: Vec<Param>,
) {
    issues.push(Issue {
        code: code.into(),
        params,
        item: item(row),
        severity,
    });
}

fn name_of<'a>(row: &'a Good, target: &Target<'_>) -> Cow<'a, str> {
    if target.lone && !row.full_name.is_empty() {
        return Cow::Borrowed(&row.full_name);
    }
    named(row, &row.name, target.unit)
}

/// The title (for variations WooCommerce makes it of the attributes).
pub(super) fn name(draft: &mut Draft<'_>, settings: &Settings, name: &str) {
    let shop = draft.shop.map_or("", |shop| shop.name.as_str());
    draft.put(Field {
        name: "name",
        policy: settings.policies.name,
        nature: Nature::Essential,
        pos: name,
        shop,
        equal: name == shop,
        reason: "policy",
    });
}

/// Whether a name is so long that somebody should know.
pub(super) fn is_long(name: &str) -> bool {
    name.len() > LONG_NAME && name.chars().count() > LONG_NAME
}

fn sku(draft: &mut Draft<'_>, family: &Family<'_>, row: &Good, issues: &mut Vec<Issue>) {
    let policy = family.shared.settings.policies.sku;
    let code = trim(&row.code);
    let shop = draft.shop.map_or("", |shop| shop.sku.as_str());
    let equal = code == shop;
    let rewrites = !equal && !code.is_empty() && draft.mode != Mode::Create;
    if let (true, Policy::Always, Some(product)) = (rewrites, policy, draft.shop) {
        if let Some((code, params)) = matching::sku_refused(family, row, product.id) {
            let values = (trim(&row.code), shop);
            draft.tell("sku", Some(policy), values, Verdict::Refused, code);
            note(issues, row, Severity::Review, code, params);
            return;
        }
        if let Some(operation) = matching::make_room(family, row, product.id) {
            let mut first = family.first.take();
            first.push(operation);
            family.first.set(first);
        }
    }
    draft.put(Field {
        name: "sku",
        policy,
        nature: Nature::Plain,
        pos: code,
        shop,
        equal,
        reason: "policy",
    });
}

/// Whether a product is shown is the site's to decide, once it is there (B5).
fn leaves_shown(draft: &Draft<'_>, settings: &Settings) -> bool {
    !draft.creating() && settings.policies.visibility != Policy::Always
}

/// A variation is enabled (`publish`) or not (`private`).
fn enabled(draft: &mut Draft<'_>, settings: &Settings, stands: Unsold) {
    if leaves_shown(draft, settings) {
        return;
    }
    let switch = Switch {
        on: "publish",
        off: "private",
        owner_turns_on: false,
    };
    let on = !matches!(stands, Unsold::Hide | Unsold::Draft);
    let shop = draft.shop.map_or("", |shop| shop.status.as_str());
    switched(draft, "status", switch, on, None, shop);
}

/// Post status and catalogue visibility of a product.
pub(super) fn shown(draft: &mut Draft<'_>, settings: &Settings, stands: Unsold) {
    if leaves_shown(draft, settings) {
        return;
    }
    let arrives = settings.new_status;
    let (status, visibility) = draft.shop.map_or(("", ""), |shop| {
        (shop.status.as_str(), shop.visibility.as_str())
    });
    let switch = Switch {
        on: "publish",
        off: "draft",
        owner_turns_on: arrives == NewStatus::Draft,
    };
    let first = (arrives == NewStatus::Draft).then_some("draft");
    switched(
        draft,
        "status",
        switch,
        stands != Unsold::Draft,
        first,
        status,
    );
    let switch = Switch {
        on: "visible",
        off: "hidden",
        owner_turns_on: arrives == NewStatus::Hidden,
    };
    let first = (arrives == NewStatus::Hidden).then_some("hidden");
    switched(
        draft,
        "visibility",
        switch,
        stands != Unsold::Hide,
        first,
        visibility,
    );
}

/// `first` is what a new product gets whatever the POS says.
fn switched(
    draft: &mut Draft<'_>,
    field: &'static str,
    switch: Switch,
    on: bool,
    first: Option<&'static str>,
    shop: &str,
) {
    let pos = if on { switch.on } else { switch.off };
    if draft.creating() {
        let value = first.unwrap_or(pos);
        let reason = if first.is_some() {
            "arrives"
        } else {
            "standing"
        };
        if draft.mode == Mode::Create || value != shop {
            draft.change(field, shop, Some(value), pos, reason);
        } else {
            draft.change(field, shop, None, pos, "baseline");
        }
        return;
    }
    let last = draft.recall(field);
    match turn(switch, on, last, shop) {
        Turn::Leave if pos == shop => {
            draft.tell(field, None, (pos, shop), Verdict::InStep, "standing")
        }
        Turn::Leave => draft.tell(field, None, (pos, shop), Verdict::Keep, "owner-set"),
        Turn::Remember => draft.change(field, shop, None, pos, "baseline"),
        Turn::To(value) => draft.change(field, shop, Some(value), pos, "standing"),
    }
}

/// No text is no text, whatever its hash.
fn no_text(hash: &str) -> &str {
    if hash == NO_TEXT {
        ""
    } else {
        hash
    }
}

/// The description's hash.
pub(super) fn description(draft: &mut Draft<'_>, settings: &Settings, row: &Good) {
    let pos = no_text(row.description_hash.as_deref().unwrap_or(""));
    let shop = no_text(draft.shop.map_or("", |shop| shop.description_hash.as_str()));
    draft.put(Field {
        name: "description",
        policy: settings.policies.description,
        nature: Nature::Plain,
        pos,
        shop,
        equal: pos == shop,
        reason: "policy",
    });
}

/// The term of the good's category. A category deleted by hand on the site is not missed.
pub(super) fn categories(
    draft: &mut Draft<'_>,
    family: &Family<'_>,
    row: &Good,
    issues: &mut Vec<Issue>,
) {
    let policy = family.shared.settings.policies.categories;
    let term = match family.shared.places.of(row.category_id.as_deref()) {
        Place::Term(term) => term,
        Place::Unknown if draft.creating() || policy == Policy::Always => {
            let id = row.category_id.as_deref().unwrap_or("");
            note(
                issues,
                row,
                Severity::Notice,
                "category-unplaced",
                vec![param("category", id)],
            );
            let (code, verdict) = ("category-unplaced", Verdict::Refused);
            draft.tell("categories", Some(policy), (id, ""), verdict, code);
            return;
        }
        Place::None | Place::Gone | Place::Unknown => return,
    };
    let pos = integer(term);
    let mut shop = String::new();
    for id in draft.shop.iter().flat_map(|shop| &shop.categories) {
        if !shop.is_empty() {
            shop.push(',');
        }
        shop.push_str(&integer(*id));
    }
    let equal = pos == shop;
    draft.put(Field {
        name: "categories",
        policy,
        nature: Nature::Plain,
        pos: &pos,
        shop: &shop,
        equal,
        reason: "policy",
    });
}

fn weighed(draft: &mut Draft<'_>, family: &Family<'_>, row: &Good) {
    let pos = family.shared.weights.weight(row.weight).unwrap_or_default();
    let shop = draft.shop.map_or("", |shop| shop.weight.as_str());
    draft.put(Field {
        name: "weight",
        policy: family.shared.settings.policies.weight,
        nature: Nature::Plain,
        pos: &pos,
        shop,
        equal: crate::text::same_decimal(&pos, shop),
        reason: "policy",
    });
}

fn attributes(draft: &mut Draft<'_>, family: &Family<'_>, variants: &Variants<'_>, place: usize) {
    let policy = family.shared.settings.policies.attributes;
    let pos = variants.text_of_row(place);
    let held = draft.shop.map_or(&[][..], |shop| &shop.attributes);
    let shop = held_text(held);
    let dropped = match draft.recall("attributes") {
        Some(last) if family.shared.restructure => left::of_row(held, variants, place, &last.pos),
        _ => Vec::new(),
    };
    let equal = variants.is_held(place, held) && dropped.is_empty();
    let nature = Nature::Essential;
    let decision = draft.put(Field {
        name: "attributes",
        policy,
        nature,
        pos,
        shop: &shop,
        equal,
        reason: "variant",
    });
    if decision == crate::goods::policy::Decision::Write {
        draft.values = variants.values(place);
        draft.dropped = dropped;
    }
}

/// Fields that wait for a person, or belong in the POS while nothing goes there.
fn tell_undecided(family: &Family<'_>, draft: &Draft<'_>, row: &Good, issues: &mut Vec<Issue>) {
    if !draft.reviewed.is_empty() {
        note(
            issues,
            row,
            Severity::Review,
            "both-changed",
            vec![param("fields", &draft.reviewed)],
        );
    }
    if !draft.pushed.is_empty() && !family.push(draft.shop) {
        note(
            issues,
            row,
            Severity::Notice,
            "push-later",
            vec![param("fields", &draft.pushed)],
        );
    }
}
