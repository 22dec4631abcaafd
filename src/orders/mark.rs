//! The mark that tells which site order a POS order is (product.md E2, E5).

use crate::text::integer;

const BEGIN: &str = "[DB:";

/// `[DB:k3f9a1:1234]`: the site and the order's id. The brackets keep 123 from being found in 1234.
#[must_use]
pub fn mark(site: &str, order_id: i64) -> String {
    let mut mark = String::from(BEGIN);
    mark.push_str(site);
    mark.push(':');
    mark.push_str(&integer(order_id));
    mark.push(']');
    mark
}

/// The site order whose mark a description carries; the first counts, because it is written first.
#[must_use]
pub fn marked_order(description: &str, site: &str) -> Option<i64> {
    if site.is_empty() {
        return None;
    }
    let mut rest = description;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        rest = after;
        let id = after
            .strip_prefix(site)
            .and_then(|after| after.strip_prefix(':'))
            .and_then(|after| after.split_once(']'))
            .and_then(|(id, _)| crate::pos::decimal::integer(id.as_bytes()));
        if id.is_some() {
            return id;
        }
    }
    None
}

/// A text of a shopper or a plugin, so that it cannot look like a mark and stays on one line.
#[must_use]
pub(super) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in crate::text::trim(text).chars() {
        out.push(match letter {
            '[' => '(',
            ']' => ')',
            letter if letter.is_control() => ' ',
            letter => letter,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_whole_and_only_of_this_site() {
        let text = "Đơn web #7 [DB:abc:7] | Ghi chú: (DB:abc:8)";
        assert_eq!(marked_order(text, "abc"), Some(7));
        assert_eq!(marked_order(text, "ab"), None);
        assert_eq!(marked_order("[DB:abd:1] [DB:abc:71]", "abc"), Some(71));
        assert_eq!(marked_order("[DB:abc:7", "abc"), None);
        assert_eq!(marked_order("[DB:abc:x]", "abc"), None);
        assert_eq!(marked_order(&mark("abc", 12), "abc"), Some(12));
        assert_eq!(marked_order(&harmless("[DB:abc:8]\n"), "abc"), None);
    }
}
