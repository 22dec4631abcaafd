//! The shop category of a good.

use crate::model::CategoryLink;
use crate::text::Keys;

/// Where a good's POS category is in the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The good has no category in the POS.
    None,
    /// In this term.
    Term(i64),
    /// The term was deleted by hand, and that stands (B12).
    Gone,
    /// The category has no term: it could not be created or linked.
    Unknown,
}

/// Category links by POS id.
#[derive(Debug)]
pub struct Places<'a> {
    links: &'a [CategoryLink],
    by_id: Keys<'a>,
}

impl<'a> Places<'a> {
    /// Sorts the links once for all goods.
    #[must_use]
    pub fn new(links: &'a [CategoryLink]) -> Self {
        let by_id = links
            .iter()
            .enumerate()
            .map(|(place, link)| (link.remote_id.as_str(), place));
        Self {
            links,
            by_id: Keys::new(by_id.collect()),
        }
    }

    /// Where the category is.
    #[must_use]
    pub fn of(&self, category_id: Option<&str>) -> Place {
        let Some(id) = category_id else {
            return Place::None;
        };
        match self.by_id.first(id).and_then(|place| self.links.get(place)) {
            Some(link) if link.term_gone => Place::Gone,
            Some(link) => Place::Term(link.term_id),
            None => Place::Unknown,
        }
    }
}
