//! Fields of a linked product that the site owns and that are to go to the POS (product.md B5).
//!
//! The same truth table decides as for the way here ([`crate::goods::policy`]), so that the two ways
//! never answer each other: what was sent is remembered as the POS gave it back, and as long as both
//! sides stay what is remembered, nothing is written either way.

use super::category::{place, Place};
use super::protocol::PushRow;
use super::view::View;
use crate::goods::category;
use crate::goods::policy::{decide, Decision, Mode, Nature};
use crate::goods::weight::Scale;
use crate::model::{Good, Link, LinkField, LinkKind, ShopType};
use crate::prices::{text, written};
use crate::settings::{Policy, Settings};
use crate::text::{integer, same_decimal, trim};

/// What is to become of a good's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Edits {
    /// Fields to be sent.
    pub send: Vec<&'static str>,
    /// Fields in which both sides are the same by now: only to be remembered.
    pub same: Vec<&'static str>,
    /// Fields that both sides changed.
    pub review: Vec<&'static str>,
}

impl Edits {
    pub fn is_empty(&self) -> bool {
        self.send.is_empty() && self.review.is_empty()
    }
}

/// A field on both sides, in the shop's form.
struct Held {
    pos: String,
    shop: String,
    equal: bool,
}

/// The fields that may go to the POS, with what decides each.
fn policies(settings: &Settings) -> [(&'static str, Policy); 6] {
    let policies = &settings.policies;
    [
        ("name", policies.name),
        ("description", policies.description),
        ("categories", policies.categories),
        ("regular_price", policies.price),
        ("weight", policies.weight),
        ("barcode", policies.barcode),
    ]
}

/// What differs between a linked product and its good and belongs to the site.
pub(super) fn edits(view: &View<'_>, row: &PushRow, link: &Link, good: &Good) -> Edits {
    let mut edits = Edits::default();
    for (field, policy) in policies(view.settings) {
        if policy != Policy::SiteOwns || !concerns(view, field, row, link, good) {
            continue;
        }
        let Some(held) = held(view, field, row, good) else {
            continue;
        };
        let last = link.fields.iter().find(|last| last.field == field);
        let (mode, nature) = (Mode::Update, Nature::Plain);
        let decision = decide(
            mode, policy, nature, last, &held.pos, &held.shop, held.equal,
        );
        match decision {
            Decision::Push => edits.send.push(field),
            Decision::Review => edits.review.push(field),
            Decision::Baseline => edits.same.push(field),
            _ => {}
        }
    }
    edits.send.extend(follows(view, row, good));
    edits
}

/// What the rows of a variant family share in the POS, once its first row has it from the site.
fn follows(view: &View<'_>, row: &PushRow, good: &Good) -> Vec<&'static str> {
    let parent = &view.context.product.product;
    let policies = &view.settings.policies;
    let mut fields = Vec::new();
    let family = view.link(parent.id);
    let speaker = family.and_then(|family| view.good(&family.family));
    let Some(speaker) = speaker.filter(|speaker| speaker.id != good.id) else {
        return fields;
    };
    if row.product.kind != ShopType::Variation || good.base_id.is_some() {
        return fields;
    }
    let named = speaker.name == parent.name && good.name != speaker.name;
    if policies.name == Policy::SiteOwns && named {
        fields.push("name");
    }
    let placed = match place(view) {
        Place::Known(id) => speaker.category_id.as_deref() == Some(id.as_str()),
        _ => false,
    };
    if policies.categories == Policy::SiteOwns && placed && good.category_id != speaker.category_id
    {
        fields.push("categories");
    }
    fields
}

/// Whether a field of this row is the good's at all: what variations share stands with their product,
/// a unit's name and category are its base row's, a price book's price is not the general one.
fn concerns(view: &View<'_>, field: &str, row: &PushRow, link: &Link, good: &Good) -> bool {
    let variation = row.product.kind == ShopType::Variation;
    match field {
        "name" | "description" | "categories" => {
            let lone = link.kind == LinkKind::Good && good.has_variants;
            !variation && good.base_id.is_none() && !(lone && field == "name")
        }
        "regular_price" => link.kind == LinkKind::Good && view.settings.regular_book.is_none(),
        _ => link.kind == LinkKind::Good,
    }
}

/// A field's value on both sides; none where the site's cannot be sent.
fn held(view: &View<'_>, field: &str, row: &PushRow, good: &Good) -> Option<Held> {
    let product = &row.product;
    Some(match field {
        "name" if !trim(&product.name).is_empty() => plain(&good.name, &product.name),
        "description" => plain(
            described(good.description_hash.as_deref().unwrap_or("")),
            described(&product.description_hash),
        ),
        "categories" => {
            // Where the site's own is to be made first, the plan says what it is.
            let shop = categories_text(&product.categories);
            let pos = match category::Places::new(&view.context.category_links)
                .of(good.category_id.as_deref())
            {
                category::Place::Term(term) => integer(term),
                _ => String::new(),
            };
            let equal = match place(view) {
                Place::Known(id) => good.category_id.as_deref() == Some(&id),
                Place::Link(..) | Place::Make(..) => false,
                Place::None => return None,
            };
            Held { pos, shop, equal }
        }
        "regular_price" if super::body::price(&product.regular_price).is_some() => {
            let decimals = u32::try_from(view.settings.price_decimals).unwrap_or(0);
            let pos = text(written(good.price, decimals), decimals);
            decimal(pos, &product.regular_price)
        }
        "weight" if !product.weight.is_empty() => {
            let scale = Scale::new(
                view.settings.pos_weight_unit,
                view.settings.store_weight_unit,
            );
            decimal(
                scale.weight(good.weight).unwrap_or_default(),
                &product.weight,
            )
        }
        "barcode" if fits_barcode(&product.barcode) => plain(
            trim(good.barcode.as_deref().unwrap_or("")),
            &product.barcode,
        ),
        _ => return None,
    })
}

fn plain(pos: &str, shop: &str) -> Held {
    Held {
        equal: pos == shop,
        pos: pos.into(),
        shop: shop.into(),
    }
}

fn decimal(pos: String, shop: &str) -> Held {
    Held {
        equal: same_decimal(&pos, shop),
        pos,
        shop: shop.into(),
    }
}

/// The POS takes barcodes of at most 16 characters (kiotviet-api.md §3.3).
pub(super) fn fits_barcode(barcode: &str) -> bool {
    barcode.chars().count() <= 16
}

/// The md5 of no text is no text.
fn described(hash: &str) -> &str {
    if hash == "d41d8cd98f00b204e9800998ecf8427e" {
        ""
    } else {
        hash
    }
}

fn categories_text(categories: &[i64]) -> String {
    let mut text = String::new();
    for id in categories {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&integer(*id));
    }
    text
}

/// What the POS holds in a field, for people; nothing of long texts.
pub(super) fn told(view: &View<'_>, field: &str, row: &PushRow, good: &Good) -> String {
    if field == "description" {
        return String::new();
    }
    held(view, field, row, good).map_or_else(String::new, |held| held.pos)
}

/// The link as it is to be kept once the POS has given `good` back: `fields` are remembered as both
/// sides hold them now.
pub(super) fn remembered(
    view: &View<'_>,
    row: &PushRow,
    link: &Link,
    good: &Good,
    fields: &[&'static str],
) -> Link {
    let mut link = link.clone();
    for field in fields {
        if !concerns(view, field, row, &link, good) {
            continue;
        }
        let Some(held) = held(view, field, row, good) else {
            continue;
        };
        let kept = LinkField {
            field: (*field).into(),
            pos: held.pos,
            shop: held.shop,
        };
        match link.fields.iter_mut().find(|last| last.field == *field) {
            Some(last) => *last = kept,
            None => link.fields.push(kept),
        }
    }
    link
}
