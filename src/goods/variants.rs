//! Variants (product.md B2): the attributes of a variable product and the place of each row.
//!
//! Names and values are gathered in order of appearance and written as they were spelled first; two
//! spellings a person reads as one are one. A row that lacks a value means "any" to WooCommerce.
//! WooCommerce can hold the rows when no two can be meant by one choice of the shopper:
//!
//! | rows | held? |
//! |---|---|
//! | `Đỏ, M` and `Đỏ, L` | yes |
//! | `Đỏ, M` and `Xanh` (any size) | yes |
//! | `Đỏ, M` and `Đỏ, M` | neither |
//! | `Đỏ, M` and `Đỏ` (any size) | the first; the second would take its place |

use crate::model::{Attribute, Good, ShopAttribute};
use crate::text::{fold, same, trim, Keys};

/// Term and attribute names longer than this do not fit WordPress's tables.
pub const LONGEST: usize = 200;

/// Spellings met so far, each with the place of the one that came first.
#[derive(Debug, Default)]
struct Spellings<'a> {
    met: Vec<(&'a str, usize)>,
    first: Vec<(&'a str, String)>,
}

impl<'a> Spellings<'a> {
    fn place(&mut self, text: &'a str) -> usize {
        if let Some((_, place)) = self.met.iter().find(|(met, _)| *met == text) {
            return *place;
        }
        let key = fold(trim(text));
        let known = self.first.iter().position(|(_, other)| *other == key);
        let place = known.unwrap_or(self.first.len());
        if known.is_none() {
            self.first.push((trim(text), key));
        }
        self.met.push((text, place));
        place
    }

    fn spelled(&self, place: usize) -> &'a str {
        self.first.get(place).map_or("", |(text, _)| *text)
    }
}

/// An attribute and the values its rows have.
#[derive(Debug, Default)]
struct Axis<'a> {
    values: Spellings<'a>,
}

/// A row's place among the attributes: per attribute the value's place, or none for "any".
#[derive(Debug, Default)]
struct Pattern {
    values: Vec<Option<usize>>,
    twice: bool,
    long: bool,
}

/// Why a row cannot be a variation beside the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Another row (its place) would be meant by the same choice.
    Overlaps(usize),
    /// It has one attribute with two values.
    Twice,
    /// A name or value is longer than WordPress holds.
    TooLong,
}

/// The attributes of the rows of one variable product.
#[derive(Debug, Default)]
pub struct Variants<'a> {
    names: Spellings<'a>,
    axes: Vec<Axis<'a>>,
    rows: Vec<Pattern>,
    texts: Vec<String>,
}

impl<'a> Variants<'a> {
    /// Gathers names and values in order of appearance.
    #[must_use]
    pub fn new(rows: &[&'a Good]) -> Self {
        let mut all = Self::default();
        for row in rows {
            let pattern = all.pattern(&row.attributes);
            all.rows.push(pattern);
        }
        let width = all.axes.len();
        for pattern in &mut all.rows {
            pattern.values.resize(width, None);
        }
        all.texts = (0..all.rows.len()).map(|row| all.describe(row)).collect();
        all
    }

    fn pattern(&mut self, attributes: &'a [Attribute]) -> Pattern {
        let mut pattern = Pattern::default();
        for attribute in attributes {
            if trim(&attribute.name).is_empty() || trim(&attribute.value).is_empty() {
                continue;
            }
            let place = self.names.place(&attribute.name);
            if place >= self.axes.len() {
                self.axes.push(Axis::default());
            }
            if place >= pattern.values.len() {
                pattern.values.resize(place.saturating_add(1), None);
            }
            let (Some(axis), Some(value)) =
                (self.axes.get_mut(place), pattern.values.get_mut(place))
            else {
                continue;
            };
            pattern.twice |= value.is_some();
            pattern.long |= too_long(&attribute.name) || too_long(&attribute.value);
            *value = Some(axis.values.place(&attribute.value));
        }
        pattern
    }

    /// Whether no row has any attribute.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.axes.is_empty()
    }

    /// The attribute values of a row, spelled as the product spells them.
    #[must_use]
    pub fn values(&self, row: usize) -> Vec<Attribute> {
        self.of_row(row)
            .map(|(name, value)| Attribute {
                name: name.into(),
                value: value.into(),
            })
            .collect()
    }

    fn of_row(&self, row: usize) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
        let values = self
            .rows
            .get(row)
            .map_or(&[][..], |pattern| &pattern.values);
        let axes = self.axes.iter().enumerate().zip(values);
        axes.filter_map(|((place, axis), value)| {
            value.map(|value| (self.names.spelled(place), axis.values.spelled(value)))
        })
    }

    /// `Màu sắc: Đỏ; Size: M`, for people and for the link's memory.
    #[must_use]
    pub fn text_of_row(&self, row: usize) -> &str {
        self.texts.get(row).map_or("", String::as_str)
    }

    fn describe(&self, row: usize) -> String {
        let mut text = String::new();
        for (name, value) in self.of_row(row) {
            push_attribute(&mut text, name);
            text.push_str(value);
        }
        text
    }

    /// Whether the shop's variation has these values, and none where the row has none. Attributes
    /// the POS does not know are the owner's and do not count.
    #[must_use]
    pub fn is_held(&self, row: usize, held: &[ShopAttribute]) -> bool {
        let Some(pattern) = self.rows.get(row) else {
            return false;
        };
        let axes = self.names.first.iter().zip(&self.axes).zip(&pattern.values);
        axes.into_iter().all(|(((name, _), axis), value)| {
            let held = held.iter().find(|other| same(&other.name, name));
            match (
                value,
                held.and_then(|held| held.values.first())
                    .filter(|held| !held.is_empty()),
            ) {
                (Some(value), Some(held)) => same(held, axis.values.spelled(*value)),
                (None, None) => true,
                _ => false,
            }
        })
    }

    /// Whether any row has an attribute of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.names.first.iter().any(|(known, _)| same(known, name))
    }

    /// Whether any row has this value of the attribute.
    #[must_use]
    pub fn has_value(&self, name: &str, value: &str) -> bool {
        let mut axes = self.names.first.iter().zip(&self.axes);
        let axis = axes.find(|((known, _), _)| same(known, name));
        axis.is_some_and(|(_, axis)| {
            let mut values = axis.values.first.iter();
            values.any(|(known, _)| same(known, value))
        })
    }

    /// Whether the row has a value of the attribute.
    #[must_use]
    pub fn row_has(&self, row: usize, name: &str) -> bool {
        self.of_row(row).any(|(known, _)| same(known, name))
    }

    /// All values of all attributes as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for ((name, _), axis) in self.names.first.iter().zip(&self.axes) {
            push_attribute(&mut text, name);
            push_values(&mut text, axis.values.first.iter().map(|(value, _)| *value));
        }
        text
    }

    /// The attributes to write: what the product holds of them, in its order, and what it lacks
    /// after that. Nothing is taken away: a value may be in use by a variation of the owner's.
    /// The second part says whether anything is lacking.
    #[must_use]
    pub fn merged(&self, held: &[ShopAttribute]) -> (Vec<ShopAttribute>, bool) {
        let mut lacking = false;
        let mut merged = Vec::with_capacity(self.axes.len());
        for ((name, _), axis) in self.names.first.iter().zip(&self.axes) {
            let found = held.iter().find(|other| same(&other.name, name));
            lacking |= found.is_none();
            let mut attribute = found.cloned().unwrap_or_else(|| ShopAttribute {
                name: (*name).into(),
                values: Vec::new(),
            });
            for (value, _) in &axis.values.first {
                let known = attribute.values.iter().any(|other| other == value)
                    || attribute.values.iter().any(|other| same(other, value));
                if !known {
                    lacking = true;
                    attribute.values.push((*value).into());
                }
            }
            merged.push(attribute);
        }
        (merged, lacking)
    }

    /// What keeps each row from being a variation beside the others, by row.
    #[must_use]
    pub fn unfit(&self) -> Vec<Option<Unfit>> {
        let texts = self.texts.iter().enumerate();
        let keys = Keys::new(texts.map(|(row, text)| (text.as_str(), row)).collect());
        let mut unfit = Vec::with_capacity(self.rows.len());
        for ((row, pattern), text) in self.rows.iter().enumerate().zip(&self.texts) {
            let twin = keys
                .all(text)
                .iter()
                .map(|(_, other)| *other)
                .find(|other| *other != row);
            let incomplete =
                pattern.values.iter().any(Option::is_none) || pattern.values.is_empty();
            unfit.push(match twin {
                _ if pattern.long => Some(Unfit::TooLong),
                _ if pattern.twice => Some(Unfit::Twice),
                Some(other) => Some(Unfit::Overlaps(other)),
                None if incomplete => self.swallowed(row, pattern).map(Unfit::Overlaps),
                None => None,
            });
        }
        unfit
    }

    /// A row that a choice meant by this incomplete one may mean too, and that says at least as much.
    fn swallowed(&self, row: usize, pattern: &Pattern) -> Option<usize> {
        let said = |pattern: &Pattern| pattern.values.iter().flatten().count();
        let mine = said(pattern);
        let others = self.rows.iter().enumerate();
        let mut others = others.filter(|(place, other)| *place != row && said(other) >= mine);
        let found = others.find(|(_, other)| {
            pattern
                .values
                .iter()
                .zip(&other.values)
                .all(|pair| match pair {
                    (Some(mine), Some(theirs)) => mine == theirs,
                    _ => true,
                })
        });
        found.map(|(place, _)| place)
    }
}

/// What a product or variation of the shop holds, as text: `Màu sắc: Đỏ; Size: M`.
#[must_use]
pub fn held_text(held: &[ShopAttribute]) -> String {
    let mut text = String::new();
    for attribute in held {
        push_attribute(&mut text, &attribute.name);
        push_values(&mut text, attribute.values.iter().map(String::as_str));
    }
    text
}

fn too_long(text: &str) -> bool {
    text.len() > LONGEST && text.chars().count() > LONGEST
}

fn push_attribute(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push_str("; ");
    }
    text.push_str(name);
    text.push_str(": ");
}

fn push_values<'v>(text: &mut String, values: impl Iterator<Item = &'v str>) {
    let mut first = true;
    for value in values {
        if !first {
            text.push_str(", ");
        }
        first = false;
        text.push_str(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(attributes: &[(&str, &str)]) -> Good {
        let attributes = attributes.iter().map(|(name, value)| Attribute {
            name: (*name).into(),
            value: (*value).into(),
        });
        Good {
            attributes: attributes.collect(),
            ..Good::default()
        }
    }

    #[test]
    fn spellings_that_read_the_same_are_one_value_spelled_as_first_met() {
        let rows = [row(&[("Màu", "Đỏ")]), row(&[("màu ", "đỏ"), ("Size", "M")])];
        let variants = Variants::new(&rows.iter().collect::<Vec<_>>());
        assert_eq!(variants.text(), "Màu: Đỏ; Size: M");
        assert_eq!(variants.text_of_row(1), "Màu: Đỏ; Size: M");
        assert_eq!(variants.unfit(), [Some(Unfit::Overlaps(1)), None]);
    }

    #[test]
    fn a_row_without_a_value_fits_beside_rows_no_choice_can_confuse_it_with() {
        let rows = [
            row(&[("Màu", "Đỏ"), ("Size", "M")]),
            row(&[("Màu", "Xanh")]),
        ];
        assert_eq!(
            Variants::new(&rows.iter().collect::<Vec<_>>()).unfit(),
            [None, None]
        );
        let crossed = [row(&[("Màu", "Đỏ")]), row(&[("Size", "M")])];
        let unfit = Variants::new(&crossed.iter().collect::<Vec<_>>()).unfit();
        assert_eq!(unfit, [Some(Unfit::Overlaps(1)), Some(Unfit::Overlaps(0))]);
    }

    #[test]
    fn what_the_product_holds_more_is_kept() {
        let rows = [row(&[("Màu", "Đỏ")]), row(&[("Màu", "Xanh")])];
        let variants = Variants::new(&rows.iter().collect::<Vec<_>>());
        let held = [ShopAttribute {
            name: "màu".into(),
            values: vec!["Tím".into(), "đỏ".into()],
        }];
        let (merged, lacking) = variants.merged(&held);
        assert!(lacking);
        assert_eq!(
            merged,
            [ShopAttribute {
                name: "màu".into(),
                values: vec!["Tím".into(), "đỏ".into(), "Xanh".into()]
            }]
        );
        assert!(!variants.merged(&merged).1);
    }
}
