//! The shop's data as intended: what a catalogue file holds and what the state keeps.
//!
//! Rows hold facts (base stock, grams, prices); how KiotViet would spell them is the business of [`crate::wire`].

mod branch;
mod category;
mod customer;
mod document;
mod overrides;
mod policy;
mod prepare;
mod pricebook;
mod product;
mod reference;
mod shop;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use branch::Branch;
pub use category::{Category, TradeMark};
pub use customer::{Customer, Group};
pub use document::{Charge, Delivery, Document, Line, Partner, Payment};
pub use document::{CANCELLED, CONFIRMED, DELIVERING, DONE, DRAFT};
pub use document::{INVOICE_CANCELLED, INVOICE_DONE, INVOICE_OPEN, INVOICE_UNDELIVERED};
pub use overrides::Overrides;
pub use policy::Policy;
pub use pricebook::{CustomerGroup, PriceBook, PriceRow, SellerRef};
pub use product::{Attribute, Batch, Formula, Inventory, Product, Serial, Shelf, Warranty};
pub use product::{COMBO, NORMAL, SERVICE};
pub use reference::{BankAccount, Location, SaleChannel, Surcharge, User};
pub use shop::{Settings, Shop};

use crate::time::VnTime;

/// One shop: the content of a catalogue file. Every list may be absent.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// Settings the API does not show.
    pub policy: Policy,
    /// Customers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<Customer>,
    /// Customer groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Orders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<Document>,
    /// Invoices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub invoices: Vec<Document>,
    /// Surcharges.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<Surcharge>,
    /// Sale channels; the usual ones when the file does not name any.
    pub sale_channels: Vec<SaleChannel>,
    /// Users; two when the file does not name any.
    pub users: Vec<User>,
    /// Bank accounts; one when the file does not name any.
    pub bank_accounts: Vec<BankAccount>,
    /// Locations; a few when the file does not name any.
    pub locations: Vec<Location>,
    /// How often the picture under an address was exchanged for another.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub image_versions: BTreeMap<String, u64>,
    /// Where this server is reached; pictures of its own are shown under that address.
    #[serde(skip)]
    pub host: String,
    /// What was deleted and when.
    pub removed: Removed,
}

/// How the address of a picture begins that this server draws itself: `sim:/50000001-1.png`.
pub const OWN_IMAGE: &str = "sim:";

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            shop: Shop::default(),
            settings: Settings::default(),
            branches: Vec::new(),
            categories: Vec::new(),
            trade_marks: Vec::new(),
            products: Vec::new(),
            pricebooks: Vec::new(),
            policy: Policy::default(),
            customers: Vec::new(),
            groups: Vec::new(),
            orders: Vec::new(),
            invoices: Vec::new(),
            surcharges: Vec::new(),
            sale_channels: reference::usual_channels(),
            users: reference::usual_users(),
            bank_accounts: reference::usual_accounts(),
            locations: reference::usual_locations(),
            image_versions: BTreeMap::new(),
            host: String::new(),
            removed: Removed::default(),
        }
    }
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
    /// Deleted customers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<Gone>,
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

    /// The address of a picture as the API tells it.
    pub fn shown_image(&self, url: &str) -> String {
        match url.strip_prefix(OWN_IMAGE) {
            Some(path) => format!("{}/_images{path}", self.host),
            None => url.to_owned(),
        }
    }

    /// A good by its id.
    pub fn product(&self, id: i64) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    /// A customer by its id.
    pub fn customer(&self, id: i64) -> Option<&Customer> {
        self.customers.iter().find(|customer| customer.id == id)
    }

    /// A branch by its id.
    pub fn branch(&self, id: i64) -> Option<&Branch> {
        self.branches.iter().find(|branch| branch.id == id)
    }

    /// An id no category ever had.
    pub fn next_category_id(&self) -> i64 {
        let made = self.categories.iter().map(|row| row.category_id);
        after(made, &self.removed.categories, 1_600_001)
    }

    /// An id no customer ever had.
    pub fn next_customer_id(&self) -> i64 {
        let made = self.customers.iter().map(|row| row.id);
        after(made, &self.removed.customers, 60_000_001)
    }

    /// An id no order ever had: orders are never deleted.
    pub fn next_order_id(&self) -> i64 {
        after(self.orders.iter().map(|row| row.id), &[], 70_000_001)
    }

    /// An id no invoice ever had.
    pub fn next_invoice_id(&self) -> i64 {
        after(self.invoices.iter().map(|row| row.id), &[], 80_000_001)
    }

    /// An id no payment ever had.
    pub fn next_payment_id(&self) -> i64 {
        let documents = self.orders.iter().chain(&self.invoices);
        let made = documents.flat_map(|row| &row.payments).map(|row| row.id);
        after(made, &[], 90_000_001)
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
