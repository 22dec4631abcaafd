//! The door for browser and Node: one `wasm-bindgen` function an export, plain objects in and out.
//!
//! Integers cross as JavaScript numbers, so they are within ±(2^53−1) by the boundary rules; a
//! larger one in an answer is told as `output-unwritable`, never rounded.

mod names;
mod read;

use super::{InputError, Outcome, UNREADABLE};
use crate::model::Param;
use serde::{de::DeserializeOwned, Serialize};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{wasm_bindgen, JsValue};

fn run<I: DeserializeOwned, O: Serialize>(function: fn(I) -> O, input: JsValue) -> JsValue {
    let outcome = match read::root(input) {
        Ok(input) => Outcome::Ok(function(input)),
        Err(error) => failed(UNREADABLE, error.told()),
    };
    write(&outcome).unwrap_or_else(|error| {
        let told = (error.to_string(), String::new());
        // A record of texts: if even that cannot be made, the host is out of memory.
        write(&failed::<()>("output-unwritable", told)).unwrap_or(JsValue::UNDEFINED)
    })
}

fn write<T: Serialize>(outcome: &Outcome<T>) -> Result<JsValue, serde_wasm_bindgen::Error> {
    outcome.serialize(&Serializer::json_compatible())
}

fn failed<T>(code: &'static str, (detail, place): (String, String)) -> Outcome<T> {
    let params = vec![Param {
        name: "detail".into(),
        value: detail,
    }];
    Outcome::Error(InputError {
        code,
        params,
        place,
    })
}

/// The preview in the browser asks three exports; the others are built for Node only (feature
/// `js-all`), because every shop's zip carries what the browser loads.
macro_rules! door {
    (version = $function:path) => { door!(made version = $function); };
    (plan_categories = $function:path) => { door!(made plan_categories = $function); };
    (plan_goods = $function:path) => { door!(made plan_goods = $function); };
    ($name:ident = $function:path) => {
        #[cfg(feature = "js-all")]
        door!(made $name = $function);
    };
    (made $name:ident = $function:path) => {
        #[doc = concat!("[`", stringify!($function), "`]: one record in, `{ok}` or `{error}` out.")]
        #[wasm_bindgen]
        #[must_use]
        pub fn $name(input: JsValue) -> JsValue {
            run($function, input)
        }
    };
}

macro_rules! doors {
    ($($group:ident { $($name:ident = $function:path;)* })*) => {$($(door!($name = $function);)*)*};
}
exports!(doors);
