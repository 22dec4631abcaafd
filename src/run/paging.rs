//! The paging guards (product.md I2, kiotviet-api.md §1.5): what a page means for its list.
//!
//! The offset moves only by rows that really came, so a short page loses nothing. A list counts
//! as read to its end only when as many different rows came as it says it has; otherwise it is
//! read again, and at last left incomplete, so that nothing is taken for gone (B8).

use super::protocol::Page;
use super::steps::PAGE_SIZE;
use crate::pos::{after, PageFacts};

/// Tries of one page.
const TRIES: i64 = 3;
/// Pages of one list: 200,000 rows.
const PAGES: i64 = 2_000;
/// How often an offset may go back.
const REWINDS: i64 = 20;

/// What to do after a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Ask for the next page.
    Next,
    /// Ask for this page again; the code says why.
    Again(&'static str),
    /// Read the list from its start again; the code says why.
    Restart(&'static str),
    /// It will never end.
    Endless,
    /// It was read to its end.
    Complete,
}

/// Judges a page and moves the cursor.
pub(super) fn judge(page: &mut Page, facts: &PageFacts) -> Verdict {
    if facts.rows > 0 && !facts.ids.is_empty() && facts.ids == page.previous {
        return again(page, "page-repeated");
    }
    if page.pages >= PAGES {
        return Verdict::Endless;
    }
    let size = facts
        .page_size
        .filter(|size| (1..PAGE_SIZE).contains(size))
        .unwrap_or(PAGE_SIZE);
    let end = page.offset.saturating_add(facts.rows.max(0));
    if facts.rows <= 0 {
        return match facts.total {
            Some(total) if total > page.offset => again(page, "list-ended-early"),
            Some(total) => finish(page, total),
            None => finish(page, 0),
        };
    }
    let disagrees = facts.total.is_some_and(|total| end > total);
    let gone = match facts.total {
        Some(total) if page.pages > 0 => page.total.saturating_sub(total).max(0),
        _ => 0,
    };
    if (gone > PAGE_SIZE || disagrees && !page.disagrees) && page.tries < TRIES {
        return again(page, "total-disagrees");
    }
    let last = match facts.total {
        // Without a total only an empty page is the end.
        None => false,
        Some(_) if disagrees || page.disagrees => facts.rows < size,
        Some(total) => end >= total,
    };
    if facts.rows < size && !last && facts.total.is_some() && page.tries < TRIES {
        // One that stays short is taken as it is: the offset moves only by what came.
        page.tries = page.tries.saturating_add(1);
        return Verdict::Again("page-short");
    }
    page.tries = 0;
    page.pages = page.pages.saturating_add(1);
    page.disagrees |= disagrees;
    page.total = facts.total.unwrap_or(0);
    page.seen = page
        .seen
        .saturating_add(facts.rows.saturating_sub(repeats(page, facts)));
    page.previous.clone_from(&facts.ids);
    if gone > 0 && gone <= PAGE_SIZE && page.offset > 0 && page.rewinds < REWINDS {
        // Rows that were deleted meanwhile pulled others over the cursor: go back for them.
        page.rewinds = page.rewinds.saturating_add(1);
        page.offset = page.offset.saturating_sub(gone).max(0);
        return Verdict::Next;
    }
    page.offset = end;
    if last {
        finish(page, page.total)
    } else {
        Verdict::Next
    }
}

fn again(page: &mut Page, why: &'static str) -> Verdict {
    page.tries = page.tries.saturating_add(1);
    if page.tries > TRIES {
        Verdict::Restart(why)
    } else {
        Verdict::Again(why)
    }
}

fn finish(page: &Page, total: i64) -> Verdict {
    if page.disagrees {
        Verdict::Restart("total-disagrees")
    } else if page.seen < total {
        Verdict::Restart("rows-missing")
    } else {
        Verdict::Complete
    }
}

/// How many of the page's rows came before: in this page or in the one before it. Both are
/// usually in the order of their ids, so that the greatest of each is all there is to compare.
fn repeats(page: &Page, facts: &PageFacts) -> i64 {
    let mut repeats: i64 = 0;
    let mut greatest = "";
    for id in &page.previous {
        if after(id, greatest) {
            greatest = id;
        }
    }
    let mut own = "";
    for (place, id) in facts.ids.iter().enumerate() {
        let known = !after(id, greatest) && page.previous.contains(id)
            || !after(id, own) && facts.ids.iter().take(place).any(|before| before == id);
        if after(id, own) {
            own = id;
        }
        repeats = repeats.saturating_add(i64::from(known));
    }
    repeats
}
