//! The POS's own settings (kiotviet-api.md §8, product.md A9).

use super::answer::{Answer, Reading};
use super::envelope::{listed, open};
use super::list::failed;
use super::row::Row;
use super::say::{issue, owned, params};
use super::wire::{shape, Kind, Node};
use crate::model::Severity;
use serde::{Deserialize, Serialize};

/// What the POS lets be done; an absent flag is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PosSettings {
    /// Always `settings`, so that the row has an id like every other.
    pub id: String,
    /// Customers belong to a branch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customers_by_branch: Option<bool>,
    /// Orders are taken when stock is out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_when_out: Option<bool>,
    /// Invoices are made from orders when stock is out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sell_ordered_when_out: Option<bool>,
    /// Invoices are made when stock is out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sell_when_out: Option<bool>,
}

shape!(SETTINGS, Field {
    CustomerByBranch "managercustomerbybranch" Kind::Scalar;
    OrderWhenOut "alloworderwhenoutstock" Kind::Scalar;
    SellOrderedWhenOut "allowsellwhenorderoutstock" Kind::Scalar;
    SellWhenOut "allowsellwhenoutstock" Kind::Scalar;
});

listed! {
    /// `GET /settings`.
    SettingsList, SETTINGS
}

/// Reads `GET /settings`, with or without a `data` around it.
#[must_use]
pub fn read_settings(answer: Answer<SettingsList>) -> Reading<PosSettings> {
    let mut opened = match open(answer.fields) {
        Ok(opened) => opened,
        Err(failure) => return failed(failure),
    };
    let node = opened.rows.pop().unwrap_or(Node::Row(opened.bare));
    let mut issues = Vec::new();
    let mut rows = Vec::new();
    if let Some(mut row) = Row::of(node, &SETTINGS) {
        rows.push(PosSettings {
            id: owned("settings"),
            customers_by_branch: row.flag(Field::CustomerByBranch as usize),
            order_when_out: row.flag(Field::OrderWhenOut as usize),
            sell_ordered_when_out: row.flag(Field::SellOrderedWhenOut as usize),
            sell_when_out: row.flag(Field::SellWhenOut as usize),
        });
        if !row.is_whole() {
            let lost = row.lost();
            let item = ("connection", None, "settings");
            let values = params(&[("value", &lost)]);
            issues.push(issue("fields-unreadable", Severity::Notice, item, values));
        }
    }
    opened.page.rows = 1;
    opened.page.total = Some(1);
    opened.page.ids = vec![owned("settings")];
    Reading {
        rows,
        issues,
        page: Some(opened.page),
        failure: None,
    }
}
