#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)]
use super::*;

const NOW: Instant = 1_000_000_000;

fn facts(status: &str) -> OrderFacts {
    OrderFacts {
        id: 7,
        status: status.into(),
        created: NOW - 60_000,
        modified: NOW - 20_000,
        lines: 1,
        ..OrderFacts::default()
    }
}

fn row() -> OutboxRow {
    OutboxRow {
        order_id: 7,
        ..OutboxRow::default()
    }
}

fn due_with(row: OutboxRow, order: Option<OrderFacts>, change: impl Fn(&mut Settings)) -> OrderDue {
    let mut settings = Settings::default();
    settings.orders.start = Some(NOW - 3_600_000);
    change(&mut settings);
    let input = OrderDueInput {
        settings,
        settings_changed: NOW - 1_000_000,
        now: NOW,
        rows: vec![row],
        orders: order.into_iter().collect(),
    };
    order_due(input).rows.remove(0)
}

fn due(row: OutboxRow, order: OrderFacts) -> (Turn, String) {
    let due = due_with(row, Some(order), |_| {});
    (due.turn, due.code)
}

#[test]
fn an_order_waits_until_it_may_be_sent() {
    assert_eq!(due(row(), facts("processing")).0, Turn::Send);
    assert_eq!(
        due(row(), facts("checkout-draft")),
        (Turn::Wait, "order-draft".into())
    );
    assert_eq!(
        due(row(), facts("pending")),
        (Turn::Wait, "order-status-waits".into())
    );
    assert_eq!(
        due(row(), facts("cancelled")),
        (Turn::Drop, "order-over".into())
    );
    let empty = OrderFacts {
        lines: 0,
        ..facts("processing")
    };
    assert_eq!(due(row(), empty), (Turn::Wait, "order-no-lines-yet".into()));
    let fresh = OrderFacts {
        modified: NOW - 9_999,
        ..facts("processing")
    };
    let fresh = due_with(row(), Some(fresh), |_| {});
    assert_eq!((fresh.turn, fresh.until), (Turn::Wait, Some(NOW + 1)));
    let old = OrderFacts {
        created: NOW - 3_600_001,
        ..facts("processing")
    };
    assert_eq!(due(row(), old), (Turn::Drop, "order-before-start".into()));
    let born = OrderFacts {
        origin: "order:5".into(),
        ..facts("processing")
    };
    assert_eq!(due(row(), born), (Turn::Drop, "order-from-pos".into()));
    let by_hand = due_with(row(), Some(facts("processing")), |s| {
        s.orders.automatic = false
    });
    assert_eq!(by_hand.code, "order-by-hand");
    let pressed = OutboxRow {
        by_hand: true,
        ..row()
    };
    assert_eq!(
        due_with(pressed.clone(), Some(facts("on-hold")), |s| s
            .orders
            .automatic =
            false)
        .turn,
        Turn::Send
    );
    let off = due_with(pressed, Some(facts("processing")), |s| {
        s.orders.to_pos = false
    });
    assert_eq!(off.code, "orders-off");
}

#[test]
fn what_happens_to_a_sent_order_is_told_by_its_status() {
    let update = OutboxRow {
        intent: Intent::Update,
        ..row()
    };
    let sent = |status: &str| OrderFacts {
        linked: true,
        ..facts(status)
    };
    let intent = |status: &str, change: fn(&mut Settings)| {
        let due = due_with(update.clone(), Some(sent(status)), change);
        (due.turn, due.intent)
    };
    assert_eq!(intent("processing", |_| {}), (Turn::Send, Intent::Update));
    assert_eq!(intent("cancelled", |_| {}), (Turn::Send, Intent::Cancel));
    assert_eq!(intent("refunded", |_| {}), (Turn::Send, Intent::Cancel));
    assert_eq!(intent("trash", |_| {}), (Turn::Send, Intent::Cancel));
    assert_eq!(
        intent("cancelled", |s| s.orders.cancel = false).0,
        Turn::Drop
    );
    assert_eq!(
        intent("trash", |s| s.orders.cancel_trashed = false).0,
        Turn::Drop
    );
    assert_eq!(
        intent("completed", |s| s.orders.invoice_when_completed = true),
        (Turn::Send, Intent::Invoice)
    );
    assert_eq!(
        due(update.clone(), facts("processing")),
        (Turn::Drop, "order-not-in-pos".into())
    );
    let gone = due_with(update, None, |_| {});
    assert_eq!(
        (gone.turn, gone.code.as_str()),
        (Turn::Review, "order-deleted")
    );
}

#[test]
fn a_failed_order_is_tried_again_only_when_its_cause_may_have_gone() {
    let failed = |cause: Cause| OutboxRow {
        state: OutboxState::Failed,
        tries: 1,
        cause,
        failed_at: Some(NOW - 10_000),
        ..row()
    };
    let order = facts("processing");
    assert_eq!(due(failed(Cause::Time), order.clone()).0, Turn::Send);
    for cause in [
        Cause::Stock,
        Cause::Link,
        Cause::Setting,
        Cause::Order,
        Cause::Person,
    ] {
        assert_eq!(
            due(failed(cause), order.clone()),
            (Turn::Wait, "order-waits-for-cause".into())
        );
        let pressed = OutboxRow {
            by_hand: true,
            ..failed(cause)
        };
        assert_eq!(due(pressed, order.clone()).0, Turn::Send);
    }
    let stocked = OrderFacts {
        stock_changed: Some(NOW),
        ..order.clone()
    };
    assert_eq!(due(failed(Cause::Stock), stocked.clone()).0, Turn::Send);
    assert_eq!(due(failed(Cause::Link), stocked).0, Turn::Wait);
    let linked = OrderFacts {
        goods_changed: Some(NOW),
        ..order.clone()
    };
    assert_eq!(due(failed(Cause::Link), linked).0, Turn::Send);
    let later = OutboxRow {
        next_try: Some(NOW + 5),
        ..failed(Cause::Time)
    };
    assert_eq!(
        due_with(later, Some(order.clone()), |_| {}).until,
        Some(NOW + 5)
    );
    let tired = OutboxRow {
        tries: 5,
        ..failed(Cause::Time)
    };
    assert_eq!(
        due(tired, order.clone()),
        (Turn::Review, "order-given-up".into())
    );
    let off = due_with(failed(Cause::Time), Some(order.clone()), |s| {
        s.orders.retry = false
    });
    assert_eq!(off.code, "retry-off");
    // What is open is looked up, even when the order is over.
    let open = OutboxRow {
        unknown: true,
        ..failed(Cause::Person)
    };
    assert_eq!(due(open, facts("cancelled")).0, Turn::Send);
}

#[test]
fn a_sweep_finds_what_was_never_recorded() {
    let mut settings = Settings::default();
    settings.orders.start = Some(NOW - 3_600_000);
    settings.orders.retry_minutes = 1;
    let sweep = |last: Option<Instant>| {
        sweep_orders(SweepInput {
            settings: settings.clone(),
            now: NOW,
            last,
            orders: vec![
                facts("processing"),
                facts("pending"),
                OrderFacts {
                    linked: true,
                    ..facts("processing")
                },
            ],
        })
    };
    assert_eq!(sweep(None).record, [7]);
    let early = sweep(Some(NOW - 3_599_999));
    assert!(!early.due && early.record.is_empty());
    assert_eq!(early.next, NOW + 1);
    assert!(sweep(Some(NOW - 3_600_000)).due);
    assert_eq!(retry_at(0, 0, &settings), 3_600_000);
    assert_eq!(retry_at(0, 3, &settings), 28_800_000);
    assert_eq!(retry_at(0, 99, &settings), 86_400_000);
}
