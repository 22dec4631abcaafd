//! Input: serde-wasm-bindgen for single values, under a walk of our own for records and lists.
//!
//! serde-wasm-bindgen takes any object for a record, an array too, and says of an error only what,
//! not where. Here an array is no record, as in the other two doors, and the place is told.
//!
//! Fields of derived records are read in order, as the door for PHP does (`bind::php` says what
//! they may not use for that): the code is a third of what comparing names costs, and every shop's
//! zip carries it.

use super::names;
use crate::bind::place;
use js_sys::{Array, Object, Reflect};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde_wasm_bindgen::Deserializer as Single;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// The name by which [`crate::pos`] asks for records that are read by a table of names.
const BY_NAME: &str = "record";

/// What could not be read, and where.
#[derive(Debug)]
pub struct Error {
    detail: String,
    place: String,
    /// A field is not there, which is no error yet: it may have a default.
    absent: bool,
}

impl Error {
    /// Detail and place.
    pub fn told(self) -> (String, String) {
        (self.detail, self.place)
    }

    fn absent() -> Self {
        Self {
            absent: true,
            ..de::Error::custom("a value is wanted")
        }
    }

    #[inline(never)]
    fn inside(mut self, outer: &str) -> Self {
        self.place = place::joined(outer, &self.place);
        self.absent = false;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(detail: T) -> Self {
        Self {
            detail: detail.to_string(),
            place: String::new(),
            absent: false,
        }
    }

    /// From derived code it means that a field is not there, from lists of a given length their length.
    #[inline(never)]
    fn invalid_length(length: usize, _: &dyn de::Expected) -> Self {
        Self {
            absent: true,
            ..de::Error::custom(format_args!("there are only {length}"))
        }
    }
}

impl From<serde_wasm_bindgen::Error> for Error {
    fn from(error: serde_wasm_bindgen::Error) -> Self {
        de::Error::custom(error)
    }
}

/// Reads a record.
pub fn root<T: DeserializeOwned>(input: JsValue) -> Result<T, Error> {
    T::deserialize(Value(input))
}

struct Value(JsValue);

impl Value {
    fn is_record(&self) -> bool {
        self.0.is_object() && !Array::is_array(&self.0)
    }

    /// The value on its own, if it is there.
    #[inline(never)]
    fn single(self) -> Result<Single, Error> {
        if self.0.is_undefined() {
            return Err(Error::absent());
        }
        Ok(Single::from(self.0))
    }

    /// Its fields, in the order of their names.
    #[inline(never)]
    fn named(self, names: &'static [&'static str]) -> Result<Named, Error> {
        if self.0.is_undefined() {
            return Err(Error::absent());
        }
        if !self.is_record() {
            return Err(de::Error::custom("a record is wanted"));
        }
        Ok(Named {
            from: self.0,
            names,
            next: 0,
        })
    }
}

/// The items of an array.
struct Items {
    list: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if self.next >= self.list.length() {
            return Ok(None);
        }
        let place = self.next;
        self.next = place.saturating_add(1);
        seed.deserialize(Value(self.list.get(place)))
            .map(Some)
            .map_err(|error| error.inside(&format!("[{place}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.list.length().saturating_sub(self.next) as usize)
    }
}

/// The fields of an object that a derived record names, in its order.
struct Named {
    from: JsValue,
    names: &'static [&'static str],
    next: usize,
}

impl Named {
    /// The name of the field that was read last.
    fn name(&self) -> &'static str {
        let last = self.next.saturating_sub(1);
        self.names.get(last).copied().unwrap_or_default()
    }

    #[inline(never)]
    fn read(&mut self) -> Option<Value> {
        let name = self.names.get(self.next)?;
        self.next = self.next.saturating_add(1);
        Some(Value(names::field(&self.from, name)))
    }

    /// What went wrong, in which field.
    #[inline(never)]
    fn failed(&self, error: Error) -> Error {
        if error.absent {
            // Told of the record, as other readers do: there is no such place.
            let detail = ["missing field `", self.name(), "`"].concat();
            return de::Error::custom(detail);
        }
        error.inside(self.name())
    }
}

impl<'de> SeqAccess<'de> for &mut Named {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(value) = self.read() else {
            return Ok(None);
        };
        match seed.deserialize(value) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.absent && error.place.is_empty() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// The fields of an object: those asked for that are there, or all of them.
struct Fields {
    from: JsValue,
    names: std::vec::IntoIter<String>,
    value: Option<(String, JsValue)>,
}

impl Fields {
    fn new(from: JsValue, names: impl Iterator<Item = String>) -> Self {
        Self {
            from,
            names: names.collect::<Vec<_>>().into_iter(),
            value: None,
        }
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        for name in self.names.by_ref() {
            let value =
                Reflect::get(&self.from, &JsValue::from_str(&name)).unwrap_or(JsValue::UNDEFINED);
            if value.is_undefined() {
                continue;
            }
            self.value = Some((name.clone(), value));
            return seed.deserialize(name.into_deserializer()).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, value) = self.value.take().unwrap_or_default();
        seed.deserialize(Value(value))
            .map_err(|error| error.inside(&name))
    }
}

macro_rules! single {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            Ok(self.single()?.$method(visitor)?)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Value {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if Array::is_array(&self.0) {
            self.deserialize_seq(visitor)
        } else if self.is_record() {
            self.deserialize_map(visitor)
        } else {
            Ok(self.single()?.deserialize_any(visitor)?)
        }
    }

    single! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() || self.0.is_undefined() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        Ok(self.single()?.deserialize_unit_struct(name, visitor)?)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.dyn_into::<Array>() {
            Ok(list) => visitor
                .visit_seq(Items { list, next: 0 })
                // Too short a list is one all the same.
                .map_err(|error| error.inside("")),
            Err(other) if other.is_undefined() => Err(Error::absent()),
            Err(_) => Err(de::Error::custom("a list is wanted")),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_undefined() {
            return Err(Error::absent());
        }
        let Some(record) = self.0.dyn_ref::<Object>() else {
            return Err(de::Error::custom("a record is wanted"));
        };
        let names = Object::keys(record)
            .iter()
            .filter_map(|name| name.as_string())
            .collect::<Vec<_>>();
        visitor.visit_map(Fields::new(self.0, names.into_iter()))
    }

    #[inline(always)]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let mut fields = self.named(names)?;
        // Known when compiled, so only one of the two is: the method is always inlined.
        if name == BY_NAME {
            let names = names.iter().map(|name| (*name).to_owned());
            return visitor.visit_map(Fields::new(fields.from, names));
        }
        let read = visitor.visit_seq(&mut fields);
        read.map_err(|error| fields.failed(error))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        Ok(self.single()?.deserialize_enum(name, variants, visitor)?)
    }
}
