//! Input: serde-wasm-bindgen for single values, under a walk of our own for records and lists.
//!
//! serde-wasm-bindgen takes any object for a record, an array too, and says of an error only what,
//! not where. Here an array is no record, as in the other two doors, and the place is told.

use crate::bind::place;
use js_sys::{Array, Object, Reflect};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde_wasm_bindgen::Deserializer as Single;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// What could not be read, and where.
#[derive(Debug)]
pub struct Error {
    detail: String,
    place: String,
}

impl Error {
    /// Detail and place.
    pub fn told(self) -> (String, String) {
        (self.detail, self.place)
    }

    fn inside(mut self, outer: &str) -> Self {
        self.place = place::joined(outer, &self.place);
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
            Ok(Single::from(self.0).$method(visitor)?)
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
            Ok(Single::from(self.0).deserialize_any(visitor)?)
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
        Ok(Single::from(self.0).deserialize_unit_struct(name, visitor)?)
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
            Ok(list) => visitor.visit_seq(Items { list, next: 0 }),
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
        let Some(record) = self.0.dyn_ref::<Object>() else {
            return Err(de::Error::custom("a record is wanted"));
        };
        let names = Object::keys(record)
            .iter()
            .filter_map(|name| name.as_string())
            .collect::<Vec<_>>();
        visitor.visit_map(Fields::new(self.0, names.into_iter()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if !self.is_record() {
            return Err(de::Error::custom("a record is wanted"));
        }
        visitor.visit_map(Fields::new(
            self.0,
            names.iter().map(|name| (*name).to_owned()),
        ))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        Ok(Single::from(self.0).deserialize_enum(name, variants, visitor)?)
    }
}
