//! Money received with a document or afterwards (§6.3, §7).

use super::draft::Draft;
use super::{refusals, totals};
use crate::catalogue::{Catalogue, Document, Payment};
use crate::number::Number;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::wire::Refusal;

/// The method in the spelling answers use; input comes in any casing, and once misspelt (§12).
///
/// # Errors
/// 420 for a method nobody knows (inferred text).
pub fn method(text: Option<&str>) -> Result<&'static str, Refusal> {
    let text = text.unwrap_or("Cash").to_ascii_lowercase();
    Ok(match text.as_str() {
        "cash" => "Cash",
        "card" => "Card",
        "transfer" | "tranfer" => "Transfer",
        "voucher" => "Voucher",
        _ => return Err(refusals::general("Phương thức thanh toán không hợp lệ")),
    })
}

/// Money that goes to a bank needs an account that exists (§6.3; texts inferred).
///
/// # Errors
/// 420.
pub fn check(shop: &Catalogue, draft: &Draft) -> Result<(), Refusal> {
    let paid = draft.total_payment.unwrap_or_default().0;
    if paid == 0.0 {
        return Ok(());
    }
    let method = method(draft.method.as_deref())?;
    check_account(shop, method, draft.account_id)
}

/// As [`check`], for one payment.
///
/// # Errors
/// 420.
pub fn check_account(shop: &Catalogue, method: &str, account: Option<i64>) -> Result<(), Refusal> {
    let known = |id| shop.bank_accounts.iter().any(|row| row.id == id);
    match account {
        Some(id) if !known(id) => Err(refusals::general("Tài khoản ngân hàng không tồn tại")),
        None if matches!(method, "Card" | "Transfer") => {
            Err(refusals::general("Vui lòng chọn tài khoản ngân hàng"))
        }
        _ => Ok(()),
    }
}

/// Brings what was paid up to `totalPayment`, and adds vouchers.
pub fn settle(
    shop: &Catalogue,
    switches: &Switches,
    document: &mut Document,
    draft: &Draft,
    now: VnTime,
) {
    let mut next = shop.next_payment_id();
    let paid = totals::of(shop, switches, document).paid.0;
    let more = draft.total_payment.map_or(0.0, |sum| sum.0 - paid);
    // The body was checked before: a method that cannot be read does not come here.
    let method = method(draft.method.as_deref()).unwrap_or("Cash");
    if more > 0.0 {
        add(document, next, Number(more), method, draft.account_id, now);
        next += 1;
    }
    for amount in &draft.vouchers {
        add(document, next, *amount, "Voucher", None, now);
        next += 1;
    }
}

/// One payment more.
pub fn add(
    document: &mut Document,
    id: i64,
    amount: Number,
    method: &str,
    account_id: Option<i64>,
    now: VnTime,
) {
    let before = document.payments.len();
    let suffix = if before == 0 {
        String::new()
    } else {
        format!("-{before}")
    };
    document.payments.push(Payment {
        id,
        code: format!("TT{}{suffix}", document.code),
        amount,
        method: method.to_owned(),
        account_id: account_id.filter(|_| matches!(method, "Card" | "Transfer")),
        voided: false,
        at: Some(now),
    });
}
