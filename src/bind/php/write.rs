//! Output: a serde `Serializer` that writes a stream of words.
//!
//! A value is one word, tag in the low four bits, and what the tag says:
//!
//! | tag | upper bits | then |
//! |---|---|---|
//! | 0 null, 1 false, 2 true | | |
//! | 3 integer | the integer, below 2^28 | |
//! | 4 integer | | low word, high word |
//! | 5 text | length | address |
//! | 6 list | number of items | the items |
//! | 7 record | | name, value, name, value, …, 0 |
//!
//! A name is one word: length in the upper eight bits, address below.

use core::fmt;
use serde::ser::{self, Serialize};

mod tag {
    pub const NULL: u32 = 0;
    pub const FALSE: u32 = 1;
    pub const TRUE: u32 = 2;
    pub const SMALL: u32 = 3;
    pub const INT: u32 = 4;
    pub const TEXT: u32 = 5;
    pub const LIST: u32 = 6;
    pub const RECORD: u32 = 7;
}

/// There is no error: what may not cross (a float, a map) is a fault of the rules' types, and
/// traps at its first use in any test. So the compiler drops every error branch.
#[derive(Debug)]
pub enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl ser::StdError for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        core::arch::wasm32::unreachable()
    }
}

fn may_not_cross() -> ! {
    core::arch::wasm32::unreachable()
}

/// Writes the value; gives the number of its words above their address.
pub fn words<T: Serialize>(value: impl core::ops::Deref<Target = T>) -> u64 {
    let mut writer = Writer {
        words: Vec::with_capacity(1024),
    };
    match value.serialize(&mut writer) {
        Ok(()) => {
            let words = writer.words.leak();
            ((words.len() as u64) << 32) | words.as_ptr() as u64
        }
    }
}

struct Writer {
    words: Vec<u32>,
}

impl Writer {
    /// Adds words after one look at the room there is: a call a word was a tenth of a page's time.
    #[inline(always)]
    fn add<const N: usize>(&mut self, words: [u32; N]) {
        self.words.reserve(N);
        self.words.extend(words);
    }

    #[inline(never)]
    fn word(&mut self, word: u32) {
        self.add([word]);
    }

    #[inline(never)]
    fn int(&mut self, value: i64) {
        if (0..1 << 28).contains(&value) {
            self.add([((value as u32) << 4) | tag::SMALL]);
        } else {
            self.add([tag::INT, value as u32, (value >> 32) as u32]);
        }
    }

    #[inline(never)]
    fn text(&mut self, text: &str) {
        self.add([((text.len() as u32) << 4) | tag::TEXT, text.as_ptr() as u32]);
    }

    #[inline(never)]
    fn name(&mut self, name: &'static str) {
        self.add([((name.len() as u32) << 24) | name.as_ptr() as u32]);
    }
}

macro_rules! integers {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method(self, value: $type) -> Result<(), Never> {
            self.int(i64::from(value));
            Ok(())
        }
    )*};
}

impl ser::Serializer for &mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = ser::Impossible<(), Never>;
    type SerializeStruct = Self;
    type SerializeStructVariant = ser::Impossible<(), Never>;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
    }

    fn serialize_u64(self, value: u64) -> Result<(), Never> {
        i64::try_from(value).map_or_else(|_| may_not_cross(), |value| self.int(value));
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Never> {
        may_not_cross()
    }

    fn serialize_f64(self, _: f64) -> Result<(), Never> {
        may_not_cross()
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Never> {
        may_not_cross()
    }

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.word(if value { tag::TRUE } else { tag::FALSE });
        Ok(())
    }

    fn serialize_char(self, _: char) -> Result<(), Never> {
        may_not_cross()
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        self.text(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.word(tag::NULL);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.word(tag::NULL);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.word(tag::NULL);
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Never> {
        self.text(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    /// A record of one field: `{ok: …}`.
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.word(tag::RECORD);
        self.name(variant);
        value.serialize(&mut *self)?;
        self.word(0);
        Ok(())
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Never> {
        let Some(length) = length else {
            may_not_cross()
        };
        self.word(((length as u32) << 4) | tag::LIST);
        Ok(self)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self, Never> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Self, Never> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Never> {
        may_not_cross()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Never> {
        may_not_cross()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        self.word(tag::RECORD);
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        may_not_cross()
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), Never> {
        may_not_cross()
    }
}

macro_rules! sequences {
    ($($trait:ident::$method:ident,)*) => {$(
        impl<'a> ser::$trait for &'a mut Writer {
            type Ok = ();
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        }
    )*};
}

sequences! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

impl ser::SerializeStruct for &mut Writer {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.name(name);
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        self.word(0);
        Ok(())
    }
}
