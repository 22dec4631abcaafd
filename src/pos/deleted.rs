//! Whether a refusal proves that a good was deleted (product.md B8, kiotviet-api.md §1.3).

use super::answer::{Failure, FailureKind};
use crate::text::fold;

/// "does not exist or was deleted", up to where two spellings of the last word part (`xóa`, `xoá`).
const DELETED: &str = "không tồn tại hoặc đã bị x";
/// The same is said of the category a good lies in.
const CATEGORY: &str = "nhóm hàng";

/// Whether the answer to `GET /products/{id}` says that the good is no more. "Not found" is a
/// business refusal (420) like every other, so its words decide; any other refusal proves nothing.
pub(crate) fn says_deleted(failure: &Failure) -> bool {
    let of = |name: &str| {
        let mut params = failure.params.iter();
        params
            .find(|param| param.name == name)
            .map_or("", |param| param.value.as_str())
    };
    let message = fold(of("message"));
    failure.kind == FailureKind::Refused
        && of("status") == "420"
        && message.contains(DELETED)
        && !message.contains(CATEGORY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pos::failure;

    #[test]
    fn only_the_words_of_a_420_prove_it() {
        for (status, message, proven) in [
            (
                "420",
                "Hàng hóa được chọn không tồn tại hoặc đã bị xóa",
                true,
            ),
            (
                "420",
                "Hàng hoá KHÔNG TỒN TẠI hoặc đã bị xoá khỏi hệ thống",
                true,
            ),
            (
                "420",
                "Nhóm hàng được chọn không tồn tại hoặc đã bị xóa khỏi hệ thống",
                false,
            ),
            ("420", "Hàng hóa không thuộc chi nhánh hiện tại", false),
            (
                "404",
                "Hàng hóa được chọn không tồn tại hoặc đã bị xóa",
                false,
            ),
            ("420", "", false),
        ] {
            let said = [("message", message), ("status", status)];
            let refusal = failure(FailureKind::Refused, "pos-refused", &said);
            assert_eq!(says_deleted(&refusal), proven, "{status} {message}");
        }
        let passing = failure(
            FailureKind::Passing,
            "pos-fault",
            &[("message", "đã bị xóa")],
        );
        assert!(!says_deleted(&passing));
    }
}
