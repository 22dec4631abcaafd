//! Tolerant scalars of a row: every way a value can be written, and what could not be read.

use super::date;
use super::decimal::{scaled, SAFE};
use super::say::owned;
use super::wire::{Node, Shape};
use crate::model::Instant;
use crate::text::trim;

/// The column that holds remote ids (`varchar(40)`).
const ID_LENGTH: usize = 40;

/// A value that is there but is not what it should be.
pub(super) struct Unreadable;

pub(super) type Read<T> = Result<Option<T>, Unreadable>;

/// A text; numbers and flags count as what they look like.
#[inline(never)]
pub(super) fn text(node: Node) -> Read<String> {
    match node {
        Node::Absent => Ok(None),
        Node::Text(text) => Ok(Some(text)),
        Node::Int(value) => Ok(Some(crate::text::integer(value))),
        Node::Flag(value) => Ok(Some(owned(if value { "true" } else { "false" }))),
        Node::List(_) | Node::Row(_) | Node::Odd => Err(Unreadable),
    }
}

/// A flag, as true/false, 1/0 or their texts.
#[inline(never)]
pub(super) fn flag(node: &Node) -> Read<bool> {
    match node {
        Node::Absent => Ok(None),
        Node::Flag(value) => Ok(Some(*value)),
        Node::Int(0) => Ok(Some(false)),
        Node::Int(1) => Ok(Some(true)),
        Node::Text(text) => match trim(text) {
            "" => Ok(None),
            "1" => Ok(Some(true)),
            "0" => Ok(Some(false)),
            text if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
            text if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
            _ => Err(Unreadable),
        },
        _ => Err(Unreadable),
    }
}

/// A number scaled by 10^`decimals`.
#[inline(never)]
pub(super) fn amount(node: &Node, decimals: u32) -> Read<i64> {
    let value = match node {
        Node::Absent => return Ok(None),
        Node::Int(value) => 10_i64
            .checked_pow(decimals)
            .and_then(|scale| value.checked_mul(scale))
            .filter(|value| (-SAFE..=SAFE).contains(value)),
        Node::Text(text) if trim(text).is_empty() => return Ok(None),
        Node::Text(text) => scaled(text, decimals),
        _ => None,
    };
    value.map(Some).ok_or(Unreadable)
}

/// A whole number: a fraction of zero is tolerated, any other is not.
#[inline(never)]
pub(super) fn whole(node: &Node) -> Read<i64> {
    let Some(thousandths) = amount(node, 3)? else {
        return Ok(None);
    };
    match (thousandths.checked_rem(1000), thousandths.checked_div(1000)) {
        (Some(0), Some(value)) => Ok(Some(value)),
        _ => Err(Unreadable),
    }
}

/// An id as text. 0 means none, as .NET writes an unset number.
#[inline(never)]
pub(super) fn id(node: &Node) -> Read<String> {
    match node {
        Node::Absent | Node::Int(0) => Ok(None),
        Node::Int(value) if *value > 0 => Ok(Some(crate::text::integer(*value))),
        Node::Text(text) => {
            let text = trim(text);
            if text.is_empty() || text == "0" {
                return Ok(None);
            }
            if text.len() > ID_LENGTH || text.bytes().any(|byte| !byte.is_ascii_graphic()) {
                return Err(Unreadable);
            }
            if text.bytes().all(|byte| byte.is_ascii_digit()) {
                return Ok(Some(owned(text)));
            }
            let numeric = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
            if !text.bytes().all(numeric) {
                return Ok(Some(owned(text)));
            }
            match whole(node)? {
                Some(0) => Ok(None),
                Some(value) if value > 0 => Ok(Some(crate::text::integer(value))),
                _ => Err(Unreadable),
            }
        }
        _ => Err(Unreadable),
    }
}

/// An instant. .NET's "no date" (year 1) is none.
#[inline(never)]
pub(super) fn instant(node: &Node) -> Read<Instant> {
    match node {
        Node::Absent => Ok(None),
        Node::Text(text) if trim(text).is_empty() || text.starts_with("0001-") => Ok(None),
        Node::Text(text) => date::instant(text).map(Some).ok_or(Unreadable),
        _ => Err(Unreadable),
    }
}

/// The fields of a record, taken out one by one; remembers which could not be read.
pub(super) struct Row {
    fields: Vec<Node>,
    shape: &'static Shape,
    /// The places of the fields that were there but could not be read, a bit each.
    lost: u64,
}

impl Row {
    /// A record read by `shape`; `None` when it is none.
    pub fn of(node: Node, shape: &'static Shape) -> Option<Self> {
        Some(Self::with(node.fields()?, shape))
    }

    /// A record whose fields are known.
    pub fn with(fields: Vec<Node>, shape: &'static Shape) -> Self {
        Self {
            fields,
            shape,
            lost: 0,
        }
    }

    /// A text with no blanks around it, empty when there is none.
    #[inline(never)]
    pub fn plain(&mut self, place: usize) -> String {
        self.text(place).unwrap_or_default()
    }

    /// Takes a field out.
    #[inline(never)]
    pub fn take(&mut self, place: usize) -> Node {
        self.fields
            .get_mut(place)
            .map(std::mem::take)
            .unwrap_or_default()
    }

    /// Looks at a field.
    pub fn get(&self, place: usize) -> &Node {
        self.fields.get(place).unwrap_or(&Node::Absent)
    }

    /// Notes that a field could not be read.
    pub fn lose(&mut self, place: usize) {
        let bit = u32::try_from(place)
            .ok()
            .and_then(|place| 1_u64.checked_shl(place));
        self.lost |= bit.unwrap_or(0);
    }

    /// The names of the fields that could not be read, for people; empty when there are none.
    #[inline(never)]
    pub fn lost(&self) -> String {
        let mut names = String::new();
        let mut bits = self.lost;
        for name in self.shape.names {
            if bits & 1 == 1 {
                add(&mut names, name);
            }
            bits >>= 1;
        }
        names
    }

    /// Whether any field could not be read.
    pub fn is_whole(&self) -> bool {
        self.lost == 0
    }

    fn kept<T>(&mut self, place: usize, read: Read<T>) -> Option<T> {
        read.unwrap_or_else(|Unreadable| {
            self.lose(place);
            None
        })
    }

    /// A text with no blanks around it; an empty one is none.
    #[inline(never)]
    pub fn text(&mut self, place: usize) -> Option<String> {
        let node = self.take(place);
        let text = self.kept(place, text(node))?;
        let trimmed = trim(&text);
        if trimmed.is_empty() {
            None
        } else if trimmed.len() == text.len() {
            Some(text)
        } else {
            Some(owned(trimmed))
        }
    }

    /// A flag.
    #[inline(never)]
    pub fn flag(&mut self, place: usize) -> Option<bool> {
        let read = flag(self.get(place));
        self.kept(place, read)
    }

    /// A number scaled by 10^`decimals`.
    #[inline(never)]
    pub fn amount(&mut self, place: usize, decimals: u32) -> Option<i64> {
        let read = amount(self.get(place), decimals);
        self.kept(place, read)
    }

    /// An id.
    #[inline(never)]
    pub fn id(&mut self, place: usize) -> Option<String> {
        let read = id(self.get(place));
        self.kept(place, read)
    }

    /// An instant.
    #[inline(never)]
    pub fn instant(&mut self, place: usize) -> Option<Instant> {
        let read = instant(self.get(place));
        self.kept(place, read)
    }
}

/// Adds to a list for people.
#[inline(never)]
pub(super) fn add(list: &mut String, entry: &str) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(entry);
}
