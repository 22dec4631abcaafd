//! Status storms: every sequence of up to four POS statuses, doubled and reordered (product.md F2).

use crate::model::{Instant, Quantity, Sale, SaleDelivery, SaleLine};
use crate::orders::{plan_status, StatusInput, StatusMemory, StatusPlan};
use crate::settings::{Handler, Settings, StatusOf, StatusRule};

const CODES: [(i64, &str); 5] = [
    (1, "Phiếu tạm"),
    (2, "Đang giao hàng"),
    (3, "Hoàn thành"),
    (4, "Đã hủy"),
    (5, "Đã xác nhận"),
];

/// The site's order: what it is, and how often its stock was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Site {
    status: String,
    memory: StatusMemory,
    restored: usize,
}

impl Site {
    fn new() -> Self {
        Self {
            status: "processing".into(),
            memory: StatusMemory::default(),
            restored: 0,
        }
    }

    fn hears(&mut self, code: usize, at: Instant) {
        let plan = plan_status(StatusInput {
            status: self.status.clone(),
            memory: self.memory.clone(),
            sale: Some(sale(code, at)),
            ..StatusInput::default()
        });
        self.memory = plan.memory;
        if let Some(status) = plan.status {
            assert_ne!(status, self.status, "a status is set only when it changes");
            if status == "cancelled" {
                self.restored += 1;
            }
            self.status = status;
        }
    }
}

fn sale(code: usize, at: Instant) -> Sale {
    let (status, label) = CODES[code];
    Sale {
        id: "9".into(),
        status: Some(status),
        label: label.into(),
        modified: Some(at),
        lines: vec![line("5", 2)],
        ..Sale::default()
    }
}

fn line(good: &str, quantity: i64) -> SaleLine {
    SaleLine {
        good_id: good.into(),
        quantity: Quantity(quantity * 1000),
        ..SaleLine::default()
    }
}

/// What a person would say: over is over.
fn wanted(heard: &[(usize, Instant)]) -> (&'static str, usize) {
    let mut seen = 0;
    for (code, at) in heard {
        if *at < seen {
            continue;
        }
        seen = *at;
        match CODES[*code].0 {
            3 => return ("completed", 0),
            4 => return ("cancelled", 1),
            _ => {}
        }
    }
    ("processing", 0)
}

fn sequences() -> Vec<Vec<(usize, Instant)>> {
    let mut all: Vec<Vec<(usize, Instant)>> = vec![Vec::new()];
    let mut last = all.clone();
    for at in 1..=4 {
        last = last
            .iter()
            .flat_map(|sequence| {
                (0..CODES.len()).map(move |code| {
                    let mut longer = sequence.clone();
                    longer.push((code, at));
                    longer
                })
            })
            .collect();
        all.extend(last.clone());
    }
    all
}

fn orders<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first.clone());
            all.push(order);
        }
    }
    all
}

#[test]
fn every_sequence_in_every_order_ends_where_it_should() {
    let mut storms = 0;
    for sequence in sequences() {
        for heard in orders(&sequence) {
            let mut once = Site::new();
            let mut twice = Site::new();
            for (code, at) in &heard {
                once.hears(*code, *at);
                twice.hears(*code, *at);
                twice.hears(*code, *at);
            }
            let (status, restored) = wanted(&heard);
            assert_eq!(
                (once.status.as_str(), once.restored),
                (status, restored),
                "{heard:?}"
            );
            assert_eq!(once, twice, "{heard:?}");
            storms += 1;
        }
    }
    assert_eq!(storms, 1 + 5 + 25 * 2 + 125 * 6 + 625 * 24);
}

fn told(change: impl FnOnce(&mut StatusInput)) -> StatusPlan {
    let mut input = StatusInput {
        status: "processing".into(),
        sale: Some(sale(1, 5)),
        ..StatusInput::default()
    };
    change(&mut input);
    plan_status(input)
}

fn invoice(status: i64, lines: Vec<SaleLine>, delivery: Option<i64>) -> Sale {
    Sale {
        id: "70".into(),
        code: "HD70".into(),
        status: Some(status),
        lines,
        delivery: delivery.map(|status| SaleDelivery {
            status: Some(status),
            code: "GHN123".into(),
            carrier: "GHN".into(),
            ..SaleDelivery::default()
        }),
        modified: Some(6),
        ..Sale::default()
    }
}

#[test]
fn invoices_complete_an_order_only_when_they_cover_all_lines() {
    let one = told(|input| input.invoices = vec![invoice(1, vec![line("5", 1)], None)]);
    assert_eq!(one.status, None);
    let both = told(|input| {
        input.invoices = vec![
            invoice(1, vec![line("5", 1)], None),
            invoice(1, vec![line("5", 1)], None),
        ];
    });
    assert_eq!(both.status.as_deref(), Some("completed"));
    let cancelled = told(|input| {
        input.invoices = vec![
            invoice(1, vec![line("5", 1)], None),
            invoice(2, vec![line("5", 1)], None),
        ];
    });
    assert_eq!(cancelled.status, None);
    let on_its_way = told(|input| input.invoices = vec![invoice(3, vec![line("5", 2)], Some(2))]);
    assert_eq!((on_its_way.status, on_its_way.delivery_note), (None, true));
    let known = told(|input| {
        input.invoices = vec![invoice(3, vec![line("5", 2)], Some(2))];
        input.memory = on_its_way.memory.clone();
    });
    assert!(!known.delivery_note);
    let back = told(|input| input.invoices = vec![invoice(3, vec![line("5", 2)], Some(5))]);
    assert_eq!(back.issues[0].code, "delivery-odd");
}

#[test]
fn codes_and_labels_must_agree_and_rules_may_say_otherwise() {
    let odd = told(|input| {
        input.sale = Some(Sale {
            label: "Hoàn thành".into(),
            ..sale(0, 1)
        })
    });
    assert_eq!(
        (odd.status, odd.reason.as_str()),
        (None, "status-label-differs")
    );
    assert_eq!(odd.issues.len(), 1);
    let unknown = told(|input| {
        input.sale = Some(Sale {
            status: Some(9),
            ..sale(0, 1)
        })
    });
    assert_eq!(unknown.reason, "status-unknown");
    // The same word on another keyboard.
    let spelt = told(|input| {
        input.sale = Some(Sale {
            label: "ĐÃ HUỶ".into(),
            ..sale(3, 1)
        })
    });
    assert_eq!(spelt.status.as_deref(), Some("cancelled"));
    let rule = |status: &str, backwards| StatusRule {
        of: StatusOf::Order,
        code: 2,
        status: status.into(),
        backwards,
    };
    let own = told(|input| input.settings.orders.status_rules = vec![rule("packed", false)]);
    assert_eq!(own.status.as_deref(), Some("packed"));
    // A default does not take another plugin's status away.
    let kept = told(|input| input.status = "packed".into());
    assert_eq!(kept.status, None);
    let back = told(|input| {
        input.status = "completed".into();
        input.settings.orders.status_rules = vec![rule("processing", true)];
    });
    assert_eq!(back.status.as_deref(), Some("processing"));
}

#[test]
fn who_handles_orders_decides() {
    let cancelled = |change: fn(&mut Settings)| {
        told(|input| {
            input.sale = Some(sale(3, 5));
            change(&mut input.settings);
        })
    };
    assert_eq!(cancelled(|_| {}).status.as_deref(), Some("cancelled"));
    assert_eq!(
        cancelled(|s| s.orders.handler = Handler::Site).reason,
        "status-site-decides"
    );
    assert_eq!(
        cancelled(|s| s.orders.status_to_site = false).reason,
        "status-off"
    );
    let late = told(|input| {
        input.status = "completed".into();
        input.sale = Some(sale(3, 5));
    });
    assert_eq!(
        (late.status, late.issues[0].code.as_str()),
        (None, "status-cancelled-late")
    );
    let refunded = told(|input| {
        input.status = "refunded".into();
        input.sale = Some(sale(2, 5));
    });
    assert_eq!(refunded.status, None);
    // Both sides say that it is over: what Dongbo itself cancels after a refund is no news (E6).
    for over in ["refunded", "trash"] {
        let cancelled = told(|input| {
            input.status = over.into();
            input.sale = Some(sale(3, 5));
        });
        assert_eq!((cancelled.status, cancelled.issues.len()), (None, 0));
    }
}
