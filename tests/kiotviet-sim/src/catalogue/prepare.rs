//! Completes a catalogue: ids, dates, a default branch and category; refuses what the server could not serve.

use std::collections::HashSet;

use super::{Branch, Catalogue, Category};
use crate::time::VnTime;

const FIRST_BRANCH: i64 = 200_001;
const FIRST_CATEGORY: i64 = 1_600_001;
const FIRST_TRADE_MARK: i64 = 300_001;
const FIRST_PRICE_BOOK: i64 = 700_001;
const FIRST_PRODUCT: i64 = 50_000_001;

/// Wall-clock seconds of 2025-01-01T08:00:00, when rows without a date were made.
const DEFAULT_CREATED: i64 = 1_735_718_400;

/// The moment a row without `createdDate` was made: rows follow each other by a second.
fn default_created(position: usize) -> VnTime {
    VnTime::from_wall_seconds(
        DEFAULT_CREATED + i64::try_from(position).unwrap_or(0),
        1_230_000,
    )
}

impl Catalogue {
    /// Fills what a file may leave out and checks ids.
    ///
    /// # Errors
    /// A sentence naming the row and the cause.
    pub fn prepare(&mut self) -> Result<(), String> {
        if self.branches.is_empty() {
            self.branches.push(Branch {
                branch_name: "Chi nhánh trung tâm".into(),
                ..Branch::default()
            });
        }
        number(
            "branches",
            self.branches.iter_mut().map(|row| &mut row.id),
            FIRST_BRANCH,
        )?;
        number(
            "categories",
            self.categories.iter_mut().map(|row| &mut row.category_id),
            FIRST_CATEGORY,
        )?;
        self.default_category()?;
        number(
            "tradeMarks",
            self.trade_marks
                .iter_mut()
                .map(|row| &mut row.trade_mark_id),
            FIRST_TRADE_MARK,
        )?;
        number(
            "pricebooks",
            self.pricebooks.iter_mut().map(|row| &mut row.id),
            FIRST_PRICE_BOOK,
        )?;
        number(
            "products",
            self.products.iter_mut().map(|row| &mut row.id),
            FIRST_PRODUCT,
        )?;
        self.default_dates();
        self.check_references()
    }

    /// Goods without a category go to the first one, as KiotViet would refuse them without.
    fn default_category(&mut self) -> Result<(), String> {
        if self.products.iter().all(|product| product.category_id != 0) {
            return Ok(());
        }
        if self.categories.is_empty() {
            self.categories.push(Category {
                category_id: FIRST_CATEGORY,
                category_name: "Khác".into(),
                ..Category::default()
            });
        }
        let Some(first) = self.categories.first().map(|category| category.category_id) else {
            return Err("categories: none to put goods into".into());
        };
        for product in self
            .products
            .iter_mut()
            .filter(|product| product.category_id == 0)
        {
            product.category_id = first;
        }
        Ok(())
    }

    fn default_dates(&mut self) {
        let branches = self.branches.iter_mut().map(|row| &mut row.created_date);
        let categories = self.categories.iter_mut().map(|row| &mut row.created_date);
        let brands = self.trade_marks.iter_mut().map(|row| &mut row.created_date);
        let products = self.products.iter_mut().map(|row| &mut row.created_date);
        for (position, date) in branches
            .chain(categories)
            .chain(brands)
            .chain(products)
            .enumerate()
        {
            date.get_or_insert_with(|| default_created(position));
        }
    }

    fn check_references(&self) -> Result<(), String> {
        let branches: HashSet<i64> = self.branches.iter().map(|branch| branch.id).collect();
        for product in &self.products {
            let mut seen = HashSet::new();
            for row in &product.inventories {
                if !branches.contains(&row.branch_id) {
                    return Err(format!(
                        "product {} ({}): stock in branch {}, which is not listed in branches",
                        product.id, product.code, row.branch_id
                    ));
                }
                if !seen.insert(row.branch_id) {
                    return Err(format!(
                        "product {} ({}): two stock rows for branch {}",
                        product.id, product.code, row.branch_id
                    ));
                }
            }
            if product.conversion_value.0 <= 0.0 {
                return Err(format!(
                    "product {} ({}): conversionValue must be above 0; use raw to send another",
                    product.id, product.code
                ));
            }
        }
        for book in &self.pricebooks {
            let mut seen = HashSet::new();
            if let Some(row) = book.prices.iter().find(|row| !seen.insert(row.product_id)) {
                return Err(format!(
                    "price book {} ({}): two prices for product {}",
                    book.id, book.name, row.product_id
                ));
            }
        }
        Ok(())
    }
}

/// Gives free ids to rows with 0 and refuses doubles.
fn number<'a>(
    list: &str,
    ids: impl Iterator<Item = &'a mut i64>,
    first: i64,
) -> Result<(), String> {
    let ids: Vec<&mut i64> = ids.collect();
    let mut taken = HashSet::new();
    for id in ids.iter().filter(|id| ***id != 0) {
        if !taken.insert(**id) {
            return Err(format!(
                "{list}: id {id} is used twice; leave ids out to have them numbered"
            ));
        }
    }
    let mut next = first;
    for id in ids.into_iter().filter(|id| **id == 0) {
        while !taken.insert(next) {
            next += 1;
        }
        *id = next;
    }
    Ok(())
}
