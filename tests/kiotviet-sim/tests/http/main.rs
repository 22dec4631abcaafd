//! The contract, tried over HTTP against the real server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod branches_and_categories;
mod command_line;
mod credentials;
mod faults;
mod generator;
mod lists;
mod odd_values;
mod prices;
mod products;
mod sim;
mod state;
mod stock;
