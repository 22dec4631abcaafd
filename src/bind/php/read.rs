//! Input: a serde `Deserializer` over what the host writes into slots.

use super::arena;
use core::fmt;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

#[link(wasm_import_module = "host")]
extern "C" {
    /// Writes a slot for each of the `count` names at `names` (pairs of address and length),
    /// their texts, and what lies below them as far as the host knows its form. The word at `top`
    /// is the address of the slots. Returns the end of what was written; beyond `end` means that
    /// it did not fit and nothing was.
    fn fields(record: u32, names: u32, count: u32, top: u32, end: u32) -> u32;
    /// The same for names and values of a whole record, in turns. The word behind the address is
    /// their number.
    fn entries(record: u32, top: u32, end: u32) -> u32;
}

/// What the host says of one value: a tag and two words.
#[derive(Clone, Copy)]
#[repr(C)]
struct Slot {
    tag: u32,
    a: u32,
    b: u32,
}

/// Tags, as in `Engine/Host.php`.
mod tag {
    /// The record has no such field.
    pub const ABSENT: u32 = 0;
    pub const NULL: u32 = 1;
    pub const FALSE: u32 = 2;
    pub const TRUE: u32 = 3;
    /// Low and high word.
    pub const INT: u32 = 4;
    /// Address and length, valid UTF-8, in the arena.
    pub const TEXT: u32 = 5;
    /// Handle, of a record whose form the host does not know yet.
    pub const RECORD: u32 = 7;
    /// PHP's empty array: an empty list or a record without fields.
    pub const EMPTY: u32 = 8;
    // Anything else (a float, an object) has tag 9: readable by nothing.
    /// A list whose slots are there: their address and number.
    pub const SLOTS: u32 = 10;
    /// A record whose slots are there: their address, and that of the names they are for. The
    /// word before the slots is the record's handle.
    pub const FIELDS: u32 = 11;
}

/// Why a value could not be read, and where. Without detail: the field is absent, which is no
/// error yet (it may have a default).
#[derive(Debug)]
pub struct Error(Option<Box<Detail>>);

#[derive(Debug)]
struct Detail {
    cause: &'static str,
    place: String,
}

impl Error {
    #[inline(never)]
    fn new(cause: &'static str) -> Self {
        Self(Some(Box::new(Detail {
            cause,
            place: String::new(),
        })))
    }

    /// Cause and place.
    pub fn told(self) -> (&'static str, String) {
        self.0.map_or(("missing", String::new()), |detail| {
            (detail.cause, detail.place)
        })
    }

    /// Puts what is around it before the place.
    #[inline(never)]
    fn inside(self, outer: &str) -> Self {
        let (cause, inner) = self.told();
        let mut place = String::from(outer);
        if !inner.is_empty() && !inner.starts_with('[') {
            place.push('.');
        }
        place.push_str(&inner);
        Self(Some(Box::new(Detail { cause, place })))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the input is not of its form")
    }
}

impl de::StdError for Error {}

// All of them, because the provided ones format a message.
impl de::Error for Error {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new("refused")
    }
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::new("kind")
    }
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::new("value")
    }
    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self::new("missing")
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("value")
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("refused")
    }
    fn missing_field(_: &'static str) -> Self {
        Self::new("missing")
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self::new("refused")
    }
}

/// The input record of a call: the host keeps it under handle 0.
pub fn root<T: DeserializeOwned>() -> Result<T, Error> {
    T::deserialize(Value(Slot {
        tag: tag::RECORD,
        a: 0,
        b: 0,
    }))
}

/// One value.
struct Value(Slot);

impl Value {
    /// A value of another kind than the one asked for.
    #[inline(never)]
    fn mismatch(self) -> Error {
        if self.0.tag == tag::ABSENT {
            Error(None)
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
        let text = self.text()?;
        let mut place = 0_u32;
        for variant in variants {
            if **variant == *text {
                return Ok(place);
            }
            place = place.wrapping_add(1);
        }
        Ok(u32::MAX)
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

/// Lets the host write, making room until it fits; gives the address of what it wrote.
#[inline(never)]
fn written(ask: impl Fn(u32, u32) -> u32) -> usize {
    loop {
        let (top, end) = arena::free();
        let used = ask(top as u32, end as u32) as usize;
        if used <= end {
            arena::advance(used);
            return top;
        }
        arena::reach(used);
    }
}

/// The name by which [`crate::pos`] asks for records that are read by a table of names: they are
/// given as a map from the places of the names. Derived records are given as a sequence.
const BY_PLACE: &str = "record";

/// The slots of a record or list, read in order.
struct Slots {
    left: core::slice::Iter<'static, Slot>,
    count: usize,
}

impl Slots {
    fn of(slots: &'static [Slot]) -> Self {
        Self {
            left: slots.iter(),
            count: slots.len(),
        }
    }

    fn absent(count: usize) -> Self {
        Self::of(
            vec![
                Slot {
                    tag: tag::ABSENT,
                    a: 0,
                    b: 0
                };
                count
            ]
            .leak(),
        )
    }

    /// # Safety
    /// `count` slots stand at `address`, aligned to words. They are read only and live until the
    /// arena is released, after everything read from it.
    unsafe fn at(address: u32, count: usize) -> Self {
        // SAFETY: the caller's.
        Self::of(unsafe { core::slice::from_raw_parts(address as *const Slot, count) })
    }

    /// Lets the host write `count` slots.
    fn asked(count: usize, ask: impl Fn(u32, u32) -> u32) -> Self {
        let header = written(ask);
        // SAFETY: the host wrote the address of `count` slots there.
        unsafe { Self::at(*(header as *const u32), count) }
    }

    /// Lets the host write slots and tell their number.
    fn counted(ask: impl Fn(u32, u32) -> u32) -> Self {
        let header = written(ask);
        // SAFETY: the host wrote the address of the slots there and their number behind it.
        unsafe {
            let [address, count] = *(header as *const [u32; 2]);
            Self::at(address, count as usize)
        }
    }

    #[inline]
    fn next(&mut self) -> Option<Slot> {
        self.left.next().copied()
    }

    /// The place of the slot that was read last.
    fn read(&self) -> usize {
        self.count.wrapping_sub(self.left.len()).wrapping_sub(1)
    }

    /// The tag of the slot that comes next.
    fn peek(&self) -> Option<u32> {
        self.left.as_slice().first().map(|slot| slot.tag)
    }

    fn value<'de, T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        match self.next() {
            Some(slot) => seed.deserialize(Value(slot)),
            None => Err(Error::new("missing")),
        }
    }

    /// Names the field that was being read.
    #[inline(never)]
    fn in_field(&self, error: Error, names: &'static [&'static str]) -> Error {
        error.inside(names.get(self.read()).copied().unwrap_or_default())
    }

    /// Names the item that was being read.
    #[inline(never)]
    fn in_item(&self, error: Error) -> Error {
        let mut digits = [b'0'; 10];
        let mut from = digits.len();
        let mut left = self.read();
        loop {
            from = from.wrapping_sub(1);
            if let Some(digit) = digits.get_mut(from) {
                *digit = b'0'.wrapping_add((left % 10) as u8);
            }
            left /= 10;
            if left == 0 || from == 0 {
                break;
            }
        }
        let mut place = String::from("[");
        place.extend(digits.iter().skip(from).map(|digit| *digit as char));
        place.push(']');
        error.inside(&place)
    }
}

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
            Err(Error(None)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

/// A record read by a table: the places of the names that are there, and their values.
struct ByPlace(Slots);

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
struct Entries(Slots);

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

fn place(index: u32) -> de::value::U32Deserializer<Error> {
    index.into_deserializer()
}

/// A variant without data.
struct Unit(u32);

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
            tag::ABSENT => Err(Error(None)),
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
