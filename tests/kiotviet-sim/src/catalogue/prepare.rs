//! Completes a catalogue: ids, dates, a default branch and category; refuses what the server could not serve.

use std::collections::HashSet;

use super::{Branch, Catalogue, Category, Document};
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
        self.number_trade()?;
        self.default_dates();
        self.check_references()
    }

    /// Ids and codes of customers, orders and the small lists.
    fn number_trade(&mut self) -> Result<(), String> {
        let customers = self.customers.iter_mut().map(|row| &mut row.id);
        number("customers", customers, 60_000_001)?;
        number(
            "groups",
            self.groups.iter_mut().map(|row| &mut row.id),
            400_001,
        )?;
        number(
            "orders",
            self.orders.iter_mut().map(|row| &mut row.id),
            70_000_001,
        )?;
        let invoices = self.invoices.iter_mut().map(|row| &mut row.id);
        number("invoices", invoices, 80_000_001)?;
        let surcharges = self.surcharges.iter_mut().map(|row| &mut row.id);
        number("surcharges", surcharges, 320_001)?;
        let channels = self.sale_channels.iter_mut().map(|row| &mut row.id);
        number("saleChannels", channels, 310_001)?;
        number(
            "users",
            self.users.iter_mut().map(|row| &mut row.id),
            20_002,
        )?;
        let accounts = self.bank_accounts.iter_mut().map(|row| &mut row.id);
        number("bankAccounts", accounts, 330_001)?;
        number(
            "locations",
            self.locations.iter_mut().map(|row| &mut row.id),
            1,
        )?;
        for row in &mut self.customers {
            code_from(&mut row.code, "KH", row.id - 60_000_000);
        }
        for row in &mut self.orders {
            code_from(&mut row.code, "DH", row.id - 70_000_000);
        }
        for row in &mut self.invoices {
            code_from(&mut row.code, "HD", row.id - 80_000_000);
        }
        for row in &mut self.surcharges {
            code_from(&mut row.code, "TK", row.id - 320_000);
        }
        Ok(())
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
        let customers = self.customers.iter_mut().map(|row| &mut row.created_date);
        let groups = self.groups.iter_mut().map(|row| &mut row.created_date);
        let orders = self.orders.iter_mut().map(|row| &mut row.created_date);
        let invoices = self.invoices.iter_mut().map(|row| &mut row.created_date);
        for (position, date) in branches
            .chain(categories)
            .chain(brands)
            .chain(products)
            .chain(customers)
            .chain(groups)
            .chain(orders)
            .chain(invoices)
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
        self.check_documents(&branches)?;
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

impl Catalogue {
    fn check_documents(&self, branches: &HashSet<i64>) -> Result<(), String> {
        let check = |kind: &str, row: &Document| {
            if branches.contains(&row.branch_id) || self.is_closed_branch(row.branch_id) {
                return Ok(());
            }
            Err(format!(
                "{kind} {} ({}): branch {} is not listed in branches",
                row.id, row.code, row.branch_id
            ))
        };
        self.orders.iter().try_for_each(|row| check("order", row))?;
        let mut invoices = self.invoices.iter();
        invoices.try_for_each(|row| check("invoice", row))
    }

    /// What was sold in a branch that has gone stays on the books.
    fn is_closed_branch(&self, id: i64) -> bool {
        self.removed.branches.iter().any(|gone| gone.id == id)
    }
}

/// `DH000012`, where no code is given.
fn code_from(code: &mut String, prefix: &str, number: i64) {
    if code.is_empty() {
        *code = format!("{prefix}{number:06}");
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
