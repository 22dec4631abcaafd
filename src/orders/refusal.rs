//! What a refusal of the POS means for an order, by its Vietnamese words (kiotviet-api.md §1.3):
//! which sentence a clerk reads, and what may make it go away (product.md E7, A9).

use super::protocol::Cause;
use crate::model::Param;
use crate::pos::Failure;
use crate::text::fold;

/// What is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Nothing at once.
    None,
    /// Merge lines of one good and send again.
    Merge,
    /// Look for the customer anew.
    Customer,
}

/// Texts in lower case; the first that is found counts.
const KNOWN: [(&str, &str, Cause, Remedy); 16] = [
    (
        "sản phẩm bị trùng",
        "pos-line-twice",
        Cause::Order,
        Remedy::Merge,
    ),
    (
        "hàng hóa bị trùng",
        "pos-line-twice",
        Cause::Order,
        Remedy::Merge,
    ),
    (
        "cho phép đặt hàng",
        "pos-orders-off",
        Cause::Setting,
        Remedy::None,
    ),
    (
        "sử dụng tính năng giao hàng",
        "pos-delivery-off",
        Cause::Setting,
        Remedy::None,
    ),
    (
        "quản lý thu hộ",
        "pos-cod-off",
        Cause::Setting,
        Remedy::None,
    ),
    (
        "chưa bật thu khác",
        "pos-surcharges-off",
        Cause::Setting,
        Remedy::None,
    ),
    (
        "thay đổi thời gian bán hàng",
        "pos-sale-time-off",
        Cause::Setting,
        Remedy::None,
    ),
    // Also the setting "sell when out of stock": stock or setting may mend it, stock mends it more often.
    ("tồn kho", "pos-out-of-stock", Cause::Stock, Remedy::None),
    (
        "không đủ số lượng",
        "pos-out-of-stock",
        Cause::Stock,
        Remedy::None,
    ),
    (
        "ngừng kinh doanh",
        "pos-good-stopped",
        Cause::Link,
        Remedy::None,
    ),
    (
        "khách hàng",
        "pos-customer-refused",
        Cause::Setting,
        Remedy::Customer,
    ),
    (
        "người bán",
        "pos-seller-unknown",
        Cause::Setting,
        Remedy::None,
    ),
    (
        "kênh bán",
        "pos-channel-unknown",
        Cause::Setting,
        Remedy::None,
    ),
    (
        "danh sách sản phẩm cập nhật rỗng",
        "pos-refused",
        Cause::Time,
        Remedy::None,
    ),
    (
        "nhóm hàng",
        "pos-category-unknown",
        Cause::Setting,
        Remedy::None,
    ),
    ("hàng hóa", "pos-good-unknown", Cause::Link, Remedy::None),
];

/// The code of its sentence, its cause, and what to do.
pub(super) fn refusal(failure: &Failure) -> (&str, Cause, Remedy) {
    let message = fold(said(failure));
    let known = KNOWN.iter().find(|(text, ..)| message.contains(text));
    known.map_or(
        (failure.code.as_str(), Cause::Person, Remedy::None),
        |(_, code, cause, remedy)| (*code, *cause, *remedy),
    )
}

/// Whether the POS says that it may take the same later.
pub(crate) fn temporary(failure: &Failure) -> bool {
    refusal(failure).1 == Cause::Time
}

/// The POS's own words.
pub(super) fn said(failure: &Failure) -> &str {
    let message = |param: &&Param| param.name == "message";
    let message = failure.params.iter().find(message);
    message.map_or("", |param| param.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pos::{failure, FailureKind};

    #[test]
    fn every_known_text_has_its_sentence_and_cause() {
        for (message, code, cause) in [
            ("Sản phẩm bị trùng", "pos-line-twice", Cause::Order),
            (
                "Thiết lập \"Cho phép đặt hàng\" đang không được bật.",
                "pos-orders-off",
                Cause::Setting,
            ),
            (
                "Thiết lập \"Cho phép bán hàng khi hết tồn kho\" đang không được bật",
                "pos-out-of-stock",
                Cause::Stock,
            ),
            (
                "Chưa bật thu khác trong thiết lập cửa hàng",
                "pos-surcharges-off",
                Cause::Setting,
            ),
            (
                "Khách hàng không hoạt động hoặc đã bị xóa khỏi hệ thống.",
                "pos-customer-refused",
                Cause::Setting,
            ),
            (
                "Hàng hóa được chọn không tồn tại hoặc đã bị xóa",
                "pos-good-unknown",
                Cause::Link,
            ),
            (
                "Danh sách sản phẩm cập nhật rỗng",
                "pos-refused",
                Cause::Time,
            ),
            ("Gì đó khác", "pos-refused", Cause::Person),
        ] {
            let refused = failure(FailureKind::Refused, "pos-refused", &[("message", message)]);
            let (found, why, _) = refusal(&refused);
            assert_eq!((found, why), (code, cause), "{message}");
        }
    }
}
