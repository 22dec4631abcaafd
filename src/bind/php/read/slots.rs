//! What the host writes into memory for the rules to read: a slot for every value.

use super::error::Error;
use super::value::Value;
use crate::bind::php::arena;
use serde::de::DeserializeSeed;

#[link(wasm_import_module = "host")]
extern "C" {
    /// Writes a slot for each of the `count` names at `names` (pairs of address and length),
    /// their texts, and what lies below them as far as the host knows its form. The word at `top`
    /// is the address of the slots. Returns the end of what was written; beyond `end` means that
    /// it did not fit and nothing was.
    pub fn fields(record: u32, names: u32, count: u32, top: u32, end: u32) -> u32;
    /// The same for names and values of a whole record, in turns. The word behind the address is
    /// their number.
    pub fn entries(record: u32, top: u32, end: u32) -> u32;
}

/// What the host says of one value: a tag and two words.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Slot {
    pub tag: u32,
    pub a: u32,
    pub b: u32,
}

/// Tags, as in `Engine/Host.php`.
pub mod tag {
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

/// The slots of a record or list, read in order.
pub struct Slots {
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

    pub fn absent(count: usize) -> Self {
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
    pub unsafe fn at(address: u32, count: usize) -> Self {
        // SAFETY: the caller's.
        Self::of(unsafe { core::slice::from_raw_parts(address as *const Slot, count) })
    }

    /// Lets the host write `count` slots.
    pub fn asked(count: usize, ask: impl Fn(u32, u32) -> u32) -> Self {
        let header = written(ask);
        // SAFETY: the host wrote the address of `count` slots there.
        unsafe { Self::at(*(header as *const u32), count) }
    }

    /// Lets the host write slots and tell their number.
    pub fn counted(ask: impl Fn(u32, u32) -> u32) -> Self {
        let header = written(ask);
        // SAFETY: the host wrote the address of the slots there and their number behind it.
        unsafe {
            let [address, count] = *(header as *const [u32; 2]);
            Self::at(address, count as usize)
        }
    }

    #[inline]
    pub fn next(&mut self) -> Option<Slot> {
        self.left.next().copied()
    }

    /// The place of the slot that was read last.
    pub fn read(&self) -> usize {
        self.count.wrapping_sub(self.left.len()).wrapping_sub(1)
    }

    /// How many were not read yet.
    pub fn left(&self) -> usize {
        self.left.len()
    }

    /// The tag of the slot that comes next.
    pub fn peek(&self) -> Option<u32> {
        self.left.as_slice().first().map(|slot| slot.tag)
    }

    pub fn value<'de, T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        match self.next() {
            Some(slot) => seed.deserialize(Value(slot)),
            None => Err(Error::new("missing")),
        }
    }

    /// Names the field that was being read.
    #[inline(never)]
    pub fn in_field(&self, error: Error, names: &'static [&'static str]) -> Error {
        error.inside(names.get(self.read()).copied().unwrap_or_default())
    }

    /// Names the item that was being read.
    #[inline(never)]
    pub fn in_item(&self, error: Error) -> Error {
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
