//! The types a webhook can be registered for (§9.2, exact strings).

/// One type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A customer was made or changed.
    CustomerUpdate,
    /// Customers were deleted.
    CustomerDelete,
    /// A good was made or changed.
    ProductUpdate,
    /// Goods were deleted.
    ProductDelete,
    /// Stock of a good in a branch moved.
    StockUpdate,
    /// An order was made or changed, also cancelled.
    OrderUpdate,
    /// An invoice was made or changed, also cancelled.
    InvoiceUpdate,
    /// A price book was made or changed.
    BookUpdate,
    /// A price book was deleted.
    BookDelete,
    /// A price in a book was set.
    PriceUpdate,
    /// Goods left a book.
    PriceDelete,
    /// A category was made, renamed or moved.
    CategoryUpdate,
    /// Categories were deleted.
    CategoryDelete,
    /// A branch was opened or changed.
    BranchUpdate,
    /// Branches were closed.
    BranchDelete,
}

/// Every type with its name on the wire.
const NAMES: &[(Kind, &str)] = &[
    (Kind::CustomerUpdate, "customer.update"),
    (Kind::CustomerDelete, "customer.delete"),
    (Kind::ProductUpdate, "product.update"),
    (Kind::ProductDelete, "product.delete"),
    (Kind::StockUpdate, "stock.update"),
    (Kind::OrderUpdate, "order.update"),
    (Kind::InvoiceUpdate, "invoice.update"),
    (Kind::BookUpdate, "pricebook.update"),
    (Kind::BookDelete, "pricebook.delete"),
    (Kind::PriceUpdate, "pricebookdetail.update"),
    (Kind::PriceDelete, "pricebookdetail.delete"),
    (Kind::CategoryUpdate, "category.update"),
    (Kind::CategoryDelete, "category.delete"),
    (Kind::BranchUpdate, "branch.update"),
    (Kind::BranchDelete, "branch.delete"),
];

impl Kind {
    /// The type of that name.
    ///
    /// # Errors
    /// A sentence that lists the names.
    pub fn parse(name: &str) -> Result<Self, String> {
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(kind, _)| *kind).ok_or_else(|| {
            let known: Vec<&str> = NAMES.iter().map(|(_, known)| *known).collect();
            format!(
                "{name:?} is no webhook type; there are {}",
                known.join(", ")
            )
        })
    }

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, name)| name)
    }

    /// Whether reading B of UNSURE-45 sends the bare `{"RemoveId": […]}` for it.
    pub fn may_be_bare(self) -> bool {
        matches!(
            self,
            Self::CustomerDelete | Self::ProductDelete | Self::CategoryDelete | Self::BranchDelete
        )
    }
}
