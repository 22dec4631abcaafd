//! What a step sees: the shop, the instant, the dice; and words to say changes with.

use serde_json::{Map, Value};

use crate::catalogue::{Attribute, Catalogue, Product, NORMAL};
use crate::control::change::Change;
use crate::control::lookup::ProductRef;
use crate::time::VnTime;

/// A step's eyes and hands.
pub struct View<'a, 'd> {
    /// The shop with all steps so far.
    pub shop: &'a Catalogue,
    /// The instant of all steps.
    pub now: VnTime,
    /// Seconds of an hour of a campaign.
    pub hour: i64,
    /// Chance.
    pub dice: &'d mut fastrand::Rng,
}

/// How many rows are looked at before a step says the shop has none for it.
const LOOKS: usize = 40;

impl<'a> View<'a, '_> {
    /// One good that fits, found by chance.
    pub fn good(&mut self, fits: impl Fn(&Product) -> bool) -> Option<&'a Product> {
        let goods = &self.shop.products;
        for _ in 0..LOOKS {
            let product = goods.get(self.dice.usize(0..goods.len().max(1)))?;
            if fits(product) {
                return Some(product);
            }
        }
        // Rare ones are searched for, from a place of chance onwards.
        let start = self.dice.usize(0..goods.len().max(1));
        let (before, after) = goods.split_at(start.min(goods.len()));
        after.iter().chain(before).find(|product| fits(product))
    }

    /// One of several.
    pub fn one_of<T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        self.dice.choice(items)
    }

    /// `percent` times in a hundred.
    pub fn chance(&mut self, percent: u8) -> bool {
        self.dice.u8(0..100) < percent
    }

    /// All rows of a good: of its variant family and of every further unit.
    pub fn family(&self, product: &Product) -> Vec<&'a Product> {
        let key = family_key(product);
        let rows = self.shop.products.iter();
        rows.filter(|row| family_key(row) == key).collect()
    }

    /// A row and its further units.
    pub fn with_units(&self, product: &Product) -> Vec<&'a Product> {
        let goes = |row: &&Product| row.id == product.id || row.master_unit_id == Some(product.id);
        self.shop.products.iter().filter(goes).collect()
    }

    /// A good that combos are made of: deleting it would break them.
    pub fn is_material(&self, id: i64) -> bool {
        let mut parts = self.shop.products.iter().flat_map(|row| &row.formulas);
        parts.any(|part| part.material_id == id)
    }

    /// Whether no good has that code yet.
    pub fn is_free(&self, code: &str) -> bool {
        self.shop.products.iter().all(|row| row.code != code)
    }
}

fn family_key(product: &Product) -> i64 {
    product
        .master_product_id
        .or(product.master_unit_id)
        .unwrap_or(product.id)
}

/// An ordinary good in its base unit, without serials, batches or odd values: what steps may rebuild.
pub fn is_ordinary(product: &Product) -> bool {
    product.kind == NORMAL
        && product.master_unit_id.is_none()
        && !product.is_lot_serial_control
        && !product.is_batch_expire_control
        && product.raw.is_none()
}

/// Attributes that still exist.
pub fn live_attributes(product: &Product) -> Vec<&Attribute> {
    let all = product.attributes.iter();
    all.filter(|attribute| !attribute.deleted).collect()
}

/// Sets fields of a good; takes `json!({…})`.
pub fn set(id: i64, fields: Value) -> Change {
    Change::ProductSet {
        which: ProductRef::by_id(id),
        fields: object(fields),
    }
}

/// The fields of a JSON object.
pub fn object(fields: Value) -> Map<String, Value> {
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// Adds a good.
pub fn add(product: Product) -> Change {
    Change::ProductAdd {
        product: Box::new(product),
    }
}

/// Deletes a good.
pub fn remove(id: i64) -> Change {
    Change::ProductRemove {
        which: ProductRef::by_id(id),
    }
}
