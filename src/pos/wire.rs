//! Answers as trees: one reader for every shape, told by tables.
//!
//! POS rows are read by a table of the fields that matter ([`Shape`]) instead of derived structs:
//! one piece of code for all readers keeps the generated PHP small, fields that nobody reads are
//! never fetched over the host handles, and *nothing* in an answer is an error of form. What does
//! not fit becomes [`Node::Odd`], for the row's own reader to judge and name.
//!
//! Records are asked for with `deserialize_struct(names)`, so a binding may fetch exactly these
//! names and give each key as text or as its index in `names`. Everything else is asked for with
//! `deserialize_any`. An empty list and an empty record are the same thing, because PHP's
//! `json_decode` cannot tell them apart.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Deeper values are not looked at: no answer of a POS nests like this, and PHP's stack is finite.
const MAX_DEPTH: u8 = 16;

/// The fields of a record that are looked at.
pub struct Shape {
    /// Their names in wire form (lower case).
    pub(super) names: &'static [&'static str],
    /// What each is expected to be.
    pub(super) kinds: &'static [Kind],
}

/// What a value is expected to be; anything else is tolerated and becomes [`Node::Odd`].
#[derive(Clone, Copy)]
pub enum Kind {
    /// A number, text or flag.
    Scalar,
    /// A list of scalars; a lone scalar counts as a list of one.
    Scalars,
    /// A record.
    Row(&'static Shape),
    /// A list of records; a lone record counts as a list of one.
    Rows(&'static Shape),
    /// A list of records or scalars [UNSURE-14].
    Mixed(&'static Shape),
    /// An entry of a `Mixed`.
    Either(&'static Shape),
    /// A whole body: the envelope's fields, followed by the fields of a row that came without one.
    Body(&'static Shape, &'static Shape),
}

/// A value of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Node {
    /// Missing or null.
    #[default]
    Absent,
    /// A flag.
    Flag(bool),
    /// An integer.
    Int(i64),
    /// A text; decimals and great integers too.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A record: its fields in the order of the shape's names.
    Row(Vec<Node>),
    /// Something that was not expected there.
    Odd,
}

impl Node {
    /// The entries of a list; a lone value is a list of one.
    pub fn entries(self) -> Vec<Node> {
        match self {
            Self::List(entries) => entries,
            Self::Absent => Vec::new(),
            lone => vec![lone],
        }
    }

    /// The fields of a record.
    pub fn fields(self) -> Option<Vec<Node>> {
        match self {
            Self::Row(fields) => Some(fields),
            _ => None,
        }
    }
}

/// Reads a value as the table says.
#[derive(Clone, Copy)]
pub(super) struct Seed {
    /// What is expected.
    pub kind: Kind,
    /// How deep it lies.
    pub depth: u8,
}

impl Seed {
    fn inner(self, kind: Kind) -> Self {
        Self {
            kind,
            depth: self.depth.saturating_add(1),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        let read = match self.kind {
            _ if self.depth > MAX_DEPTH => {
                from.deserialize_ignored_any(IgnoredAny).map(|_| Node::Odd)
            }
            Kind::Row(shape) => from.deserialize_struct("record", shape.names, self),
            _ => from.deserialize_any(self),
        };
        // A value that is not even read (a scalar for a record) is odd, and named by its row.
        Ok(read.unwrap_or(Node::Odd))
    }
}

fn blank(len: usize) -> Vec<Node> {
    let mut fields = Vec::new();
    fields.resize(len, Node::Absent);
    fields
}

impl<'de> Visitor<'de> for Seed {
    type Value = Node;

    fn expecting(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        into.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Absent)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Absent)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        self.deserialize(from)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Odd, Node::Int))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Odd)
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(super::say::owned(value)))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let entry = match self.kind {
            Kind::Rows(shape) | Kind::Body(_, shape) => Some(Kind::Row(shape)),
            Kind::Mixed(shape) => Some(Kind::Either(shape)),
            Kind::Scalars => Some(Kind::Scalar),
            Kind::Scalar | Kind::Row(_) | Kind::Either(_) => None,
        };
        let Some(entry) = entry else {
            if list.next_element::<IgnoredAny>()?.is_none() {
                return Ok(match self.kind {
                    Kind::Row(shape) => Node::Row(blank(shape.names.len())),
                    _ => Node::Absent,
                });
            }
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Node::Odd);
        };
        let mut entries = Vec::new();
        while let Some(node) = list.next_element_seed(self.inner(entry))? {
            entries.push(node);
        }
        match (self.kind, entries.is_empty()) {
            (Kind::Body(outer, row), true) => Ok(Node::Row(blank(
                outer.names.len().saturating_add(row.names.len()),
            ))),
            _ => Ok(Node::List(entries)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut record: A) -> Result<Node, A::Error> {
        let (first, second) = match self.kind {
            Kind::Row(shape) | Kind::Rows(shape) | Kind::Mixed(shape) | Kind::Either(shape) => {
                (shape, None)
            }
            Kind::Body(outer, row) => (outer, Some(row)),
            Kind::Scalar | Kind::Scalars => {
                let mut any = false;
                while record.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                    any = true;
                }
                return Ok(if any { Node::Odd } else { Node::Absent });
            }
        };
        let split = first.names.len();
        let len = second.map_or(split, |row| split.saturating_add(row.names.len()));
        let mut fields = blank(len);
        let mut any = false;
        while let Some(place) = record.next_key_seed(Key(first, second))? {
            any = true;
            let kind = place.and_then(|place| match place.checked_sub(split) {
                None => first.kinds.get(place),
                Some(place) => second.and_then(|row| row.kinds.get(place)),
            });
            match (kind, place.and_then(|place| fields.get_mut(place))) {
                (Some(kind), Some(field)) => {
                    *field = record.next_value_seed(self.inner(*kind))?;
                }
                _ => {
                    record.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(match self.kind {
            Kind::Rows(_) | Kind::Mixed(_) if any => Node::List(vec![Node::Row(fields)]),
            Kind::Rows(_) | Kind::Mixed(_) => Node::List(Vec::new()),
            _ => Node::Row(fields),
        })
    }
}

/// Finds a key's place among the names of one shape, or of two laid end to end.
#[derive(Clone, Copy)]
struct Key(&'static Shape, Option<&'static Shape>);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Option<usize>;

    fn expecting(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        into.write_str("a name")
    }

    fn visit_u64<E>(self, place: u64) -> Result<Self::Value, E> {
        Ok(usize::try_from(place).ok())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        // An integer key of a PHP array: no name of ours.
        Ok(None)
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let within = |shape: &Shape| shape.names.iter().position(|known| *known == name);
        Ok(within(self.0).or_else(|| {
            let place = within(self.1?)?;
            Some(place.saturating_add(self.0.names.len()))
        }))
    }
}

/// Writes a shape and the enum of its places: `Variant "name" Kind`.
macro_rules! shape {
    ($(#[$allow:meta])* $shape:ident, $places:ident { $($place:ident $name:literal $kind:expr;)* }) => {
        $(#[$allow])*
        #[derive(Clone, Copy)]
        pub(super) enum $places { $($place),* }
        pub(super) static $shape: $crate::pos::wire::Shape = $crate::pos::wire::Shape {
            names: &[$($name),*],
            kinds: &[$($kind),*],
        };
    };
}
pub(super) use shape;
