//! Goods of the POS: what the plan names, SKUs that two goods have, numbers below 0, and goods whose
//! product is on sale though the POS would not take an order for them.

use super::Finding;
use crate::goods::label::{item, label};
use crate::model::{Branch, Good, Issue, Link, LinkKind, Param, Severity, ShopProduct};
use crate::plan::{plan_goods, FamilyInput, GoodsInput};
use crate::settings::{Settings, Units};
use crate::stock::{param, stopped_everywhere};
use crate::text::{decimal, integer};

/// Looks at families.
pub(super) fn look(settings: &Settings, plan: GoodsInput, findings: &mut Vec<Finding>) {
    let (families, branches) = (plan.families.clone(), plan.branches.clone());
    let plans = plan_goods(plan).families;
    for (family, plan) in families.iter().zip(plans) {
        let mut found: Vec<Issue> = plan.issues;
        for good in family.goods.iter().filter(|good| !good.deleted) {
            if good.base_id.is_none() || settings.units != Units::BaseOnly {
                of_good(settings, &branches, family, good, &mut found);
            }
        }
        for issue in found {
            let shop_id = issue.item.id.as_deref().and_then(|id| linked(family, id));
            findings.push(Finding {
                issue,
                shop_id: shop_id.map(|link| link.shop_id),
            });
        }
    }
}

fn of_good(
    settings: &Settings,
    branches: &[Branch],
    family: &FamilyInput,
    good: &Good,
    found: &mut Vec<Issue>,
) {
    if good.sku_key.is_empty() {
        add(found, good, Severity::Notice, "sku-empty", Vec::new());
    } else if let Some(other) = twin(family, good) {
        let params = vec![param("sku", &good.code), param("other", &other)];
        add(found, good, Severity::Review, "sku-twice-pos", params);
    }
    let stocks = good.stocks.iter().flatten();
    for stock in stocks.filter(|stock| settings.branches.contains(&stock.branch_id)) {
        if stock.on_hand.0 < 0 {
            let mut named = branches
                .iter()
                .filter(|branch| branch.id == stock.branch_id);
            let name = named.next().map_or(&stock.branch_id, |branch| &branch.name);
            let params = vec![
                param("branch", name),
                param("stock", &decimal(stock.on_hand.0, 3)),
            ];
            add(found, good, Severity::Review, "stock-below-zero", params);
        }
    }
    let Some(product) = linked(family, &good.id).and_then(|link| product(family, link)) else {
        return;
    };
    // What is stopped in the branch orders go to cannot be ordered there (B7).
    let order_branch = settings.order_branch.as_deref();
    let off_there = |good: &Good| {
        let mut stocks = good.stocks.iter().flatten();
        stocks.any(|stock| {
            Some(stock.branch_id.as_str()) == order_branch && stock.active == Some(false)
        })
    };
    let stopped = !good.active || stopped_everywhere(good, settings) || off_there(good);
    if stopped && product.status == "publish" {
        let params = vec![param("product", &integer(product.id))];
        add(found, good, Severity::Review, "order-fails-stopped", params);
    }
}

/// Another good with the same SKU, as a person calls it.
fn twin(family: &FamilyInput, good: &Good) -> Option<String> {
    let other =
        |other: &&Good| !other.deleted && other.id != good.id && other.sku_key == good.sku_key;
    if let Some(other) = family.goods.iter().find(other) {
        return Some(label(other));
    }
    let mut twins = family.twins.iter();
    let twin = twins.find(|twin| twin.sku_key == good.sku_key && twin.remote_id != good.id);
    twin.map(|twin| twin.label.clone())
}

fn linked<'a>(family: &'a FamilyInput, id: &str) -> Option<&'a Link> {
    let good = |link: &&Link| link.kind == LinkKind::Good && link.remote_id == id;
    family.links.iter().find(good)
}

fn product<'a>(family: &'a FamilyInput, link: &Link) -> Option<&'a ShopProduct> {
    let mut products = family.shop.iter();
    products.find(|product| product.id == link.shop_id)
}

/// What the plan has named already is not named twice.
fn add(found: &mut Vec<Issue>, good: &Good, severity: Severity, code: &str, params: Vec<Param>) {
    let same = |issue: &Issue| {
        issue.code == code && issue.item.id.as_ref() == Some(&good.id) && issue.params == params
    };
    if !found.iter().any(same) {
        found.push(Issue {
            code: code.into(),
            params,
            item: item(good),
            severity,
        });
    }
}
