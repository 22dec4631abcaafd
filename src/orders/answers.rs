//! What the answer to each step means.

use super::machine::Sender;
use super::mark::marked_order;
use super::protocol::{
    Cause, FoundGood, Held, Intent, OrderLink, OrderOutcome, OrderReply, SendingStep,
};
use super::steps::{new_code, PAGE_SIZE};
use crate::goods::sku_key;
use crate::model::{Good, Sale, Severity};
use crate::pos::{after, owned, params, says_deleted, Failure, PageFacts};
use crate::settings::UnknownLineRule;
use crate::text::{decimal, same, sort};

/// Status codes of orders (kiotviet-api.md §6.4).
const DRAFT: i64 = 1;
const COMPLETED: i64 = 3;
const CANCELLED: i64 = 4;
/// A cancelled invoice (§7).
const INVOICE_CANCELLED: i64 = 2;

impl Sender<'_> {
    pub(super) fn answered(&mut self, reply: OrderReply) {
        use SendingStep as S;
        let sale = reply.sales.first();
        match self.state.step {
            S::FindGoods => self.goods_found(&reply.goods),
            S::FindCode | S::MakeGood => match reply.goods.first() {
                Some(good) => self.good_known(good),
                None => self.odd(),
            },
            S::MirroredCustomer => self.mirrored(&reply.customers),
            S::ConfirmCustomer => self.confirmed(reply.customers.first()),
            S::CustomerByPhone => self.searched(&reply.customers),
            S::MakeCustomer => match reply.customers.first() {
                Some(customer) => self.settle_customer(Some(customer.id.clone())),
                None => self.odd(),
            },
            S::Surcharges | S::MakeSurcharge => self.surcharges(reply),
            S::Create => match sale {
                Some(sale) => self.created(sale),
                None => self.odd(),
            },
            S::LookUp => self.looked_up(&reply),
            S::Read => match sale {
                Some(sale) => self.read(sale),
                None => self.odd(),
            },
            S::Change => self.updated(sale),
            S::Cancel => {
                // Read again: a message alone proves nothing. It is not asked for endlessly.
                self.state.attempts = self.state.attempts.saturating_add(1);
                self.ask(S::Read);
            }
            S::Invoices => self.invoices(&reply),
            S::MakeInvoice => match sale {
                Some(_) => self.sent(),
                None => self.odd(),
            },
            S::Start | S::Done => {}
        }
    }

    /// A refusal.
    pub(super) fn refused(&mut self, failure: &Failure) {
        use SendingStep as S;
        match self.state.step {
            S::FindCode if says_deleted(failure) || not_found(failure) => {
                if !self.may_come() {
                    self.ask(S::MakeGood);
                }
            }
            S::ConfirmCustomer => self.confirmed(None),
            S::Read if not_found(failure) || says_deleted(failure) => {
                self.end(
                    OrderOutcome::Review,
                    "pos-order-gone",
                    Vec::new(),
                    Cause::Person,
                );
            }
            S::MakeSurcharge => {
                // One of this code that is switched off is not in the list (§8).
                let code = self.missing_surcharge().unwrap_or_default();
                let mut values = params(&[("surcharge", &code)]);
                values.extend(failure.params.iter().cloned());
                self.end(
                    OrderOutcome::Failed,
                    "surcharge-refused",
                    values,
                    Cause::Setting,
                );
            }
            S::Create | S::MakeInvoice | S::Change => self.write_refused(failure),
            _ => self.refused_for_good(failure),
        }
    }

    /// An answer without what was asked for: of a change, its outcome is unknown.
    fn odd(&mut self) {
        let lost = crate::pos::failure(crate::pos::FailureKind::Passing, "pos-odd-answer", &[]);
        match self.state.step {
            SendingStep::Create
            | SendingStep::MakeCustomer
            | SendingStep::MakeGood
            | SendingStep::MakeInvoice => self.unknown(self.now),
            _ => self.end(OrderOutcome::Failed, &lost.code, lost.params, Cause::Time),
        }
    }

    /// Goods of the mirror by SKU: one good of a SKU is it, two are nobody's (B4).
    fn goods_found(&mut self, goods: &[Good]) {
        self.state.goods_asked = true;
        for line in self.keyed() {
            let mut fits = goods.iter().filter(|good| sku_key(&good.code) == line.1);
            if let (Some(good), None) = (fits.next(), fits.next()) {
                self.found(line.0, good);
            }
        }
        self.prepare();
    }

    /// Products without a good, with their SKU's key.
    fn keyed(&self) -> Vec<(i64, String)> {
        let lines = self.plan().unknown;
        let mut keyed = Vec::new();
        for line in lines {
            if !line.sku_key.is_empty() {
                keyed.push((line.shop_id, line.sku_key));
            }
        }
        keyed
    }

    fn found(&mut self, shop_id: i64, good: &Good) {
        let found = FoundGood {
            shop_id,
            good_id: good.id.clone(),
            code: good.code.clone(),
        };
        self.state.goods.push(found.clone());
        self.told.goods.push(found);
    }

    /// A good that was looked up by code or made.
    fn good_known(&mut self, good: &Good) {
        self.state.unknown_since = None;
        let line = self.plan().unknown.into_iter().next();
        let Some(line) = line.filter(|_| {
            // An order may be made fit by linking while it is sent.
            self.settings.orders.unknown_line == UnknownLineRule::Create
        }) else {
            return self.prepare();
        };
        if self.state.step == SendingStep::FindCode && !same(&good.code, &new_code(&line)) {
            return self.odd();
        }
        let values = params(&[("line", &line.name), ("good", &good.code)]);
        let code = if self.state.step == SendingStep::MakeGood {
            "line-good-made"
        } else {
            "line-good-found"
        };
        self.say(code, Severity::Notice, values);
        self.found(line.shop_id, good);
        self.prepare();
    }

    fn surcharges(&mut self, reply: OrderReply) {
        let made = self.state.step == SendingStep::MakeSurcharge;
        let wanted = self.missing_surcharge().unwrap_or_default();
        for mut entry in reply.entries {
            if made {
                // What making gives may leave the code out; there is only one it can be.
                entry.code.clone_from(&wanted);
                entry.active = true;
                self.say(
                    "surcharge-made",
                    Severity::Notice,
                    params(&[("surcharge", &entry.name)]),
                );
            }
            self.told.surcharges.push(entry.clone());
            self.state.surcharges.push(entry);
        }
        // Only what orders use is kept in the state.
        let orders = &self.settings.orders;
        let used = [&orders.shipping_code, &orders.fee_code];
        let keep = |code: &str| used.iter().any(|used| same(used, code));
        self.state.surcharges.retain(|entry| keep(&entry.code));
        match self.missing_surcharge() {
            None => {
                self.state.unknown_since = None;
                self.prepare();
            }
            Some(missing) if made && missing == wanted => self.odd(),
            Some(_) => {
                if !self.may_come() {
                    self.ask(SendingStep::MakeSurcharge);
                }
            }
        }
    }

    /// The order was made.
    fn created(&mut self, sale: &Sale) {
        self.keep(sale);
        self.compare(sale, "order-total-other");
        self.refunded();
        self.sent();
    }

    /// Keeps the POS order with the site's.
    fn keep(&mut self, sale: &Sale) {
        let branch = sale.branch_id.clone().or_else(|| {
            let expected = self.state.expected.as_ref();
            expected.map(|expected| expected.branch_id.clone())
        });
        self.told.link = Some(OrderLink {
            order_id: self.context.order.id,
            remote_id: sale.id.clone(),
            code: sale.code.clone(),
            branch_id: branch.unwrap_or_default(),
            total: sale.total,
            sent: self.state.sent.clone(),
            customer_id: self.state.customer_id.clone(),
            merged: self.state.merged,
            accepted: self.now,
        });
    }

    /// Says when the POS's total is not what was sent.
    fn compare(&mut self, sale: &Sale, code: &str) {
        let expected = self.state.expected.as_ref();
        let wanted = expected.map_or(sale.total, |expected| expected.total);
        if sale.total != wanted {
            let values = [
                ("order", sale.code.as_str()),
                ("total", &decimal(sale.total.0, 2)),
                ("expected", &decimal(wanted.0, 2)),
            ];
            self.say(code, Severity::Review, params(&values));
        }
    }

    pub(super) fn sent(&mut self) {
        self.state.unknown_since = None;
        self.state.step = SendingStep::Done;
        self.end(OrderOutcome::Sent, "", Vec::new(), Cause::Person);
    }

    /// A page of the POS's recent orders.
    fn looked_up(&mut self, reply: &OrderReply) {
        for sale in &reply.sales {
            match marked_order(&sale.description, &self.context.site) {
                Some(id) if id == self.context.order.id => self.state.marked.push(sale.clone()),
                None if self.looks_alike(sale) && !self.state.cleared.contains(&sale.code) => {
                    self.state.doubtful.push(sale.code.clone());
                }
                _ => {}
            }
        }
        let page = reply.page.clone().unwrap_or_default();
        if page.unreadable > 0 && !self.state.cleared.iter().any(|judged| judged == "?") {
            self.state.doubtful.push(owned("?"));
        }
        if more(&page, self.state.offset) {
            self.state.offset = self.state.offset.saturating_add(page.rows);
            return self.ask(SendingStep::LookUp);
        }
        self.state.offset = 0;
        self.judge();
    }

    /// An order that may be this one without its mark: made since it was sent, with the same
    /// customer, goods and total.
    fn looks_alike(&self, sale: &Sale) -> bool {
        let Some(expected) = &self.state.expected else {
            return false;
        };
        let asked = self.state.first_asked.unwrap_or(self.now);
        let since = sale.created.or(sale.purchased);
        since.is_none_or(|since| since >= asked)
            && sale.customer_id == self.state.customer_id
            && sale.total == expected.total
            && held(sale) == *expected.goods
    }

    /// What looking up came to.
    fn judge(&mut self) {
        let mut marked = std::mem::take(&mut self.state.marked);
        sort(&mut marked, |a, b| after(&b.id, &a.id));
        let mut living = marked.iter();
        let mut living: Vec<&Sale> = living
            .by_ref()
            .filter(|sale| sale.status != Some(CANCELLED))
            .collect();
        if living.is_empty() {
            living.extend(marked.first());
        }
        if let Some(sale) = living.first() {
            self.keep(sale);
            self.compare(sale, "order-adopted-differs");
            for double in living.iter().skip(1) {
                let values = [("keep", sale.code.as_str()), ("double", &double.code)];
                self.say("order-doubled", Severity::Review, params(&values));
            }
            return self.sent();
        }
        if let Some(first) = self.state.doubtful.first() {
            let values = params(&[("order", first)]);
            return self.end(
                OrderOutcome::Review,
                "order-in-doubt",
                values,
                Cause::Person,
            );
        }
        if !self.may_come() {
            self.prepare();
        }
    }

    /// The POS order before it is changed, or after it was cancelled.
    fn read(&mut self, sale: &Sale) {
        let values = params(&[("order", &sale.code), ("status", &sale.label)]);
        match (self.state.intent, sale.status) {
            (Intent::Cancel, Some(CANCELLED)) => self.sent(),
            (Intent::Cancel, Some(COMPLETED)) => {
                self.end(
                    OrderOutcome::Review,
                    "pos-order-completed",
                    values,
                    Cause::Person,
                );
            }
            (Intent::Cancel, _) if self.state.attempts >= 2 => {
                self.end(
                    OrderOutcome::Review,
                    "pos-order-not-cancelled",
                    values,
                    Cause::Person,
                );
            }
            (Intent::Cancel, _) => self.ask(SendingStep::Cancel),
            (Intent::Update, Some(DRAFT)) => {
                let branch = self.plan().branch_id;
                if sale.branch_id.as_ref().is_some_and(|held| *held != branch) {
                    let code = "order-branch-changed";
                    return self.end(OrderOutcome::Review, code, values, Cause::Person);
                }
                self.take_customer(sale);
            }
            (Intent::Update, _) => {
                self.end(
                    OrderOutcome::Review,
                    "pos-order-not-draft",
                    values,
                    Cause::Person,
                );
            }
            (Intent::Invoice, Some(CANCELLED)) => {
                self.end(
                    OrderOutcome::Review,
                    "pos-order-cancelled",
                    values,
                    Cause::Person,
                );
            }
            (Intent::Invoice, Some(COMPLETED)) => self.sent(),
            (Intent::Invoice, _) => {
                self.state.customer_id.clone_from(&sale.customer_id);
                self.state.customer_settled = true;
                self.ask(SendingStep::Invoices);
            }
            (Intent::Create, _) => self.odd(),
        }
    }

    /// A changed order keeps its customer.
    fn take_customer(&mut self, sale: &Sale) {
        self.state.customer_id.clone_from(&sale.customer_id);
        self.state.customer_settled = true;
        self.prepare();
    }

    /// The POS order is as the site's now is.
    pub(super) fn updated(&mut self, sale: Option<&Sale>) {
        if let Some(sale) = sale {
            self.keep(sale);
            self.compare(sale, "order-total-other");
        }
        self.refunded();
        self.sent();
    }

    /// Names what was given back in part (E6): the API has no returns, so the description tells it and a person makes it.
    fn refunded(&mut self) {
        let refunded = &self.context.order.refunded;
        if super::amounts::fine(refunded).unwrap_or(0) > 0 {
            let values = params(&[("refunded", refunded)]);
            self.say("order-refunded-partly", Severity::Review, values);
        }
    }

    /// The POS order's invoices: one that is not cancelled is enough.
    fn invoices(&mut self, reply: &OrderReply) {
        let link = self.context.link.as_ref();
        let ours = |sale: &Sale| {
            let by_link = link.is_some_and(|link| {
                sale.order_id.as_ref() == Some(&link.remote_id)
                    || (!link.code.is_empty() && sale.order_code == link.code)
            });
            by_link
                || marked_order(&sale.description, &self.context.site)
                    == Some(self.context.order.id)
        };
        let living = |sale: &&Sale| sale.status != Some(INVOICE_CANCELLED);
        if reply.sales.iter().filter(living).any(ours) {
            return self.sent();
        }
        if !self.may_come() {
            self.prepare();
        }
    }
}

/// The goods of a POS order, each once, in the order of their ids.
fn held(sale: &Sale) -> Vec<Held> {
    let mut goods: Vec<Held> = Vec::new();
    for line in &sale.lines {
        match goods.iter_mut().find(|held| held.good_id == line.good_id) {
            Some(held) => {
                held.quantity = held.quantity.plus(line.quantity).unwrap_or(held.quantity);
            }
            None => goods.push(Held {
                good_id: line.good_id.clone(),
                quantity: line.quantity,
            }),
        }
    }
    sort(&mut goods, |a, b| a.good_id < b.good_id);
    goods
}

/// Whether a list goes on behind a page.
fn more(page: &PageFacts, offset: i64) -> bool {
    let end = offset.saturating_add(page.rows);
    page.rows > 0
        && page
            .total
            .map_or(page.rows >= PAGE_SIZE, |total| end < total)
}

/// Whether the POS says that there is no such thing, by status or words [UNSURE-2].
pub(crate) fn not_found(failure: &Failure) -> bool {
    let folded = crate::text::fold(super::refusal::said(failure));
    failure.code == "pos-not-found" || folded.contains("không tồn tại")
}
