use std::collections::{BTreeMap, BTreeSet};

use serde_json::{json, Value};

use kiotviet_sim::generate::{generate, Plan};

use crate::receiver::{Received, Receiver};
use crate::sim::{goods, Sim};

/// A generated shop.
fn shop(goods: usize) -> Sim {
    let plan = Plan {
        goods,
        ..Plan::default()
    };
    Sim::with(serde_json::to_value(generate(&plan).unwrap()).unwrap())
}

/// The truth without dates: they are those of the clock.
fn truth(sim: &Sim) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for key in ["at", "createdDate", "modifiedDate", "stockMoved"] {
                    fields.remove(key);
                }
                fields.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut truth = sim.control("catalogue");
    strip(&mut truth);
    truth
}

/// All changes of a life, in order.
fn changes(lived: &Value) -> Vec<Value> {
    let steps = lived["steps"].as_array().unwrap();
    let changes = steps
        .iter()
        .flat_map(|step| step["changes"].as_array().unwrap());
    changes.cloned().collect()
}

#[test]
fn the_same_seed_gives_the_same_life_and_another_seed_another() {
    let at = "2026-03-01T09:00:00";
    let live = |seed: u64| shop(300).post("life", &json!({"changes": 150, "seed": seed, "at": at}));
    let (one, again, other) = (live(7), live(7), live(8));
    assert_eq!(one, again);
    assert_ne!(one["steps"], other["steps"]);
    assert_eq!(one["steps"].as_array().unwrap().len(), 150);
}

#[test]
fn what_is_answered_is_what_was_changed() {
    let (lived, replayed) = (shop(300), shop(300));
    let before = truth(&lived);
    let life = lived.post("life", &json!({"changes": 300, "seed": 3}));
    assert_ne!(truth(&lived), before);
    replayed.change(Value::Array(changes(&life)));
    assert_eq!(truth(&lived), truth(&replayed));
}

#[test]
fn a_long_life_knows_every_kind_of_step() {
    let sim = shop(400);
    let life = sim.post("life", &json!({"changes": 3000, "seed": 1}));
    let seen: BTreeSet<&str> = life["counts"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let all = "sale return receipt stockTake reserve price rename describe barcode code weight stop resume notSold newGood \
        deleteGood moveGood newFamily becomeFamily gainVariant loseVariant gainAttribute loseAttribute gainUnit loseUnit \
        bookPrice bookPriceRemoved campaignStart campaignEnd bookDates newCategory renameCategory moveCategory \
        deleteCategory renameBranch stopInBranch";
    assert_eq!(seen, all.split_whitespace().collect());
    assert!(life["counts"]["sale"].as_u64().unwrap() > 800);
}

#[test]
fn no_step_changes_nothing() {
    let sim = shop(40);
    let mut before = truth(&sim);
    for seed in 0..60 {
        let step = sim.post("life", &json!({"changes": 1, "seed": seed}));
        let after = truth(&sim);
        assert_ne!(after, before, "{step}");
        before = after;
    }
}

#[test]
fn families_stay_sound_and_codes_unique_after_a_long_life() {
    let sim = shop(300);
    let mix = json!({"newFamily": 2, "becomeFamily": 2, "gainVariant": 6, "loseVariant": 4, "gainAttribute": 2,
        "loseAttribute": 2, "gainUnit": 3, "loseUnit": 2, "deleteGood": 3, "newGood": 3, "code": 1});
    sim.post("life", &json!({"changes": 600, "seed": 11, "mix": mix}));
    let truth = sim.control("catalogue");
    let rows = truth["products"].as_array().unwrap();
    let codes: BTreeSet<&str> = rows
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes.len(), rows.len());
    let by_id = |id: &Value| rows.iter().find(|row| row["id"] == *id);
    let mut told_apart = BTreeSet::new();
    for row in rows {
        if !row["masterUnitId"].is_null() {
            assert!(
                by_id(&row["masterUnitId"]).is_some(),
                "a unit without base: {row}"
            );
        }
        for part in row["formulas"].as_array().into_iter().flatten() {
            assert!(
                by_id(&part["materialId"]).is_some(),
                "a combo without material: {row}"
            );
        }
        let master = row.get("masterProductId").unwrap_or(&row["id"]);
        if row["hasVariants"] == true {
            let apart = format!("{master} {} {}", row["attributes"], row["unit"]);
            assert!(told_apart.insert(apart), "twice the same variant: {row}");
        }
    }
}

#[test]
fn steps_are_told_one_by_one_and_the_last_word_is_the_truth() {
    let (sim, receiver) = (shop(200), Receiver::start());
    sim.hold();
    sim.register("stock.update", &receiver.url("/stock"), None);
    sim.register("product.update", &receiver.url("/product"), None);
    sim.register("product.delete", &receiver.url("/deleted"), None);
    let life = sim.post("life", &json!({"changes": 200, "seed": 2}));
    sim.deliver();
    let received = receiver.received();
    let rows = |path: &str| -> Vec<Value> {
        let of_path = received.iter().filter(|one| one.path == path);
        of_path.flat_map(Received::rows).collect()
    };
    let sales = life["counts"]["sale"].as_u64().unwrap() as usize;
    assert!(rows("/stock").len() >= sales);
    let deleted = rows("/deleted");
    let last: BTreeMap<i64, Value> = rows("/product")
        .into_iter()
        .map(|row| (row["Id"].as_i64().unwrap(), row))
        .collect();
    assert!(last.len() > 20, "{}", last.len());
    let truth = sim.control("catalogue");
    let products = truth["products"].as_array().unwrap();
    for (id, told) in last {
        match products.iter().find(|row| row["id"] == id) {
            Some(row) => assert_eq!(
                (&told["Name"], told["BasePrice"].as_f64()),
                (&row["name"], row["basePrice"].as_f64())
            ),
            None => assert!(
                deleted.contains(&json!(id)),
                "{id} is neither there nor deleted"
            ),
        }
    }
}

#[test]
fn steps_can_share_a_firing() {
    let (sim, receiver) = (Sim::with(goods(5)), Receiver::start());
    sim.hold();
    sim.register("stock.update", &receiver.url("/stock"), None);
    let wish = json!({"changes": 10, "seed": 1, "mix": {"receipt": 1}, "stepsPerFiring": 10});
    sim.post("life", &wish);
    sim.deliver();
    assert_eq!(
        (
            receiver.received().len(),
            receiver.received()[0].rows().len()
        ),
        (1, 10)
    );
}

#[test]
fn a_life_that_cannot_be_lived_changes_nothing_and_says_why() {
    let sim = Sim::with(goods(3));
    let before = truth(&sim);
    for (wish, word) in [
        (json!({"changes": 5, "mix": {"resume": 1}}), "resume"),
        (json!({"changes": 5, "mix": {"resum": 1}}), "becomeFamily"),
        (json!({"changes": 5, "mix": {"sale": 0}}), "weights"),
        (json!({"changes": 5, "stepsPerFiring": 0}), "stepsPerFiring"),
        (json!({"steps": 5}), "unknown field"),
    ] {
        let refused = sim.try_post("life", &wish);
        assert!(
            refused.status == 400 && refused.text.contains(word),
            "{}",
            refused.text
        );
    }
    assert_eq!(truth(&sim), before);
}

#[test]
fn a_life_with_orders_keeps_what_is_reserved_in_step_with_what_orders_hold() {
    let sim = shop(200);
    let before = reserved(&sim);
    let life = sim.post(
        "life",
        &json!({"changes": 1500, "seed": 5, "orders": true, "mix": {}}),
    );
    let counts = life["counts"].as_object().unwrap();
    for kind in "newCustomer editCustomer posOrder marketOrder confirmOrder editOrder sendOrder invoiceOrder cancelOrder \
        tillInvoice deliverInvoice cancelInvoice"
        .split(' ')
    {
        assert!(counts.contains_key(kind), "{kind}: {counts:?}");
    }
    let truth = sim.control("truth");
    assert!(truth["orders"].as_array().unwrap().len() > 50);
    // Cancelling every open order leaves nothing held but what other steps hold.
    let open = truth["orders"].as_array().unwrap().iter();
    let open = open.filter(|order| [1, 2, 5].contains(&order["status"].as_i64().unwrap()));
    let cancel: Vec<Value> = open
        .map(|order| json!({"op": "order.cancel", "id": order["id"]}))
        .collect();
    assert!(!cancel.is_empty());
    sim.change(Value::Array(cancel));
    assert!(reserved(&sim).values().all(|held| *held >= 0.0));
    let only_orders = shop(200);
    let mix = json!({"posOrder": 5, "invoiceOrder": 3, "editOrder": 2, "cancelOrder": 1, "confirmOrder": 1});
    only_orders.post("life", &json!({"changes": 300, "seed": 2, "mix": mix}));
    let orders = only_orders.control("truth")["orders"].clone();
    let open = orders.as_array().unwrap().iter();
    let open = open.filter(|order| [1, 2, 5].contains(&order["status"].as_i64().unwrap()));
    let cancel: Vec<Value> = open
        .map(|order| json!({"op": "order.cancel", "id": order["id"]}))
        .collect();
    only_orders.change(Value::Array(cancel));
    let left: BTreeMap<String, f64> = reserved(&only_orders)
        .into_iter()
        .filter(|(key, held)| (before.get(key).copied().unwrap_or(0.0) - held).abs() > 1e-6)
        .collect();
    assert_eq!(left, BTreeMap::new());
}

/// What is reserved of each good in each branch.
fn reserved(sim: &Sim) -> BTreeMap<String, f64> {
    let truth = sim.control("catalogue");
    let mut held = BTreeMap::new();
    for product in truth["products"].as_array().unwrap() {
        for row in product["stock"].as_array().unwrap() {
            let key = format!("{} {}", product["id"], row["branchId"]);
            held.insert(key, row["reserved"].as_f64().unwrap());
        }
    }
    held
}

#[test]
fn campaigns_can_begin_and_end_within_seconds() {
    let sim = shop(100);
    let mix = json!({"campaignStart": 1});
    sim.post(
        "life",
        &json!({"changes": 20, "seed": 1, "mix": mix, "campaignHourSeconds": 0}),
    );
    let books = sim.control("catalogue")["pricebooks"].clone();
    let campaigns = books.as_array().unwrap().iter();
    let campaigns: Vec<&Value> = campaigns
        .filter(|book| book["name"].as_str().unwrap().starts_with("Đợt giảm giá"))
        .collect();
    assert_eq!(campaigns.len(), 20);
    assert!(
        campaigns.iter().all(|book| book["inForce"] == false),
        "over at once"
    );
    let lived = sim.try_post("life", &json!({"changes": 1, "campaignHourSeconds": -1}));
    assert_eq!(lived.status, 400);
}
