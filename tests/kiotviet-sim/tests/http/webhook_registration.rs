use serde_json::{json, Value};

use crate::sim::{goods, Sim};

fn wanted(kind: &str) -> Value {
    json!({"Webhook": {"Type": kind, "Url": "http://127.0.0.1:9/hook", "IsActive": true,
                       "Description": "thử", "Secret": "bXlzZWNyZXQ="}})
}

#[test]
fn a_webhook_is_registered_wrapped_and_answered_flat_without_its_secret() {
    let sim = Sim::with(goods(1));
    let made = sim.post_api("/webhooks", &wanted("stock.update"));
    assert_eq!(made.status, 200, "{}", made.text);
    let id = made.json()["id"].clone();
    assert_eq!(
        made.json(),
        json!({"id": id, "type": "stock.update", "url": "http://127.0.0.1:9/hook", "isActive": true,
               "retailerId": 500000001, "description": "thử"})
    );
    let detail = sim.get(&format!("/webhooks/{id}"));
    assert_eq!(detail.json(), made.json());
    let list = sim.get("/webhooks");
    assert_eq!(list.json()["total"], 1);
    assert!(
        list.json()["timestamp"].is_string() && list.json()["data"][0]["modifiedDate"].is_string()
    );
    for text in [made.text, detail.text, list.text] {
        assert!(!text.contains("bXlzZWNyZXQ=") && !text.to_lowercase().contains("secret"));
    }
    let gone = sim.delete(&format!("/webhooks/{id}"));
    assert_eq!(
        (gone.status, gone.json()),
        (200, json!({"message": "Hủy đăng ký webhook thành công"}))
    );
    assert_eq!(sim.get("/webhooks").json().get("data"), None);
}

#[test]
fn names_in_the_body_are_read_in_any_casing() {
    let sim = Sim::with(goods(1));
    let body = json!({"webhook": {"type": "product.update", "url": "http://127.0.0.1/x", "isActive": true}});
    assert_eq!(sim.post_api("/webhooks", &body).json()["isActive"], true);
}

#[test]
fn an_unwrapped_body_an_unknown_type_and_a_bad_address_are_refused() {
    let sim = Sim::with(goods(1));
    let unwrapped = wanted("stock.update")["Webhook"].clone();
    let mut no_address = wanted("stock.update");
    no_address["Webhook"]["Url"] = json!("hook");
    for body in [unwrapped, wanted("product.created"), no_address] {
        let refused = sim.post_api("/webhooks", &body);
        assert_eq!(
            (refused.status, refused.error_code().as_str()),
            (420, "KvValidateException"),
            "{body}"
        );
    }
    assert_eq!(sim.get("/webhooks").json()["total"], 0);
}

#[test]
fn every_documented_type_can_be_registered() {
    let sim = Sim::with(goods(1));
    let kinds = "customer.update customer.delete product.update product.delete stock.update order.update \
        invoice.update pricebook.update pricebook.delete pricebookdetail.update pricebookdetail.delete \
        category.update category.delete branch.update branch.delete";
    for kind in kinds.split_whitespace() {
        sim.register(kind, "http://127.0.0.1:9/hook", None);
    }
    assert_eq!(sim.rows("/webhooks?pageSize=100").len(), 15);
}

#[test]
fn a_second_webhook_of_a_type_is_allowed_replaces_or_is_refused() {
    let sim = Sim::with(goods(1));
    let first = sim.register("stock.update", "http://127.0.0.1:9/a", None);
    let second = sim.register("stock.update", "http://127.0.0.1:9/b", None);
    let other = sim.register("product.update", "http://127.0.0.1:9/c", None);
    assert_eq!(sim.rows("/webhooks").len(), 3);
    sim.switch(41, "B");
    let third = sim.register("stock.update", "http://127.0.0.1:9/d", None);
    let ids: Vec<i64> = sim
        .rows("/webhooks")
        .iter()
        .map(|row| row["id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids, [other, third], "not {first} and {second}");
    sim.switch(41, "C");
    assert_eq!(
        sim.post_api("/webhooks", &wanted("stock.update")).status,
        420
    );
}

#[test]
fn an_unknown_webhook_is_answered_as_switched() {
    let sim = Sim::with(goods(1));
    assert_eq!(sim.get("/webhooks/1").status, 420);
    assert_eq!(sim.delete("/webhooks/1").status, 420);
    sim.switch(2, "B");
    assert_eq!(sim.get("/webhooks/1").status, 404);
}

#[test]
fn webhooks_ask_for_credentials() {
    let sim = Sim::with(goods(1));
    assert_eq!(
        sim.get_as("/webhooks", "", "dongbotest").unwrap().status,
        401
    );
}
