//! A small sorted index: text → places. A map would cost 20 KB of PHP.

use super::sort::sort;

/// Places by text, for look-ups in a list without going through it again and again.
#[derive(Debug, Default)]
pub struct Keys<'a> {
    entries: Vec<(&'a str, usize)>,
}

impl<'a> Keys<'a> {
    /// Sorts the pairs; equal texts stay in the order of their places.
    #[must_use]
    pub fn new(mut entries: Vec<(&'a str, usize)>) -> Self {
        sort(&mut entries, |a, b| a < b);
        Self { entries }
    }

    /// All entries with this text, in the order of their places.
    #[must_use]
    pub fn all(&self, key: &str) -> &[(&'a str, usize)] {
        let from = self.entries.partition_point(|(other, _)| *other < key);
        let rest = self.entries.get(from..).unwrap_or_default();
        let len = rest.iter().take_while(|(other, _)| *other == key).count();
        rest.get(..len).unwrap_or_default()
    }

    /// The first place with this text.
    #[must_use]
    pub fn first(&self, key: &str) -> Option<usize> {
        self.all(key).first().map(|(_, place)| *place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_place_of_a_text_and_none_of_another() {
        let keys = Keys::new(vec![("b", 0), ("a", 1), ("b", 2), ("", 3)]);
        assert_eq!(keys.all("b"), &[("b", 0), ("b", 2)]);
        assert_eq!(keys.first("a"), Some(1));
        assert_eq!(keys.all("c"), &[]);
        assert_eq!(Keys::default().first("a"), None);
    }
}
