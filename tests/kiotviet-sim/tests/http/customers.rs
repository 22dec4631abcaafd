use serde_json::{json, Value};

use crate::sim::{goods, Sim};

fn customer() -> Value {
    json!({"name": "Nguyễn Văn An", "contactNumber": "0901234567", "email": "an@example.com", "address": "1 Lê Lợi", "branchId": 200_001})
}

fn order(customer: Value) -> Value {
    let line = json!({"productCode": "SP5", "quantity": 1, "price": 5000});
    json!({"branchId": 200_001, "orderDetails": [line], "customer": customer})
}

#[test]
fn creating_answers_wrapped_or_flat() {
    let sim = Sim::with(goods(5));
    let made = sim.post_api("/customers", &customer()).json();
    assert_eq!(
        (&made["data"]["code"], &made["data"]["branchId"]),
        (&json!("KH000001"), &json!(200_001))
    );
    sim.switch(30, "B");
    let flat = sim
        .put_api("/customers/60000001", &json!({"name": "An"}))
        .json();
    assert_eq!(
        (&flat["name"], &flat["contactNumber"]),
        (&json!("An"), &json!("0901234567"))
    );
}

#[test]
fn form_data_is_understood_as_kiotviets_own_plugin_sends_it() {
    let sim = Sim::with(goods(5));
    let made = sim.post_form(
        "/customers",
        &[
            ("name", "An"),
            ("contactNumber", "0901"),
            ("branchId", "200001"),
        ],
    );
    assert_eq!(made.json()["data"]["branchId"], 200_001, "{}", made.text);
}

#[test]
fn the_phone_filter_contains_or_equals() {
    let sim = Sim::with(goods(5));
    sim.post_api("/customers", &customer());
    assert_eq!(sim.rows("/customers?contactNumber=123456").len(), 1);
    assert_eq!(sim.rows("/customers?contactNumber=84901234567").len(), 0);
    sim.switch(28, "B");
    assert_eq!(sim.rows("/customers?contactNumber=123456").len(), 0);
    assert_eq!(sim.rows("/customers?contactNumber=0901234567").len(), 1);
}

#[test]
fn a_phone_or_code_that_is_taken_is_refused() {
    let sim = Sim::with(goods(5));
    sim.post_api("/customers", &customer());
    let refused = sim.post_api(
        "/customers",
        &json!({"name": "B", "contactNumber": "090 123 4567"}),
    );
    assert_eq!(refused.error_code(), "KvValidateCustomerException");
    sim.switch(31, "B");
    assert_eq!(sim.post_api("/customers", &customer()).status, 200);
    assert_eq!(
        sim.post_api("/customers", &json!({"name": "B", "code": "kh000001"}))
            .status,
        420
    );
    assert_eq!(
        sim.post_api("/customers", &json!({"contactNumber": "1"}))
            .status,
        420
    );
}

#[test]
fn a_deleted_one_is_listed_and_cannot_order() {
    let sim = Sim::with(goods(5));
    sim.post_api("/customers", &customer());
    assert_eq!(
        sim.delete("/customers/60000001").json()["message"],
        "Xóa dữ liệu thành công"
    );
    let list = sim.get("/customers?includeRemoveIds=true").json();
    assert_eq!(list["removeId"], json!([60_000_001]));
    assert_eq!(
        sim.post_api("/orders", &order(json!({"id": 60_000_001})))
            .status,
        420
    );
}

#[test]
fn an_order_finds_or_makes_its_customer() {
    let sim = Sim::with(goods(5));
    sim.post_api("/customers", &customer());
    let by_phone = sim
        .post_api(
            "/orders",
            &order(json!({"name": "X", "contactNumber": "0901 234 567"})),
        )
        .json();
    assert_eq!(by_phone["customerName"], "Nguyễn Văn An");
    let made = sim
        .post_api(
            "/orders",
            &order(json!({"name": "Bình", "contactNumber": "0907"})),
        )
        .json();
    assert_eq!(
        (&made["customerId"], made.get("customerCode")),
        (&json!(60_000_002), None)
    );
    assert_eq!(sim.rows("/orders")[1]["customerCode"], "KH000002");
    sim.switch(35, "C");
    let none = sim
        .post_api("/orders", &order(json!({"name": "Bình"})))
        .json();
    assert_eq!(none.get("customerId"), None);
    let mut direct = order(Value::Null);
    direct["customerId"] = json!(60_000_002);
    assert_eq!(
        sim.post_api("/orders", &direct).json()["customerName"],
        "Bình"
    );
    sim.switch(32, "B");
    assert_eq!(
        sim.post_api("/orders", &direct).json().get("customerName"),
        None
    );
}

#[test]
fn customers_per_branch_belong_to_one_branch() {
    let mut shop = goods(5);
    shop["settings"] = json!({"ManagerCustomerByBranch": true});
    shop["branches"] =
        json!([{"id": 200_001, "branchName": "A"}, {"id": 200_002, "branchName": "B"}]);
    shop["customers"] = json!([{"name": "An", "contactNumber": "0901", "branchId": 200_002}]);
    let sim = Sim::with(shop);
    let refused = sim.post_api("/orders", &order(json!({"id": 60_000_001})));
    assert_eq!(
        refused.message(),
        "Khách hàng không thuộc chi nhánh hiện tại."
    );
    let made = sim.post_api(
        "/orders",
        &order(json!({"name": "An", "contactNumber": "0901"})),
    );
    assert_eq!(
        made.json()["customerId"],
        60_000_002,
        "the same phone in another branch is another customer"
    );
}

#[test]
fn a_masked_customer_shows_no_contact() {
    let mut shop = goods(5);
    shop["customers"] =
        json!([{"name": "Quốc Bảo", "contactNumber": "0901", "email": "q@b.vn", "masked": true}]);
    let sim = Sim::with(shop);
    let row = &sim.rows("/customers?contactNumber=0901")[0];
    assert_eq!(row["name"], "Q******o");
    assert_eq!((row.get("contactNumber"), row.get("email")), (None, None));
}

#[test]
fn groups_list_their_members() {
    let mut shop = goods(5);
    shop["groups"] = json!([{"name": "Khách sỉ", "discount": 5}]);
    let sim = Sim::with(shop);
    sim.post_api("/customers", &json!({"name": "An", "groupIds": [400_001]}));
    let group = &sim.rows("/customers/group")[0];
    assert_eq!(
        (
            &group["name"],
            &group["customerGroupDetails"][0]["customerId"]
        ),
        (&json!("Khách sỉ"), &json!(60_000_001))
    );
    assert_eq!(
        sim.rows("/customers?includeCustomerGroup=true")[0]["groups"],
        "Khách sỉ"
    );
    assert_eq!(
        sim.post_api("/customers", &json!({"name": "B", "groupIds": [1]}))
            .status,
        420
    );
}
