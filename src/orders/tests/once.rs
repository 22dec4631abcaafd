//! Whatever is lost, late, doubled or killed, one order stands in the POS (product.md E5, Q3).

use super::pos::{Fault, Pos};
use crate::model::{
    Branch, Instant, Link, LinkKind, LinkState, PostalAddress, SiteCharge, SiteLine, SiteOrder,
};
use crate::orders::{
    advance_order, marked_order, AdvanceOrderInput, Intent, KnownCustomer, OrderAdvanced,
    OrderContext, OrderLink, OrderOutcome, Sending,
};
use crate::settings::{Settings, UnknownLineRule};
use proptest::prelude::*;

const START: Instant = 1_790_000_000_000;

pub fn context() -> OrderContext {
    OrderContext {
        site: "abc123".into(),
        order: SiteOrder {
            id: 41,
            number: "41".into(),
            status: "processing".into(),
            currency: "VND".into(),
            billing: PostalAddress {
                name: "Nguyễn Văn A".into(),
                phone: "0912 345 678".into(),
                address_1: "12 Lê Lợi".into(),
                city: "Phường Sài Gòn".into(),
                province: "Hồ Chí Minh".into(),
                ..PostalAddress::default()
            },
            payment: "cod".into(),
            total: "230000".into(),
            lines: vec![line(1, 501, "3", "200000")],
            shippings: vec![SiteCharge {
                name: "Giao hàng".into(),
                total: "30000".into(),
                method: "flat_rate:1".into(),
                ..SiteCharge::default()
            }],
            ..SiteOrder::default()
        },
        links: vec![link(501, "5001"), link(502, "5002")],
        branches: vec![Branch {
            id: "11".into(),
            name: "Kho".into(),
            active: true,
        }],
        ..OrderContext::default()
    }
}

pub fn line(id: i64, product_id: i64, quantity: &str, total: &str) -> SiteLine {
    SiteLine {
        id,
        name: format!("Hàng {product_id}"),
        product_id,
        quantity: quantity.into(),
        total: total.into(),
        sku: format!("SP{product_id}"),
        ..SiteLine::default()
    }
}

pub fn link(shop_id: i64, good: &str) -> Link {
    Link {
        kind: LinkKind::Good,
        remote_id: good.into(),
        shop_id,
        family: String::new(),
        state: LinkState::Active,
        fields: Vec::new(),
    }
}

pub fn settings() -> Settings {
    let mut settings = Settings {
        order_branch: Some("11".into()),
        ..Settings::default()
    };
    settings.orders.start = Some(0);
    settings
}

/// The shell: keeps what is to be kept, carries requests out, dies where it is told to.
pub struct Shell {
    pub pos: Pos,
    pub now: Instant,
    pub context: OrderContext,
    pub settings: Settings,
    pub state: Option<Sending>,
    pub turns: usize,
    pub last: OrderAdvanced,
    /// How often everything was to stop until somebody reconnects.
    pub stops: usize,
}

impl Shell {
    pub fn new(context: OrderContext, settings: Settings) -> Self {
        Self {
            pos: Pos::default(),
            now: START,
            context,
            settings,
            state: None,
            turns: 0,
            last: OrderAdvanced::default(),
            stops: 0,
        }
    }

    /// Runs an intent to its end; failures of the line are tried again as the outbox would.
    pub fn run(&mut self, intent: Intent, faults: &mut dyn Iterator<Item = Fault>) -> OrderOutcome {
        let mut replies = Vec::new();
        for _ in 0..600 {
            self.turns += 1;
            let input = AdvanceOrderInput {
                // What is stored is read back, as by another process.
                state: self.state.as_ref().map(|state| {
                    let text = serde_json::to_string(state).unwrap_or_default();
                    serde_json::from_str(&text).unwrap_or_default()
                }),
                intent,
                settings: self.settings.clone(),
                now: self.now,
                jitter: 500,
                context: self.context.clone(),
                replies: std::mem::take(&mut replies),
                ..AdvanceOrderInput::default()
            };
            let told = advance_order(input);
            self.keep(&told);
            self.last = told.clone();
            self.stops += usize::from(told.reconnect);
            if let Some(ended) = &told.done {
                match (ended.outcome, ended.retry_at) {
                    (OrderOutcome::Failed, Some(at))
                        if ended.cause == crate::orders::Cause::Time =>
                    {
                        self.pass_to(at);
                        continue;
                    }
                    (outcome, _) => return outcome,
                }
            }
            if let Some(until) = told.wait_until {
                assert!(until > self.now);
                self.pass_to(until);
                continue;
            }
            assert!(
                !told.requests.is_empty(),
                "neither asks, waits nor ends: {told:?}"
            );
            for request in &told.requests {
                let fault = faults.next().unwrap_or(Fault::None);
                self.pass_to(self.now + 700);
                let reply = self.pos.handle(request, fault, self.now);
                self.pass_to(self.now + 300);
                if let Some(reply) = reply {
                    // A reply that comes twice, and one to a request of long ago.
                    replies.push(reply.clone());
                    replies.push(reply);
                } else {
                    // The next process comes when the lease has run out.
                    self.pass_to(self.now + 60_000);
                }
            }
        }
        panic!("no end after 600 turns: {:?}", self.last);
    }

    fn pass_to(&mut self, instant: Instant) {
        self.now = instant;
        self.pos.tick(instant);
    }

    fn keep(&mut self, told: &OrderAdvanced) {
        self.state = Some(told.state.clone());
        if let Some(link) = &told.link {
            self.context.link = Some(link.clone());
        }
        if let Some(customer) = &told.customer {
            self.context.customer = Some(customer.clone());
        }
        self.context
            .surcharges
            .extend(told.surcharges.iter().cloned());
        for found in &told.goods {
            self.context.links.push(link(found.shop_id, &found.good_id));
        }
    }

    fn ours(&self) -> usize {
        let orders = self.pos.orders.iter();
        let ours = orders.filter(|sale| marked_order(&sale.description, "abc123") == Some(41));
        ours.filter(|sale| sale.status != Some(4)).count()
    }
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        3 => Just(Fault::None),
        1 => Just(Fault::LostBefore),
        1 => Just(Fault::LostAfter),
        1 => (1_000_i64..290_000).prop_map(Fault::Late),
        1 => Just(Fault::KilledBefore),
        1 => Just(Fault::KilledAfter),
        1 => Just(Fault::Unauthorized),
        1 => Just(Fault::Limited),
        1 => any::<bool>().prop_map(Fault::Broken),
        1 => Just(Fault::Garbage),
    ]
}

#[test]
fn a_plain_order_is_sent_in_seven_turns() {
    let mut shell = Shell::new(context(), settings());
    assert_eq!(
        shell.run(Intent::Create, &mut std::iter::empty()),
        OrderOutcome::Sent
    );
    assert_eq!(shell.ours(), 1);
    let sale = &shell.pos.orders[0];
    assert_eq!((sale.total.0, sale.paid.0), (23_000_000, 0));
    assert_eq!(sale.customer_id, Some(shell.pos.customers[0].id.clone()));
    assert_eq!(shell.pos.surcharges.len(), 1);
    // Sent again, nothing happens.
    shell.state = None;
    assert_eq!(
        shell.run(Intent::Create, &mut std::iter::empty()),
        OrderOutcome::Sent
    );
    assert_eq!(shell.pos.orders.len(), 1);
    // A second order finds customer and surcharge.
    shell.context.link = None;
    shell.context.order.id = 42;
    shell.state = None;
    assert_eq!(
        shell.run(Intent::Create, &mut std::iter::empty()),
        OrderOutcome::Sent
    );
    assert_eq!(
        (shell.pos.customers.len(), shell.pos.surcharges.len()),
        (1, 1)
    );
}

/// A3: a renewal of some time ago proves nothing of a token of now.
#[test]
fn only_two_refusals_of_the_token_in_a_row_stop_everything() {
    for (between, stops) in [(Fault::Limited, 0), (Fault::Unauthorized, 1)] {
        let mut shell = Shell::new(context(), settings());
        let refused = Fault::Unauthorized;
        // The first and the third are the mirror and the token.
        let mut faults = [Fault::None, refused, Fault::None, between, refused].into_iter();
        let outcome = shell.run(Intent::Create, &mut faults);
        assert_eq!((outcome, shell.stops), (OrderOutcome::Sent, stops));
        assert_eq!(shell.ours(), 1);
    }
}

#[test]
fn a_deleted_customer_is_looked_for_anew() {
    let mut context = context();
    context.customer = Some(KnownCustomer {
        user_id: 3,
        remote_id: "77".into(),
    });
    let mut shell = Shell::new(context, settings());
    assert_eq!(
        shell.run(Intent::Create, &mut std::iter::empty()),
        OrderOutcome::Sent
    );
    assert_eq!(shell.pos.customers.len(), 1);
    assert_ne!(
        shell.context.customer.map(|known| known.remote_id),
        Some("77".into())
    );
}

#[test]
fn lines_of_one_good_are_merged_when_the_pos_wants_it() {
    let mut context = context();
    context.order.lines.push(line(2, 501, "1", "90000"));
    context.order.total = "320000".into();
    let mut shell = Shell::new(context, settings());
    shell.pos.strict = true;
    assert_eq!(
        shell.run(Intent::Create, &mut std::iter::empty()),
        OrderOutcome::Sent
    );
    let sale = &shell.pos.orders[0];
    assert_eq!((sale.lines.len(), sale.total.0), (1, 32_000_000));
}

#[test]
fn a_good_that_is_missing_is_made_once() {
    let mut context = context();
    context.links.clear();
    let mut settings = settings();
    settings.orders.unknown_line = UnknownLineRule::Create;
    settings.orders.new_category = Some("3".into());
    let mut shell = Shell::new(context, settings);
    // Looked up, made and lost, found again.
    let mut faults = [Fault::None, Fault::LostAfter].into_iter();
    assert_eq!(shell.run(Intent::Create, &mut faults), OrderOutcome::Sent);
    assert_eq!(shell.pos.goods.len(), 1);
    assert_eq!(shell.pos.goods[0].code, "SP501");
    assert_eq!(shell.ours(), 1);
}

#[test]
fn an_order_that_looks_alike_without_a_mark_is_a_persons_to_judge() {
    let mut shell = Shell::new(context(), settings());
    let mut before = Shell::new(context(), settings());
    before.run(Intent::Create, &mut std::iter::empty());
    let mut alike = before.pos.orders[0].clone();
    alike.description = String::new();
    alike.created = None;
    alike.customer_id = None;
    shell.context.order.billing.phone = String::new();
    shell.pos.orders.push(alike);
    let mut killed = [Fault::None, Fault::None, Fault::LostBefore].into_iter();
    let outcome = shell.run(Intent::Create, &mut killed);
    assert_eq!(outcome, OrderOutcome::Review);
    assert_eq!(
        shell.last.done.as_ref().map(|ended| ended.code.as_str()),
        Some("order-in-doubt")
    );
    assert_eq!(shell.pos.orders.len(), 1);
    // A person judged that it is another one.
    let outcome = shell.run(Intent::Create, &mut std::iter::empty());
    assert_eq!(outcome, OrderOutcome::Sent);
    assert_eq!(shell.pos.orders.len(), 2);
}

#[test]
fn a_state_that_cannot_be_read_is_looked_up() {
    let mut shell = Shell::new(context(), settings());
    shell.run(Intent::Create, &mut std::iter::empty());
    shell.context.link = None;
    shell.state = Some(Sending::default());
    assert_eq!(
        shell.run(Intent::Create, &mut std::iter::empty()),
        OrderOutcome::Sent
    );
    assert_eq!(shell.pos.orders.len(), 1);
}

#[test]
fn what_is_not_in_the_pos_order_changes_nothing_there() {
    let mut shell = Shell::new(context(), settings());
    shell.run(Intent::Create, &mut std::iter::empty());
    shell.pos.orders[0].status = Some(3);
    shell.context.order.status = "completed".into();
    shell.state = None;
    let before = shell.turns;
    assert_eq!(
        shell.run(Intent::Update, &mut std::iter::empty()),
        OrderOutcome::Sent
    );
    assert_eq!(shell.turns - before, 1);
}

#[test]
fn an_order_found_twice_is_kept_once_and_named() {
    let mut shell = Shell::new(context(), settings());
    shell.run(Intent::Create, &mut std::iter::empty());
    let mut twin = shell.pos.orders[0].clone();
    twin.id = "99999".into();
    twin.code = "DH99999".into();
    shell.pos.orders.push(twin);
    let first = shell.pos.orders[0].id.clone();
    shell.context.link = None;
    shell.state = None;
    let mut faults = [Fault::None, Fault::LostBefore].into_iter();
    let outcome = shell.run(Intent::Create, &mut faults);
    assert_eq!(outcome, OrderOutcome::Sent);
    assert_eq!(
        shell.context.link.map(|link: OrderLink| link.remote_id),
        Some(first)
    );
    assert!(shell
        .last
        .issues
        .iter()
        .any(|issue| issue.code == "order-doubled"));
}

#[test]
fn what_happened_to_a_sent_order_happens_in_the_pos() {
    let mut shell = Shell::new(context(), settings());
    shell.run(Intent::Create, &mut std::iter::empty());
    shell.context.order.note = "Giao sau 17 giờ".into();
    shell.context.order.lines.push(line(2, 502, "1", "50000"));
    shell.context.order.total = "280000".into();
    shell.state = None;
    assert_eq!(
        shell.run(
            Intent::Update,
            &mut [Fault::None, Fault::LostAfter].into_iter()
        ),
        OrderOutcome::Sent
    );
    assert_eq!(
        (shell.pos.orders.len(), shell.pos.orders[0].total.0),
        (1, 28_000_000)
    );
    assert!(shell.pos.orders[0].description.contains("Giao sau 17 giờ"));
    shell.state = None;
    let mut faults = [
        Fault::None,
        Fault::None,
        Fault::LostAfter,
        Fault::KilledAfter,
    ]
    .into_iter();
    assert_eq!(shell.run(Intent::Invoice, &mut faults), OrderOutcome::Sent);
    assert_eq!(shell.pos.invoices.len(), 1);
    shell.state = None;
    shell.context.order.status = "cancelled".into();
    assert_eq!(
        shell.run(
            Intent::Cancel,
            &mut [Fault::None, Fault::LostAfter].into_iter()
        ),
        OrderOutcome::Sent
    );
    assert_eq!(shell.pos.orders[0].status, Some(4));
    shell.state = None;
    shell.context.order.status = "processing".into();
    shell.context.order.note = "Giao sớm hơn".into();
    assert_eq!(
        shell.run(Intent::Update, &mut std::iter::empty()),
        OrderOutcome::Review
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    /// Faults come in any order, at any step; then the line is good again.
    #[test]
    fn one_order_whatever_happens(faults in prop::collection::vec(fault(), 0..40)) {
        let mut shell = Shell::new(context(), settings());
        let outcome = shell.run(Intent::Create, &mut faults.iter().copied());
        shell.pass_to(shell.now + 600_000);
        prop_assert_eq!(outcome, OrderOutcome::Sent, "{:?}", shell.last);
        prop_assert_eq!(shell.ours(), 1);
        prop_assert_eq!(shell.pos.orders.len(), 1);
        prop_assert_eq!(shell.pos.customers.len(), 1);
        prop_assert_eq!(shell.pos.surcharges.len(), 1);
        prop_assert_eq!(shell.pos.orders[0].total.0, 23_000_000);
        prop_assert_eq!(shell.context.link.as_ref().map(|link| &link.remote_id), Some(&shell.pos.orders[0].id));
    }
}
