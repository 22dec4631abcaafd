use serde_json::{json, Value};

use crate::products::families;
use crate::sim::{goods, Sim};

#[test]
fn a_change_sets_the_field_bumps_the_date_and_touches_nothing_else() {
    let sim = Sim::with(goods(2));
    let before = sim.product("SP1", "");
    sim.change(json!([{"op": "product.set", "code": "SP1", "fields": {"basePrice": 4400}}]));
    let mut after = sim.product("SP1", "");
    assert_eq!(after["basePrice"].as_f64(), Some(4400.0));
    assert!(
        after["modifiedDate"].as_str().unwrap().ends_with("0000"),
        "stored dates have milliseconds"
    );
    after["basePrice"] = before["basePrice"].clone();
    after.as_object_mut().unwrap().remove("modifiedDate");
    assert_eq!(after, before);
    assert_eq!(sim.rows("/products?lastModifiedFrom=2026-01-01").len(), 1);
}

#[test]
fn null_clears_an_optional_field_and_an_unknown_one_is_refused() {
    let sim = Sim::with(families());
    sim.change(json!([{"op": "product.set", "id": 20, "fields": {"weight": null}}]));
    assert_eq!(sim.product("AO-D", "").get("weight"), None);
    let refused = sim.try_post(
        "change",
        &json!({"changes": [{"op": "product.set", "id": 20, "fields": {"colour": 1}}]}),
    );
    assert!(
        refused.status == 400 && refused.text.contains("colour"),
        "{}",
        refused.text
    );
}

#[test]
fn of_several_changes_all_or_none_happen() {
    let sim = Sim::with(goods(2));
    let changes = json!({"changes": [
        {"op": "product.set", "code": "SP1", "fields": {"name": "Khác"}},
        {"op": "product.remove", "code": "SP99"}
    ]});
    let refused = sim.try_post("change", &changes);
    assert!(
        refused.text.contains("change 1") && refused.text.contains("nothing was changed"),
        "{}",
        refused.text
    );
    assert_eq!(sim.product("SP1", "")["name"], "Hàng 1");
}

#[test]
fn a_new_good_gets_an_id_never_used_before() {
    let sim = Sim::with(goods(2));
    sim.change(json!([{"op": "product.remove", "code": "SP2"}]));
    let added = sim.change(
        json!([{"op": "product.add", "product": {"code": "NEW", "name": "Mới", "basePrice": 1}}]),
    );
    assert_eq!(added["results"][0]["id"], 50_000_003);
    assert_eq!(sim.product("NEW", "")["categoryName"], "Khác");
}

#[test]
fn removing_a_base_row_takes_its_units_and_prices_along() {
    let mut shop = families();
    shop["pricebooks"] =
        json!([{"id": 1, "name": "Sỉ", "prices": [{"productId": 11, "price": 1}]}]);
    let sim = Sim::with(shop);
    let answer = sim.change(json!([{"op": "product.remove", "code": "BEER"}]));
    assert_eq!(answer["results"][0]["removed"], json!([10, 11]));
    assert_eq!(sim.get("/pricebooks/1").json()["total"], 0);
    assert_eq!(sim.get("/products/10").status, 420);
}

fn masters(sim: &Sim) -> Vec<(String, Option<i64>)> {
    let rows = sim.rows("/products?pageSize=100&name=áo");
    rows.iter()
        .map(|row| {
            (
                row["code"].as_str().unwrap().to_owned(),
                row["masterProductId"].as_i64(),
            )
        })
        .collect()
}

#[test]
fn siblings_keep_a_dead_masters_id_or_one_of_them_is_promoted() {
    let sim = Sim::with(families());
    sim.change(json!([{"op": "product.remove", "code": "AO-D"}]));
    assert_eq!(
        masters(&sim),
        [("AO-X".into(), Some(20)), ("AO-X3".into(), Some(20))]
    );
    assert_eq!(sim.rows("/products?lastModifiedFrom=2026-01-01").len(), 0);

    let sim = Sim::with_switches(families(), &["18=B"]);
    sim.change(json!([{"op": "product.remove", "code": "AO-D"}]));
    assert_eq!(
        masters(&sim),
        [("AO-X".into(), None), ("AO-X3".into(), Some(21))]
    );
    assert_eq!(sim.rows("/products?lastModifiedFrom=2026-01-01").len(), 2);
}

#[test]
fn stock_of_a_further_unit_is_set_on_its_base_row() {
    let sim = Sim::with(families());
    let change =
        json!({"changes": [{"op": "stock.set", "code": "BEER24", "branchId": 1, "onHand": 1}]});
    let refused = sim.try_post("change", &change);
    assert!(refused.text.contains("base row"), "{}", refused.text);
}

#[test]
fn a_stock_row_can_appear_and_vanish() {
    let sim = Sim::with(families());
    sim.change(json!([
        {"op": "stock.removeRow", "code": "BEER", "branchId": 2},
        {"op": "stock.set", "code": "DV", "branchId": 2, "onHand": 1.5, "reserved": 1}
    ]));
    let branches = |code: &str| -> Vec<Value> {
        let row = sim.product(code, "&includeInventory=true");
        row["inventories"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["branchId"].clone())
            .collect()
    };
    assert_eq!(
        (branches("BEER"), branches("DV")),
        (vec![json!(1)], vec![json!(2)])
    );
}

#[test]
fn counters_tell_calls_by_endpoint_and_status_and_can_be_reset() {
    let sim = Sim::with(goods(1));
    sim.post("reset-counters", &json!({}));
    sim.get("/products?pageSize=1");
    sim.get("/products/50000001");
    sim.get("/products/1");
    let counters = sim.control("counters");
    assert_eq!(counters["total"], 3);
    assert_eq!(
        counters["byEndpoint"]["GET /products/{id}"],
        json!({"calls": 2, "byStatus": {"200": 1, "420": 1}})
    );
    assert_eq!(sim.control("calls")[0]["target"], "/products?pageSize=1");
    sim.post("reset-counters", &json!({}));
    assert_eq!(sim.control("counters")["total"], 0);
}

#[test]
fn the_truth_names_category_paths_stock_and_prices_of_every_good() {
    let sim = Sim::with(families());
    let truth = sim.truth("BEER24");
    assert_eq!(truth["categoryPath"], json!(["Đồ uống", "Bia"]));
    assert_eq!(truth["prices"]["general"], 340_000);
    assert_eq!(truth["stock"][0]["onHand"].as_f64(), Some(50.0 / 24.0));
    assert_eq!(
        sim.truth("AO-D")["attributes"],
        json!([{"attributeName": "Màu", "attributeValue": "Đỏ"}])
    );
}

#[test]
fn the_shop_can_be_saved_and_started_again() {
    let sim = Sim::with(families());
    sim.post(
        "sell",
        &json!({"code": "BEER", "branchId": 1, "quantity": 4}),
    );
    let again = Sim::with(sim.control("catalogue?form=catalogue"));
    assert_eq!(
        again.control("catalogue?at=2026-01-01"),
        sim.control("catalogue?at=2026-01-01")
    );
}

#[test]
fn a_new_secret_makes_old_tokens_worthless() {
    let sim = Sim::with(goods(1));
    sim.change(json!([{"op": "shop.set", "fields": {"clientSecret": "other"}}]));
    assert_eq!(sim.get("/branches").status, 401);
    assert_eq!(
        sim.token_request("dongbo-test-client", "dongbo-test-secret")
            .status,
        400
    );
}

#[test]
fn an_unknown_switch_or_letter_is_refused_with_the_known_ones() {
    let sim = Sim::with(goods(1));
    let refused = sim.try_post("switches", &json!({"7": "Z"}));
    assert!(
        refused.status == 400 && refused.text.contains("omits data"),
        "{}",
        refused.text
    );
    assert_eq!(sim.try_post("switches", &json!({"999": "B"})).status, 400);
}
