//! What rows are gathered and compared by.

use crate::text::{fold, trim};

/// What SKUs are compared by (product.md B4): trimmed, NFC, without case. Empty matches nothing.
#[must_use]
pub fn sku_key(sku: &str) -> String {
    fold(trim(sku))
}

/// The mirror's key of a row's family (kiotviet-api.md §3.4): the master row, else the base row,
/// else the row itself. A hint for gathering only; what a family *is* in the shop is told by the
/// links of its rows [UNSURE-18].
#[must_use]
pub fn family_key(id: &str, master_id: Option<&str>, base_id: Option<&str>) -> String {
    master_id.or(base_id).unwrap_or(id).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sku_is_the_same_however_it_was_typed() {
        let key = sku_key(" Áo-Đỏ 01\u{A0}");
        assert_eq!(key, "áo-đỏ 01");
        assert_eq!(sku_key("A\u{301}O-ĐỎ\u{20}01"), key);
        assert_eq!(sku_key("\u{200B} "), "");
    }

    #[test]
    fn every_row_kind_of_the_sheet_finds_its_family() {
        assert_eq!(family_key("1", None, None), "1");
        assert_eq!(family_key("2", Some("1"), Some("1")), "1");
        assert_eq!(family_key("3", Some("1"), Some("2")), "1");
        assert_eq!(family_key("4", None, Some("1")), "1");
    }
}
