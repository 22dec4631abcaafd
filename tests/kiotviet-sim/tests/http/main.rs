//! The contract, tried over HTTP against the real server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod branches_and_categories;
mod clerks;
mod command_line;
mod credentials;
mod customers;
mod faults;
mod generator;
mod goods_writes;
mod images;
mod life;
mod lists;
mod odd_values;
mod orders;
mod prices;
mod products;
mod receiver;
mod sim;
mod state;
mod stock;
mod webhook_delivery;
mod webhook_faults;
mod webhook_registration;
mod webhook_rows;
mod webhook_shop_rows;
mod write_faults;
