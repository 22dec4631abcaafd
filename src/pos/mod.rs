//! The POS's own language: answers in, rows out.
//!
//! Each `read_*` is total. It takes an answer as the shell received it and gives the rows that
//! could be read, an issue for each that could not (with its place and id), the facts of the page,
//! and a failure when the answer as a whole is none.
//!
//! The shell calls the reader a request names with the answer and the request's own `scope` and
//! `branches`, stores the rows, and hands `page` or `failure` back to [`crate::run::advance`].
//!
//! | reader | rows |
//! |---|---|
//! | `read_token` | the access token; the answer also carries `shop` and `now` |
//! | `read_branches`, `read_categories`, `read_books`, `read_goods`, `read_stocks` | one a record |
//! | `read_prices` | the prices of the book named by `scope` |
//! | `read_good`, `read_settings` | one row |
//! | `read_webhooks` | the registered webhooks, of every application |
//! | `read_orders`, `read_invoices`, `read_customers` | one a record |
//! | `read_order`, `read_invoice`, `read_customer`, `read_surcharge` | one row: a detail, or what writing gave |
//! | `read_surcharges`, `read_channels`, `read_accounts`, `read_users`, `read_groups` | entries of small lists |
//! | `read_event` | what a webhook's body says; [`signature_forms`] says how it may be signed |

mod address;
mod answer;
mod books;
mod branches;
mod categories;
mod classify;
mod customers;
mod date;
pub mod decimal;
mod deleted;
mod entries;
mod envelope;
mod event;
mod event_shape;
mod event_type;
mod goods;
mod jwt;
mod list;
mod one;
mod pauses;
mod prices;
mod row;
mod sales;
mod say;
mod settings;
mod signature;
mod stocks;
mod token;
mod webhooks;
mod wire;

pub(crate) use date::vietnam;
pub(crate) use deleted::says_deleted;
pub(crate) use list::after;
pub(crate) use say::{failure, issue, owned, params};

pub use address::{read_address, Address, AddressInput};
pub use answer::{Answer, Failure, FailureKind, Listed, PageFacts, Problem, Reading};
pub use books::{read_books, Books};
pub use branches::{read_branches, Branches};
pub use categories::{read_categories, Categories};
pub use customers::{read_customer, read_customers, Customers};
pub(crate) use date::instant as moment;
pub use entries::{
    read_accounts, read_channels, read_groups, read_surcharge, read_surcharges, read_users, Entries,
};
pub use event::{read_event, Event, EventInput};
pub use goods::{read_good, read_goods, Goods};
pub use pauses::{spread, Pauses};
pub use prices::{read_prices, Prices};
pub use sales::{read_invoice, read_invoices, read_order, read_orders, Sales};
pub use settings::{read_settings, PosSettings, SettingsList};
pub use signature::{signature_forms, SignatureForm, SignatureForms, SignatureInput};
pub use stocks::{read_stocks, Stocks};
pub use token::{read_token, token_due, Token, TokenDue, TokenDueInput, TokenList};
pub use webhooks::{read_webhooks, Webhooks};
