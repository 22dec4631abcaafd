//! What happens in a shop beside its goods: customers, orders, invoices, payments, and the stock they hold and take.
//!
//! Both the API and the control door change the shop through here; only the API's calls are checked first, with the
//! refusals of §1.3. A refused call has changed nothing.

pub mod category;
pub mod customer;
pub mod delivery;
pub mod draft;
pub mod invoice;
pub mod lines;
pub mod order;
pub mod payment;
pub mod price;
pub mod product;
pub mod refusals;
pub mod stock;
pub mod totals;
