//! A simple product becomes its family's variable product (product.md B2).
//!
//! A good that was sold alone and is now one of several variants has a product with an address,
//! reviews, pictures and orders. That product stays what it is for people: it becomes the family's
//! variable product under the same id, and a new variation under it carries the row's SKU, price,
//! stock and barcode. Orders of before name the product they were made for; nothing of them changes.
//! The other way (the good's own product becomes a variation under a new product) would lose the
//! address and the reviews, and WooCommerce knows no such step.
//!
//! | the family has | what becomes of a linked simple product |
//! |---|---|
//! | a variable product already | it stays simple, in step, and is named (`now-variant`) |
//! | none, one linked simple product whose row fits | it is converted |
//! | none, several | the master's is converted, else the oldest row's; the others stay, as above |
//! | none, and the row does not fit beside the others, or its SKU is taken | it stays simple, in step, and is named |
//!
//! The reverse: a variation whose good stands alone now stays a variation, in step (B4 allows a plain
//! good on a variation). Its product, its orders and its id are untouched; nothing is gained by
//! tearing it down.

use super::context::Family;
use super::draft::Who;
use super::family::of_row;
use super::level::Standing;
use super::matching::sku_free;
use super::{parent, Change, Operation, OperationKind, Reason};
use crate::goods::policy::Mode;
use crate::goods::units::Level;
use crate::goods::variants::{held_text, Unfit, Variants};
use crate::model::{Good, Issue, ShopProduct, ShopType};
use crate::text::integer;

/// Why it is done.
const REASON: &str = "now-variants";

/// The place of the row whose simple product is to be converted.
pub(super) fn choose(
    family: &Family<'_>,
    level: &Level<'_>,
    standings: &[Standing<'_>],
    unfit: &[Option<Unfit>],
) -> Option<usize> {
    let fits = |place: usize| unfit.get(place).copied().flatten().is_none();
    // Its variation is a new object, so another product must not have its SKU.
    let free = |place: usize, product: i64| {
        let row = level.rows.get(place);
        row.is_some_and(|row| sku_free(family, row, product))
    };
    let simple = |place: usize, standing: &Standing<'_>| match standing {
        Standing::Linked(_, shop) => shop.kind == ShopType::Simple && free(place, shop.id),
        _ => false,
    };
    let places = standings.iter().enumerate();
    let places = places.filter(|(place, standing)| fits(*place) && simple(*place, standing));
    let mut places = places.map(|(place, _)| place);
    let master = |place: &usize| {
        let row = level.rows.get(*place);
        row.is_some_and(|row| row.id == family.input.key)
    };
    let first = places.next()?;
    if master(&first) {
        return Some(first);
    }
    Some(places.find(master).unwrap_or(first))
}

/// The end of the row's own link, and the conversion.
pub(super) fn plan<'a>(
    family: &Family<'a>,
    level: &Level<'a>,
    speaker: &'a Good,
    variants: &Variants<'a>,
    (row, shop, id): (&Good, &'a ShopProduct, String),
    issues: &mut Vec<Issue>,
) -> [Operation; 2] {
    let reason = || Reason {
        code: REASON.into(),
        params: Vec::new(),
    };
    let who: Who = of_row(row, ShopType::Simple);
    let unlink = who.nothing(OperationKind::Unlink, reason(), Some(shop.id));
    let target = parent::Target {
        mode: Mode::Link,
        reason: REASON,
        id,
        shop: Some(shop),
        remembered: &[],
        settled: Vec::new(),
    };
    let mut convert = parent::plan(family, level, speaker, variants, target, issues);
    convert.kind = OperationKind::Convert;
    convert.product = ShopType::Variable;
    // Whatever the policy: without its attributes it could not hold its variations.
    if convert.attributes.is_empty() {
        let (merged, _) = variants.merged(&shop.attributes);
        convert.attributes = merged;
        convert
            .changes
            .retain(|change| change.field != "attributes");
        let (before, after) = (held_text(&shop.attributes), variants.text());
        convert.changes.push(change("attributes", &before, &after));
    }
    // What the row's variation carries from now on; SKUs and barcodes are unique in the shop.
    let date = |at: Option<i64>| at.map(integer).unwrap_or_default();
    for (field, held) in [
        ("sku", shop.sku.clone()),
        ("barcode", shop.barcode.clone()),
        ("regular_price", shop.regular_price.clone()),
        ("sale_price", shop.sale_price.clone()),
        ("sale_from", date(shop.sale_from)),
        ("sale_to", date(shop.sale_to)),
    ] {
        if !held.is_empty() {
            convert.changes.push(change(field, &held, ""));
        }
    }
    if shop.manage_stock {
        convert.changes.push(change("manage_stock", "yes", "no"));
    }
    [unlink, convert]
}

fn change(field: &str, before: &str, after: &str) -> Change {
    Change {
        field: field.into(),
        before: (!before.is_empty()).then(|| before.into()),
        after: Some(after.into()),
        pos: after.into(),
        reason: REASON.into(),
    }
}
