use serde_json::{json, Value};

use crate::products::families;
use crate::sim::{goods, Sim};

fn good(sim: &Sim, body: &Value) -> Value {
    let reply = sim.post_api("/products", body);
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

fn category(sim: &Sim) -> i64 {
    sim.rows("/categories")[0]["categoryId"].as_i64().unwrap()
}

#[test]
fn a_good_is_created_unwrapped_with_a_code_opening_stock_and_cost() {
    let sim = Sim::with(goods(2));
    let body = json!({
        "name": "Túi", "categoryId": category(&sim), "basePrice": 149_000, "weight": 500, "barCode": "893",
        "images": ["https://example.com/a.jpg"],
        "inventories": [{"branchId": 200_001, "onHand": 7, "cost": 90_000, "reserved": 3}]
    });
    let made = good(&sim, &body);
    assert_eq!(
        (&made["id"], &made["code"]),
        (&json!(50_000_003), &json!("SP000003"))
    );
    let stock = &made["inventories"][0];
    assert_eq!(
        (
            stock["onHand"].as_f64(),
            stock["cost"].as_f64(),
            stock["reserved"].as_f64()
        ),
        (Some(7.0), Some(90_000.0), Some(0.0))
    );
    assert_eq!(made["images"], json!(["https://example.com/a.jpg"]));
    assert_eq!(sim.get("/products/code/SP000003").json()["name"], "Túi");
}

#[test]
fn what_cannot_be_created_is_refused_with_its_text() {
    let sim = Sim::with(goods(2));
    let category = category(&sim);
    let refused = |body: Value| {
        let reply = sim.post_api("/products", &body);
        assert_eq!(
            (reply.status, reply.error_code().as_str()),
            (420, "KvValidateProductException"),
            "{}",
            reply.text
        );
        reply.message()
    };
    assert_eq!(
        refused(json!({"name": "A", "categoryId": 0})),
        "Nhóm hàng được chọn không tồn tại hoặc đã bị xóa khỏi hệ thống"
    );
    assert!(
        refused(json!({"name": "A", "categoryId": category, "code": "sp1"}))
            .ends_with("đã tồn tại")
    );
    refused(json!({"categoryId": category}));
    refused(json!({"name": "A", "categoryId": category, "barCode": "12345678901234567"}));
    refused(json!({"name": "A", "categoryId": category, "masterProductId": 50_000_001}));
    assert_eq!(sim.rows("/products").len(), 2);
}

#[test]
fn same_kind_goods_join_their_master_once_per_combination() {
    let sim = Sim::with(goods(1));
    let category = category(&sim);
    let body = |code: &str, colour: &str, master: Option<i64>| {
        json!({"name": "Áo", "code": code, "categoryId": category, "hasVariants": true, "masterProductId": master,
               "attributes": [{"attributeName": "Màu", "attributeValue": colour}]})
    };
    let master = good(&sim, &body("AO", "Đỏ", None))["id"].as_i64();
    let sibling = good(&sim, &body("AO-X", "Xanh", master));
    assert_eq!(
        (&sibling["masterProductId"], &sibling["fullName"]),
        (&json!(master), &json!("Áo - Xanh"))
    );
    assert_eq!(
        sim.post_api("/products", &body("AO-X2", "xanh", master))
            .status,
        420
    );
    assert_eq!(
        sim.post_api("/products", &body("AO-V", "Vàng", Some(1)))
            .status,
        420
    );
}

#[test]
fn an_update_touches_only_what_it_names() {
    let sim = Sim::with(goods(1));
    let before = sim.get("/products/50000001").json();
    let mut after = sim
        .put_api("/products/50000001", &json!({"basePrice": 4400}))
        .json();
    assert_eq!(after["basePrice"].as_f64(), Some(4400.0));
    after["basePrice"] = before["basePrice"].clone();
    after.as_object_mut().unwrap().remove("modifiedDate");
    assert_eq!(after, before);
}

#[test]
fn stock_in_an_update_overwrites_or_is_ignored() {
    let sim = Sim::with(goods(1));
    let body = json!({"inventories": [{"branchId": 200_001, "onHand": 50}]});
    sim.put_api("/products/50000001", &body);
    assert_eq!(sim.truth("SP1")["stock"][0]["onHand"], 50);
    sim.switch(21, "B");
    sim.switch(22, "B");
    let answer = sim
        .put_api(
            "/products/50000001",
            &json!({"inventories": [{"branchId": 200_001, "onHand": 1}]}),
        )
        .json();
    assert_eq!(answer["inventory"][0]["onHand"].as_f64(), Some(50.0));
    assert_eq!(answer.get("inventories"), None);
}

#[test]
fn bulk_calls_answer_no_ids_and_do_all_or_nothing() {
    let sim = Sim::with(goods(2));
    let category = category(&sim);
    let add = sim.post_api("/listaddproducts", &json!({"listProducts": [{"name": "A", "code": "A", "categoryId": category}, {"name": "B", "code": "SP1", "categoryId": category}]}));
    assert_eq!(add.status, 420);
    assert_eq!(sim.rows("/products").len(), 2);
    let set = sim.put_api(
        "/listupdatedproducts",
        &json!({"listProducts": [{"id": 50_000_001, "basePrice": 9}]}),
    );
    assert_eq!(
        set.json(),
        json!({"message": "Cập nhật danh sách sản phẩm thành công"})
    );
    assert_eq!(sim.truth("SP1")["prices"]["general"], 9);
    let empty = sim.put_api("/listupdatedproducts", &json!({"listProducts": []}));
    assert_eq!(empty.message(), "Danh sách sản phẩm cập nhật rỗng");
}

#[test]
fn the_bulk_preset_refuses_some_of_them_and_writes_nothing() {
    let sim = Sim::with(goods(1));
    sim.post(
        "faults",
        &json!({"preset": "bulk", "probability": 0.3, "seed": 4}),
    );
    let mut refused = 0;
    for price in 1..=40 {
        let before = sim.truth("SP1")["prices"]["general"].clone();
        let body = json!({"listProducts": [{"id": 50_000_001, "basePrice": price}]});
        let reply = sim.put_api("/listupdatedproducts", &body);
        if reply.status == 420 {
            refused += 1;
            assert_eq!(sim.truth("SP1")["prices"]["general"], before);
        }
    }
    assert!((4..=20).contains(&refused), "{refused}");
}

#[test]
fn deleting_a_good_takes_its_units_along() {
    let sim = Sim::with(families());
    assert_eq!(
        sim.delete("/products/10").json()["message"],
        "Xóa dữ liệu thành công"
    );
    assert_eq!(sim.get("/products/11").status, 420);
    assert_eq!(sim.delete("/products/10").status, 420);
}

#[test]
fn categories_are_created_moved_and_deleted_within_three_levels() {
    let sim = Sim::with(goods(1));
    let in_use = category(&sim);
    let add = |name: &str, parent: Option<i64>| {
        let reply = sim.post_api(
            "/categories",
            &json!({"categoryName": name, "parentId": parent}),
        );
        (reply.status, reply.json()["data"]["categoryId"].as_i64())
    };
    let (_, one) = add("Một", None);
    let (_, two) = add("Hai", one);
    let (_, three) = add("Ba", two);
    assert_eq!(add("Bốn", three).0, 420);
    assert_eq!(add("một", None).0, 420, "a neighbour has that name");
    let path = |id: Option<i64>| format!("/categories/{}", id.unwrap());
    let renamed = sim
        .put_api(&path(two), &json!({"categoryName": "Hai mới"}))
        .json();
    assert_eq!(
        (
            &renamed["data"]["categoryName"],
            &renamed["data"]["parentId"]
        ),
        (&json!("Hai mới"), &json!(one))
    );
    assert_eq!(
        sim.put_api(&path(one), &json!({"parentId": three})).status,
        420
    );
    assert_eq!(sim.delete(&path(two)).status, 420, "it has a child");
    let moved = sim.put_api(&path(three), &json!({"parentId": null})).json();
    assert_eq!(moved["data"].get("parentId"), None);
    assert_eq!(sim.delete(&path(two)).status, 200);
    assert_eq!(
        sim.delete(&path(Some(in_use))).status,
        420,
        "goods lie in it"
    );
    assert_eq!(
        sim.get("/categories?includeRemoveIds=true").json()["removedIds"],
        json!([two])
    );
}

#[test]
fn a_permission_that_is_missing_is_403() {
    let sim = Sim::with(goods(1));
    sim.change(
        json!([{"op": "policy.set", "fields": {"denied": ["POST /products", "PUT /orders/{id}"]}}]),
    );
    assert_eq!(sim.post_api("/products", &json!({"name": "A"})).status, 403);
    assert_eq!(sim.put_api("/orders/1", &json!({})).status, 403);
    assert_eq!(sim.get("/products").status, 200);
}
