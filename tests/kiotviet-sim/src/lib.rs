//! A local server that answers like KiotViet's Public API. The fact sheet it follows is `kiotviet-api.md`;
//! `§` and `UNSURE-n` in comments refer to it. How to start and steer it: `README.md` beside this crate.
//!
//! [`catalogue`] holds what is true, [`trade`] what happens to orders, customers and stock, [`wire`] how KiotViet spells it, [`api`] the endpoints, [`faults`] what goes wrong
//! on purpose, [`webhooks`] what is told to others, [`control`] the door for tests.

pub mod api;
pub mod body;
pub mod catalogue;
pub mod cli;
pub mod control;
pub mod counters;
pub mod edit;
pub mod faults;
pub mod generate;
pub mod index;
pub mod number;
pub mod order;
pub mod query;
pub mod rate_limit;
pub mod serve;
pub mod server;
pub mod state;
pub mod switches;
pub mod time;
pub mod token;
pub mod trade;
pub mod webhooks;
pub mod wire;
