//! Every way a write can go wrong, and how many orders there are afterwards.

use std::time::Duration;

use serde_json::{json, Value};

use crate::sim::{goods, Sim};

fn order(note: &str) -> Value {
    json!({"branchId": 200_001, "description": note, "orderDetails": [{"productCode": "SP5", "quantity": 1, "price": 1000}]})
}

fn orders(sim: &Sim) -> usize {
    sim.control("truth")["orders"].as_array().unwrap().len()
}

fn strike(sim: &Sim, action: Value) {
    sim.fault(json!({"path": "/orders", "method": "POST", "nth": [1], "action": action}));
}

fn wait_for(sim: &Sim, count: usize) {
    for _ in 0..100 {
        if orders(sim) == count {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{} orders, not {count}", orders(sim));
}

#[test]
fn nothing_is_done_or_all_of_it_whatever_the_answer() {
    let sim = Sim::with(goods(5));
    let after = |action: Value| {
        let before = orders(&sim);
        strike(&sim, action);
        let _ = sim.try_post_api("/orders", &order("x"));
        orders(&sim) - before
    };
    assert_eq!(after(json!({"do": "cutBefore"})), 0);
    assert_eq!(after(json!({"do": "cutAfter", "perMille": 0})), 1);
    assert_eq!(after(json!({"do": "unauthorized"})), 0);
    assert_eq!(after(json!({"do": "refuse"})), 0);
    assert_eq!(after(json!({"do": "rateLimited", "retryAfter": 2})), 0);
    assert_eq!(after(json!({"do": "status", "status": 500})), 0);
    assert_eq!(
        after(json!({"do": "status", "status": 500, "processed": true})),
        1
    );
    assert_eq!(after(json!({"do": "html"})), 0);
    assert_eq!(after(json!({"do": "badJson"})), 1);
    assert_eq!(after(json!({"do": "slowBody", "ms": 50})), 1);
    assert_eq!(after(json!({"do": "hang", "ms": 50})), 0);
}

#[test]
fn a_call_is_processed_some_time_after_the_client_gave_up() {
    let sim = Sim::with(goods(5));
    strike(
        &sim,
        json!({"do": "lateProcess", "ms": 300, "holdMs": 10_000}),
    );
    assert!(sim.impatient_post("/orders", &order("x"), 100).is_err());
    assert_eq!(orders(&sim), 0);
    wait_for(&sim, 1);
}

#[test]
fn a_call_is_processed_after_the_look_up_that_did_not_find_it() {
    let sim = Sim::with(goods(5));
    strike(
        &sim,
        json!({"do": "processAfter", "path": "/orders", "nth": 2}),
    );
    assert!(sim.try_post_api("/orders", &order("x")).is_err());
    assert_eq!(sim.rows("/orders").len(), 0);
    assert_eq!(
        sim.rows("/orders").len(),
        0,
        "the second look-up finds nothing either"
    );
    assert_eq!(sim.rows("/orders").len(), 1);
    assert_eq!(
        sim.control("counters")["byEndpoint"]["POST /orders"]["byStatus"]["processAfter"],
        1
    );
}

#[test]
fn a_rule_can_mean_one_certain_order() {
    let sim = Sim::with(goods(5));
    sim.fault(json!({"path": "/orders", "body": "web 77", "action": {"do": "refuse"}}));
    assert_eq!(sim.post_api("/orders", &order("web 76")).status, 200);
    assert_eq!(sim.post_api("/orders", &order("web 77")).status, 420);
}

#[test]
fn weather_strikes_about_as_often_as_asked_in_many_ways() {
    let sim = Sim::with(goods(5));
    sim.post(
        "faults",
        &json!({"preset": "weather", "probability": 0.5, "seed": 3}),
    );
    for _ in 0..120 {
        let _ = sim.try_get("/settings");
    }
    let rules = sim.control("faults");
    let struck = rules["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["struck"].as_u64().unwrap());
    let struck: Vec<u64> = struck.collect();
    let all: u64 = struck.iter().sum();
    assert!((35..=85).contains(&all), "{struck:?}");
    assert!(
        struck.iter().filter(|times| **times > 0).count() > 8,
        "{struck:?}"
    );
}
