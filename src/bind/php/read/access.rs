//! Records, lists and choices as serde walks through them.

use super::error::Error;
use super::slots::{tag, Slots};
use super::value::Value;
use serde::de::{
    value, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

impl<'de> SeqAccess<'de> for &mut Slots {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(slot) = self.next() else {
            return Ok(None);
        };
        match seed.deserialize(Value(slot)) {
            Ok(value) => Ok(Some(value)),
            // Absent, and not an `Option`: its default, or "missing" from the derived code.
            Err(error) if error.is_absent() => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left())
    }
}

/// A record read by a table: the places of the names that are there, and their values.
pub struct ByPlace(pub Slots);

impl<'de> MapAccess<'de> for ByPlace {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        while self.0.peek() == Some(tag::ABSENT) {
            self.0.next();
        }
        if self.0.peek().is_none() {
            return Ok(None);
        }
        seed.deserialize(place(self.0.read().wrapping_add(1) as u32))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        self.0.value(seed)
    }
}

/// A record met where anything may stand: names as texts, and values, in turns.
pub struct Entries(pub Slots);

impl<'de> MapAccess<'de> for Entries {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        if self.0.peek().is_none() {
            return Ok(None);
        }
        self.0.value(seed).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        self.0.value(seed)
    }
}

fn place(index: u32) -> value::U32Deserializer<Error> {
    index.into_deserializer()
}

/// A variant without data.
pub struct Unit(pub u32);

impl<'de> EnumAccess<'de> for Unit {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        Ok((seed.deserialize(place(self.0))?, self))
    }
}

impl<'de> VariantAccess<'de> for Unit {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Error> {
        Err(Error::new("refused"))
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        Err(Error::new("refused"))
    }
    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        Err(Error::new("refused"))
    }
}
