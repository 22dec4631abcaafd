use serde_json::{json, Value};

use crate::receiver::Receiver;
use crate::sim::{goods, Sim};

/// 40 sales under faults: which came, numbered from 0, in the order of their coming; the counters.
fn course(chances: Value) -> (Vec<usize>, Value, Receiver) {
    let (sim, receiver) = (Sim::with(goods(1)), Receiver::start());
    sim.hold();
    sim.register("stock.update", &receiver.url("/hook"), Some("c2VjcmV0"));
    sim.post("delivery-faults", &chances);
    for _ in 0..40 {
        sim.post("sell", &json!({"code": "SP1", "quantity": 1}));
    }
    let counters = sim.deliver();
    let seen = receiver.received();
    // Stock starts at 1 and falls by one with every sale: it numbers the deliveries.
    let numbers = seen.iter().map(|one| {
        let on_hand = one.rows()[0]["OnHand"].as_f64().unwrap();
        (-on_hand) as usize
    });
    let numbers = numbers.collect();
    (numbers, counters, receiver)
}

#[test]
fn without_faults_every_delivery_comes_once_and_in_order() {
    let (seen, counters, _) = course(json!({}));
    assert_eq!(seen, (0..40).collect::<Vec<usize>>());
    assert_eq!(
        (&counters["made"], &counters["delivered"]),
        (&json!(40), &json!(40))
    );
}

#[test]
fn some_are_lost_and_the_seed_says_which() {
    let (seen, counters, _) = course(json!({"seed": 5, "lost": 0.3}));
    let lost = counters["lost"].as_u64().unwrap();
    assert!(
        (4..=20).contains(&lost) && seen.len() as u64 == 40 - lost,
        "{counters}"
    );
    assert_eq!(seen, course(json!({"seed": 5, "lost": 0.3})).0);
    assert_ne!(seen, course(json!({"seed": 6, "lost": 0.3})).0);
}

#[test]
fn some_come_twice_with_the_same_id_or_another() {
    for (new_id, ids_of_40) in [(false, 40), (true, 80)] {
        let (seen, counters, receiver) = course(json!({"doubled": 1, "doubledNewId": new_id}));
        assert_eq!((seen.len(), &counters["doubled"]), (80, &json!(40)));
        let ids: std::collections::HashSet<String> = receiver
            .received()
            .iter()
            .map(|one| one.json()["Id"].to_string())
            .collect();
        assert_eq!(ids.len(), ids_of_40);
    }
}

#[test]
fn some_are_overtaken_by_a_few() {
    let (seen, counters, _) = course(json!({"seed": 1, "reordered": 0.3, "reorderedBy": 3}));
    assert!(counters["reordered"].as_u64().unwrap() > 3);
    let behind = |place: usize| seen[place].abs_diff(place);
    let furthest = (0..40).map(behind).max().unwrap();
    assert!((1..=6).contains(&furthest), "{seen:?}");
    let mut sorted = seen.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (0..40).collect::<Vec<usize>>(), "none is missing");
}

#[test]
fn late_ones_come_after_all_that_wait() {
    let (seen, counters, _) = course(json!({"seed": 1, "late": 0.2}));
    let late = usize::try_from(counters["late"].as_u64().unwrap()).unwrap();
    let (prompt, behind) = seen.split_at(40 - late);
    assert!(late > 2 && prompt.is_sorted() && behind.is_sorted());
    assert!(behind[0] < prompt[prompt.len() - 1], "{seen:?}");
}

#[test]
fn without_a_hold_a_late_one_comes_by_itself_when_its_time_is_up() {
    let (sim, receiver) = (Sim::with(goods(2)), Receiver::start());
    sim.register("stock.update", &receiver.url("/hook"), None);
    sim.post("delivery-faults", &json!({"late": 1, "lateMs": 200}));
    let start = std::time::Instant::now();
    sim.post("sell", &json!({"code": "SP1", "quantity": 1}));
    receiver.wait_for(1);
    let took = start.elapsed().as_millis();
    assert!((200..2_000).contains(&took), "{took} ms");
}

#[test]
fn some_are_unsigned_or_signed_with_another_secret() {
    let (_, _, right) = course(json!({}));
    let (_, counters, none) = course(json!({"unsigned": 1}));
    assert!(none.received().iter().all(|one| one.signature.is_none()));
    assert_eq!(counters["unsigned"], 40);
    let (_, counters, bad) = course(json!({"badlySigned": 1}));
    assert_eq!(counters["badlySigned"], 40);
    let verify = |receiver: &Receiver| {
        receiver
            .received()
            .iter()
            .filter(|one| one.signature.as_deref() == Some(&format!("sha1={}", hmac(&one.body))))
            .count()
    };
    assert_eq!((verify(&right), verify(&bad)), (40, 0));
}

fn hmac(body: &str) -> String {
    use hmac::Mac as _;
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(b"c2VjcmV0").unwrap();
    mac.update(body.as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn faults_can_be_kept_to_some_types() {
    let (_, counters, _) = course(json!({"lost": 1, "types": ["product.update"]}));
    assert_eq!(counters["delivered"], 40);
}

#[test]
fn a_chance_beyond_1_and_an_unknown_type_are_refused() {
    let sim = Sim::with(goods(1));
    for chances in [
        json!({"lost": 1.5}),
        json!({"types": ["stock"]}),
        json!({"loose": 1}),
        json!({"reorderedBy": 0}),
    ] {
        assert_eq!(
            sim.try_post("delivery-faults", &chances).status,
            400,
            "{chances}"
        );
    }
    assert_eq!(sim.control("delivery-faults")["lost"], 0.0);
}

#[test]
fn the_very_first_deliveries_can_be_lost() {
    let (sim, receiver) = hooked();
    sim.post("delivery-faults", &json!({"loseFirst": 1}));
    for _ in 0..3 {
        sim.change(json!([{"op": "stock.set", "code": "SP1", "branchId": 200_001, "onHand": 4}]));
    }
    let sent = sim.post("deliveries/send", &json!({}));
    assert_eq!(
        (&sent["counters"]["lost"], receiver.received().len()),
        (&json!(1), 2)
    );
}

#[test]
fn a_first_attempt_can_be_lost_and_the_second_arrives() {
    let (sim, receiver) = hooked();
    sim.post("delivery-faults", &json!({"firstAttemptLost": 1.0}));
    sim.change(json!([{"op": "stock.set", "code": "SP1", "branchId": 200_001, "onHand": 4}]));
    sim.post("deliveries/send", &json!({}));
    let received = receiver.received();
    assert_eq!(
        (received.len(), &received[0].json()["Attempt"]),
        (1, &json!(2))
    );
}

fn hooked() -> (Sim, Receiver) {
    let (sim, receiver) = (Sim::with(goods(1)), Receiver::start());
    sim.hold();
    sim.register("stock.update", &receiver.url("/"), None);
    (sim, receiver)
}
