//! What clerks, marketplaces and the shop's owner do to orders, and what they switch off.

use serde_json::{json, Value};

use crate::receiver::Receiver;
use crate::sim::{goods, Sim};

const BRANCH: i64 = 200_001;

fn order(code: &str, quantity: f64) -> Value {
    json!({"branchId": BRANCH, "orderDetails": [{"productCode": code, "quantity": quantity, "price": 1000}]})
}

fn place(sim: &Sim) -> i64 {
    let reply = sim.post_api("/orders", &order("SP5", 2.0));
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()["id"].as_i64().unwrap()
}

fn stock(sim: &Sim, code: &str) -> (f64, f64) {
    let row = &sim.truth(code)["stock"][0];
    (
        row["onHand"].as_f64().unwrap(),
        row["reserved"].as_f64().unwrap(),
    )
}

#[test]
fn a_clerk_confirms_edits_invoices_and_the_carrier_delivers() {
    let sim = Sim::with(goods(9));
    let id = place(&sim);
    let status = || {
        let row = sim.get(&format!("/orders/{id}")).json();
        (
            row["status"].as_i64().unwrap(),
            row["statusValue"].as_str().unwrap().to_owned(),
        )
    };
    sim.change(json!([{"op": "order.set", "id": id, "fields": {"status": 5}}]));
    assert_eq!(status(), (5, "Đã xác nhận".into()));
    sim.change(json!([{"op": "order.set", "id": id, "fields": {"lines": [{"productId": 50_000_005, "quantity": 3, "price": 900}]}}]));
    assert_eq!(stock(&sim, "SP5"), (5.0, 3.0));
    let made = sim.change(json!([{"op": "order.invoice", "id": id, "delivery": {"deliveryCode": "GHN1", "priceCodPayment": 2700}}]));
    let invoice = made["results"][0]["id"].clone();
    assert_eq!(stock(&sim, "SP5"), (2.0, 0.0));
    assert_eq!(status(), (2, "Đang giao hàng".into()));
    let row = sim.get(&format!("/invoices/{invoice}")).json();
    assert_eq!(
        (&row["orderCode"], &row["status"], row.get("orderId")),
        (&json!("DH000001"), &json!(3), None)
    );
    assert_eq!(row["invoiceDelivery"]["statusValue"], "Chờ xử lý");
    assert_eq!(sim.rows(&format!("/invoices?orderId={id}")).len(), 1);
    sim.change(json!([{"op": "invoice.deliver", "id": invoice, "delivery": {"status": 3}}]));
    assert_eq!(status(), (3, "Hoàn thành".into()));
    let row = sim.get(&format!("/invoices/{invoice}")).json();
    assert_eq!(
        (&row["status"], row["totalPayment"].as_f64()),
        (&json!(1), Some(2700.0))
    );
}

#[test]
fn an_invoice_takes_goods_and_cancelling_it_brings_them_back() {
    let sim = Sim::with(goods(9));
    let body = json!({"branchId": BRANCH, "invoiceDetails": [{"productCode": "SP5", "quantity": 2, "price": 1000}], "totalPayment": 500});
    let made = sim.post_api("/invoices", &body).json();
    assert_eq!(
        (&made["code"], &made["status"]),
        (&json!("HD000001"), &json!(1))
    );
    assert_eq!(stock(&sim, "SP5"), (3.0, 0.0));
    let paid = sim
        .post_api(
            "/payments",
            &json!({"amount": 1500, "method": "Cash", "invoiceId": made["id"]}),
        )
        .json();
    assert_eq!(paid["DocumentCode"], "HD000001");
    assert_eq!(
        sim.get(&format!("/invoices/{}", made["id"])).json()["totalPayment"].as_f64(),
        Some(2000.0)
    );
    let gone = sim
        .delete_with(
            "/invoices",
            &json!({"id": made["id"], "isVoidPayment": true}),
        )
        .json();
    assert_eq!(
        (&gone["status"], &gone["statusValue"]),
        (&json!(2), &json!("Đã hủy"))
    );
    assert_eq!(gone["totalPayment"].as_f64(), Some(0.0));
    assert_eq!(stock(&sim, "SP5"), (5.0, 0.0));
}

#[test]
fn make_invoice_ends_an_order_at_once() {
    let sim = Sim::with(goods(9));
    let mut body = order("SP5", 2.0);
    body["makeInvoice"] = json!(true);
    let made = sim.post_api("/orders", &body).json();
    assert_eq!(made["status"], 3);
    assert_eq!(stock(&sim, "SP5"), (3.0, 0.0));
    assert_eq!(
        sim.post_api("/orders", &order("SP5", 2.0)).json()["status"],
        1
    );
}

#[test]
fn what_the_owner_switched_off_is_refused_with_its_text() {
    let sim = Sim::with(goods(9));
    let refused = |field: &str, key: &str, value: Value| {
        sim.change(json!([{"op": "policy.set", "fields": {field: false}}]));
        let mut body = order("SP5", 1.0);
        body[key] = value;
        let reply = sim.post_api("/orders", &body);
        sim.change(json!([{"op": "policy.set", "fields": {field: true}}]));
        assert_eq!(
            (reply.status, reply.error_code().as_str()),
            (420, "KvException"),
            "{}",
            reply.text
        );
        reply.message()
    };
    assert_eq!(
        refused("orders", "description", json!("x")),
        "Thiết lập \"Cho phép đặt hàng\" đang không được bật."
    );
    assert_eq!(
        refused("delivery", "orderDelivery", json!({"receiver": "An"})),
        "Thiết lập \"Sử dụng tính năng giao hàng\" đang không được bật"
    );
    assert_eq!(
        refused("cod", "usingCod", json!(true)),
        "Thiết lập \"Quản lý thu hộ tiền\" đang không được bật"
    );
    assert_eq!(
        refused(
            "surcharges",
            "surchages",
            json!([{"code": "X", "price": 1}])
        ),
        "Chưa bật thu khác trong thiết lập cửa hàng"
    );
    assert_eq!(
        refused("saleTime", "purchaseDate", json!("2026-01-01")),
        "Thiết lập \"Không cho phép thay đổi thời gian bán hàng\" đang không được bật"
    );
}

#[test]
fn orders_and_sales_beyond_stock_are_refused_where_the_shop_says_so() {
    let mut shop = goods(9);
    shop["settings"] = json!({"AllowOrderWhenOutStock": false, "AllowSellWhenOutStock": false});
    let sim = Sim::with(shop);
    assert_eq!(sim.post_api("/orders", &order("SP5", 4.0)).status, 200);
    assert_eq!(sim.post_api("/orders", &order("SP5", 2.0)).status, 420);
    // What the order holds itself does not stand in its way.
    assert_eq!(
        sim.put_api("/orders/70000001", &order("SP5", 5.0)).status,
        200
    );
    let invoice = json!({"branchId": BRANCH, "invoiceDetails": [{"productCode": "SP5", "quantity": 1, "price": 1}]});
    let refused = sim.post_api("/invoices", &invoice);
    assert_eq!(
        refused.message(),
        "Thiết lập \"Cho phép bán hàng khi hết tồn kho\" đang không được bật"
    );
}

#[test]
fn an_order_beyond_stock_becomes_an_invoice_only_where_the_shop_says_so() {
    let mut shop = goods(9);
    shop["settings"] = json!({"AllowSellWhenOrderOutStock": false, "AllowSellWhenOutStock": false});
    let sim = Sim::with(shop);
    let with = |quantity: f64| {
        let mut body = order("SP5", quantity);
        body["makeInvoice"] = json!(true);
        body
    };
    assert_eq!(sim.post_api("/orders", &with(6.0)).status, 420);
    assert_eq!(sim.post_api("/orders", &order("SP5", 5.0)).status, 200);
    let made = sim.put_api("/orders/70000001", &json!({"makeInvoice": true}));
    assert_eq!((made.status, &made.json()["status"]), (200, &json!(3)));
    assert_eq!(stock(&sim, "SP5"), (0.0, 0.0));
    assert_eq!(sim.post_api("/orders", &order("SP4", 9.0)).status, 200);
    let beyond = sim.put_api("/orders/70000002", &json!({"makeInvoice": true}));
    assert_eq!(beyond.status, 420);
    sim.change(json!([{"op": "settings.set", "fields": {"AllowSellWhenOrderOutStock": true}}]));
    let taken = sim.put_api("/orders/70000002", &json!({"makeInvoice": true}));
    assert_eq!(taken.status, 200);
    assert_eq!(stock(&sim, "SP4"), (-5.0, 0.0));
}

#[test]
fn one_order_can_become_two_invoices() {
    let sim = Sim::with(goods(9));
    let mut body = order("SP5", 3.0);
    body["discount"] = json!(500);
    body["totalPayment"] = json!(1000);
    let id = sim.post_api("/orders", &body).json()["id"].clone();
    let line = json!([{"productId": 50_000_005, "quantity": 1, "price": 1000}]);
    sim.change(json!([{"op": "order.invoice", "id": id, "lines": line}]));
    assert_eq!(
        (
            stock(&sim, "SP5"),
            sim.get(&format!("/orders/{id}")).json()["status"].as_i64()
        ),
        ((4.0, 2.0), Some(2))
    );
    sim.change(json!([{"op": "order.invoice", "id": id}]));
    assert_eq!(
        (
            stock(&sim, "SP5"),
            sim.get(&format!("/orders/{id}")).json()["status"].as_i64()
        ),
        ((2.0, 0.0), Some(3))
    );
    let rows = sim.rows(&format!("/invoices?orderId={id}"));
    let totals: Vec<Option<f64>> = rows.iter().map(|row| row["total"].as_f64()).collect();
    assert_eq!(totals, [Some(500.0), Some(2000.0)]);
}

#[test]
fn tax_goes_on_top_of_prices_before_tax_and_lies_within_prices_after_tax() {
    let sim = Sim::with(goods(9));
    let total = |mode: Value| {
        sim.change(json!([{"op": "policy.set", "fields": {"pricingMode": mode}}]));
        let mut body = order("SP5", 1.0);
        body["orderDetails"][0]["OrderDetailTaxs"] = json!([{"TaxId": 4}]);
        let row = sim.post_api("/orders", &body).json();
        (row["total"].as_f64().unwrap(), row["totalTax"].as_f64())
    };
    assert_eq!(total(Value::Null), (1000.0, None));
    assert_eq!(total(json!(0)), (1100.0, Some(100.0)));
    assert_eq!(total(json!(1)), (1000.0, Some(91.0)));
}

#[test]
fn a_combo_and_a_pack_hold_what_they_are_made_of() {
    let shop = json!({"branches": [{"id": BRANCH, "branchName": "A"}], "products": [
        {"id": 10, "code": "LON", "name": "Bia", "inventories": [{"branchId": BRANCH, "onHand": 50}]},
        {"id": 11, "code": "THUNG", "name": "Bia", "masterProductId": 10, "masterUnitId": 10, "conversionValue": 24},
        {"id": 12, "code": "COMBO", "name": "Combo", "type": 1, "formulas": [{"materialId": 10, "quantity": 3}]}]});
    let sim = Sim::with(shop);
    sim.post_api("/orders", &order("THUNG", 1.0));
    sim.post_api("/orders", &order("COMBO", 2.0));
    assert_eq!(stock(&sim, "LON"), (50.0, 30.0));
}

#[test]
fn webhooks_tell_of_orders_invoices_and_customers() {
    let (sim, receiver) = (Sim::with(goods(9)), Receiver::start());
    sim.hold();
    for kind in [
        "order.update",
        "invoice.update",
        "customer.update",
        "customer.delete",
        "stock.update",
    ] {
        sim.register(kind, &receiver.url(&format!("/{kind}")), None);
    }
    let rows = |kind: &str| -> Vec<Value> {
        sim.deliver();
        let all = receiver.received();
        let own = all.iter().filter(|one| one.path == format!("/{kind}"));
        own.flat_map(|one| one.rows()).collect()
    };
    let mut body = order("SP5", 2.0);
    body["customer"] = json!({"name": "An", "contactNumber": "0901"});
    let id = sim.post_api("/orders", &body).json()["id"].clone();
    let told = &rows("order.update")[0];
    assert_eq!(
        (
            &told["Id"],
            &told["StatusValue"],
            &told["OrderDetails"][0]["ProductCode"]
        ),
        (&id, &json!("Phiếu tạm"), &json!("SP5"))
    );
    assert_eq!((told.get("BranchName"), told.get("Payments")), (None, None));
    assert_eq!(rows("customer.update")[0]["ContactNumber"], "0901");
    assert_eq!(rows("stock.update")[0]["Reserved"].as_f64(), Some(2.0));
    receiver.forget();
    sim.change(
        json!([{"op": "order.invoice", "id": id}, {"op": "customer.remove", "id": 60_000_001}]),
    );
    let told = &rows("invoice.update")[0];
    assert_eq!(
        (&told["BranchName"], told.get("OrderCode"), &told["Status"]),
        (&json!("Kho chính"), None, &json!(1))
    );
    assert_eq!(rows("order.update").last().unwrap()["Status"], 3);
    assert_eq!(rows("customer.delete"), [json!(60_000_001)]);
}

#[test]
fn a_clock_set_ahead_dates_what_happens_and_leaves_tokens_alone() {
    let sim = Sim::with(goods(5));
    sim.post("clock", &json!({"at": "2030-05-01T10:00:00"}));
    place(&sim);
    let row = &sim.rows("/orders")[0];
    assert!(row["createdDate"]
        .as_str()
        .unwrap()
        .starts_with("2030-05-01T10:00"));
    assert!(sim.get("/branches").json()["timestamp"]
        .as_str()
        .unwrap()
        .starts_with("2030-05-01"));
    sim.post("clock", &json!({}));
    assert_eq!(sim.control("clock")["shiftSeconds"], 0);
}
