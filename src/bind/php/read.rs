//! Input: a serde `Deserializer` over what the host writes into slots.

mod access;
mod error;
mod slots;
mod value;

use error::Error;
use serde::de::DeserializeOwned;
use slots::{tag, Slot};
use value::Value;

/// The input record of a call: the host keeps it under handle 0.
pub fn root<T: DeserializeOwned>() -> Result<T, Error> {
    T::deserialize(Value(Slot {
        tag: tag::RECORD,
        a: 0,
        b: 0,
    }))
}
