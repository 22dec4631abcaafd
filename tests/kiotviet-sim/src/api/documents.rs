//! Finding orders and invoices: the filters of their lists, and one of them by id or code (§6.1, §7).

use super::page::Page;
use crate::catalogue::{Catalogue, Document};
use crate::order::positions;
use crate::query::Query;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::wire::Refusal;

/// The filters, read.
pub struct Filter {
    branches: Vec<i64>,
    customers: Vec<i64>,
    customer_code: Option<String>,
    status: Vec<i64>,
    until: Option<VnTime>,
    created: Option<VnTime>,
    channel: Option<i64>,
    order_id: Option<i64>,
    bought_from: Option<VnTime>,
    bought_to: Option<VnTime>,
}

impl Filter {
    /// Reads the filters of both lists; `orderId` and the purchase dates are of invoices only.
    ///
    /// # Errors
    /// 400 for an unreadable value.
    pub fn read(query: &Query, switches: &Switches) -> Result<Self, Refusal> {
        Ok(Self {
            branches: query.ids("branchIds", switches)?,
            customers: query.ids("customerIds", switches)?,
            customer_code: query.text("customerCode").map(str::to_owned),
            status: query.ids("status", switches)?,
            until: query.moment("toDate", switches)?,
            created: query.moment("createdDate", switches)?,
            channel: query.int("saleChannelId")?,
            order_id: query.int("orderId")?,
            bought_from: query.moment("fromPurchaseDate", switches)?,
            bought_to: query.moment("toPurchaseDate", switches)?,
        })
    }

    fn admits(&self, shop: &Catalogue, row: &Document) -> bool {
        let one_of = |ids: &[i64], id: i64| ids.is_empty() || ids.contains(&id);
        let changed = row.modified_date.or(row.created_date);
        let by_code = self.customer_code.as_ref().is_none_or(|code| {
            let customer = row.customer_id.and_then(|id| shop.customer(id));
            customer.is_some_and(|customer| customer.code.eq_ignore_ascii_case(code))
        });
        let bought = |fits: &dyn Fn(VnTime) -> bool| row.purchase_date.is_some_and(fits);
        one_of(&self.branches, row.branch_id)
            && one_of(&self.customers, row.customer_id.unwrap_or(0))
            && by_code
            && one_of(&self.status, row.status)
            && self.until.is_none_or(|until| changed.is_some_and(|at| at <= until))
            // Undocumented: taken as the day it was made (inferred).
            && self.created.is_none_or(|day| row.created_date.is_some_and(|at| same_day(at, day)))
            && self.channel.is_none_or(|id| row.sale_channel_id == Some(id))
            && self.order_id.is_none_or(|id| row.order_id == Some(id))
            && self.bought_from.is_none_or(|from| bought(&|at| at >= from))
            && self.bought_to.is_none_or(|to| bought(&|at| at <= to))
    }
}

fn same_day(left: VnTime, right: VnTime) -> bool {
    let day = |time: VnTime| time.entity().chars().take(10).collect::<String>();
    day(left) == day(right)
}

/// The rows a list call asks for, all pages.
pub fn list<'a>(
    shop: &'a Catalogue,
    rows: &'a [Document],
    page: &Page,
    filter: &Filter,
) -> Vec<&'a Document> {
    positions(rows, &page.order_by, page.direction)
        .into_iter()
        .filter_map(|position| rows.get(position))
        .filter(|row| page.admits(row.modified_date, row.created_date))
        .filter(|row| filter.admits(shop, row))
        .collect()
}

/// By code, in any casing.
pub fn by_code<'a>(rows: &'a [Document], code: &str) -> Option<&'a Document> {
    rows.iter().find(|row| row.code.eq_ignore_ascii_case(code))
}
