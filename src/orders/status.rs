//! How far an order of the site is, by what the POS says of it (product.md F1–F3).
//!
//! The POS is read anew before this is asked, so what comes in is the truth of a moment; two
//! moments may still arrive in the wrong order, and each may come twice. Therefore:
//!
//! * an answer older than the one that was last followed changes nothing;
//! * a status never goes backwards, unless its rule says so;
//! * an order that is over on the site (refunded, in the trash) is left alone.
//!
//! | told by | asks for |
//! |---|---|
//! | the order is cancelled, or all invoices of a sale that is no order | the rule of order 4: `cancelled` |
//! | the order is completed, or completed invoices cover all its lines | `completed` |
//! | an invoice's delivery, else an open invoice, else the order | their rules |
//!
//! A code and its label must agree [UNSURE-36]; otherwise nothing is written and it is listed.

use super::protocol::Held;
use crate::model::{is_false, Instant, Issue, Param, Quantity, Sale, Severity};
use crate::pos::{issue, owned, params};
use crate::settings::{Handler, Settings, StatusOf, StatusRule};
use crate::text::{integer, same};
use serde::{Deserialize, Serialize};

/// A POS status: whose, its code, its labels, the shop's status it asks for by default.
type Known = (StatusOf, i64, &'static [&'static str], &'static str);

/// Every status of the sheet (kiotviet-api.md §12). An empty default leaves the order alone.
static KNOWN: [Known; 21] = [
    (StatusOf::Order, 1, &["Phiếu tạm"], "processing"),
    (
        StatusOf::Order,
        2,
        &["Đang giao hàng", "Đang xử lý"],
        "processing",
    ),
    (StatusOf::Order, 3, &["Hoàn thành"], "completed"),
    (StatusOf::Order, 4, &["Đã hủy", "Đã huỷ"], "cancelled"),
    (StatusOf::Order, 5, &["Đã xác nhận"], "processing"),
    (StatusOf::Invoice, 1, &["Hoàn thành"], "completed"),
    // An order may get another invoice: only the order itself is cancelled.
    (StatusOf::Invoice, 2, &["Đã hủy", "Đã huỷ"], ""),
    (StatusOf::Invoice, 3, &["Đang xử lý"], "processing"),
    (StatusOf::Invoice, 5, &["Không giao được"], ""),
    (
        StatusOf::Delivery,
        1,
        &["Chờ xử lý", "Chưa giao hàng"],
        "processing",
    ),
    (StatusOf::Delivery, 2, &["Đang giao hàng"], "processing"),
    (
        StatusOf::Delivery,
        3,
        &["Giao thành công", "Đã giao hàng"],
        "completed",
    ),
    (StatusOf::Delivery, 4, &["Đang chuyển hoàn"], ""),
    (StatusOf::Delivery, 5, &["Đã chuyển hoàn"], ""),
    (StatusOf::Delivery, 6, &["Đã hủy", "Đã huỷ"], ""),
    (StatusOf::Delivery, 7, &["Đang lấy hàng"], "processing"),
    (StatusOf::Delivery, 8, &["Chờ lấy lại"], "processing"),
    (StatusOf::Delivery, 9, &["Đã lấy hàng"], "processing"),
    (StatusOf::Delivery, 10, &["Chờ giao lại"], "processing"),
    (
        StatusOf::Delivery,
        11,
        &["Chờ chuyển hàng", "Chờ chuyển hoàn"],
        "",
    ),
    (StatusOf::Delivery, 12, &["Chờ chuyển hoàn lại"], ""),
];

/// What was followed last, kept beside the order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusMemory {
    /// The latest change of the POS order or its invoices that was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Instant>,
    /// The waybill in the order's note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub waybill: String,
    /// The carrier in it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub carrier: String,
}

/// What [`plan_status`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusInput {
    /// The shop's settings.
    pub settings: Settings,
    /// The site's order.
    pub order_id: i64,
    /// Its number.
    pub number: String,
    /// Its status without `wc-`.
    pub status: String,
    /// What was followed last.
    pub memory: StatusMemory,
    /// The POS order, as just read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale: Option<Sale>,
    /// Its invoices, as just read. One that names another order is passed over: an invoice's order
    /// is what its own detail says (F3).
    pub invoices: Vec<Sale>,
    /// The site's order is just being made from it (F4): it begins as the POS has it, whoever decides
    /// from then on.
    #[serde(skip_serializing_if = "is_false")]
    pub made: bool,
    /// When the POS was asked for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<Instant>,
    /// What must be delivered where there is no POS order: the lines of the invoice it was made from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goods: Vec<Held>,
}

/// What becomes of the site's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusPlan {
    /// Set this status, through WooCommerce's own call; absent: leave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why, or why not: a code of `src/words.json`.
    pub reason: String,
    /// Values for its sentence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// Add a note of this code (`delivery-note`) and set the waybill's and carrier's fields.
    #[serde(skip_serializing_if = "is_false")]
    pub delivery_note: bool,
    /// Keep this beside the order.
    pub memory: StatusMemory,
    /// All of it is invoiced, or it is cancelled: stock rows read after this instant show it even
    /// where reserved is not counted ([`super::HoldingOrder::over`], D5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<Instant>,
    /// What is to be listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

/// What a code asks for.
struct Asked {
    status: String,
    backwards: bool,
    /// By the shop's own rule: it may name a status that stands where another does.
    own: bool,
}

/// Decides what becomes of the site's order. Nothing is cancelled or restocked here: WooCommerce
/// does that once, when the status is set through its own call (F2).
#[must_use]
pub fn plan_status(mut input: StatusInput) -> StatusPlan {
    if let Some(sale) = &input.sale {
        input.invoices.retain(|invoice| of_order(invoice, sale));
    }
    let mut following = Following {
        plan: StatusPlan {
            memory: input.memory.clone(),
            ..StatusPlan::default()
        },
        input: &input,
    };
    following.delivery();
    following.plan.over = input.read.filter(|_| following.over());
    following.follow();
    following.plan
}

/// Whether an invoice may be of an order; what names none came from that order's own list.
fn of_order(invoice: &Sale, order: &Sale) -> bool {
    let named = invoice.order_id.as_ref();
    let by_code = invoice.order_code.is_empty() || same(&invoice.order_code, &order.code);
    named.map_or(by_code, |id| *id == order.id)
}

struct Following<'a> {
    plan: StatusPlan,
    input: &'a StatusInput,
}

impl Following<'_> {
    fn follow(&mut self) {
        let settings = &self.input.settings.orders;
        let made = self.input.made;
        if !settings.status_to_site && !made {
            return self.leave("status-off", &[]);
        }
        if settings.handler == Handler::Site && !made {
            return self.leave("status-site-decides", &[]);
        }
        let changes = self.input.invoices.iter().chain(&self.input.sale);
        let seen = changes
            .filter_map(|sale| sale.modified.or(sale.created))
            .max();
        if seen.is_some() && seen < self.input.memory.seen {
            return self.leave("status-old", &[]);
        }
        let Some(asked) = self.asked() else { return };
        self.plan.memory.seen = seen.max(self.input.memory.seen);
        let now = self.input.status.as_str();
        let values = [("from", now), ("to", asked.status.as_str())];
        if asked.status.is_empty() || asked.status == now {
            return self.leave("status-same", &[]);
        }
        let over = ["refunded", "trash", "checkout-draft", "auto-draft", "draft"].contains(&now);
        let (wanted, held) = (rank(&asked.status), rank(now));
        let back = !asked.backwards && (wanted < held || (wanted == held && !asked.own));
        let late_cancel = asked.status == "cancelled" && now == "completed" && !asked.backwards;
        if over || back || late_cancel {
            let ended = ["cancelled", "refunded", "trash"].contains(&now);
            if asked.status == "cancelled" && !ended {
                // Worth a look: only one side says that it is over.
                self.say("status-cancelled-late", &values);
            }
            return self.leave("status-backwards", &values);
        }
        self.plan.status = Some(asked.status.clone());
        self.plan.reason = owned("status-follows");
        self.plan.params = params(&values);
    }

    /// Whether the POS's own stock shows all of the order: it is done or cancelled, or invoices that
    /// stand cover its lines.
    fn over(&self) -> bool {
        let order = self.input.sale.as_ref();
        if order.is_some_and(|sale| matches!(sale.status, Some(3 | 4))) {
            return true;
        }
        let mut covered: Vec<Held> = Vec::new();
        for invoice in &self.input.invoices {
            if invoice.status != Some(2) {
                cover(&mut covered, invoice);
            }
        }
        let wanted = self.wanted();
        !wanted.is_empty() && wanted.iter().all(|good| has(&covered, good))
    }

    /// What must be delivered.
    fn wanted(&self) -> Vec<Held> {
        match &self.input.sale {
            Some(sale) => {
                let mut wanted = Vec::new();
                cover(&mut wanted, sale);
                wanted
            }
            None => self.input.goods.clone(),
        }
    }

    /// The status that is asked for; `None` when it is said why there is none.
    fn asked(&mut self) -> Option<Asked> {
        let input = self.input;
        let order = input.sale.as_ref();
        let of_order = match order {
            Some(sale) => Some(self.rule(StatusOf::Order, sale.status, &sale.label)?),
            None => None,
        };
        let code = order.and_then(|sale| sale.status);
        if matches!(code, Some(3 | 4)) {
            return of_order;
        }
        let mut invoices = input.invoices.iter();
        if order.is_none()
            && invoices.len() > 0
            && invoices.all(|invoice| invoice.status == Some(2))
        {
            // A sale that never was an order is over with its invoice.
            return self.rule(StatusOf::Order, Some(4), "");
        }
        let mut open: Option<Asked> = None;
        let mut covered: Vec<Held> = Vec::new();
        for invoice in &input.invoices {
            let rule = self.rule(StatusOf::Invoice, invoice.status, &invoice.label)?;
            if rule.status == "completed" {
                cover(&mut covered, invoice);
            }
            let delivery = invoice.delivery.as_ref().filter(|to| to.status.is_some());
            let rule = match delivery {
                Some(to) if invoice.status != Some(2) => {
                    let rule = self.rule(StatusOf::Delivery, to.status, &to.label)?;
                    if rule.status.is_empty() {
                        self.say(
                            "delivery-odd",
                            &[("invoice", &invoice.code), ("status", &to.label)],
                        );
                    }
                    rule
                }
                _ => rule,
            };
            if !rule.status.is_empty() && rule.status != "completed" {
                open = open.or(Some(rule));
            }
        }
        let wanted = self.wanted();
        if !covered.is_empty()
            && !wanted.is_empty()
            && wanted.iter().all(|good| has(&covered, good))
        {
            let done = self.rule(StatusOf::Invoice, Some(1), "")?;
            return Some(done);
        }
        let asked = open.or(of_order);
        if asked.is_none() {
            self.leave("status-nothing", &[]);
        }
        asked
    }

    /// What a code asks for, by the shop's own rule, else by default; `None` and a word when code and
    /// label do not agree or are unknown.
    fn rule(&mut self, of: StatusOf, code: Option<i64>, label: &str) -> Option<Asked> {
        let code_text = code.map_or_else(|| owned("?"), integer);
        let known = KNOWN
            .iter()
            .find(|known| known.0 == of && Some(known.1) == code);
        let mut rules = self.input.settings.orders.status_rules.iter();
        let own = rules.find(|rule| rule.of == of && Some(rule.code) == code);
        let values = [("status", code_text.as_str()), ("label", label)];
        let agrees =
            |known: &Known| label.is_empty() || known.2.iter().any(|text| same(text, label));
        match (known, own) {
            (None, None) => {
                self.say("status-unknown", &values);
                self.leave("status-unknown", &values);
                None
            }
            (Some(known), _) if !agrees(known) => {
                self.say("status-label-differs", &values);
                self.leave("status-label-differs", &values);
                None
            }
            (
                _,
                Some(StatusRule {
                    status, backwards, ..
                }),
            ) => Some(Asked {
                status: status.clone(),
                backwards: *backwards,
                own: true,
            }),
            (Some(known), None) => Some(Asked {
                status: owned(known.3),
                backwards: false,
                own: false,
            }),
        }
    }

    /// The waybill and carrier, for the order's note and a field that themes can show (F3).
    fn delivery(&mut self) {
        let living = self
            .input
            .invoices
            .iter()
            .filter(|invoice| invoice.status != Some(2));
        let sales = living.chain(&self.input.sale);
        let mut deliveries = sales.filter_map(|sale| sale.delivery.as_ref());
        let Some(delivery) = deliveries.find(|delivery| !delivery.code.is_empty()) else {
            return;
        };
        let memory = &mut self.plan.memory;
        if memory.waybill != delivery.code || memory.carrier != delivery.carrier {
            memory.waybill.clone_from(&delivery.code);
            memory.carrier.clone_from(&delivery.carrier);
            self.plan.delivery_note = true;
        }
    }

    fn leave(&mut self, reason: &str, values: &[(&str, &str)]) {
        self.plan.reason = owned(reason);
        self.plan.params = params(values);
    }

    fn say(&mut self, code: &str, values: &[(&str, &str)]) {
        let id = integer(self.input.order_id);
        let item = ("order", Some(id.as_str()), self.input.number.as_str());
        let said = issue(code, Severity::Review, item, params(values));
        self.plan.issues.push(said);
    }
}

/// How far a status is. Cancelled and failed orders are behind every other: they are over, and
/// nothing goes back from there.
fn rank(status: &str) -> i64 {
    match status {
        "pending" | "checkout-draft" => 0,
        "on-hold" => 1,
        "completed" => 3,
        "failed" => 4,
        "cancelled" => 5,
        "refunded" | "trash" => 6,
        // Processing, and statuses of other plugins, which stand where it does.
        _ => 2,
    }
}

fn cover(goods: &mut Vec<Held>, sale: &Sale) {
    for line in &sale.lines {
        match goods.iter_mut().find(|held| held.good_id == line.good_id) {
            Some(held) => {
                held.quantity = held.quantity.plus(line.quantity).unwrap_or(held.quantity)
            }
            None => goods.push(Held {
                good_id: line.good_id.clone(),
                quantity: line.quantity,
            }),
        }
    }
}

fn has(goods: &[Held], wanted: &Held) -> bool {
    let mut goods = goods.iter().filter(|held| held.good_id == wanted.good_id);
    goods.next().map_or(Quantity::ZERO, |held| held.quantity) >= wanted.quantity
}
