//! The one free text of a POS order: web number, mark, and what has no field of its own (product.md
//! E2, E4, E8).
//!
//! It is read by the shop's staff in KiotViet, which is a Vietnamese program, so its few words are
//! Vietnamese whatever the site's language is; they are data for the POS, not a screen's text.

use super::address::join;
use super::amounts::{fine, Rate};
use super::mark::{harmless, mark};
use crate::model::SiteOrder;
use crate::settings::Settings;
use crate::text::integer;

/// The longest text: no source names a limit, and the mark stands first.
const LONGEST: usize = 900;
/// The longest of a shopper's note.
const LONGEST_NOTE: usize = 400;

/// What the text tells besides the order itself.
pub(super) struct Told<'a> {
    /// Half of the mark.
    pub site: &'a str,
    /// No POS customer stands for it: the name goes here.
    pub walk_in: bool,
    /// Shipping that is not in the total, in đồng.
    pub left_out: i64,
    /// What is collected on delivery, in đồng: the total without what was refunded.
    pub owed: i64,
    /// How the order's currency is turned into the POS's.
    pub rate: Rate,
    /// The rate as typed, for a foreign currency.
    pub typed_rate: &'a str,
}

/// Writes it.
pub(super) fn description(order: &SiteOrder, told: &Told<'_>, settings: &Settings) -> String {
    let mut text = String::from("Đơn web #");
    text.push_str(&harmless(&order.number));
    text.push(' ');
    text.push_str(&mark(told.site, order.id));
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(" | ");
            text.push_str(label);
            text.push_str(value);
        }
    };
    if told.walk_in {
        add("Khách: ", &harmless(&order.billing.name));
    }
    add("", &paying(order, told.owed));
    for coupon in &order.coupons {
        let off = amount(&coupon.discount, told.rate);
        add("Mã giảm giá: ", &named(&coupon.code, &off));
    }
    for fee in &order.fees {
        let sum = fine(&fee.total).unwrap_or(0);
        let label = if sum < 0 { "Giảm: " } else { "Phụ phí: " };
        add(label, &named(&fee.name, &amount(&fee.total, told.rate)));
    }
    if told.left_out != 0 {
        add("Chưa gồm phí vận chuyển ", &dong(told.left_out));
    }
    if !told.typed_rate.is_empty() {
        let mut rate = String::from("1 ");
        rate.push_str(&harmless(&order.currency));
        rate.push_str(" = ");
        rate.push_str(&harmless(told.typed_rate));
        rate.push(' ');
        rate.push_str(&settings.orders.currency);
        rate.push_str(", tổng ");
        rate.push_str(&harmless(&order.total));
        rate.push(' ');
        rate.push_str(&harmless(&order.currency));
        add("Tỷ giá: ", &rate);
    }
    if fine(&order.refunded).unwrap_or(0) > 0 {
        add("Đã hoàn tiền ", &amount(&order.refunded, told.rate));
    }
    add("Ghi chú: ", cut(&harmless(&order.note), LONGEST_NOTE));
    cut(&text, LONGEST).into()
}

fn paying(order: &SiteOrder, owed: i64) -> String {
    let mut text = String::new();
    let title = if order.payment_title.is_empty() {
        &order.payment
    } else {
        &order.payment_title
    };
    if order.payment == "cod" {
        text.push_str("COD, thu ");
        text.push_str(&dong(owed));
    } else if order.paid {
        text.push_str("Đã thanh toán");
        join(&mut text, ": ", &harmless(title));
    } else {
        text.push_str("Chưa thanh toán");
        join(&mut text, ": ", &harmless(title));
    }
    text
}

/// An amount of the order in đồng, without its sign.
fn amount(text: &str, rate: Rate) -> String {
    let sum = fine(text).and_then(|sum| rate.dong(sum)).unwrap_or(0);
    if sum == 0 {
        String::new()
    } else {
        dong(sum.saturating_abs())
    }
}

fn dong(amount: i64) -> String {
    let mut text = integer(amount);
    text.push('đ');
    text
}

fn named(name: &str, amount: &str) -> String {
    let mut text = harmless(name);
    join(&mut text, " ", amount);
    text
}

/// At most so many characters.
fn cut(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
