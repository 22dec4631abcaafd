use std::time::{Duration, Instant};

use serde_json::{json, Value};

use crate::receiver::{Answer, Receiver};
use crate::sim::{goods, Sim};

fn sell(sim: &Sim, code: &str) {
    sim.post("sell", &json!({"code": code, "quantity": 1}));
}

/// A shop of `count` goods and a receiver of its stock movements.
fn listening(count: usize, secret: Option<&str>) -> (Sim, Receiver, i64) {
    let (sim, receiver) = (Sim::with(goods(count)), Receiver::start());
    let id = sim.register(
        "stock.update",
        &receiver.url("/hook?type=stock.update"),
        secret,
    );
    (sim, receiver, id)
}

#[test]
fn a_change_is_told_by_itself_within_moments() {
    let (sim, receiver, _) = listening(1, None);
    let start = Instant::now();
    sell(&sim, "SP1");
    let received = receiver.wait_for(1);
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(received[0].path, "/hook?type=stock.update");
    assert_eq!(received[0].content_type, "application/json");
    assert_eq!(received[0].signature, None, "no secret was registered");
    assert_eq!(received[0].rows()[0]["OnHand"], 0.0);
}

#[test]
fn the_signature_covers_the_exact_body_in_the_form_switched() {
    let (sim, receiver, _) = listening(1, Some("SmVmZQ=="));
    sim.hold();
    // Expected values are computed by the unit tests' published vectors; here the header must follow body and switch.
    let sign = |letter: &str| {
        receiver.forget();
        sim.switch(47, letter);
        sell(&sim, "SP1");
        sim.deliver();
        let one = receiver.received().remove(0);
        (one.signature.unwrap(), one.body)
    };
    let hex = |text: &str, length: usize| {
        text.len() == length && text.chars().all(|c| c.is_ascii_hexdigit())
    };
    for (letter, prefix, length) in [
        ("A", "sha1=", 64),
        ("B", "", 64),
        ("C", "sha256=", 64),
        ("E", "sha1=", 64),
        ("F", "", 64),
        ("G", "sha256=", 64),
        ("I", "sha1=", 40),
        ("J", "", 40),
        ("L", "sha1=", 40),
        ("M", "", 64),
    ] {
        let (signature, _) = sign(letter);
        let rest = signature
            .strip_prefix(prefix)
            .unwrap_or_else(|| panic!("{letter}: {signature}"));
        assert!(hex(rest, length), "{letter}: {signature}");
    }
    for (letter, length) in [("D", 44), ("H", 44), ("K", 28)] {
        let (signature, _) = sign(letter);
        assert!(
            signature.len() == length && signature.ends_with('='),
            "{letter}: {signature}"
        );
    }
    let (signature, body) = sign("B");
    assert_eq!(signature, hmac_hex(b"SmVmZQ==", body.as_bytes()));
    let (signature, body) = sign("F");
    assert_eq!(signature, hmac_hex(b"Jefe", body.as_bytes()));
}

fn hmac_hex(key: &[u8], body: &[u8]) -> String {
    use hmac::Mac as _;
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(body);
    mac.finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn a_failed_attempt_is_repeated_with_the_same_id_and_the_next_attempt_number() {
    let (sim, receiver, _) = listening(1, Some("c2VjcmV0"));
    sim.hold();
    receiver.will(&[Answer::Status(500), Answer::Cut]);
    sell(&sim, "SP1");
    let counters = sim.deliver();
    let received = receiver.received();
    let seen: Vec<(Value, Value)> = received
        .iter()
        .map(|one| (one.json()["Id"].clone(), one.json()["Attempt"].clone()))
        .collect();
    let id = seen[0].0.clone();
    assert_eq!(
        seen,
        [
            (id.clone(), json!(1)),
            (id.clone(), json!(2)),
            (id, json!(3))
        ]
    );
    assert_ne!(
        received[0].signature, received[1].signature,
        "Attempt is part of the signed body"
    );
    assert_eq!(
        (
            &counters["delivered"],
            &counters["retried"],
            &counters["sent"]
        ),
        (&json!(1), &json!(2), &json!(3))
    );
    assert_eq!(
        counters["byOutcome"],
        json!({"200": 1, "500": 1, "unreachable": 1})
    );
}

#[test]
fn the_number_of_attempts_is_a_switch_and_then_it_gives_up() {
    let (sim, receiver, _) = listening(1, None);
    sim.hold();
    for (letter, attempts) in [("A", 3), ("B", 1), ("C", 5)] {
        sim.switch(49, letter);
        sim.post("reset-counters", &json!({}));
        receiver.will(&vec![Answer::Status(503); attempts]);
        receiver.forget();
        sell(&sim, "SP1");
        assert_eq!(sim.deliver()["gaveUp"], 1);
        assert_eq!(receiver.received().len(), attempts, "{letter}");
    }
    assert_eq!(
        sim.rows("/webhooks")[0]["isActive"],
        true,
        "a 5xx ends no registration"
    );
}

#[test]
fn retries_wait_longer_each_time() {
    let (sim, receiver, _) = listening(1, None);
    sim.post("webhooks", &json!({"retryDelaysMs": [60, 300]}));
    receiver.will(&[Answer::Status(500), Answer::Status(500)]);
    let start = Instant::now();
    sell(&sim, "SP1");
    receiver.wait_for(2);
    let second = start.elapsed();
    receiver.wait_for(3);
    let third = start.elapsed();
    assert!(
        second >= Duration::from_millis(60) && second < Duration::from_millis(300),
        "{second:?}"
    );
    assert!(third >= second + Duration::from_millis(290), "{third:?}");
}

#[test]
fn one_round_leaves_the_retries_waiting() {
    let (sim, receiver, _) = listening(1, None);
    sim.hold();
    receiver.will(&[Answer::Status(500)]);
    sell(&sim, "SP1");
    sim.post("deliveries/send", &json!({"once": true}));
    let deliveries = sim.control("deliveries");
    assert_eq!(deliveries["waiting"][0]["attempt"], 2);
    assert_eq!(receiver.received().len(), 1);
    assert_eq!(sim.deliver()["delivered"], 1);
}

#[test]
fn an_answer_after_the_limit_is_a_failed_attempt() {
    let (sim, receiver, _) = listening(1, None);
    sim.hold();
    assert_eq!(
        sim.control("webhooks")["options"]["timeoutMs"],
        5000,
        "as documented"
    );
    sim.post("webhooks", &json!({"timeoutMs": 100}));
    receiver.will(&[Answer::After(Duration::from_millis(400))]);
    sell(&sim, "SP1");
    let counters = sim.deliver();
    assert_eq!(counters["byOutcome"], json!({"200": 1, "timeout": 1}));
}

#[test]
fn five_answers_stop_the_registration_and_drop_what_waits() {
    for status in [400, 401, 403, 404, 405] {
        let (sim, receiver, id) = listening(2, None);
        sim.hold();
        receiver.will(&[Answer::Status(status)]);
        sell(&sim, "SP1");
        sell(&sim, "SP2");
        let counters = sim.deliver();
        assert_eq!(
            (
                &counters["stopped"],
                &counters["dropped"],
                receiver.received().len()
            ),
            (&json!(1), &json!(1), 1),
            "{status}"
        );
        assert_eq!(
            sim.get(&format!("/webhooks/{id}")).json()["isActive"],
            false
        );
        sell(&sim, "SP1");
        assert_eq!(sim.deliver()["made"], 2, "nothing more is told");
    }
}

#[test]
fn other_4xx_answers_are_retried() {
    let (sim, receiver, _) = listening(1, None);
    sim.hold();
    receiver.will(&[Answer::Status(429), Answer::Status(410)]);
    sell(&sim, "SP1");
    assert_eq!(sim.deliver()["delivered"], 1);
}

#[test]
fn what_a_stop_does_to_the_registration_is_a_switch() {
    for (letter, listed_active, told_later) in [("A", false, 0), ("B", true, 1), ("C", true, 0)] {
        let (sim, receiver, id) = listening(1, None);
        sim.hold();
        sim.switch(48, letter);
        receiver.will(&[Answer::Status(404)]);
        sell(&sim, "SP1");
        sim.deliver();
        receiver.forget();
        sell(&sim, "SP1");
        sim.deliver();
        assert_eq!(
            sim.get(&format!("/webhooks/{id}")).json()["isActive"],
            listed_active,
            "{letter}"
        );
        assert_eq!(receiver.received().len(), told_later, "{letter}");
    }
}

#[test]
fn rows_and_notifications_are_packed_as_asked() {
    let (sim, receiver, _) = listening(7, None);
    sim.hold();
    sim.post(
        "webhooks",
        &json!({"rowsPerNotification": 2, "notificationsPerDelivery": 2}),
    );
    let sales: Vec<Value> = (1..=7)
        .map(|n| json!({"code": format!("SP{n}"), "quantity": 1}))
        .collect();
    sim.post("sell", &json!({ "sales": sales }));
    sim.deliver();
    let shape: Vec<Vec<usize>> = receiver
        .received()
        .iter()
        .map(|one| {
            one.json()["Notifications"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["Data"].as_array().unwrap().len())
                .collect()
        })
        .collect();
    assert_eq!(shape, [vec![2, 2], vec![2, 1]]);
    assert_eq!(
        sim.try_post("webhooks", &json!({"rowsPerNotification": 0}))
            .status,
        400
    );
    assert_eq!(sim.try_post("webhooks", &json!({"rows": 1})).status, 400);
}

#[test]
fn every_registration_of_a_type_is_told_and_an_inactive_or_deleted_one_is_not() {
    let (sim, receiver, first) = listening(1, None);
    sim.hold();
    let second = sim.register("stock.update", &receiver.url("/second"), None);
    let sleeping = json!({"Webhook": {"Type": "stock.update", "Url": receiver.url("/sleeping"), "IsActive": false}});
    assert_eq!(sim.post_api("/webhooks", &sleeping).status, 200);
    sell(&sim, "SP1");
    sim.delete(&format!("/webhooks/{first}"));
    sim.deliver();
    let paths: Vec<String> = receiver
        .received()
        .into_iter()
        .map(|one| one.path)
        .collect();
    assert_eq!(
        paths,
        ["/second"],
        "{second} only: what waited for the deleted one is dropped"
    );
}

#[test]
fn only_this_machine_is_contacted() {
    let sim = Sim::with(goods(1));
    sim.hold();
    for url in [
        "http://203.0.113.5/hook",
        "http://example.com/hook",
        "https://127.0.0.1/hook",
    ] {
        sim.register("stock.update", url, None);
    }
    sell(&sim, "SP1");
    let counters = sim.deliver();
    assert_eq!(
        (
            &counters["refused"],
            &counters["sent"],
            &counters["retried"]
        ),
        (&json!(3), &json!(0), &json!(0))
    );
    let log = sim.control("deliveries");
    let outcome = log["deliveries"][0]["outcome"].as_str().unwrap();
    assert!(
        outcome.contains("http://203.0.113.5/hook is not on this machine"),
        "{outcome}"
    );
    assert!(log["deliveries"][2]["outcome"]
        .as_str()
        .unwrap()
        .contains("http only"));
}

#[test]
fn the_journal_shows_bodies_and_can_send_an_old_one_again() {
    let (sim, receiver, id) = listening(2, Some("c2VjcmV0"));
    sim.hold();
    sell(&sim, "SP1");
    sell(&sim, "SP2");
    sim.deliver();
    let log = sim.control("deliveries?body=true");
    let entry = &log["deliveries"][0];
    assert_eq!(entry["body"], receiver.received()[0].body.as_str());
    assert_eq!(
        entry["signature"],
        receiver.received()[0].signature.clone().unwrap()
    );
    assert_eq!(
        (&entry["webhookId"], &entry["rows"], &entry["outcome"]),
        (&json!(id), &json!(1), &json!("200"))
    );
    sim.post("deliveries/again", &json!({"number": entry["number"]}));
    sim.deliver();
    assert_eq!(
        receiver.received()[2].body,
        receiver.received()[0].body,
        "stale by now, and a duplicate"
    );
    assert_eq!(
        sim.try_post("deliveries/again", &json!({"number": 99}))
            .status,
        400
    );
}
