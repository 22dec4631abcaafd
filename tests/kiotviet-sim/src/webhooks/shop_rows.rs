//! Rows of `Data` for price books, categories and branches (§9.4).

use super::rows::{pascal, Writer};
use crate::catalogue::{Category, PriceBook};
use crate::wire::{array, Row};

impl Writer<'_> {
    /// `pricebook.update`.
    pub(super) fn book_row(&self, id: i64) -> Option<String> {
        let book = self.shop.pricebooks.iter().find(|book| book.id == id)?;
        let mut row = Row::new();
        row.int("Id", book.id)
            .text("Name", &book.name)
            .flag("IsActive", book.is_active)
            .flag("IsGlobal", book.is_global && self.switches.is_default(25))
            .date_if("StartDate", book.start_date)
            .date_if("EndDate", book.end_date)
            .flag("ForAllCusGroup", book.for_all_cus_group)
            .flag("ForAllUser", book.for_all_user);
        self.book_limits(&mut row, book);
        let raw = book.raw.as_deref().map(|raw| pascal(raw, |_| None));
        Some(row.finish_with(raw.as_ref()))
    }

    /// Whom and where the book is limited to; ids of these rows as in `GET /pricebooks`.
    fn book_limits(&self, row: &mut Row, book: &PriceBook) {
        let link = |position: i64| {
            let mut row = Row::new();
            row.int("Id", book.id * 100 + position)
                .int("PriceBookId", book.id);
            row
        };
        let branches = (0..).zip(&book.branches).map(|(position, branch)| {
            link(position)
                .int("BranchId", *branch)
                .text_if("BranchName", self.branch_name(*branch))
                .finish()
        });
        row.list_if("PriceBookBranches", branches.collect());
        let groups = (0..).zip(&book.customer_groups).map(|(position, group)| {
            link(position)
                .int("CustomerGroupId", group.id)
                .text("CustomerGroupName", &group.name)
                .finish()
        });
        row.list_if("PriceBookCustomerGroups", groups.collect());
        let users = (0..).zip(&book.users).map(|(position, user)| {
            link(position)
                .int("UserId", user.id)
                .text("UserName", &user.name)
                .finish()
        });
        row.list_if("PriceBookUsers", users.collect());
    }

    /// `pricebookdetail.update`.
    pub(super) fn price_row(&self, book: i64, product: i64) -> Option<String> {
        let book = self.shop.pricebooks.iter().find(|row| row.id == book)?;
        let price = book.prices.iter().find(|row| row.product_id == product)?;
        let raw = price.raw.as_deref().map(|raw| pascal(raw, |_| None));
        let row = Row::new()
            .int("PriceBookId", book.id)
            .int("ProductId", product)
            .number("Price", price.price, product % 2 == 0)
            .finish_with(raw.as_ref());
        Some(row)
    }

    /// `category.update`.
    pub(super) fn category_row(&self, id: i64) -> Option<String> {
        let categories = &self.shop.categories;
        let category = categories.get(self.index.category(id)?)?;
        let is_child = |other: &Category| other.parent_id == Some(id);
        let raw = category.raw.as_deref();
        let raw = raw.map(|raw| {
            pascal(raw, |key| match key {
                "categoryId" => Some("Id"),
                "categoryName" => Some("Name"),
                _ => None,
            })
        });
        let row = Row::new()
            .int("Id", id)
            .text("Name", &category.category_name)
            .int_if("ParentId", category.parent_id)
            .flag("IsDeleted", false)
            .date_if("CreatedDate", category.created_date)
            .date_if("ModifiedDate", category.modified_date)
            .int("RetailerId", self.shop.shop.retailer_id)
            .int("Rank", category.rank)
            .flag("HasChild", categories.iter().any(is_child))
            .finish_with(raw.as_ref());
        Some(row)
    }

    /// `branch.update`. What the catalogue does not know (ward, second number) is left out as KiotViet leaves out null.
    pub(super) fn branch_row(&self, id: i64) -> Option<String> {
        let branch = self.shop.branches.iter().find(|branch| branch.id == id)?;
        let raw = branch.raw.as_deref();
        let raw = raw.map(|raw| pascal(raw, |key| (key == "branchName").then_some("Name")));
        let row = Row::new()
            .int("Id", id)
            .text("Name", &branch.branch_name)
            .text_if("ContactNumber", branch.contact_number.as_deref())
            .text_if("Address", branch.address.as_deref())
            .flag("IsActive", true)
            .flag("IsLock", false)
            .date_if("CreatedDate", branch.created_date)
            .date_if("ModifiedDate", branch.modified_date)
            .int("RetailerId", self.shop.shop.retailer_id)
            .finish_with(raw.as_ref());
        Some(row)
    }
}

/// `pricebookdetail.delete`, with its lower-case b.
pub(super) fn gone(book: i64, products: &[i64]) -> String {
    Row::new()
        .int("PricebookId", book)
        .json("ProductIds", array(products.iter().map(i64::to_string)))
        .finish()
}
