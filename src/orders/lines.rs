//! The lines of a POS order: which good each is, and at which price (product.md E2, E3).
//!
//! | two lines of one good | become |
//! |---|---|
//! | same price, same note | one line |
//! | else | an extra line (`isMaster` false) |
//! | else, when the POS refuses extra lines | one line at the exact total |

use super::amounts::unit_price;
use super::mark::harmless;
use super::plan::{PlannedLine, Planner, UnknownLine};
use super::protocol::Cause;
use crate::goods::sku_key;
use crate::model::{Good, LinkKind, LinkState, Money, Quantity, SiteLine};
use crate::pos::decimal::{scaled, QUANTITY};
use crate::settings::{UnknownLineRule as Unknown, UnmappedTax};

/// A line's good.
struct Matched<'a> {
    id: String,
    row: Option<&'a Good>,
}

impl<'a> Planner<'a> {
    /// The quantity of a line in thousandths; 0 for one that is to be passed over.
    pub(super) fn quantity(&mut self, line: &SiteLine, share: i64) -> Option<i64> {
        let quantity = scaled(&line.quantity, QUANTITY);
        match quantity {
            Some(quantity) if quantity > 0 => Some(quantity),
            Some(0) if share == 0 => Some(0),
            _ => {
                self.refuse("line-quantity-odd", Cause::Order, &[("line", &line.name)]);
                None
            }
        }
    }

    /// Adds a line that costs `share` đồng.
    pub(super) fn line(&mut self, line: &SiteLine, share: i64) {
        let Some(quantity) = self.quantity(line, share) else {
            return;
        };
        if quantity == 0 {
            return;
        }
        let price = unit_price(share, quantity).map_or(0, |(price, _)| price);
        let Some(matched) = self.matched(line, price) else {
            return;
        };
        let row = matched.row;
        if !self.sold(line, row) {
            return;
        }
        let taxes = self.taxes(line);
        let planned = PlannedLine {
            item_ids: vec![line.id],
            good_id: matched.id,
            code: row.map_or_else(String::new, |row| row.code.clone()),
            name: row.map_or_else(|| line.name.clone(), |row| row.full_name.clone()),
            quantity: Quantity(quantity),
            note: harmless(&line.note),
            extra: false,
            taxes,
            paid: Money(share),
            ..PlannedLine::default()
        };
        self.place(planned);
    }

    /// Which good a line is; says why when none.
    fn matched(&mut self, line: &SiteLine, price: i64) -> Option<Matched<'a>> {
        let input = self.input;
        let shop_id = if line.variation_id > 0 {
            line.variation_id
        } else {
            line.product_id
        };
        let context = &input.context;
        let row = |id: &str| context.goods.iter().find(|good| good.id == id);
        let link = context
            .links
            .iter()
            .find(|link| link.kind == LinkKind::Good && link.shop_id == shop_id);
        match link {
            Some(link) if link.state == LinkState::Active => {
                return Some(Matched {
                    id: link.remote_id.clone(),
                    row: row(&link.remote_id),
                });
            }
            Some(link) => {
                let code = match link.state {
                    LinkState::Excluded => "line-excluded",
                    _ => "line-paused",
                };
                self.refuse(code, Cause::Link, &[("line", &line.name)]);
                return None;
            }
            None => {}
        }
        let found = input.goods.iter().find(|found| found.shop_id == shop_id);
        if let Some(found) = found {
            return Some(Matched {
                id: found.good_id.clone(),
                row: row(&found.good_id),
            });
        }
        if shop_id <= 0 {
            self.refuse("line-product-gone", Cause::Person, &[("line", &line.name)]);
            return None;
        }
        let orders = &input.settings.orders;
        let key = sku_key(&line.sku);
        let may_match = orders.match_sku && !key.is_empty() && !input.goods_asked;
        let may_make = orders.unknown_line == Unknown::Create && orders.new_category.is_some();
        if orders.unknown_line == Unknown::Create && orders.new_category.is_none() {
            self.refuse(
                "line-category-missing",
                Cause::Setting,
                &[("line", &line.name)],
            );
            return None;
        }
        if !may_match && !may_make {
            let named = [("line", line.name.as_str()), ("sku", &line.sku)];
            self.refuse("line-unlinked", Cause::Link, &named);
        }
        if !self
            .plan
            .unknown
            .iter()
            .any(|known| known.shop_id == shop_id)
        {
            self.plan.unknown.push(UnknownLine {
                shop_id,
                name: line.name.clone(),
                sku: line.sku.clone(),
                sku_key: key,
                price: Money(price),
            });
        }
        None
    }

    /// Whether the POS sells the good in the order's branch.
    fn sold(&mut self, line: &SiteLine, row: Option<&Good>) -> bool {
        let Some(row) = row else { return true };
        let branch = &self.plan.branch_id;
        let stocks = row.stocks.iter().flatten();
        let mut here = stocks.filter(|stock| stock.branch_id == *branch);
        let code = if row.deleted {
            "line-good-deleted"
        } else if !row.active {
            "line-good-stopped"
        } else if here.any(|stock| stock.active == Some(false)) {
            "line-good-stopped-here"
        } else {
            return true;
        };
        let named = [("line", line.name.as_str()), ("good", &row.code)];
        self.refuse(code, Cause::Link, &named);
        false
    }

    /// The POS taxes of a line.
    fn taxes(&mut self, line: &SiteLine) -> Vec<String> {
        let orders = &self.input.settings.orders;
        let mut taxes = Vec::new();
        for share in &line.taxes {
            let rule = orders.taxes.iter().find(|rule| rule.rate == share.rate);
            match rule {
                Some(rule) if !taxes.contains(&rule.tax) => taxes.push(rule.tax.clone()),
                Some(_) => {}
                None if orders.unmapped_tax == UnmappedTax::Refuse => {
                    let named = [("line", line.name.as_str()), ("rate", &share.rate)];
                    self.refuse("tax-unmapped", Cause::Setting, &named);
                }
                None => {}
            }
        }
        taxes
    }

    /// Prices a line and puts it beside or into the others.
    fn place(&mut self, mut line: PlannedLine) {
        price(&mut line);
        let merged = self.input.merged;
        let mut same = self.plan.lines.iter_mut();
        let twin = same.find(|other| {
            other.good_id == line.good_id
                && (merged || (other.price == line.price && other.note == line.note))
        });
        if let Some(twin) = twin {
            twin.item_ids.append(&mut line.item_ids);
            twin.quantity = twin.quantity.plus(line.quantity).unwrap_or(twin.quantity);
            twin.paid = twin.paid.plus(line.paid).unwrap_or(twin.paid);
            if twin.note != line.note {
                super::address::join(&mut twin.note, "; ", &line.note);
            }
            for tax in line.taxes {
                if !twin.taxes.contains(&tax) {
                    twin.taxes.push(tax);
                }
            }
            price(twin);
            return;
        }
        let others = &mut self.plan.lines;
        line.extra = others.iter().any(|other| other.good_id == line.good_id);
        others.push(line);
    }
}

/// While planning, money stands in whole đồng; [`super::plan`] turns it into 1/100 at the end.
fn price(line: &mut PlannedLine) {
    if let Some((price, amount)) = unit_price(line.paid.0, line.quantity.0) {
        line.price = Money(price);
        line.amount = Money(amount);
    }
}
