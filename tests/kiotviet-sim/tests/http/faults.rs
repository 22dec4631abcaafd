use std::time::{Duration, Instant};

use serde_json::json;

use crate::sim::{codes, goods, Sim};

#[test]
fn statuses_come_with_the_bodies_of_the_service() {
    let sim = Sim::with(goods(1));
    for (action, status, code) in [
        (json!({"do": "unauthorized"}), 401, "TokenException"),
        (
            json!({"do": "refuse", "errorCode": "KvX", "message": "Lỗi"}),
            420,
            "KvX",
        ),
        (
            json!({"do": "rateLimited"}),
            429,
            "TooManyRequestsException",
        ),
        (
            json!({"do": "status", "status": 503}),
            503,
            "InternalServerException",
        ),
        (json!({"do": "wrongRetailer"}), 401, "TokenException"),
    ] {
        sim.fault(json!({"path": "/products", "action": action, "times": 1}));
        let refused = sim.get("/products");
        assert_eq!(
            (refused.status, refused.error_code().as_str()),
            (status, code)
        );
        assert_eq!(sim.get("/products").status, 200, "once means once");
    }
}

#[test]
fn retry_after_is_sent_as_given_or_not_at_all() {
    let sim = Sim::with(goods(1));
    sim.fault(json!({"action": {"do": "rateLimited", "retryAfter": 3}}));
    assert_eq!(sim.get("/products").retry_after.as_deref(), Some("3"));
    sim.fault(
        json!({"action": {"do": "rateLimited", "retryAfter": "Wed, 21 Oct 2026 07:28:00 GMT"}}),
    );
    assert_eq!(
        sim.get("/products").retry_after.as_deref(),
        Some("Wed, 21 Oct 2026 07:28:00 GMT")
    );
    sim.fault(json!({"action": {"do": "rateLimited"}}));
    assert_eq!(sim.get("/products").retry_after, None);
}

#[test]
fn a_rule_matches_path_method_query_and_counts_calls() {
    let sim = Sim::with(goods(30));
    sim.fault(json!({"path": "/products", "query": {"currentItem": "20"}, "action": {"do": "unauthorized"}}));
    assert_eq!(
        (
            sim.get("/products").status,
            sim.get("/products?currentItem=20").status
        ),
        (200, 401)
    );
    sim.fault(
        json!({"path": "/prod*", "method": "get", "nth": [2], "action": {"do": "unauthorized"}}),
    );
    let seen: Vec<u16> = (0..3).map(|_| sim.get("/productOnHands").status).collect();
    assert_eq!(seen, [200, 401, 200]);
    sim.fault(json!({"every": 2, "action": {"do": "unauthorized"}}));
    let seen: Vec<u16> = (0..4).map(|_| sim.get("/branches").status).collect();
    assert_eq!(seen, [200, 401, 200, 401]);
    assert_eq!(sim.control("faults")["rules"][0]["struck"], 2);
}

#[test]
fn chance_is_repeatable_by_seed() {
    let sim = Sim::with(goods(1));
    let run = |seed: u64| -> Vec<u16> {
        sim.fault(
            json!({"probability": 0.5, "seed": seed, "action": {"do": "status", "status": 500}}),
        );
        (0..16).map(|_| sim.get("/branches").status).collect()
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}

#[test]
fn two_rules_of_one_time_strike_two_calls() {
    let sim = Sim::with(goods(1));
    sim.post(
        "faults",
        &json!({"rules": [
            {"times": 1, "action": {"do": "status", "status": 500}},
            {"times": 1, "action": {"do": "unauthorized"}}
        ]}),
    );
    let seen: Vec<u16> = (0..3).map(|_| sim.get("/branches").status).collect();
    assert_eq!(seen, [500, 401, 200]);
}

#[test]
fn a_contradictory_or_unknown_rule_is_refused() {
    let sim = Sim::with(goods(1));
    let rule = |rule| json!({"rules": [rule]});
    let both = sim.try_post(
        "faults",
        &rule(json!({"every": 2, "nth": [1], "action": {"do": "hang"}})),
    );
    assert_eq!(both.status, 400);
    let unknown = sim.try_post("faults", &rule(json!({"action": {"do": "explode"}})));
    assert!(
        unknown.status == 400 && unknown.text.contains("explode"),
        "{}",
        unknown.text
    );
}

#[test]
fn a_cut_before_gives_no_answer_and_a_cut_after_a_broken_body() {
    let sim = Sim::with(goods(50));
    sim.fault(json!({"path": "/products", "times": 1, "action": {"do": "cutBefore"}}));
    assert!(sim.try_get("/products").is_err());
    sim.fault(
        json!({"path": "/products", "times": 1, "action": {"do": "cutAfter", "perMille": 300}}),
    );
    assert!(sim.try_get("/products").is_err());
    assert_eq!(sim.get("/products").status, 200);
    let counters = sim.control("counters");
    assert_eq!(
        counters["byEndpoint"]["GET /products"]["byStatus"],
        json!({"200": 1, "cutAfter": 1, "cutBefore": 1})
    );
}

#[test]
fn latency_slow_bodies_and_hangs_take_their_time() {
    let sim = Sim::with(goods(50));
    let timed = |action: serde_json::Value| {
        sim.fault(json!({"times": 1, "action": action}));
        let start = Instant::now();
        let answer = sim.try_get("/products?pageSize=50");
        (answer, start.elapsed())
    };
    let (answer, took) = timed(json!({"do": "latency", "ms": 200}));
    assert!(answer.is_ok() && took >= Duration::from_millis(200));
    let (answer, took) = timed(json!({"do": "slowBody", "ms": 300, "pieces": 3}));
    assert!(took >= Duration::from_millis(290), "{took:?}");
    assert_eq!(answer.unwrap().json()["total"], 50);
    let (answer, took) = timed(json!({"do": "hang", "ms": 250}));
    assert!(answer.is_err() && took >= Duration::from_millis(250));
}

#[test]
fn html_and_broken_json_come_with_status_200() {
    let sim = Sim::with(goods(5));
    sim.fault(json!({"times": 1, "action": {"do": "html"}}));
    let html = sim.get("/products");
    assert_eq!(
        (html.status, html.content_type.as_str()),
        (200, "text/html; charset=utf-8")
    );
    sim.fault(json!({"times": 1, "action": {"do": "badJson"}}));
    let broken = sim.get("/products");
    assert!(broken.status == 200 && broken.content_type.starts_with("application/json"));
    assert!(serde_json::from_str::<serde_json::Value>(&broken.text).is_err());
}

#[test]
fn a_list_can_lose_data_rows_or_its_total() {
    let sim = Sim::with(goods(5));
    let with = |action: serde_json::Value| {
        sim.fault(json!({"times": 1, "action": action}));
        let answer = sim.get("/products").json();
        (
            answer["total"].as_i64().unwrap(),
            answer
                .get("data")
                .map(|data| data.as_array().unwrap().len()),
        )
    };
    assert_eq!(with(json!({"do": "missingData"})), (5, None));
    assert_eq!(with(json!({"do": "shortPage", "drop": 2})), (5, Some(3)));
    assert_eq!(with(json!({"do": "wrongTotal", "by": -3})), (2, Some(5)));
    assert_eq!(with(json!({"do": "emptyList"})), (0, None));
    assert_eq!(
        with(json!({"do": "emptyList", "keepTotal": true})),
        (5, None)
    );
}

#[test]
fn a_page_can_come_twice() {
    let sim = Sim::with(goods(4));
    sim.fault(json!({"query": {"currentItem": "2"}, "action": {"do": "repeatPage"}}));
    let rows = sim.rows("/products?pageSize=2&currentItem=2&orderBy=id");
    assert_eq!(codes(&rows), ["SP1", "SP2"]);
}

#[test]
fn tokens_can_expire_in_mid_run_and_a_new_one_be_refused() {
    let mut sim = Sim::with(goods(5));
    sim.fault(json!({"path": "/products", "nth": [2], "action": {"do": "expireTokens"}}));
    assert_eq!(sim.get("/products").status, 200);
    assert_eq!(sim.get("/products").status, 401);
    assert_eq!(
        sim.get("/branches").status,
        401,
        "until a new token is asked for"
    );
    sim.fault(json!({"path": "/connect/token", "times": 1, "action": {"do": "refuseToken"}}));
    assert_eq!(
        sim.token_request("dongbo-test-client", "dongbo-test-secret")
            .status,
        400
    );
    sim.log_in();
    assert_eq!(sim.get("/products").status, 200);
}

#[test]
fn rules_can_be_added_and_cleared_and_never_touch_the_control_door() {
    let sim = Sim::with(goods(1));
    sim.fault(json!({"action": {"do": "status", "status": 500}}));
    sim.post(
        "faults",
        &json!({"add": true, "rules": [{"action": {"do": "unauthorized"}}]}),
    );
    assert_eq!(sim.control("faults")["rules"].as_array().unwrap().len(), 2);
    sim.post("faults", &json!({"rules": []}));
    assert_eq!(sim.get("/branches").status, 200);
}

#[test]
fn a_call_is_done_and_counted_also_when_the_client_gave_up() {
    let sim = Sim::start(goods(1), &[], 1, 86_400);
    sim.fault(json!({"times": 1, "action": {"do": "latency", "ms": 300}}));
    assert!(sim.impatient_get("/branches", 100).is_err());
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(
        sim.control("counters")["byStatus"],
        json!({"200": 2}),
        "the token and the abandoned call"
    );
    assert_eq!(
        sim.get("/branches").status,
        429,
        "the abandoned call used up the budget"
    );
}

#[test]
fn a_hang_is_counted_while_it_lasts() {
    let sim = Sim::with(goods(1));
    sim.fault(json!({"times": 1, "action": {"do": "hang"}}));
    assert!(sim.impatient_get("/branches", 100).is_err());
    assert_eq!(sim.control("counters")["byStatus"]["hang"], 1);
}

#[test]
fn late_processing_cuts_at_once_and_works_afterwards_and_a_plain_cut_never_works() {
    let sim = Sim::start(goods(1), &[], 1, 86_400);
    sim.fault(json!({"times": 1, "action": {"do": "cutBefore"}}));
    assert!(sim.try_get("/branches").is_err());
    sim.fault(json!({"times": 1, "action": {"do": "lateProcess", "ms": 300}}));
    let start = Instant::now();
    assert!(sim.try_get("/branches").is_err());
    assert!(
        start.elapsed() < Duration::from_millis(250),
        "{:?}",
        start.elapsed()
    );
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(
        sim.get("/branches").status,
        429,
        "only the late work used up the budget of one"
    );
}

#[test]
fn a_5xx_can_come_before_or_after_the_work() {
    let sim = Sim::start(goods(1), &[], 1, 86_400);
    sim.fault(json!({"times": 1, "action": {"do": "status", "status": 502}}));
    assert_eq!(sim.get("/branches").status, 502);
    sim.fault(json!({"times": 1, "action": {"do": "status", "status": 502, "processed": true}}));
    assert_eq!(sim.get("/branches").status, 502);
    assert_eq!(
        sim.get("/branches").status,
        429,
        "the second one was processed"
    );
}
