//! The types of webhooks (kiotviet-api.md §9.2).

/// The types of §9.2.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Product,
    Stock,
    Price,
    PriceGone,
    Book,
    Category,
    Branch,
    /// What was deleted, or belongs to another lane: only its ids count.
    Ids(&'static str),
}

const TYPES: [(&str, Type); 15] = [
    ("product.update", Type::Product),
    ("product.delete", Type::Ids("goods")),
    ("stock.update", Type::Stock),
    ("pricebook.update", Type::Book),
    ("pricebook.delete", Type::Ids("books")),
    ("pricebookdetail.update", Type::Price),
    ("pricebookdetail.delete", Type::PriceGone),
    ("category.update", Type::Category),
    ("category.delete", Type::Ids("categories")),
    ("branch.update", Type::Branch),
    ("branch.delete", Type::Ids("branches")),
    ("order.update", Type::Ids("orders")),
    ("invoice.update", Type::Ids("invoices")),
    ("customer.update", Type::Ids("customers")),
    ("customer.delete", Type::Ids("deleted customers")),
];

/// The type a text begins with: `stock.update`, `Stock.Update.500000001`.
pub(super) fn named(text: &str) -> Option<Type> {
    let begins = |name: &str| {
        let start = text.get(..name.len());
        let rest = text.get(name.len()..).unwrap_or_default();
        start.is_some_and(|start| start.eq_ignore_ascii_case(name))
            && (rest.is_empty() || rest.starts_with('.'))
    };
    let found = TYPES.iter().find(|(name, _)| begins(name));
    found.map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_a_prefix_that_ends_where_a_word_ends() {
        assert!(named("stock.update") == Some(Type::Stock));
        assert!(named("Stock.Update.500000001") == Some(Type::Stock));
        assert!(named("stock.updated").is_none());
        assert!(named("pricebookdetail.delete.5") == Some(Type::PriceGone));
        assert!(named("").is_none());
        assert!(named("đ").is_none());
    }
}
