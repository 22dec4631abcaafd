//! One value: what it is, and serde's `Deserializer` over it.

use super::access::{ByPlace, Entries, Unit};
use super::error::Error;
use super::slots::{entries, fields, tag, Slot, Slots};
use serde::de::{self, Visitor};

/// The name by which [`crate::pos`] asks for records that are read by a table of names: they are
/// given as a map from the places of the names. Derived records are given as a sequence.
const BY_PLACE: &str = "record";

/// One value.
pub struct Value(pub Slot);

impl Value {
    /// A value of another kind than the one asked for.
    #[inline(never)]
    fn mismatch(self) -> Error {
        if self.0.tag == tag::ABSENT {
            Error::ABSENT
        } else {
            Error::new("kind")
        }
    }

    #[inline(never)]
    fn int(self) -> Result<i64, Error> {
        if self.0.tag != tag::INT {
            return Err(self.mismatch());
        }
        Ok((i64::from(self.0.b) << 32) | i64::from(self.0.a))
    }

    #[inline(never)]
    fn boolean(self) -> Result<bool, Error> {
        match self.0.tag {
            tag::FALSE => Ok(false),
            tag::TRUE => Ok(true),
            _ => Err(self.mismatch()),
        }
    }

    #[inline]
    fn text(self) -> Result<String, Error> {
        if self.0.tag != tag::TEXT {
            return Err(self.mismatch());
        }
        let Slot {
            a: start,
            b: length,
            ..
        } = self.0;
        if length == 0 {
            return Ok(String::new());
        }
        // SAFETY: the host wrote `length` bytes of valid UTF-8 at `start`, inside the arena and
        // used by nothing else; each slot's text is taken once. The arena frees nothing.
        Ok(unsafe { String::from_raw_parts(start as *mut u8, length as usize, length as usize) })
    }

    /// The place of an enum's text among its variants; `u32::MAX` when it is none of them.
    #[inline(never)]
    fn variant(self, variants: &'static [&'static str]) -> Result<u32, Error> {
        let text = match self.0.tag {
            tag::RECORD | tag::FIELDS => self.lone_name()?,
            _ => self.text()?,
        };
        let mut place = 0_u32;
        for variant in variants {
            if **variant == *text {
                return Ok(place);
            }
            place = place.wrapping_add(1);
        }
        Ok(u32::MAX)
    }

    /// The name in `{"name": null}`, which serde takes for a variant without data as well, at every door.
    fn lone_name(self) -> Result<String, Error> {
        let mut slots = self.entries();
        match (slots.next(), slots.next(), slots.left()) {
            (Some(name), Some(null), 0) if null.tag == tag::NULL => Value(name).text(),
            _ => Err(Error::new("kind")),
        }
    }

    /// Slots for every name, in order.
    #[inline(never)]
    fn record(self, names: &'static [&'static str]) -> Result<Slots, Error> {
        let count = names.len();
        let handle = match self.0.tag {
            tag::EMPTY => return Ok(Slots::absent(count)),
            // SAFETY: the host wrote `count` slots there, for these names.
            tag::FIELDS if self.0.b == names.as_ptr() as u32 => {
                return Ok(unsafe { Slots::at(self.0.a, count) });
            }
            tag::FIELDS | tag::RECORD => self.handle(),
            _ => return Err(self.mismatch()),
        };
        let at = names.as_ptr() as u32;
        // SAFETY: the host writes between `top` and `end`, which nothing else uses.
        Ok(Slots::asked(count, |top, end| unsafe {
            fields(handle, at, count as u32, top, end)
        }))
    }

    /// The handle of a record.
    fn handle(&self) -> u32 {
        if self.0.tag == tag::RECORD {
            return self.0.a;
        }
        // SAFETY: the host writes the handle before the slots of a record.
        unsafe { *(self.0.a.wrapping_sub(4) as *const u32) }
    }

    /// Slots for names and values in turns, of a record.
    #[inline(never)]
    fn entries(self) -> Slots {
        if self.0.tag == tag::EMPTY {
            return Slots::absent(0);
        }
        let handle = self.handle();
        // SAFETY: as in `record`.
        Slots::counted(|top, end| unsafe { entries(handle, top, end) })
    }

    /// Slots for every item.
    #[inline(never)]
    fn list(self) -> Result<Slots, Error> {
        match self.0.tag {
            tag::EMPTY => Ok(Slots::absent(0)),
            // SAFETY: the host wrote as many slots there.
            tag::SLOTS => Ok(unsafe { Slots::at(self.0.a, self.0.b as usize) }),
            _ => Err(self.mismatch()),
        }
    }
}

macro_rules! integers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.visit_i64(self.int()?)
        }
    )*};
}

macro_rules! refused {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(self.mismatch())
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Value {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.tag {
            tag::ABSENT => Err(Error::ABSENT),
            tag::NULL => visitor.visit_unit(),
            tag::FALSE | tag::TRUE => visitor.visit_bool(self.0.tag == tag::TRUE),
            tag::INT => visitor.visit_i64(self.int()?),
            tag::TEXT => visitor.visit_string(self.text()?),
            tag::SLOTS => visitor.visit_seq(&mut self.list()?),
            tag::RECORD | tag::FIELDS | tag::EMPTY => visitor.visit_map(Entries(self.entries())),
            _ => Err(self.mismatch()),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.boolean()?)
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    refused! { deserialize_f32 deserialize_f64 deserialize_bytes deserialize_byte_buf deserialize_map }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.tag {
            tag::ABSENT | tag::NULL => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.tag == tag::NULL {
            visitor.visit_unit()
        } else {
            Err(self.mismatch())
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mut slots = self.list()?;
        let read = visitor.visit_seq(&mut slots);
        read.map_err(|error| slots.in_item(error))
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

    #[inline(always)]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let mut slots = self.record(names)?;
        // Known when compiled, so only one of the two is: the method is always inlined.
        if name == BY_PLACE {
            return visitor.visit_map(ByPlace(slots));
        }
        let read = visitor.visit_seq(&mut slots);
        read.map_err(|error| slots.in_field(error, names))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(Unit(self.variant(variants)?))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}
