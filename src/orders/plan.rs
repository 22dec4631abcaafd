//! What an order of the site is in the POS, exactly, or why it cannot be (product.md E2–E4, E8, A4).
//!
//! `Σ price × quantity − discount + Σ surcharges = total`, in whole đồng, always: a line's unit price
//! is what was paid for one, rounded up, and what all lines then exceed goes into the order's
//! discount, together with fees below 0. The line `discount` of the API is never used, because
//! nobody says whether it is per unit [UNSURE-54].

use super::address;
use super::amounts::{fine, shares, tolerance, with_tax, Rate};
use super::body;
use super::description::{description, Told};
use super::mark::harmless;
use super::protocol::{Cause, Expected, FoundGood, Held, OrderContext};
use crate::customers::phone_key;
use crate::goods::weight::Scale;
use crate::model::{is_false, Issue, Money, PosEntry, Quantity, Severity, SiteCharge};
use crate::pos::decimal::{scaled, QUANTITY};
use crate::pos::{issue, owned, params};
use crate::settings::{PayMethod, Settings, WeightUnit};
use crate::text::{integer, same, sort};
use serde::{Deserialize, Serialize};

/// A line of the POS order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlannedLine {
    /// The order items it stands for.
    pub item_ids: Vec<i64>,
    /// The good's id.
    pub good_id: String,
    /// Its SKU.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Its name.
    pub name: String,
    /// The quantity, in thousandths.
    pub quantity: Quantity,
    /// The price of one, in 1/100 đồng.
    pub price: Money,
    /// Price times quantity, in 1/100 đồng.
    pub amount: Money,
    /// What was paid for it, in 1/100 đồng; at most the amount.
    pub paid: Money,
    /// Its note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// A further line of the same good.
    #[serde(skip_serializing_if = "is_false")]
    pub extra: bool,
    /// The POS taxes' ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<String>,
}

/// A product of the order that the POS does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnknownLine {
    /// The product's or variation's id.
    pub shop_id: i64,
    /// Its name as it was sold.
    pub name: String,
    /// Its SKU.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sku: String,
    /// What SKUs are compared by.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sku_key: String,
    /// The price of one as it was sold, in 1/100 đồng.
    pub price: Money,
}

/// A surcharge of the POS order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlannedCharge {
    /// Its code.
    pub code: String,
    /// The surcharge's id, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub surcharge_id: Option<String>,
    /// The amount, in 1/100 đồng.
    pub price: Money,
}

/// Where the order goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delivery {
    /// Who receives it.
    pub receiver: String,
    /// Their phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Street.
    pub address: String,
    /// Province, with the district when there is one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// Ward.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ward: String,
    /// The weight in grams, as a decimal [UNSURE-13].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
}

/// What an order would be in the POS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderPlan {
    /// It can be sent.
    pub sendable: bool,
    /// Why not, and what is worth knowing all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// What may make the first of the reasons go away.
    pub cause: Cause,
    /// The branch.
    pub branch_id: String,
    /// The customer, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// The phone the customer is found by; empty for a walk-in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The lines.
    pub lines: Vec<PlannedLine>,
    /// Products the POS does not know yet: looked for by SKU or created first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<UnknownLine>,
    /// The surcharges: shipping, then fees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<PlannedCharge>,
    /// The discount on the whole, in 1/100 đồng.
    pub discount: Money,
    /// The total, in 1/100 đồng.
    pub total: Money,
    /// What is recorded as paid, in 1/100 đồng.
    pub paid: Money,
    /// What the shop has given back of it, in 1/100 đồng: not to be collected on delivery.
    #[serde(skip_serializing_if = "Money::is_zero")]
    pub refunded: Money,
    /// How it was paid.
    pub method: PayMethod,
    /// Into which account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Shipping that is not in the total because the setting says so, in 1/100 đồng.
    pub left_out: Money,
    /// Where it goes; absent for goods that are fetched or not sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// The free text.
    pub description: String,
    /// The body of `POST /orders`, of one that can be sent.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
}

impl OrderPlan {
    /// What the POS order must look like.
    #[must_use]
    pub fn expected(&self) -> Expected {
        let mut goods: Vec<Held> = Vec::new();
        for line in &self.lines {
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
        Expected {
            branch_id: self.branch_id.clone(),
            total: self.total,
            goods,
        }
    }
}

/// What [`plan_order`] is given. With the context alone it shows what would be sent (H8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanOrderInput {
    /// The shop's settings.
    pub settings: Settings,
    /// The order and what belongs to it.
    pub context: OrderContext,
    /// The customer, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// Goods found or made for its products.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goods: Vec<FoundGood>,
    /// The mirror was asked for goods by SKU.
    #[serde(skip_serializing_if = "is_false")]
    pub goods_asked: bool,
    /// Surcharges found or made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<PosEntry>,
    /// The POS refuses two lines of one good.
    #[serde(skip_serializing_if = "is_false")]
    pub merged: bool,
}

/// Plans one order.
#[must_use]
pub fn plan_order(input: PlanOrderInput) -> OrderPlan {
    let mut planner = Planner {
        plan: OrderPlan {
            customer_id: input.customer_id.clone(),
            phone: phone_of(&input.context),
            ..OrderPlan::default()
        },
        input: &input,
        refused: false,
    };
    planner.branch();
    planner.amounts();
    planner.finish()
}

/// The phone a customer is found by: the billing one, else the shipping one.
pub(super) fn phone_of(context: &OrderContext) -> String {
    let order = &context.order;
    let key = phone_key(&order.billing.phone);
    if key.is_empty() {
        phone_key(&order.shipping.phone)
    } else {
        key
    }
}

/// A plan being made. Money stands in whole đồng until [`Planner::finish`].
pub(super) struct Planner<'a> {
    pub(super) plan: OrderPlan,
    pub(super) input: &'a PlanOrderInput,
    refused: bool,
}

impl Planner<'_> {
    /// The order cannot be sent.
    pub(super) fn refuse(&mut self, code: &str, cause: Cause, values: &[(&str, &str)]) {
        if !self.refused {
            self.plan.cause = cause;
        }
        self.refused = true;
        let number = owned(&self.input.context.order.number);
        let id = integer(self.input.context.order.id);
        let item = ("order", Some(id.as_str()), number.as_str());
        let said = issue(code, Severity::Review, item, params(values));
        if !self.plan.issues.contains(&said) {
            self.plan.issues.push(said);
        }
    }

    /// The branch of the pick-up place, else the one orders go to (A4).
    fn branch(&mut self) {
        let settings = &self.input.settings;
        let context = &self.input.context;
        let fits = |charge: &SiteCharge, place: &str| {
            same(&charge.place, place) || same(&charge.method, place)
        };
        let mut chosen = None;
        for charge in &context.order.shippings {
            let mut rules = settings.orders.places.iter();
            let rule = rules.find(|rule| !rule.place.is_empty() && fits(charge, &rule.place));
            chosen = chosen.or(rule.map(|rule| rule.branch.clone()));
        }
        let Some(branch) = chosen.or_else(|| settings.order_branch.clone()) else {
            return self.refuse("order-branch-missing", Cause::Setting, &[]);
        };
        let known = context.branches.iter().find(|known| known.id == branch);
        if known.is_some_and(|known| !known.active)
            || (known.is_none() && !context.branches.is_empty())
        {
            let name = known.map_or(&branch, |known| &known.name).clone();
            self.refuse("order-branch-closed", Cause::Setting, &[("branch", &name)]);
        }
        self.plan.branch_id = branch;
    }

    /// The rate of the order's currency, and as typed when it is a foreign one.
    fn rate(&mut self) -> (Rate, String) {
        let orders = &self.input.settings.orders;
        let currency = &self.input.context.order.currency;
        if same(currency, &orders.currency) {
            return (Rate::SAME, String::new());
        }
        let typed = orders
            .rates
            .iter()
            .find(|rule| same(&rule.currency, currency));
        let rate = typed.and_then(|rule| Some((Rate::typed(&rule.rate)?, rule.rate.clone())));
        rate.unwrap_or_else(|| {
            let named = [("currency", currency.as_str()), ("own", &orders.currency)];
            self.refuse("order-currency", Cause::Setting, &named);
            (Rate::SAME, String::new())
        })
    }

    /// Lines, surcharges, discount and total.
    fn amounts(&mut self) {
        let order = &self.input.context.order;
        let orders = &self.input.settings.orders;
        let (rate, typed_rate) = self.rate();
        let mut items = Vec::new();
        let mut below = 0_i64;
        let mut readable = true;
        let lines = order.lines.iter().map(|line| (&line.total, &line.tax));
        let charges = order.shippings.iter().chain(&order.fees);
        let charges = charges.map(|charge| (&charge.total, &charge.tax));
        for (total, tax) in lines.chain(charges) {
            let amount = with_tax(total, tax);
            readable &= amount.is_some();
            let amount = amount.unwrap_or(0);
            below = below.saturating_add(amount.min(0));
            items.push(amount.max(0));
        }
        let total = fine(&order.total);
        let (Some(total), true) = (total, readable) else {
            return self.refuse("order-amount-unreadable", Cause::Order, &[]);
        };
        let sum = items
            .iter()
            .fold(below, |sum, item| sum.saturating_add(*item));
        let off = total.saturating_sub(sum).saturating_abs();
        let decimals = self.input.settings.price_decimals;
        if off > tolerance(items.len(), decimals) {
            let values = [
                ("total", order.total.as_str()),
                ("sum", &crate::text::decimal(sum, 4)),
            ];
            return self.refuse("order-total-differs", Cause::Order, &values);
        }
        if total < 0 {
            return self.refuse("order-below-zero", Cause::Order, &[]);
        }
        let (Some(mut shares), Some(mut target)) = (shares(&items, rate), rate.dong(total)) else {
            return self.refuse("order-too-large", Cause::Person, &[]);
        };
        // The total was rounded up: the dearest item takes the đồng that are short.
        let whole = shares
            .iter()
            .fold(0_i64, |sum, share| sum.saturating_add(*share));
        let short = target.saturating_sub(whole);
        let dearest = shares.iter().copied().max().unwrap_or(0);
        let dearest = shares.iter_mut().find(|share| **share == dearest);
        if let (true, Some(share)) = (short > 0, dearest) {
            *share = share.saturating_add(short);
        }
        let mut shares = shares.into_iter();
        for line in &order.lines {
            let share = shares.next().unwrap_or(0);
            self.line(line, share);
        }
        if self.plan.lines.is_empty() && !self.refused && self.plan.unknown.is_empty() {
            self.refuse("order-without-lines", Cause::Order, &[]);
        }
        let mut shipping = 0_i64;
        for _ in &order.shippings {
            shipping = shipping.saturating_add(shares.next().unwrap_or(0));
        }
        let fees = shares.fold(0_i64, i64::saturating_add);
        if orders.shipping {
            self.charge(&orders.shipping_code, shipping);
        } else {
            self.plan.left_out = Money(shipping);
            target = target.saturating_sub(shipping).max(0);
        }
        self.charge(&orders.fee_code, fees);
        self.settle(target);
        let refunded = fine(&order.refunded).and_then(|sum| rate.dong(sum));
        let refunded = refunded.unwrap_or(0).saturating_abs();
        self.plan.refunded = Money(refunded);
        let told = Told {
            site: &self.input.context.site,
            walk_in: self.plan.phone.is_empty() && self.plan.customer_id.is_none(),
            left_out: self.plan.left_out.0,
            owed: target.saturating_sub(refunded).max(0),
            rate,
            typed_rate: &typed_rate,
        };
        self.plan.description = description(order, &told, &self.input.settings);
    }

    fn charge(&mut self, code: &str, price: i64) {
        if price <= 0 {
            return;
        }
        let known = self.input.surcharges.iter();
        let known = known.chain(&self.input.context.surcharges);
        let mut known = known.filter(|known| known.active);
        let found = known.find(|known| same(&known.code, code));
        self.plan.charges.push(PlannedCharge {
            code: owned(code),
            surcharge_id: found.map(|found| found.id.clone()),
            price: Money(price),
        });
    }

    /// The discount that makes it the total, and the payment.
    fn settle(&mut self, target: i64) {
        let add = |sum: i64, amount: Money| sum.saturating_add(amount.0);
        let goods = self.plan.lines.iter().map(|line| line.amount);
        let goods = goods.fold(0, add);
        let charges = self.plan.charges.iter().map(|charge| charge.price);
        let discount = charges.fold(goods, add).saturating_sub(target);
        self.plan.total = Money(target);
        self.plan.discount = Money(discount.max(0));
        // Lines that are missing are said already; so only a whole order is judged.
        if !self.refused && self.plan.unknown.is_empty() && (discount < 0 || discount > goods) {
            let values = [
                ("discount", &*integer(discount)),
                ("goods", &integer(goods)),
            ];
            self.refuse("order-discount-too-large", Cause::Order, &values);
        }
        let order = &self.input.context.order;
        let mut rules = self.input.settings.orders.payments.iter();
        let rule = rules.find(|rule| rule.payment == order.payment);
        let Some(rule) = rule.filter(|rule| order.paid && rule.method != PayMethod::Nothing) else {
            return;
        };
        let banked = matches!(rule.method, PayMethod::Transfer | PayMethod::Card);
        if banked && rule.account.is_none() {
            let title = &order.payment_title;
            return self.refuse(
                "payment-account-missing",
                Cause::Setting,
                &[("payment", title)],
            );
        }
        self.plan.paid = Money(target);
        self.plan.method = rule.method;
        self.plan.account = rule.account.clone().filter(|_| banked);
    }

    /// Where it goes: nowhere when it is fetched, or when nothing is shipped.
    fn delivery(&self) -> Option<Delivery> {
        let order = &self.input.context.order;
        let fetched = |charge: &SiteCharge| {
            !charge.place.is_empty()
                || charge.method.starts_with("local_pickup")
                || charge.method.starts_with("pickup_location")
        };
        if order.shippings.is_empty() || order.shippings.iter().all(fetched) {
            return None;
        }
        let own = !order.shipping.address_1.is_empty() || !order.shipping.city.is_empty();
        let to = if own { &order.shipping } else { &order.billing };
        let or =
            |first: &str, second: &str| harmless(if first.is_empty() { second } else { first });
        let place = address::place(to);
        let weight = scaled(&order.weight, QUANTITY);
        let scale = Scale::new(self.input.settings.store_weight_unit, WeightUnit::G);
        Some(Delivery {
            receiver: or(&to.name, &order.billing.name),
            phone: or(&to.phone, &order.billing.phone),
            address: place.street,
            location: place.location,
            ward: place.ward,
            weight: scale.weight(weight),
        })
    }

    /// Money into 1/100, and the body of what can be sent.
    fn finish(mut self) -> OrderPlan {
        self.plan.delivery = self.delivery();
        let plan = &mut self.plan;
        let cents = |amount: &mut Money| amount.0 = amount.0.saturating_mul(100);
        for line in &mut plan.lines {
            cents(&mut line.price);
            cents(&mut line.amount);
            cents(&mut line.paid);
        }
        for unknown in &mut plan.unknown {
            cents(&mut unknown.price);
        }
        for charge in &mut plan.charges {
            cents(&mut charge.price);
        }
        cents(&mut plan.discount);
        cents(&mut plan.total);
        cents(&mut plan.paid);
        cents(&mut plan.refunded);
        cents(&mut plan.left_out);
        plan.sendable = !self.refused;
        if plan.sendable && plan.unknown.is_empty() {
            plan.body = body::order(plan, &self.input.settings);
        }
        self.plan
    }
}
