use serde_json::{json, Value};

use crate::sim::{goods, Sim};

const BRANCH: i64 = 200_001;

/// A shop whose good `SPn` costs n thousand and is there n times.
fn shop() -> Sim {
    Sim::with(goods(9))
}

fn body(lines: Value) -> Value {
    json!({"branchId": BRANCH, "orderDetails": lines})
}

fn line(code: &str, quantity: f64, price: f64) -> Value {
    json!({"productCode": code, "quantity": quantity, "price": price})
}

fn place(sim: &Sim, body: &Value) -> Value {
    let reply = sim.post_api("/orders", body);
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

/// On hand and reserved of a good.
fn stock(sim: &Sim, code: &str) -> (f64, f64) {
    let truth = sim.truth(code);
    let row = &truth["stock"][0];
    (
        row["onHand"].as_f64().unwrap(),
        row["reserved"].as_f64().unwrap(),
    )
}

#[test]
fn an_order_is_numbered_totalled_and_unwrapped() {
    let sim = shop();
    let mut order = body(
        json!([line("SP5", 2.0, 5000.0), {"productId": 50_000_003, "quantity": 1, "price": 3000, "discount": 500}]),
    );
    order["discount"] = json!(1000);
    order["description"] = json!("Đơn web #77");
    order["status"] = json!(0);
    let made = place(&sim, &order);
    assert_eq!(
        (&made["code"], &made["status"], &made["statusValue"]),
        (&json!("DH000001"), &json!(1), &json!("Phiếu tạm"))
    );
    assert_eq!(made["total"].as_f64(), Some(11_500.0));
    assert_eq!(made["totalPayment"].as_f64(), Some(0.0));
    assert_eq!(made["orderDetails"][0]["productName"], "Hàng 5");
    assert!(made["createdDate"].as_str().unwrap().ends_with("0000"));
    assert_eq!(made.get("modifiedDate"), None);
    let read = sim.get(&format!("/orders/{}", made["id"])).json();
    assert_eq!(read["description"], "Đơn web #77");
    assert_eq!(sim.get("/orders/code/dh000001").json()["id"], made["id"]);
}

#[test]
fn the_discount_of_a_line_is_per_unit_or_per_line() {
    let mut line = line("SP5", 2.0, 5000.0);
    line["discount"] = json!(1000);
    let order = body(json!([line]));
    assert_eq!(place(&shop(), &order)["total"].as_f64(), Some(8000.0));
    let sim = Sim::with_switches(goods(9), &["54=B"]);
    assert_eq!(place(&sim, &order)["total"].as_f64(), Some(9000.0));
}

#[test]
fn an_order_holds_stock_until_it_is_cancelled() {
    let sim = shop();
    let made = place(&sim, &body(json!([line("SP5", 2.0, 5000.0)])));
    assert_eq!(stock(&sim, "SP5"), (5.0, 2.0));
    let put = sim.put_api(
        &format!("/orders/{}", made["id"]),
        &body(json!([line("SP5", 3.0, 5000.0), line("SP6", 1.0, 1.0)])),
    );
    assert_eq!(put.json()["total"].as_f64(), Some(15_001.0));
    assert_eq!(
        (stock(&sim, "SP5"), stock(&sim, "SP6")),
        ((5.0, 3.0), (6.0, 1.0))
    );
    let gone = sim.delete(&format!("/orders/{}?IsVoidPayment=true", made["id"]));
    assert_eq!(gone.json(), json!({"message": "Xóa dữ liệu thành công"}));
    assert_eq!(
        (stock(&sim, "SP5"), stock(&sim, "SP6")),
        ((5.0, 0.0), (6.0, 0.0))
    );
    assert_eq!(
        sim.get(&format!("/orders/{}", made["id"])).json()["statusValue"],
        "Đã hủy"
    );
    assert_eq!(sim.delete(&format!("/orders/{}", made["id"])).status, 420);
}

#[test]
fn put_keeps_the_lines_it_does_not_name() {
    let sim = shop();
    let made = place(&sim, &body(json!([line("SP5", 2.0, 5000.0)])));
    let path = format!("/orders/{}", made["id"]);
    let kept = sim.put_api(&path, &json!({"description": "mới"})).json();
    assert_eq!(kept["orderDetails"].as_array().unwrap().len(), 1);
    assert_eq!(kept["description"], "mới");
    sim.switch(37, "B");
    assert_eq!(sim.put_api(&path, &json!({"description": "x"})).status, 420);
    sim.switch(37, "C");
    assert_eq!(
        sim.put_api(&path, &json!({})).json().get("orderDetails"),
        None
    );
}

#[test]
fn refusals_carry_the_texts_of_the_sheet() {
    let sim = shop();
    sim.change(json!([
        {"op": "product.set", "code": "SP8", "fields": {"isActive": false}},
        {"op": "stock.set", "code": "SP9", "branchId": BRANCH, "isActive": false}
    ]));
    let refused = |order: Value| {
        let reply = sim.post_api("/orders", &order);
        assert_eq!(reply.status, 420, "{}", reply.text);
        (reply.error_code(), reply.message())
    };
    let pair = |code: &str, text: &str| (code.to_owned(), text.to_owned());
    assert_eq!(
        refused(body(json!([line("SP1", 0.0, 1.0)]))).1,
        "Vui lòng nhập số lượng lớn hơn 0 cho sản phẩm Hàng 1"
    );
    assert_eq!(
        refused(body(json!([line("SP1", 1.0, 1.0), line("SP1", 1.0, 2.0)]))),
        pair("KvValidateException", "Sản phẩm bị trùng")
    );
    assert_eq!(
        refused(body(json!([line("SP8", 1.0, 1.0), line("SP9", 1.0, 1.0)]))),
        pair(
            "KvValidateException",
            "Một số hàng hóa có trong đơn hàng đã ngừng kinh doanh ở chi nhánh hiện tại: SP8, SP9"
        )
    );
    assert_eq!(
        refused(body(json!([line("NO", 1.0, 1.0)]))).0,
        "KvValidateProductException"
    );
    let with = |key: &str, value: Value| {
        let mut order = body(json!([line("SP1", 1.0, 1.0)]));
        order[key] = value;
        order
    };
    assert_eq!(
        refused(with("customerId", json!(5))),
        pair(
            "KvValidateCustomerException",
            "Khách hàng không hoạt động hoặc đã bị xóa khỏi hệ thống."
        )
    );
    assert_eq!(
        refused(with("soldById", json!(5))),
        pair(
            "KvValidateUserException",
            "Người bán không tồn tại hoặc đã bị xóa khỏi hệ thống"
        )
    );
    assert_eq!(
        refused(with("saleChannelId", json!(5))),
        pair("KvValidateSaleChannelException", "Kênh bán không tồn tại")
    );
    assert_eq!(
        sim.control("truth")["orders"],
        json!([]),
        "a refused order leaves nothing"
    );
    assert_eq!(stock(&sim, "SP1"), (1.0, 0.0));
}

#[test]
fn an_extra_line_of_the_same_good_is_taken() {
    let sim = shop();
    let mut extra = line("SP5", 1.0, 4000.0);
    extra["isMaster"] = json!(false);
    let made = place(&sim, &body(json!([line("SP5", 1.0, 5000.0), extra])));
    assert_eq!(made["total"].as_f64(), Some(9000.0));
    assert_eq!(made["orderDetails"][1]["isMaster"], false);
    assert_eq!(stock(&sim, "SP5"), (5.0, 2.0));
}

#[test]
fn the_list_filters_and_always_carries_lines() {
    let sim = shop();
    for n in 1..=3 {
        place(&sim, &body(json!([line(&format!("SP{n}"), 1.0, 1000.0)])));
    }
    sim.delete("/orders/70000002");
    let codes = |query: &str| -> Vec<String> {
        let rows = sim.rows(&format!("/orders?{query}"));
        rows.iter()
            .map(|row| row["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(codes("status=1"), ["DH000001", "DH000003"]);
    assert_eq!(codes("status=1,4&pageSize=2&currentItem=2"), ["DH000003"]);
    assert_eq!(codes("branchIds=1"), [""; 0]);
    assert_eq!(
        codes("orderBy=code&orderDirection=Desc&pageSize=1"),
        ["DH000003"]
    );
    assert_eq!(codes("lastModifiedFrom=2099-01-01"), [""; 0]);
    assert_eq!(codes("toDate=2020-01-01"), [""; 0]);
    assert_eq!(
        sim.rows("/orders")[0]["orderDetails"][0]["productCode"],
        "SP1"
    );
    assert_eq!(sim.rows("/orders")[0].get("payments"), None);
}

#[test]
fn money_paid_needs_an_account_for_transfers_and_shows_when_asked_for() {
    let sim = shop();
    let mut order = body(json!([line("SP5", 1.0, 5000.0)]));
    order["totalPayment"] = json!(5000);
    order["method"] = json!("TRANSFER");
    assert_eq!(sim.post_api("/orders", &order).status, 420);
    order["accountId"] = json!(330_001);
    let made = place(&sim, &order);
    assert_eq!(
        (made["totalPayment"].as_f64(), &made["method"]),
        (Some(5000.0), &json!("Transfer"))
    );
    let listed = &sim.rows("/orders?includePayment=true")[0]["payments"][0];
    assert_eq!(
        (&listed["code"], &listed["status"], &listed["accountId"]),
        (&json!("TTDH000001"), &json!(0), &json!(330_001))
    );
}

#[test]
fn a_code_in_the_body_is_ignored_or_must_be_new() {
    let mut order = body(json!([line("SP5", 1.0, 5000.0)]));
    order["code"] = json!("WEB1");
    assert_eq!(place(&shop(), &order)["code"], "DH000001");
    let sim = Sim::with_switches(goods(9), &["33=B"]);
    assert_eq!(place(&sim, &order)["code"], "WEB1");
    assert_eq!(sim.post_api("/orders", &order).status, 420);
}

#[test]
fn surcharges_are_added_and_come_back_under_another_name() {
    let sim = shop();
    let made = sim
        .post_api(
            "/surchages",
            &json!({"name": "Phí ship", "code": "THKSHIPPINGWEB", "value": 0}),
        )
        .json();
    assert_eq!(
        made["message"],
        "Thông tin thu khác được cập nhật thành công"
    );
    assert_eq!(made["data"]["surchargeCode"], "THKSHIPPINGWEB");
    assert_eq!(
        sim.rows("/surchages?pageSize=100")[0]["surchargeName"],
        "Phí ship"
    );
    let mut order = body(json!([line("SP5", 1.0, 5000.0)]));
    order["surchages"] =
        json!([{"id": made["data"]["id"], "code": "THKSHIPPINGWEB", "price": 30_000}]);
    let made = place(&sim, &order);
    assert_eq!(made["total"].as_f64(), Some(35_000.0));
    assert_eq!(
        made["invoiceOrderSurcharges"][0]["price"].as_f64(),
        Some(30_000.0)
    );
    // A stopped one is not listed, but its code is taken.
    sim.post_api(
        "/surchages/320001/activesurchage",
        &json!({"isActive": false}),
    );
    assert_eq!(sim.rows("/surchages").len(), 0);
    assert_eq!(
        sim.post_api(
            "/surchages",
            &json!({"name": "Phí ship", "code": "THKSHIPPINGWEB"})
        )
        .status,
        420
    );
    assert_eq!(sim.post_api("/orders", &order).status, 420);
}

#[test]
fn unknown_orders_are_420_or_404() {
    let sim = shop();
    assert_eq!(
        sim.get("/orders/1").error_code(),
        "KvValidateOrderException"
    );
    assert_eq!(sim.put_api("/orders/1", &json!({})).status, 420);
    sim.switch(2, "B");
    assert_eq!(sim.get("/orders/code/X").status, 404);
}

#[test]
fn the_truth_shows_lines_totals_and_what_is_held() {
    let sim = shop();
    place(&sim, &body(json!([line("SP5", 2.0, 5000.0)])));
    let truth = sim.control("truth");
    let order = &truth["orders"][0];
    assert_eq!(
        (
            &order["total"],
            &order["lines"][0]["productCode"],
            &order["origin"]
        ),
        (&json!(10_000), &json!("SP5"), &json!("api"))
    );
    assert_eq!(order["held"][0]["quantity"], 2.0);
}
