use serde_json::{json, Value};

use crate::products::families;
use crate::sim::Sim;

fn stock(sim: &Sim, code: &str, branch: i64) -> Value {
    let row = sim.product(code, "&includeInventory=true");
    let rows = row["inventories"].as_array().cloned().unwrap_or_default();
    rows.into_iter()
        .find(|row| row["branchId"] == branch)
        .unwrap_or_default()
}

#[test]
fn a_stock_row_has_the_live_keys() {
    let sim = Sim::with(families());
    let row = stock(&sim, "BEER", 1);
    assert_eq!(
        row,
        json!({"productId": 10, "branchId": 1, "branchName": "Kho", "cost": 9000.0, "onHand": 50.0, "reserved": 2.0,
               "actualReserved": 2.0, "minQuantity": 0.0, "maxQuantity": 0.0, "isActive": true, "onOrder": 0.0})
    );
    sim.switch(15, "B");
    sim.switch(16, "B");
    let row = stock(&sim, "BEER", 1);
    assert_eq!(
        (row["actualReserved"].as_f64(), row["minQuality"].as_f64()),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(row.get("minQuantity"), None);
}

#[test]
fn unit_stock_is_base_stock_divided_or_its_own_or_absent() {
    let sim = Sim::with(families());
    assert_eq!(
        stock(&sim, "BEER24", 1)["onHand"].as_f64(),
        Some(50.0 / 24.0)
    );
    assert_eq!(stock(&sim, "BEER24", 2)["onHand"].as_f64(), Some(-0.125));
    sim.switch(19, "B");
    assert_eq!(
        stock(&sim, "BEER24", 1),
        Value::Null,
        "it has no row of its own"
    );
    sim.change(json!([{"op": "stock.set", "code": "BEER24", "branchId": 1, "onHand": 7}]));
    assert_eq!(stock(&sim, "BEER24", 1)["onHand"], 7);
    sim.switch(19, "C");
    assert_eq!(stock(&sim, "BEER24", 1), Value::Null);
}

#[test]
fn combo_stock_is_its_own_zero_or_computed_from_materials() {
    let sim = Sim::with(families());
    assert_eq!(stock(&sim, "COMBO", 1)["onHand"], 0.0);
    sim.switch(20, "B");
    assert_eq!(
        stock(&sim, "COMBO", 1)["onHand"],
        8.0,
        "50 cans make 8 packs of 6"
    );
}

#[test]
fn the_light_list_has_no_name_and_no_cost_and_spells_on_hand_as_switched() {
    let sim = Sim::with(families());
    let row = &sim.rows("/productOnHands?pageSize=1")[0];
    assert_eq!(
        row["inventories"][0],
        json!({"branchId": 1, "onHand": 50.0, "reserved": 2.0})
    );
    assert_eq!(
        (row.get("name"), row["code"].as_str()),
        (None, Some("BEER"))
    );
    sim.switch(23, "B");
    assert_eq!(
        sim.rows("/productOnHands?pageSize=1&branchIds=2")[0]["inventories"],
        json!([{"branchId": 2, "onhand": -3.0, "reserved": 0.0}])
    );
}

#[test]
fn a_sale_lowers_stock_and_leaves_every_modified_date_alone_unless_switched() {
    let sim = Sim::with(families());
    sim.post(
        "sell",
        &json!({"code": "BEER", "branchId": 1, "quantity": 4}),
    );
    assert_eq!(stock(&sim, "BEER", 1)["onHand"], 46.0);
    let delta = "lastModifiedFrom=2026-01-01";
    assert_eq!(sim.rows(&format!("/products?{delta}")).len(), 0);
    assert_eq!(sim.rows(&format!("/productOnHands?{delta}")).len(), 0);
    sim.switch(24, "B");
    assert_eq!(sim.rows(&format!("/productOnHands?{delta}")).len(), 1);
    assert_eq!(sim.rows(&format!("/products?{delta}")).len(), 0);
    sim.switch(53, "B");
    assert_eq!(sim.rows(&format!("/products?{delta}")).len(), 1);
}

#[test]
fn selling_a_unit_takes_base_units_and_selling_a_combo_takes_materials() {
    let sim = Sim::with(families());
    sim.post("sell", &json!({"sales": [{"code": "BEER24", "branchId": 1, "quantity": 1}, {"code": "COMBO", "branchId": 1, "quantity": 2}]}));
    assert_eq!(stock(&sim, "BEER", 1)["onHand"], 50.0 - 24.0 - 12.0);
    sim.post("sell", &json!({"code": "DV", "quantity": 3}));
    sim.post(
        "sell",
        &json!({"code": "BEER", "branchId": 1, "quantity": -1}),
    );
    assert_eq!(
        stock(&sim, "BEER", 1)["onHand"],
        15.0,
        "a service has no stock, a return adds"
    );
}

#[test]
fn a_sale_beyond_stock_goes_below_zero_only_where_the_shop_allows() {
    let sim = Sim::with(families());
    sim.post(
        "sell",
        &json!({"code": "BEER", "branchId": 1, "quantity": 51}),
    );
    assert_eq!(stock(&sim, "BEER", 1)["onHand"], -1.0);
    sim.change(json!([{"op": "settings.set", "fields": {"AllowSellWhenOutStock": false}}]));
    let refused = sim.try_post(
        "sell",
        &json!({"code": "BEER", "branchId": 1, "quantity": 1}),
    );
    assert_eq!(refused.status, 400);
    assert!(
        refused.text.contains("AllowSellWhenOutStock"),
        "{}",
        refused.text
    );
}

#[test]
fn of_several_sales_all_or_none_happen() {
    let sim = Sim::with(families());
    let sales = json!({"sales": [{"code": "BEER", "branchId": 1, "quantity": 1}, {"code": "NOPE", "quantity": 1}]});
    assert_eq!(sim.try_post("sell", &sales).status, 400);
    assert_eq!(stock(&sim, "BEER", 1)["onHand"], 50.0);
}

#[test]
fn many_small_sales_leave_no_binary_dust() {
    let sim = Sim::with(families());
    let sales: Vec<Value> = (0..30)
        .map(|_| json!({"code": "BEER", "branchId": 1, "quantity": 0.1}))
        .collect();
    sim.post("sell", &json!({ "sales": sales }));
    assert_eq!(stock(&sim, "BEER", 1)["onHand"], 47.0);
}
