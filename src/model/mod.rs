//! The nouns: goods, prices, stock, categories, and what the shop holds of them.
//!
//! Every type here crosses the boundary as a record with fixed names. Remote ids are strings;
//! numbers are integers within ±(2^53−1): money in 1/100 of the unit, quantities in thousandths,
//! unit ratios in millionths, instants in milliseconds UTC. An absent value is left out, never null.

mod amount;
mod category;
mod customer;
mod good;
mod issue;
mod link;
mod price;
mod sale;
mod shop;
mod site_order;
mod skip;
mod stock;

pub(crate) use skip::{is_false, is_zero};

pub use amount::{Instant, Money, Quantity, Ratio};
pub use category::{Category, CategoryLink, Term};
pub use customer::{PosCustomer, PosEntry};
pub use good::{Attribute, Brand, Good, Kind, Material};
pub use issue::{Issue, Item, Param, Severity};
pub use link::{Link, LinkField, LinkKind, LinkState};
pub use price::{Book, BookPrice};
pub use sale::{Sale, SaleCharge, SaleDelivery, SaleLine};
pub use shop::{ShopAttribute, ShopProduct, ShopType};
pub use site_order::{PostalAddress, SiteCharge, SiteCoupon, SiteLine, SiteOrder, TaxShare};
pub use stock::{Branch, BranchStock, GoodStock};
