//! How an unlinked row finds its product (product.md B4).
//!
//! | what the shop has | with SKU as key | with POS id as key |
//! |---|---|---|
//! | a product made for this very row by a cut-off run | taken as created | taken as created |
//! | one made for this very row whose link was ended since | linked | linked |
//! | nothing with the SKU, or the row has no SKU | new | new |
//! | one unlinked product of a fitting type | linked | listed, remedy "link" |
//! | one of another type | listed | listed |
//! | one that belongs to another row | listed | listed |
//! | several | ambiguous, listed | ambiguous, listed |
//! | one in the trash only | listed | listed |
//! | a variation of the family's product with the row's values and no SKU | linked | listed |
//! | the same with another SKU, or several | listed | listed |
//!
//! An SKU that two rows of the POS have is ambiguous whatever the shop has. A plain good fits a
//! simple product or a variation; a variant fits a variation only.

use super::context::Family;
use super::draft::Who;
use super::{Change, Explained, Operation, OperationKind, Reason, Verdict};
use crate::goods::label::label;
use crate::goods::policy::Mode;
use crate::goods::sku_key;
use crate::model::{Good, LinkKind, Param, ShopAttribute, ShopProduct, ShopType};
use crate::settings::MatchKey;
use crate::stock::param;
use crate::text::{integer, trim};

/// SKUs longer than this lose their row in WooCommerce's lookup table, without an error.
const LONGEST_SKU: usize = 100;

/// Why a product's SKU is taken off it.
const SWAP: &str = "sku-swap";

/// What was found for a row.
pub(super) enum Found<'a> {
    /// Nothing: it is to be created.
    New,
    /// What was created for it: see [`made`].
    Own(&'a ShopProduct),
    /// The product with its SKU.
    Taken(&'a ShopProduct),
    /// A person has to decide.
    Unclear(&'static str, Vec<Param>),
}

/// Looks for the product of an unlinked row.
pub(super) fn find<'a>(family: &Family<'a>, row: &Good, variant: bool) -> Found<'a> {
    if let Some(own) = made_for(family, "good:", &row.id) {
        return Found::Own(own);
    }
    if sku_too_long(&row.code) {
        return Found::Unclear("sku-too-long", vec![param("sku", trim(&row.code))]);
    }
    if row.sku_key.is_empty() {
        return Found::New;
    }
    if let Some(other) = twin(family, row) {
        return Found::Unclear(
            "sku-twice-pos",
            vec![param("sku", &row.code), param("other", &other)],
        );
    }
    let mut live = family
        .holders(&row.sku_key)
        .filter(|product| product.status != "trash");
    let Some(product) = live.next() else {
        return match family.holders(&row.sku_key).next() {
            Some(product) => unclear("sku-in-trash", row, product),
            None => Found::New,
        };
    };
    if let Some(other) = live.next() {
        let mut params = named(row, product);
        params.push(param("other", &integer(other.id)));
        return Found::Unclear("sku-twice-shop", params);
    }
    let fits = match product.kind {
        ShopType::Variation => true,
        ShopType::Simple => !variant,
        ShopType::Variable | ShopType::Other => false,
    };
    if family.is_linked(product) {
        unclear("sku-held", row, product)
    } else if !fits {
        unclear("type-unfit", row, product)
    } else if family.shared.settings.match_key == MatchKey::PosId {
        unclear("sku-on-site", row, product)
    } else {
        Found::Taken(product)
    }
}

/// A variation of the family's product that has the row's values and nobody's SKU: somebody made it by
/// hand, and a second one with the same values could never be bought.
///
/// Several of them are ambiguous, and one with another SKU may be another thing: both are listed. With
/// the POS id as key nothing is taken over, only listed.
pub(super) fn by_values<'a>(
    family: &Family<'a>,
    row: &Good,
    parent: Option<i64>,
    held: impl Fn(&[ShopAttribute]) -> bool,
) -> Found<'a> {
    let mut twins = family.products().filter(|product| {
        product.kind == ShopType::Variation
            && Some(product.parent) == parent
            && product.status != "trash"
            && !family.is_linked(product)
            && held(&product.attributes)
    });
    let Some(product) = twins.next() else {
        return Found::New;
    };
    if let Some(other) = twins.next() {
        let mut params = named(row, product);
        params.push(param("other", &integer(other.id)));
        return Found::Unclear("values-twice-shop", params);
    }
    if sku_key(&product.sku).is_empty() && family.shared.settings.match_key == MatchKey::Sku {
        Found::Taken(product)
    } else {
        unclear("values-on-site", row, product)
    }
}

/// The product whose origin, stored with its first INSERT, names this row or family.
pub(super) fn made_for<'a>(family: &Family<'a>, kind: &str, id: &str) -> Option<&'a ShopProduct> {
    family.products().find(|product| {
        product.origin.strip_prefix(kind) == Some(id)
            && product.status != "trash"
            && !family.is_linked(product)
    })
}

/// How a product that was made for the row is taken: one that a cut-off run left is completed, one
/// whose link was ended is linked like any other, so that what the owner has edited since stays (B5).
pub(super) fn made(product: &ShopProduct) -> (Mode, &'static str) {
    if product.complete {
        (Mode::Link, "made-before")
    } else {
        (Mode::Resume, "resumed")
    }
}

/// Why an SKU must not be written to this product, if so: WooCommerce would refuse it, and which of
/// two owners is right is not for a machine to say.
pub(super) fn sku_refused(
    family: &Family<'_>,
    row: &Good,
    product: i64,
) -> Option<(&'static str, Vec<Param>)> {
    if sku_too_long(&row.code) {
        return Some(("sku-too-long", vec![param("sku", trim(&row.code))]));
    }
    if let Some(other) = twin(family, row) {
        return Some((
            "sku-twice-pos",
            vec![param("sku", &row.code), param("other", &other)],
        ));
    }
    let holder = held_by(family, row, product)?;
    if swaps(family, product, holder).is_some() {
        return None;
    }
    Some(("sku-held", named(row, holder)))
}

/// Whether a new object can have the row's SKU at once: not even one that is about to give it up in a
/// swap has it still.
pub(super) fn sku_free(family: &Family<'_>, row: &Good, product: i64) -> bool {
    sku_refused(family, row, product).is_none() && held_by(family, row, product).is_none()
}

/// The product that has the row's SKU in its stead.
fn held_by<'a>(family: &Family<'a>, row: &Good, product: i64) -> Option<&'a ShopProduct> {
    let mut holders = family.holders(&row.sku_key);
    holders.find(|holder| holder.id != product && holder.status != "trash")
}

/// The row of the holder, when it is to get the very SKU that `product` has: they swapped theirs in
/// the POS, and neither could ever move while the other stands there. A holder whose own new SKU is
/// refused stays where it is.
fn swaps<'a>(family: &Family<'a>, product: i64, holder: &'a ShopProduct) -> Option<&'a str> {
    let own = sku_key(&family.product(product)?.sku);
    let (row, wanted) = match family.row_of(holder) {
        Some(row) if sku_too_long(&row.code) || twin(family, row).is_some() => return None,
        Some(row) => (row.id.as_str(), row.sku_key.as_str()),
        None => (holder.linked_to.as_deref()?, holder.linked_sku.as_deref()?),
    };
    (!own.is_empty() && wanted == own).then_some(row)
}

/// The operation that makes room for a row's SKU, when two goods swapped theirs. One of the two rows
/// makes room, the one whose id comes first; the other finds its SKU free.
pub(super) fn make_room(family: &Family<'_>, row: &Good, product: i64) -> Option<Operation> {
    let holder = held_by(family, row, product)?;
    let other = swaps(family, product, holder)?;
    if row.id.as_str() > other {
        return None;
    }
    let who = Who {
        kind: LinkKind::Good,
        id: other.into(),
        label: holder.name.clone(),
        product: holder.kind,
    };
    let reason = Reason {
        code: SWAP.into(),
        params: named(row, holder),
    };
    let mut operation = who.nothing(OperationKind::Release, reason, Some(holder.id));
    operation.changes.push(Change {
        field: "sku".into(),
        before: Some(holder.sku.clone()),
        after: Some(String::new()),
        pos: String::new(),
        reason: SWAP.into(),
    });
    if family.shared.explain {
        operation.explained.push(Explained {
            field: "sku".into(),
            policy: Some(family.shared.settings.policies.sku),
            pos: String::new(),
            shop: holder.sku.clone(),
            last: None,
            pos_alone: None,
            verdict: Verdict::Write,
            after: Some(String::new()),
            reason: SWAP.into(),
        });
    }
    Some(operation)
}

fn sku_too_long(code: &str) -> bool {
    code.len() > LONGEST_SKU && trim(code).chars().count() > LONGEST_SKU
}

/// Another POS row with the same SKU, as a person calls it.
fn twin(family: &Family<'_>, row: &Good) -> Option<String> {
    if row.sku_key.is_empty() {
        return None;
    }
    if let Some(other) = family.sku_twin(row) {
        return Some(label(other));
    }
    let found = family
        .input
        .twins
        .iter()
        .find(|twin| twin.sku_key == row.sku_key && twin.remote_id != row.id);
    found.map(|twin| twin.label.clone())
}

fn unclear<'a>(code: &'static str, row: &Good, product: &ShopProduct) -> Found<'a> {
    Found::Unclear(code, named(row, product))
}

/// What an issue about a row and a product of the shop says.
pub(super) fn named(row: &Good, product: &ShopProduct) -> Vec<Param> {
    vec![
        param("sku", trim(&row.code)),
        param("product", &integer(product.id)),
        param("name", &product.name),
    ]
}
