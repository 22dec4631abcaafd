//! A small POS: orders, customers, surcharges and goods with the fields sending looks at.

use super::super::{OrderReply, OrderRequest, OrderRequestKind};
use crate::customers::phone_key;
use crate::model::{Good, Instant, Money, PosCustomer, PosEntry, Quantity, Sale, SaleLine};
use crate::pos::{failure, FailureKind, PageFacts};
use serde_json::Value;

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is answered.
    None,
    /// It never arrives, and the client gives up.
    LostBefore,
    /// It is carried out, and the answer is lost.
    LostAfter,
    /// It is carried out so many milliseconds after the client gave up.
    Late(Instant),
    /// The process dies before sending it.
    KilledBefore,
    /// The process dies after it was carried out.
    KilledAfter,
    /// 401, 429, a temporary refusal: not carried out.
    Unauthorized,
    Limited,
    /// 5xx, carried out or not.
    Broken(bool),
    /// Garbage instead of the answer.
    Garbage,
}

#[derive(Default)]
pub struct Pos {
    pub orders: Vec<Sale>,
    pub customers: Vec<PosCustomer>,
    pub surcharges: Vec<PosEntry>,
    pub goods: Vec<Good>,
    pub invoices: Vec<Sale>,
    late: Vec<(Instant, OrderRequest)>,
    next: i64,
    /// Refuses two lines of one good, even as an extra line.
    pub strict: bool,
}

fn cents(value: &Value) -> i64 {
    value.as_i64().unwrap_or(0) * 100
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

impl Pos {
    fn id(&mut self) -> String {
        self.next += 1;
        (9000 + self.next).to_string()
    }

    /// Carries out what came late until now.
    pub fn tick(&mut self, now: Instant) {
        let (due, rest): (Vec<_>, Vec<_>) = self.late.drain(..).partition(|(at, _)| *at <= now);
        self.late = rest;
        for (at, request) in due {
            self.answer(&request, at);
        }
    }

    /// A request with a fault: the reply, or none when its process died.
    pub fn handle(
        &mut self,
        request: &OrderRequest,
        fault: Fault,
        now: Instant,
    ) -> Option<OrderReply> {
        let failed = |kind: FailureKind, code: &str| {
            Some(OrderReply {
                id: request.id,
                failure: Some(failure(kind, code, &[])),
                ..OrderReply::default()
            })
        };
        let local = matches!(
            request.kind,
            OrderRequestKind::Token | OrderRequestKind::FindGoods | OrderRequestKind::FindCustomers
        );
        match fault {
            Fault::KilledBefore => None,
            Fault::KilledAfter => {
                self.answer(request, now);
                None
            }
            _ if local => Some(self.answer(request, now)),
            Fault::None => Some(self.answer(request, now)),
            Fault::LostBefore => failed(FailureKind::Passing, "pos-timeout"),
            Fault::LostAfter => {
                self.answer(request, now);
                failed(FailureKind::Passing, "pos-timeout")
            }
            Fault::Late(by) => {
                self.late.push((now + by, request.clone()));
                failed(FailureKind::Passing, "pos-timeout")
            }
            Fault::Unauthorized => failed(FailureKind::Unauthorized, "token-refused"),
            Fault::Limited => failed(FailureKind::RateLimited, "rate-limited"),
            Fault::Broken(done) => {
                if done {
                    self.answer(request, now);
                }
                failed(FailureKind::Passing, "pos-fault")
            }
            Fault::Garbage => {
                self.answer(request, now);
                failed(FailureKind::Passing, "pos-not-json")
            }
        }
    }

    fn answer(&mut self, request: &OrderRequest, now: Instant) -> OrderReply {
        let mut reply = OrderReply {
            id: request.id,
            ..OrderReply::default()
        };
        let query = |name: &str| {
            let mut query = request.query.iter();
            query
                .find(|param| param.name == name)
                .map(|param| param.value.clone())
        };
        let body: Value = serde_json::from_str(&request.body).unwrap_or(Value::Null);
        let refused = |message: &str| {
            let said = [("message", message), ("status", "420")];
            Some(failure(FailureKind::Refused, "pos-refused", &said))
        };
        match (request.kind, request.path.as_str()) {
            (OrderRequestKind::Get, "/customers") => {
                let wanted = query("contactNumber").unwrap_or_default();
                let fits = |customer: &&PosCustomer| customer.phone.contains(&wanted);
                reply.customers = self.customers.iter().filter(fits).cloned().collect();
            }
            (OrderRequestKind::Post, "/customers") => {
                let phone = text(&body["contactNumber"]);
                let customer = PosCustomer {
                    id: self.id(),
                    name: text(&body["name"]),
                    phone_key: phone_key(&phone),
                    phone,
                    ..PosCustomer::default()
                };
                self.customers.push(customer.clone());
                reply.customers.push(customer);
            }
            (OrderRequestKind::Get, "/surchages") => reply.entries = self.surcharges.clone(),
            (OrderRequestKind::Post, "/surchages") => {
                let entry = PosEntry {
                    id: self.id(),
                    name: text(&body["name"]),
                    code: text(&body["code"]),
                    active: true,
                };
                self.surcharges.push(entry.clone());
                reply.entries.push(entry);
            }
            (OrderRequestKind::Post, "/products") => {
                let good = Good {
                    id: self.id(),
                    code: text(&body["code"]),
                    active: true,
                    ..Good::default()
                };
                self.goods.push(good.clone());
                reply.goods.push(good);
            }
            (OrderRequestKind::Post, "/orders") => match self.order(&body, now) {
                Some(sale) => {
                    self.orders.push(sale.clone());
                    reply.sales.push(sale);
                }
                None => reply.failure = refused("Sản phẩm bị trùng"),
            },
            (OrderRequestKind::Get, "/orders") => {
                // Two a page, so that looking up turns pages.
                let from: usize = query("currentItem")
                    .and_then(|item| item.parse().ok())
                    .unwrap_or(0);
                reply.sales = self.orders.iter().skip(from).take(2).cloned().collect();
                reply.page = Some(PageFacts {
                    total: i64::try_from(self.orders.len()).ok(),
                    rows: i64::try_from(reply.sales.len()).unwrap_or(0),
                    ..PageFacts::default()
                });
            }
            (OrderRequestKind::Get, "/invoices") => reply.sales = self.invoices.clone(),
            (OrderRequestKind::Post, "/invoices") => {
                if let Some(mut sale) = self.order(&body, now) {
                    sale.order_id = Some(text(&body["orderId"]));
                    self.invoices.push(sale.clone());
                    reply.sales.push(sale);
                }
            }
            (kind, path) => {
                let id = path.rsplit('/').next().unwrap_or_default();
                if path.starts_with("/products/code/") {
                    match self.goods.iter().find(|good| good.code == id) {
                        Some(good) => reply.goods.push(good.clone()),
                        None => {
                            reply.failure =
                                refused("Hàng hóa được chọn không tồn tại hoặc đã bị xóa");
                        }
                    }
                } else if path.starts_with("/customers/") {
                    match self.customers.iter().find(|customer| customer.id == id) {
                        Some(customer) => reply.customers.push(customer.clone()),
                        None => reply.failure = refused("Khách hàng không tồn tại"),
                    }
                } else if let Some(at) = self.orders.iter().position(|sale| sale.id == id) {
                    match kind {
                        OrderRequestKind::Put => {
                            if let Some(changed) = self.order(&body, now) {
                                let held = &mut self.orders[at];
                                *held = Sale {
                                    id: held.id.clone(),
                                    code: held.code.clone(),
                                    ..changed
                                };
                            }
                        }
                        OrderRequestKind::Delete => self.orders[at].status = Some(4),
                        _ => {}
                    }
                    if kind != OrderRequestKind::Delete {
                        reply.sales.push(self.orders[at].clone());
                    }
                } else if path.starts_with("/orders/") {
                    reply.failure = refused("Đơn hàng không tồn tại");
                }
            }
        }
        reply
    }

    fn order(&mut self, body: &Value, now: Instant) -> Option<Sale> {
        let rows = body["orderDetails"]
            .as_array()
            .or(body["invoiceDetails"].as_array());
        let mut lines: Vec<SaleLine> = Vec::new();
        let mut total = 0;
        for row in rows.into_iter().flatten() {
            let quantity = row["quantity"].to_string();
            let quantity = crate::text::thousandths(&quantity).unwrap_or(0);
            let line = SaleLine {
                good_id: text(&row["productId"]),
                quantity: Quantity(quantity),
                price: Money(cents(&row["price"])),
                ..SaleLine::default()
            };
            let twin = lines.iter().any(|other| other.good_id == line.good_id);
            if twin && (self.strict || row["isMaster"] != Value::Bool(false)) {
                return None;
            }
            total += line.price.0 * quantity / 1000;
            lines.push(line);
        }
        for charge in body["surchages"].as_array().into_iter().flatten() {
            total += cents(&charge["price"]);
        }
        let id = self.id();
        Some(Sale {
            code: format!("DH{id}"),
            id,
            branch_id: Some(text(&body["branchId"])),
            customer_id: Some(text(&body["customerId"])).filter(|id| !id.is_empty()),
            status: Some(1),
            description: text(&body["description"]),
            total: Money(total - cents(&body["discount"])),
            paid: Money(cents(&body["totalPayment"])),
            lines,
            created: Some(now),
            ..Sale::default()
        })
    }
}
