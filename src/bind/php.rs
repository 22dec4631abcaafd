//! The door for PHP: records over host handles, translated by wasm2php.
//!
//! PHP keeps its arrays; the rules ask for what they need. Measured (shared/wasm-to-php.md §1):
//! parsing JSON in here is four to six times slower than letting PHP do it. So that a value costs
//! as little as possible, nothing is asked for one by one:
//!
//! * **In**: the rules ask for a record by its handle and the names serde derived; the host writes
//!   a slot for each name and all texts straight into the arena. It remembers which names were
//!   asked for at which place, and from then on writes what lies below at once: a page of goods
//!   takes one host call. Fields are then read in order (`visit_seq`), so no name is ever compared
//!   here: the code of a derived record is a third of what `visit_map` costs.
//! * **Out**: no host call. The answer is written as a stream of words ([`Writer`]) that the host
//!   reads after the call; texts are pointed at, not copied.
//!
//! Memory is an arena that each call starts anew: nothing is freed inside a call, and drop code
//! melts away. This is the only file with `unsafe`: addresses have to cross.
//!
//! What derived records may not use, because fields are read by position: `alias`, `flatten`,
//! `skip`, maps, and enums with data. The build command's `check` looks for them.
#![allow(unsafe_code)]

use super::{InputError, Outcome, UNREADABLE};
use serde::{de::DeserializeOwned, Serialize};

mod arena;
mod read;
mod write;

/// Runs one export on the record with handle 0; gives the place of the answer's words.
fn run<I: DeserializeOwned, O: Serialize>(function: fn(I) -> O) -> u64 {
    arena::release();
    let outcome = match read::root() {
        Ok(input) => Outcome::Ok(function(input)),
        Err(error) => {
            let (detail, place) = error.told();
            let params = [("detail", detail)]
                .into_iter()
                .map(|(name, value)| crate::model::Param {
                    name: name.into(),
                    value: value.into(),
                })
                .collect();
            Outcome::Error(InputError {
                code: UNREADABLE,
                params,
                place,
            })
        }
    };
    // The words point into the outcome: it stays until the arena is released.
    write::words(core::mem::ManuallyDrop::new(outcome))
}

macro_rules! doors {
    ($($group:ident { $($name:ident = $function:path;)* })*) => {$($(
        #[no_mangle]
        extern "C" fn $name() -> u64 {
            run($function)
        }
    )*)*};
}
exports!(doors);
