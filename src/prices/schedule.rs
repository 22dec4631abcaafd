//! When a book is in force (product.md C3, C4).

use crate::model::{Book, Instant};

/// Whether a book decides prices now: switched on, within its dates, and valid for the branch
/// orders go to (C3). A book limited to branches is not valid while no order branch is chosen.
///
/// The start belongs to the book's time, the end does not.
#[must_use]
pub fn in_force(book: &Book, order_branch: Option<&str>, now: Instant) -> bool {
    let started = book.start.is_none_or(|start| start <= now);
    let ended = book.end.is_some_and(|end| end <= now);
    let here = book.branches.is_empty()
        || order_branch.is_some_and(|branch| book.branches.iter().any(|id| id == branch));
    book.active && started && !ended && here
}

/// The next instant at which this book starts or ends, if it is still to come.
#[must_use]
pub fn next_date(book: &Book, now: Instant) -> Option<Instant> {
    if !book.active {
        return None;
    }
    let coming = |date: Option<Instant>| date.filter(|date| *date > now);
    match (coming(book.start), coming(book.end)) {
        (Some(start), Some(end)) => Some(start.min(end)),
        (start, end) => start.or(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(start: Option<i64>, end: Option<i64>) -> Book {
        Book {
            id: "1".into(),
            name: String::new(),
            active: true,
            start,
            end,
            branches: Vec::new(),
            limited_to_groups: false,
            limited_to_sellers: false,
        }
    }

    #[test]
    fn a_book_is_in_force_from_its_start_until_just_before_its_end() {
        let book = book(Some(10), Some(20));
        for (now, expected, due) in [
            (9, false, Some(10)),
            (10, true, Some(20)),
            (19, true, Some(20)),
            (20, false, None),
        ] {
            assert_eq!(
                (in_force(&book, None, now), next_date(&book, now)),
                (expected, due),
                "at {now}"
            );
        }
    }

    #[test]
    fn a_stopped_book_is_never_in_force_and_has_no_dates() {
        let book = Book {
            active: false,
            ..book(None, Some(20))
        };
        assert!(!in_force(&book, None, 5));
        assert_eq!(next_date(&book, 5), None);
    }

    #[test]
    fn a_book_limited_to_branches_needs_the_order_branch() {
        let book = Book {
            branches: vec!["7".into()],
            ..book(None, None)
        };
        assert!(in_force(&book, Some("7"), 5));
        assert!(!in_force(&book, Some("8"), 5));
        assert!(!in_force(&book, None, 5));
    }
}
