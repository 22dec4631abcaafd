//! What is not WooCommerce's own price and stock: brand, tax class, stock by branch, prices by role
//! (product.md A4, B5, B13, C6).
//!
//! Stock by branch and prices by role are kept in one meta each, as texts the shop front reads
//! without a query of its own: one line a branch, `7:12:Kho chính`, and
//! `wholesale:120000,vip:99000`. They are Dongbo's alone, so the POS always decides them; switched
//! off, what was written is taken away again.

use super::context::Family;
use super::draft::{Draft, Field};
use super::row::note;
use crate::goods::policy::Nature;
use crate::model::{Good, Issue, Severity};
use crate::prices::{text, written};
use crate::settings::Policy;
use crate::stock::{by_branch, param};
use crate::text::{decimal, same, trim};

/// The class of the standard rate, which WooCommerce stores as no text at all.
const STANDARD: &str = "standard";

/// The brand, where the shop knows brands (WooCommerce 9.6; earlier by its own plugin).
pub(super) fn brand(draft: &mut Draft<'_>, family: &Family<'_>, row: &Good) {
    if !family.shared.brands {
        return;
    }
    let pos = row.brand.as_ref().map_or("", |brand| trim(&brand.name));
    let shop = draft.shop.map_or("", |shop| shop.brand.as_str());
    draft.put(Field {
        name: "brand",
        policy: family.shared.settings.policies.brand,
        nature: Nature::Plain,
        pos,
        shop,
        equal: same(pos, shop),
        reason: "policy",
    });
}

/// The tax class that the owner's table has for the good's tax; without a table the site's own.
pub(super) fn tax_class(
    draft: &mut Draft<'_>,
    family: &Family<'_>,
    row: &Good,
    issues: &mut Vec<Issue>,
) {
    let settings = family.shared.settings;
    let Some(tax) = row.tax.as_deref() else {
        return;
    };
    if settings.tax_classes.is_empty() {
        return;
    }
    let policy = settings.policies.tax_class;
    let mut table = settings.tax_classes.iter();
    let Some(found) = table.find(|one| one.tax == tax) else {
        if draft.creating() || policy == Policy::Always {
            let tax = vec![param("tax", tax)];
            note(issues, row, Severity::Notice, "tax-class-unmapped", tax);
        }
        return;
    };
    let class = |class: &'_ str| if class.is_empty() { STANDARD } else { class }.to_owned();
    let pos = class(&found.class);
    let shop = draft
        .shop
        .map_or(String::new(), |shop| class(&shop.tax_class));
    draft.put(Field {
        name: "tax_class",
        policy,
        nature: Nature::Plain,
        pos: &pos,
        shop: &shop,
        equal: pos == shop,
        reason: "tax-table",
    });
}

/// Stock by branch and prices by role of one sellable row.
pub(super) fn kept_in_meta(draft: &mut Draft<'_>, family: &Family<'_>, row: &Good) {
    let settings = family.shared.settings;
    let (stock, roles) = draft.shop.map_or(("", ""), |shop| {
        (shop.branch_stock.as_str(), shop.role_prices.as_str())
    });
    if settings.policies.stock == Policy::Always && family.shared.closed_branch.is_none() {
        let pos = if settings.branch_stock {
            branches(family, row)
        } else {
            String::new()
        };
        meta(draft, "branch_stock", &pos, stock, "branch-stock");
    }
    if settings.policies.price == Policy::Always {
        let pos = role_prices(family, row);
        meta(draft, "role_prices", &pos, roles, "role-book");
    }
}

fn meta(draft: &mut Draft<'_>, name: &'static str, pos: &str, shop: &str, reason: &'static str) {
    if pos.is_empty() && shop.is_empty() && draft.recall(name).is_none() {
        return;
    }
    draft.put(Field {
        name,
        policy: Policy::Always,
        nature: Nature::Clearing,
        pos,
        shop,
        equal: pos == shop,
        reason,
    });
}

fn branches(family: &Family<'_>, row: &Good) -> String {
    let mut text = String::new();
    for (branch, amount) in by_branch(row, family, family.shared.settings) {
        push(&mut text, '\n', branch, &decimal(amount, 3));
        text.push(':');
        text.push_str(trim(family.shared.branch_name(branch)));
    }
    text
}

/// The price of each role's book that is in force and has the good.
fn role_prices(family: &Family<'_>, row: &Good) -> String {
    let chosen = &family.shared.chosen;
    let mut list = String::new();
    for (role, book) in &family.shared.roles {
        let found = family.prices(row).find(|price| price.book_id == book.id);
        let amount = found.map(|price| written(price.price, chosen.decimals));
        let least = i64::from(!chosen.allow_zero);
        if let Some(amount) = amount.filter(|amount| *amount >= least) {
            push(&mut list, ',', role, &text(amount, chosen.decimals));
        }
    }
    list
}

fn push(text: &mut String, separator: char, name: &str, value: &str) {
    if !text.is_empty() {
        text.push(separator);
    }
    text.push_str(name);
    text.push(':');
    text.push_str(value);
}
