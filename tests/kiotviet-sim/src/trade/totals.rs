//! What a document comes to, by the POS's own rules: a wrong payload shows as another total.

use crate::catalogue::{Catalogue, Document, Line};
use crate::number::Number;
use crate::switches::Switches;

/// All in đồng.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Totals {
    /// Lines after their discounts.
    pub goods: Number,
    /// Off the whole.
    pub discount: Number,
    /// Surcharges.
    pub surcharges: Number,
    /// Tax: on top with prices before tax, contained with prices after tax, none with direct tax.
    pub tax: Number,
    /// What the customer has to pay.
    pub total: Number,
    /// What was paid and not given back.
    pub paid: Number,
}

/// The totals of an order or an invoice.
pub fn of(shop: &Catalogue, switches: &Switches, document: &Document) -> Totals {
    let goods: f64 = document
        .lines
        .iter()
        .map(|line| amount(line, switches))
        .sum();
    let discount = match (document.discount, document.discount_ratio) {
        (Some(discount), _) => discount.0,
        (None, Some(ratio)) => goods * ratio.0 / 100.0,
        (None, None) => 0.0,
    };
    let surcharges: f64 = document.surcharges.iter().map(|row| row.price.0).sum();
    let mode = shop.policy.pricing_mode;
    let left = if goods == 0.0 {
        0.0
    } else {
        1.0 - discount / goods
    };
    let taxes = document.lines.iter();
    let tax: f64 = taxes
        .map(|line| line_tax(line, amount(line, switches) * left, mode))
        .sum();
    let on_top = if mode == Some(0) { tax } else { 0.0 };
    let payments = document.payments.iter().filter(|row| !row.voided);
    Totals {
        goods: Number(goods).tidy(),
        discount: Number(discount).tidy(),
        surcharges: Number(surcharges).tidy(),
        tax: Number(tax).tidy(),
        total: Number(goods - discount + surcharges + on_top).tidy(),
        paid: Number(payments.map(|row| row.amount.0).sum()).tidy(),
    }
}

/// One line after its discount; whether that is per unit or per line is UNSURE-54.
pub fn amount(line: &Line, switches: &Switches) -> f64 {
    let per_unit = line.price.0 * line.discount_ratio.map_or(0.0, |ratio| ratio.0) / 100.0;
    let whole = line.price.0 * line.quantity.0;
    match line.discount {
        Some(discount) if switches.reading(54) == 'B' => whole - discount.0,
        Some(discount) => whole - discount.0 * line.quantity.0,
        None => whole - per_unit * line.quantity.0,
    }
}

/// Tax of one line, rounded to the đồng (inferred), after its share of the discount on the whole.
fn line_tax(line: &Line, net: f64, mode: Option<i64>) -> f64 {
    let percent: f64 = line.taxes.iter().filter_map(|id| percent(*id)).sum();
    match mode {
        Some(0) => (net * percent / 100.0).round(),
        Some(_) => (net - net / (1.0 + percent / 100.0)).round(),
        None => 0.0,
    }
}

/// The percentage behind a tax id of the deduction method (§12).
pub fn percent(tax_id: i64) -> Option<f64> {
    Some(match tax_id {
        1 | 5 | 12 => 0.0,
        2 => 5.0,
        3 => 8.0,
        4 => 10.0,
        6 => 1.0,
        7 => 2.0,
        8 => 3.0,
        9 => 5.0,
        64 => 5.0,
        65 => 1.5,
        66 => 2.0,
        _ => return None,
    })
}

/// The name of a tax (§12).
pub fn tax_name(tax_id: i64) -> String {
    match (tax_id, percent(tax_id)) {
        (5, _) => "KCT".into(),
        (12, _) => "KKKNT".into(),
        (1..=4, Some(percent)) => format!("VAT {percent}%"),
        (_, Some(percent)) => format!("{percent}%"),
        (_, None) => String::new(),
    }
}
