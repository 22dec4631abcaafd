//! What holds of orders whatever happens.

mod once;
mod pos;
mod storms;
mod totals;
