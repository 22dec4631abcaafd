//! Refusals of writes with their texts (§1.3). Those the sheet does not know are inferred and say so.

use crate::switches::Switches;
use crate::wire::Refusal;

/// A setting is off; the error code is UNSURE-4.
pub fn setting_off(switches: &Switches, message: &str) -> Refusal {
    let code = match switches.reading(4) {
        'B' => "KvValidateException",
        'C' => "KvValidateOrderException",
        _ => "KvException",
    };
    Refusal::business(code, message)
}

/// `Thiết lập "…" đang không được bật`, as four of the settings say it.
pub fn setting_off_named(switches: &Switches, name: &str) -> Refusal {
    setting_off(
        switches,
        &format!("Thiết lập \"{name}\" đang không được bật"),
    )
}

/// Orders are switched off; this text ends in a full stop.
pub fn orders_off(switches: &Switches) -> Refusal {
    setting_off(
        switches,
        "Thiết lập \"Cho phép đặt hàng\" đang không được bật.",
    )
}

/// Surcharges are switched off.
pub fn surcharges_off(switches: &Switches) -> Refusal {
    setting_off(switches, "Chưa bật thu khác trong thiết lập cửa hàng")
}

/// The customer is unknown or stopped.
pub fn unknown_customer() -> Refusal {
    customer("Khách hàng không hoạt động hoặc đã bị xóa khỏi hệ thống.")
}

/// The customer belongs to another branch.
pub fn foreign_customer() -> Refusal {
    customer("Khách hàng không thuộc chi nhánh hiện tại.")
}

/// Any refusal about a customer.
pub fn customer(message: &str) -> Refusal {
    Refusal::business("KvValidateCustomerException", message)
}

/// The seller is unknown.
pub fn unknown_seller() -> Refusal {
    Refusal::business(
        "KvValidateUserException",
        "Người bán không tồn tại hoặc đã bị xóa khỏi hệ thống",
    )
}

/// The sale channel is unknown or stopped.
pub fn unknown_channel() -> Refusal {
    Refusal::business("KvValidateSaleChannelException", "Kênh bán không tồn tại")
}

/// A quantity of 0 or less; only the start of the text is known.
pub fn no_quantity(name: &str) -> Refusal {
    general(&format!(
        "Vui lòng nhập số lượng lớn hơn 0 cho sản phẩm {name}"
    ))
}

/// One good on two lines.
pub fn twice() -> Refusal {
    general("Sản phẩm bị trùng")
}

/// Goods that are stopped, shop-wide or in this branch.
pub fn stopped(codes: &[&str]) -> Refusal {
    general(&format!(
        "Một số hàng hóa có trong đơn hàng đã ngừng kinh doanh ở chi nhánh hiện tại: {}",
        codes.join(", ")
    ))
}

/// A line names a good that does not exist (UNSURE-34).
pub fn unknown_line(switches: &Switches, name: &str) -> Refusal {
    match switches.reading(34) {
        'B' => general(&format!("Sản phẩm {name} không tồn tại")),
        _ => Refusal::unknown_product(),
    }
}

/// `KvValidateException` with any text.
pub fn general(message: &str) -> Refusal {
    Refusal::business("KvValidateException", message)
}

/// `KvValidateOrderException` with any text (inferred texts).
pub fn order(message: &str) -> Refusal {
    Refusal::business("KvValidateOrderException", message)
}

/// `KvValidateInvoiceException` with any text (inferred texts).
pub fn invoice(message: &str) -> Refusal {
    Refusal::business("KvValidateInvoiceException", message)
}

/// A branch that is closed or never was (inferred text).
pub fn unknown_branch() -> Refusal {
    general("Chi nhánh không tồn tại hoặc đã ngừng hoạt động")
}
