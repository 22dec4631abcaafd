//! Which goods a call of `GET /products` asks for (§3.2).

use std::collections::HashSet;

use crate::catalogue::{Catalogue, Product};
use crate::query::Query;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::wire::Refusal;

/// The filters, read.
pub struct Filter {
    categories: Option<HashSet<i64>>,
    master_product: Option<i64>,
    master_unit: Option<i64>,
    kind: Option<i64>,
    is_active: Option<bool>,
    name: Option<String>,
    trade_mark: Option<i64>,
}

impl Filter {
    /// Reads the filters.
    ///
    /// # Errors
    /// 400 for an unreadable value.
    pub fn read(
        query: &Query,
        catalogue: &Catalogue,
        switches: &Switches,
    ) -> Result<Self, Refusal> {
        let category = query.int("categoryId")?;
        Ok(Self {
            categories: category.map(|id| {
                if switches.is_default(11) {
                    with_descendants(catalogue, id)
                } else {
                    HashSet::from([id])
                }
            }),
            master_product: query.int("masterProductId")?,
            master_unit: query.int("masterUnitId")?,
            kind: query.int("productType")?,
            is_active: query.flag_if("isActive")?,
            name: query.text("name").map(str::to_lowercase),
            trade_mark: query.int("tradeMarkId")?,
        })
    }

    /// Whether a good passes. A family filter also lets the first row itself pass.
    pub fn admits(&self, product: &Product) -> bool {
        let of_family = |wanted: Option<i64>, own: Option<i64>| {
            wanted.is_none_or(|id| own == Some(id) || product.id == id)
        };
        let in_category = self
            .categories
            .as_ref()
            .is_none_or(|ids| ids.contains(&product.category_id));
        let named = self
            .name
            .as_ref()
            .is_none_or(|name| product.shown_name().to_lowercase().contains(name));
        in_category
            && named
            && of_family(self.master_product, product.master_product_id)
            && of_family(self.master_unit, product.master_unit_id)
            && self.kind.is_none_or(|kind| kind == product.kind)
            && self
                .is_active
                .is_none_or(|active| active == product.is_active)
            && self
                .trade_mark
                .is_none_or(|brand| product.trade_mark_id == Some(brand))
    }
}

fn with_descendants(catalogue: &Catalogue, id: i64) -> HashSet<i64> {
    let mut ids = HashSet::from([id]);
    loop {
        let children: Vec<i64> = catalogue
            .categories
            .iter()
            .filter(|category| {
                category
                    .parent_id
                    .is_some_and(|parent| ids.contains(&parent))
            })
            .map(|category| category.category_id)
            .filter(|child| !ids.contains(child))
            .collect();
        if children.is_empty() {
            return ids;
        }
        ids.extend(children);
    }
}

/// `modifiedDate`, with stock movements where the switch says they count (UNSURE-24, -53).
pub fn modified_with_stock(product: &Product, stock_counts: bool) -> Option<VnTime> {
    let moved = product.stock_moved.filter(|_| stock_counts);
    product.modified_date.max(moved)
}
