use serde_json::{json, Value};

use crate::sim::{goods, Sim};

fn claims(token: &str) -> Value {
    use base64::Engine as _;
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(
        &base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(part)
            .unwrap(),
    )
    .unwrap()
}

#[test]
fn a_token_is_a_jwt_that_names_the_shop_and_its_life() {
    let sim = Sim::start(goods(1), &[], 0, 7_200);
    let answer = sim
        .token_request("dongbo-test-client", "dongbo-test-secret")
        .json();
    assert_eq!(answer["expires_in"], 7_200);
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["scope"], "PublicApi.Access");
    let claims = claims(answer["access_token"].as_str().unwrap());
    assert_eq!(claims["client_RetailerCode"], "dongbotest");
    assert_eq!(claims["scope"], json!(["PublicApi.Access"]));
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        7_200
    );
}

#[test]
fn bad_credentials_are_refused_as_the_switch_says() {
    let sim = Sim::with(goods(1));
    let refused = sim.token_request("dongbo-test-client", "wrong");
    assert_eq!(
        (refused.status, refused.json()),
        (400, json!({"error": "invalid_client"}))
    );
    sim.switch(1, "B");
    assert_eq!(
        sim.token_request("nobody", "dongbo-test-secret").status,
        401
    );
    sim.switch(1, "C");
    let html = sim.token_request("nobody", "dongbo-test-secret");
    assert!(html.content_type.starts_with("text/html"), "{html:?}");
}

#[test]
fn the_token_form_must_say_scopes_in_the_plural_and_the_grant() {
    let sim = Sim::with(goods(1));
    let known = [
        ("client_id", "dongbo-test-client"),
        ("client_secret", "dongbo-test-secret"),
    ];
    let mut form = known.to_vec();
    form.push(("grant_type", "client_credentials"));
    form.push(("scope", "PublicApi.Access"));
    assert_eq!(sim.token_form(&form).json()["error"], "invalid_scope");
    assert_eq!(
        sim.token_form(&known).json()["error"],
        "unsupported_grant_type"
    );
}

#[test]
fn a_call_without_a_token_or_with_a_forged_one_is_401() {
    let sim = Sim::with(goods(1));
    let without = sim.get_as("/branches", "", "dongbotest").unwrap();
    assert_eq!(
        (without.status, without.error_code().as_str()),
        (401, "TokenException")
    );
    let mut forged = sim.token().to_owned();
    forged.replace_range(
        60..61,
        if forged.as_bytes()[60] == b'A' {
            "B"
        } else {
            "A"
        },
    );
    assert_eq!(
        sim.get_as("/branches", &format!("Bearer {forged}"), "dongbotest")
            .unwrap()
            .status,
        401
    );
}

#[test]
fn a_token_stops_working_when_its_time_is_over() {
    let sim = Sim::start(goods(1), &[], 0, 1);
    assert_eq!(sim.get("/branches").status, 200);
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(sim.get("/branches").status, 401);
}

#[test]
fn all_tokens_can_be_made_worthless_and_a_new_one_works() {
    let mut sim = Sim::with(goods(1));
    sim.post("expire-tokens", &json!({}));
    assert_eq!(sim.get("/branches").status, 401);
    sim.log_in();
    assert_eq!(sim.get("/branches").status, 200);
}

#[test]
fn a_token_outlives_a_restart_of_the_server() {
    let first = Sim::with(goods(1));
    let second = Sim::with(goods(1));
    let answer = second
        .get_as(
            "/branches",
            &format!("Bearer {}", first.token()),
            "dongbotest",
        )
        .unwrap();
    assert_eq!(answer.status, 200);
}

#[test]
fn a_wrong_or_missing_shop_code_is_refused_as_the_switch_says() {
    let sim = Sim::with(goods(1));
    let bearer = format!("Bearer {}", sim.token());
    for retailer in ["another", ""] {
        let refused = sim.get_as("/branches", &bearer, retailer).unwrap();
        assert_eq!(
            (refused.status, refused.message().as_str()),
            (401, "Shop's name is invalid")
        );
    }
    sim.switch(5, "B");
    assert_eq!(
        sim.get_as("/branches", &bearer, "another").unwrap().status,
        420
    );
    sim.switch(5, "C");
    assert_eq!(
        sim.get_as("/branches", &bearer, "another").unwrap().status,
        400
    );
}

#[test]
fn the_hourly_budget_counts_get_calls_and_names_the_wait() {
    let sim = Sim::start(goods(1), &[], 2, 86_400);
    assert_eq!(sim.get("/branches").status, 200);
    assert_eq!(sim.get("/settings").status, 200);
    let refused = sim.get("/branches");
    assert_eq!(refused.status, 429);
    let wait: u64 = refused.retry_after.unwrap().parse().unwrap();
    assert!((3_500..=3_600).contains(&wait), "{wait}");
    sim.switch(3, "C");
    assert_eq!(sim.get("/branches").status, 420);
    sim.switch(3, "B");
    let plain = sim.get("/branches");
    assert_eq!((plain.status, plain.retry_after.is_none()), (429, true));
    sim.post("reset-counters", &json!({}));
    assert_eq!(sim.get("/branches").status, 200);
}

#[test]
fn an_unknown_path_is_404_and_a_wrong_method_405() {
    let sim = Sim::with(goods(1));
    assert_eq!(sim.get("/nothing").status, 404);
    assert_eq!(sim.post_api("/branches", &json!({})).status, 405);
    let counted = sim.control("counters");
    assert_eq!(
        (&counted["byStatus"]["404"], &counted["byStatus"]["405"]),
        (&json!(1), &json!(1))
    );
}
