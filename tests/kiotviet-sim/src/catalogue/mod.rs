//! The shop's data as intended: what a catalogue file holds and what the state keeps.
//!
//! Rows hold facts (base stock, grams, prices); how KiotViet would spell them is the business of [`crate::wire`].

mod branch;
mod category;
mod overrides;
mod prepare;
mod pricebook;
mod product;
mod shop;

use serde::{Deserialize, Serialize};

pub use branch::Branch;
pub use category::{Category, TradeMark};
pub use overrides::Overrides;
pub use pricebook::{CustomerGroup, PriceBook, PriceRow, SellerRef};
pub use product::{Attribute, Batch, Formula, Inventory, Product, Serial, Shelf, Warranty};
pub use product::{COMBO, NORMAL, SERVICE};
pub use shop::{Settings, Shop};

use crate::time::VnTime;

/// One shop: the content of a catalogue file. Every list may be absent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Catalogue {
    /// Shop code, ids and credentials.
    pub shop: Shop,
    /// What `/settings` answers.
    pub settings: Settings,
    /// Branches; a default one is made when the list is empty.
    pub branches: Vec<Branch>,
    /// Categories, flat; `parentId` nests them.
    pub categories: Vec<Category>,
    /// Brands.
    pub trade_marks: Vec<TradeMark>,
    /// Goods: one row per sellable variant and per unit.
    pub products: Vec<Product>,
    /// Price books with their prices; the general list is `basePrice`.
    pub pricebooks: Vec<PriceBook>,
    /// What was deleted and when.
    pub removed: Removed,
}

/// Ids that were deleted, by kind.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Removed {
    /// Deleted goods.
    pub products: Vec<Gone>,
    /// Deleted categories.
    pub categories: Vec<Gone>,
    /// Branches that are no longer active.
    pub branches: Vec<Gone>,
    /// Deleted price books; the API never names them.
    pub pricebooks: Vec<Gone>,
}

/// One deletion.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Gone {
    /// The id that no longer exists.
    pub id: i64,
    /// When it went.
    pub at: VnTime,
}

impl Catalogue {
    /// Reads a catalogue file and completes it (ids, dates, full names).
    ///
    /// # Errors
    /// A sentence naming the place in the file, the cause and what to write instead.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let mut catalogue: Self = serde_json::from_str(text)
            .map_err(|error| format!("the catalogue is not readable: {error}"))?;
        catalogue.prepare()?;
        Ok(catalogue)
    }

    /// An id no good ever had.
    pub fn next_product_id(&self) -> i64 {
        let made = self.products.iter().map(|row| row.id);
        after(made, &self.removed.products, 50_000_001)
    }

    /// An id no category ever had.
    pub fn next_category_id(&self) -> i64 {
        let made = self.categories.iter().map(|row| row.category_id);
        after(made, &self.removed.categories, 1_600_001)
    }

    /// An id no price book ever had.
    pub fn next_book_id(&self) -> i64 {
        let made = self.pricebooks.iter().map(|row| row.id);
        after(made, &self.removed.pricebooks, 700_001)
    }
}

/// The id after all that were given out, also to rows that went.
fn after(made: impl Iterator<Item = i64>, gone: &[Gone], first: i64) -> i64 {
    let gone = gone.iter().map(|gone| gone.id);
    made.chain(gone).max().map_or(first, |highest| highest + 1)
}
