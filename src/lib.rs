//! The sync rules of Dongbo.
//!
//! Everything that decides is here, once; it runs natively (tests), in the browser and Node
//! (`bind/js.rs`) and in plain PHP (`bind/php.rs`, translated by wasm2php). Rules see no clock,
//! network or randomness: time and settings are inputs, and effects come back as data.
//!
//! ```text
//! POS answer ─ pos::read_* ─▶ rows (mirror) ─ plan::plan_goods ─▶ operations ─▶ the shell applies
//!      ▲                        │ page facts
//!      └── requests ◀── run::advance
//! ```
//!
//! A reader starts with [`model`] (the nouns), then [`plan`] (what is decided) and [`run`] (in
//! which order things are asked for). One rule is one file, named after it.
#![forbid(unsafe_op_in_unsafe_fn)]

pub mod bind;
pub mod choices;
pub mod customers;
pub mod drift;
pub mod goods;
pub mod images;
pub mod linking;
pub mod model;
pub mod orders;
pub mod plan;
pub mod pos;
pub mod preflight;
pub mod prices;
pub mod push;
pub mod run;
pub mod settings;
pub mod stock;
pub mod stopper;
pub mod text;
pub mod webhooks;
pub mod why;

/// The version of the rules, stamped into every build: a browser that plans with other rules than
/// the server's refuses to (product.md H3).
pub const RULES_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+1");
