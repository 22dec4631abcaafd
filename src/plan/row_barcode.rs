//! The barcode of one row, as a field (product.md B2).

use super::context::Family;
use super::draft::{Draft, Field};
use super::row::note;
use super::Verdict;
use crate::goods::barcode::accepted;
use crate::goods::label::label;
use crate::goods::policy::Nature;
use crate::model::{Good, Issue, Param, Severity, ShopProduct};
use crate::settings::Policy;
use crate::stock::param;
use crate::text::{integer, trim};

/// A barcode that WooCommerce would refuse or alter, or that two rows have, is left out and named.
pub(super) fn put(draft: &mut Draft<'_>, family: &Family<'_>, row: &Good, issues: &mut Vec<Issue>) {
    let policy = family.shared.settings.policies.barcode;
    let pos = trim(row.barcode.as_deref().unwrap_or(""));
    let shop = draft.shop.map_or("", |shop| shop.barcode.as_str());
    let equal = pos == shop;
    if !equal && !pos.is_empty() && policy != Policy::Never {
        if let Some((code, mut params)) = refused(family, draft.shop, row, pos) {
            params.insert(0, param("barcode", pos));
            draft.tell("barcode", Some(policy), (pos, shop), Verdict::Refused, code);
            note(issues, row, Severity::Notice, code, params);
            return;
        }
    }
    draft.put(Field {
        name: "barcode",
        policy,
        nature: Nature::Plain,
        pos,
        shop,
        equal,
        reason: "policy",
    });
}

fn refused(
    family: &Family<'_>,
    product: Option<&ShopProduct>,
    row: &Good,
    barcode: &str,
) -> Option<(&'static str, Vec<Param>)> {
    if !accepted(barcode) {
        return Some(("barcode-odd", Vec::new()));
    }
    if let Some(other) = family.barcode_twin(row, barcode) {
        return Some(("barcode-twice", vec![param("other", &label(other))]));
    }
    let others = |holder: &&ShopProduct| product.is_none_or(|product| product.id != holder.id);
    let holder = family
        .products()
        .filter(others)
        .filter(|holder| family.converted.get() != Some(holder.id))
        .find(|other| other.barcode == barcode)?;
    Some((
        "barcode-held",
        vec![
            param("product", &integer(holder.id)),
            param("name", &holder.name),
        ],
    ))
}
