//! Look-ups over the goods that would be too slow to search on every call.

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::order::{positions, Direction};

/// Built once per state of the catalogue.
pub struct Index {
    by_id: HashMap<i64, usize>,
    by_code: HashMap<String, usize>,
    units: HashMap<i64, Vec<usize>>,
    books_of: HashMap<i64, Vec<(usize, usize)>>,
    categories: HashMap<i64, usize>,
    orders: HashMap<(String, Direction), Arc<Vec<usize>>>,
}

impl Index {
    /// Reads the whole catalogue once.
    pub fn build(catalogue: &Catalogue) -> Self {
        let mut by_code = HashMap::new();
        let mut units: HashMap<i64, Vec<usize>> = HashMap::new();
        for (position, product) in catalogue.products.iter().enumerate() {
            by_code
                .entry(product.code.to_lowercase())
                .or_insert(position);
            if let Some(base) = product.master_unit_id {
                units.entry(base).or_default().push(position);
            }
        }
        let mut books_of: HashMap<i64, Vec<(usize, usize)>> = HashMap::new();
        for (book, prices) in catalogue.pricebooks.iter().enumerate() {
            for (row, price) in prices.prices.iter().enumerate() {
                books_of
                    .entry(price.product_id)
                    .or_default()
                    .push((book, row));
            }
        }
        Self {
            by_id: catalogue
                .products
                .iter()
                .enumerate()
                .map(|(position, product)| (product.id, position))
                .collect(),
            by_code,
            units,
            books_of,
            categories: catalogue
                .categories
                .iter()
                .enumerate()
                .map(|(position, row)| (row.category_id, position))
                .collect(),
            orders: HashMap::new(),
        }
    }

    /// Position of a good by id.
    pub fn product(&self, id: i64) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// Position of the first good with that code, in any casing.
    pub fn code(&self, code: &str) -> Option<usize> {
        self.by_code.get(&code.to_lowercase()).copied()
    }

    /// Positions of the further units of a base row.
    pub fn units(&self, base_id: i64) -> &[usize] {
        self.units.get(&base_id).map_or(&[], Vec::as_slice)
    }

    /// (book, row) positions of a good's prices.
    pub fn prices(&self, product_id: i64) -> &[(usize, usize)] {
        self.books_of.get(&product_id).map_or(&[], Vec::as_slice)
    }

    /// Position of a category.
    pub fn category(&self, id: i64) -> Option<usize> {
        self.categories.get(&id).copied()
    }

    /// Positions of all goods in the order asked for.
    pub fn ordered(
        &mut self,
        catalogue: &Catalogue,
        field: &str,
        direction: Direction,
    ) -> Arc<Vec<usize>> {
        let key = (field.to_lowercase(), direction);
        let order = self
            .orders
            .entry(key)
            .or_insert_with_key(|(field, direction)| {
                Arc::new(positions(&catalogue.products, field, *direction))
            });
        Arc::clone(order)
    }
}
