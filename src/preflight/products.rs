//! Products of the shop: SKUs that are missing or held twice, stock that is not managed or below 0, and
//! published products whose orders the POS could not be sent (E3).

use super::{Finding, SiteProduct};
use crate::model::{Issue, Item, LinkState, Param, Severity, ShopProduct, ShopType};
use crate::stock::param;
use crate::text::{decimal, integer, trim};

/// Looks at one product.
pub(super) fn look(site: &SiteProduct, findings: &mut Vec<Finding>) {
    let product = &site.product;
    // What is no longer on the site harms nobody; a variable product is not bought itself.
    let bought = matches!(product.kind, ShopType::Simple | ShopType::Variation);
    if !bought || matches!(product.status.as_str(), "trash" | "auto-draft") {
        return;
    }
    let mut say = |severity, code, params| findings.push(finding(product, severity, code, params));
    if trim(&product.sku).is_empty() {
        say(Severity::Notice, "site-sku-empty", Vec::new());
    }
    if let Some(other) = site.twins.first() {
        let params = vec![
            param("sku", trim(&product.sku)),
            param("other", &integer(*other)),
        ];
        say(Severity::Review, "site-sku-twice", params);
    }
    if !product.manage_stock {
        say(Severity::Notice, "site-stock-not-managed", Vec::new());
    }
    if let Some(stock) = product.stock.filter(|stock| stock.0 < 0) {
        let params = vec![param("stock", &decimal(stock.0, 3))];
        say(Severity::Review, "site-stock-below-zero", params);
    }
    if product.status != "publish" {
        return;
    }
    match site.link {
        Some(LinkState::Active) => {}
        Some(LinkState::Paused | LinkState::Excluded) => {
            say(Severity::Review, "order-fails-paused", Vec::new());
        }
        None => say(Severity::Review, "order-fails-unlinked", Vec::new()),
    }
}

fn finding(product: &ShopProduct, severity: Severity, code: &str, params: Vec<Param>) -> Finding {
    let sku = trim(&product.sku);
    let mut label = String::from(sku);
    if !sku.is_empty() && !product.name.is_empty() {
        label.push_str(" · ");
    }
    label.push_str(&product.name);
    Finding {
        issue: Issue {
            code: code.into(),
            params,
            item: Item {
                kind: "product".into(),
                id: Some(integer(product.id)),
                label,
            },
            severity,
        },
        shop_id: Some(product.id),
    }
}
