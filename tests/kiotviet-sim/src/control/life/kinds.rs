//! The kinds of steps, how often each occurs, and who plans it.

use std::collections::BTreeMap;

use super::view::View;
use super::{books, family, goods, outline, stock, trade};
use crate::control::change::Change;

/// Plans the changes of a step; `None` when the shop has nothing for it.
type Plan = fn(&mut View<'_, '_>) -> Option<Vec<Change>>;

/// One kind of step.
#[derive(Clone, Copy)]
pub struct Kind {
    name: &'static str,
    weight: u32,
    plan: Plan,
}

const fn kind(name: &'static str, weight: u32, plan: Plan) -> Kind {
    Kind { name, weight, plan }
}

/// A believable shop sells most of the time.
const KINDS: &[Kind] = &[
    kind("sale", 400, stock::sale),
    kind("return", 15, stock::take_back),
    kind("receipt", 50, stock::receipt),
    kind("stockTake", 70, stock::stock_take),
    kind("reserve", 40, stock::reserve),
    kind("price", 80, goods::price),
    kind("rename", 30, goods::rename),
    kind("describe", 20, goods::describe),
    kind("barcode", 20, goods::bar_code),
    kind("code", 5, goods::code),
    kind("weight", 10, goods::weight),
    kind("stop", 20, goods::stop),
    kind("resume", 20, goods::resume),
    kind("notSold", 8, goods::not_sold),
    kind("newGood", 30, goods::new_good),
    kind("deleteGood", 25, goods::delete),
    kind("moveGood", 30, goods::move_to_category),
    kind("newFamily", 8, family::new_family),
    kind("becomeFamily", 5, family::become_family),
    kind("gainVariant", 20, family::gain_variant),
    kind("loseVariant", 15, family::lose_variant),
    kind("gainAttribute", 5, family::gain_attribute),
    kind("loseAttribute", 5, family::lose_attribute),
    kind("gainUnit", 6, family::gain_unit),
    kind("loseUnit", 4, family::lose_unit),
    kind("bookPrice", 50, books::price),
    kind("bookPriceRemoved", 15, books::price_removed),
    kind("campaignStart", 8, books::campaign_start),
    kind("campaignEnd", 8, books::campaign_end),
    kind("bookDates", 6, books::dates),
    kind("newCategory", 4, outline::new_category),
    kind("renameCategory", 5, outline::rename_category),
    kind("moveCategory", 4, outline::move_category),
    kind("deleteCategory", 2, outline::delete_category),
    kind("renameBranch", 1, outline::rename_branch),
    kind("stopInBranch", 10, stock::stop_in_branch),
];

/// What happens to orders, invoices and customers: only where a life asks for it, so that lives of the goods alone
/// stay what they were.
const TRADE: &[Kind] = &[
    kind("newCustomer", 60, trade::new_customer),
    kind("editCustomer", 30, trade::edit_customer),
    kind("deleteCustomer", 5, trade::delete_customer),
    kind("posOrder", 100, trade::pos_order),
    kind("marketOrder", 40, trade::market_order),
    kind("confirmOrder", 60, trade::confirm_order),
    kind("editOrder", 40, trade::edit_order),
    kind("sendOrder", 20, trade::send_order),
    kind("invoiceOrder", 70, trade::invoice_order),
    kind("cancelOrder", 20, trade::cancel_order),
    kind("tillInvoice", 60, trade::till_invoice),
    kind("deliverInvoice", 40, trade::deliver),
    kind("cancelInvoice", 10, trade::cancel_invoice),
];

/// What changes the whole shop: only where a mix names it.
const RARE: &[Kind] = &[
    kind("newBranch", 1, outline::new_branch),
    kind("closeBranch", 1, outline::close_branch),
];

impl Kind {
    /// As the answer and `mix` name it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its changes.
    pub fn plan(&self, view: &mut View<'_, '_>) -> Option<Vec<Change>> {
        (self.plan)(view)
    }
}

/// The kinds that occur with their weights.
pub struct Mix {
    kinds: Vec<Kind>,
    total: u32,
}

impl Mix {
    /// From names and weights; empty means the usual ones, those of trade only when asked for.
    ///
    /// # Errors
    /// A sentence that lists the names.
    pub fn read(wanted: &BTreeMap<String, u32>, with_trade: bool) -> Result<Self, String> {
        let all = || KINDS.iter().chain(TRADE).chain(RARE);
        if let Some(unknown) = wanted
            .keys()
            .find(|name| all().all(|kind| kind.name != *name))
        {
            let known: Vec<&str> = all().map(|kind| kind.name).collect();
            return Err(format!(
                "mix: there is no step {unknown:?}; there are {}",
                known.join(", ")
            ));
        }
        let usual = KINDS.len() + if with_trade { TRADE.len() } else { 0 };
        let kinds = all().enumerate().filter_map(|(position, kind)| {
            let weight = if wanted.is_empty() && position < usual {
                kind.weight
            } else {
                wanted.get(kind.name).copied().unwrap_or(0)
            };
            (weight > 0).then_some(Kind { weight, ..*kind })
        });
        let kinds: Vec<Kind> = kinds.collect();
        let total = kinds
            .iter()
            .try_fold(0_u32, |sum, kind| sum.checked_add(kind.weight))
            .filter(|total| *total > 0)
            .ok_or("mix: the weights must add up to more than 0 and less than 4294967296")?;
        Ok(Self { kinds, total })
    }

    /// One of them by weight.
    pub fn pick(&self, dice: &mut fastrand::Rng) -> Kind {
        let mut left = dice.u32(0..self.total);
        for kind in &self.kinds {
            if left < kind.weight {
                return *kind;
            }
            left -= kind.weight;
        }
        self.kinds[0]
    }

    /// Their names.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.kinds.iter().map(|kind| kind.name).collect();
        names.join(", ")
    }
}
