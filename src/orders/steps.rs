//! The request of each step.

use super::body;
use super::machine::Sender;
use super::plan::UnknownLine;
use super::protocol::{OrderRequest, OrderRequestKind as Kind, ReplyField, SendingStep};
use crate::customers::{email_key, spellings};
use crate::model::{Instant, PosCustomer};
use crate::pos::{owned, params, vietnam};
use crate::text::integer;

/// Rows asked for at once.
pub(super) const PAGE_SIZE: i64 = 100;
/// How far before the first request looking up begins: the two clocks may differ.
const BEFORE: Instant = 7_200_000;

impl Sender<'_> {
    /// The request of a step; none for a step that asks for nothing.
    pub(super) fn request(&mut self, step: SendingStep) -> Option<OrderRequest> {
        use SendingStep as S;
        Some(match step {
            S::Start | S::Done => return None,
            S::FindGoods => {
                let lines = self.plan().unknown;
                let keys = lines.into_iter().map(|line| line.sku_key);
                local(Kind::FindGoods, keys.collect(), ReplyField::Goods)
            }
            S::FindCode => {
                let line = self.plan().unknown.into_iter().next()?;
                let mut path = owned("/products/code/");
                push_encoded(&mut path, &new_code(&line));
                get(&path, &[], "read_good", ReplyField::Goods)
            }
            S::MakeGood => {
                let line = self.plan().unknown.into_iter().next()?;
                let category = self.settings.orders.new_category.as_deref().unwrap_or("");
                let body = body::good(&new_code(&line), &line.name, category, line.price);
                once("/products", body, "read_good", ReplyField::Goods)
            }
            S::MirroredCustomer => {
                let mut keys = vec![self.phone()];
                keys.push(email_key(&self.context.order.billing.email));
                keys.retain(|key| !key.is_empty());
                local(Kind::FindCustomers, keys, ReplyField::Customers)
            }
            S::ConfirmCustomer => {
                let mut path = owned("/customers/");
                path.push_str(self.state.candidates.first()?);
                get(&path, &[], "read_customer", ReplyField::Customers)
            }
            S::CustomerByPhone => {
                let place = usize::try_from(self.state.place).ok()?;
                let phone = spellings(&self.phone()).into_iter().nth(place)?;
                let query = [("contactNumber", phone.as_str()), ("pageSize", "100")];
                get(
                    "/customers",
                    &query,
                    "read_customers",
                    ReplyField::Customers,
                )
            }
            S::MakeCustomer => {
                let body = body::customer(&self.new_customer());
                once("/customers", body, "read_customer", ReplyField::Customers)
            }
            S::Surcharges => {
                let query = [("pageSize", "100")];
                get("/surchages", &query, "read_surcharges", ReplyField::Entries)
            }
            S::MakeSurcharge => {
                let code = self.missing_surcharge()?;
                let name = if code == self.settings.orders.shipping_code {
                    "Phí vận chuyển (website)"
                } else {
                    "Phụ phí (website)"
                };
                let body = body::surcharge(&code, name);
                once("/surchages", body, "read_surcharge", ReplyField::Entries)
            }
            S::Create => {
                let plan = self.plan();
                self.state.expected = Some(plan.expected());
                self.state.sent = plan.body.clone();
                once("/orders", plan.body, "read_order", ReplyField::Sales)
            }
            S::LookUp => self.look_up(),
            S::Read => get(&self.order_path()?, &[], "read_order", ReplyField::Sales),
            S::Change => OrderRequest {
                kind: Kind::Put,
                path: self.order_path()?,
                body: self.state.sent.clone(),
                reader: owned("read_order"),
                rows: ReplyField::Sales,
                ..OrderRequest::default()
            },
            S::Cancel => {
                let void = self.settings.orders.void_payments;
                OrderRequest {
                    kind: Kind::Delete,
                    path: self.order_path()?,
                    query: params(&[("IsVoidPayment", if void { "true" } else { "false" })]),
                    reader: owned("read_order"),
                    rows: ReplyField::Sales,
                    ..OrderRequest::default()
                }
            }
            S::Invoices => {
                let order = self.context.link.as_ref()?.remote_id.clone();
                let query = [("orderId", order.as_str()), ("pageSize", "100")];
                get("/invoices", &query, "read_invoices", ReplyField::Sales)
            }
            S::MakeInvoice => {
                let plan = self.plan();
                self.state.expected = Some(plan.expected());
                let order = self.context.link.as_ref()?;
                let cod = self.context.order.payment == "cod";
                let body = body::invoice(&plan, self.settings, &order.remote_id, cod);
                once("/invoices", body, "read_invoice", ReplyField::Sales)
            }
        })
    }

    fn order_path(&self) -> Option<String> {
        let mut path = owned("/orders/");
        path.push_str(&self.context.link.as_ref()?.remote_id);
        Some(path)
    }

    /// What changed in the branch since the order was first asked for.
    fn look_up(&self) -> OrderRequest {
        let from = self.state.first_asked.unwrap_or(self.now);
        let from = vietnam(from.saturating_sub(BEFORE));
        let expected = self.state.expected.as_ref();
        let branch = expected.map_or("", |expected| &expected.branch_id);
        let size = integer(PAGE_SIZE);
        let offset = integer(self.state.offset);
        let query = [
            ("branchIds", branch),
            ("lastModifiedFrom", &from),
            ("orderBy", "createdDate"),
            ("orderDirection", "Asc"),
            ("pageSize", &size),
            ("currentItem", &offset),
        ];
        get("/orders", &query, "read_orders", ReplyField::Sales)
    }

    /// The first surcharge of the order that the POS has not.
    pub(super) fn missing_surcharge(&self) -> Option<String> {
        let charges = self.plan().charges;
        let mut missing = charges.into_iter();
        let missing = missing.find(|charge| charge.surcharge_id.is_none());
        missing.map(|charge| charge.code)
    }

    fn new_customer(&self) -> PosCustomer {
        let order = &self.context.order;
        let billing = &order.billing;
        let place = super::address::place(billing);
        let phone = self.phone();
        let name = [
            &billing.name,
            &billing.company,
            &order.shipping.name,
            &phone,
        ];
        let name = name.into_iter().find(|name| !name.is_empty());
        PosCustomer {
            name: name.cloned().unwrap_or_default(),
            phone,
            email: billing.email.clone(),
            address: place.street,
            location: place.location,
            ward: place.ward,
            company: billing.company.clone(),
            branch_id: self.by_branch().then(|| self.plan().branch_id),
            ..PosCustomer::default()
        }
    }

    /// Changes the POS order to the plan, when the plan differs from what was sent.
    pub(super) fn change(&mut self, plan: &super::plan::OrderPlan) {
        let same = self
            .context
            .link
            .as_ref()
            .map(|link| link.sent == plan.body);
        if same == Some(true) {
            return self.updated(None);
        }
        self.state.expected = Some(plan.expected());
        self.state.sent.clone_from(&plan.body);
        self.ask(SendingStep::Change);
    }
}

/// The code of a good that an order needs: the product's SKU where a path can hold it.
pub(super) fn new_code(line: &UnknownLine) -> String {
    let sku = crate::text::trim(&line.sku);
    let unfit = |byte: u8| byte.is_ascii_control() || b"/\\?#%".contains(&byte);
    if sku.is_empty() || sku.bytes().any(unfit) {
        let mut code = owned("WEB");
        code.push_str(&integer(line.shop_id));
        return code;
    }
    owned(sku)
}

/// Percent-encodes a segment of a path.
pub(crate) fn push_encoded(path: &mut String, text: &str) {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or('0');
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.push(digit(byte >> 4));
            path.push(digit(byte & 15));
        }
    }
}

fn get(path: &str, query: &[(&str, &str)], reader: &str, rows: ReplyField) -> OrderRequest {
    OrderRequest {
        path: owned(path),
        query: params(query),
        reader: owned(reader),
        rows,
        ..OrderRequest::default()
    }
}

fn once(path: &str, body: String, reader: &str, rows: ReplyField) -> OrderRequest {
    OrderRequest {
        kind: Kind::Post,
        body,
        once: true,
        ..get(path, &[], reader, rows)
    }
}

fn local(kind: Kind, keys: Vec<String>, rows: ReplyField) -> OrderRequest {
    OrderRequest {
        kind,
        keys,
        rows,
        ..OrderRequest::default()
    }
}
