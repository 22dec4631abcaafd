use serde_json::{json, Value};

use crate::receiver::Receiver;
use crate::sim::Sim;

/// Beer with a pack of 24 in two branches and two books, a shirt in two colours, a category tree.
fn shop() -> Value {
    json!({
        "branches": [{"id": 1, "branchName": "Kho"}, {"id": 2, "branchName": "Quầy"}],
        "categories": [{"categoryId": 1, "categoryName": "Đồ uống"}, {"categoryId": 2, "parentId": 1, "categoryName": "Bia"},
                       {"categoryId": 3, "categoryName": "Trống"}],
        "products": [
            {"id": 10, "code": "BEER", "name": "Bia", "description": "<p>ngon</p>", "categoryId": 2, "unit": "lon", "basePrice": 15000,
             "weight": 350, "images": ["http://x/1.png"],
             "inventories": [{"branchId": 1, "onHand": 50, "reserved": 2, "cost": 9000}, {"branchId": 2, "onHand": 3}]},
            {"id": 12, "code": "BEER24", "name": "Bia", "categoryId": 2, "unit": "Thùng", "basePrice": 340000,
             "masterProductId": 10, "masterUnitId": 10, "conversionValue": 24},
            {"id": 20, "code": "AO-D", "name": "Áo", "categoryId": 2, "attributes": [{"attributeName": "Màu", "attributeValue": "Đỏ"}],
             "inventories": [{"branchId": 1, "onHand": 1}]},
            {"id": 22, "code": "AO-X", "name": "Áo", "categoryId": 2, "attributes": [{"attributeName": "Màu", "attributeValue": "Xanh"}],
             "masterProductId": 20, "inventories": [{"branchId": 1, "onHand": 1}]}
        ],
        "pricebooks": [{"id": 7, "name": "Sale", "startDate": "2026-01-01", "prices": [{"productId": 10, "price": 12000}]}]
    })
}

/// A shop, a receiver, and one registration a type.
pub fn listening(kinds: &[&str]) -> (Sim, Receiver) {
    let (sim, receiver) = (Sim::with(shop()), Receiver::start());
    sim.hold();
    for kind in kinds {
        sim.register(kind, &receiver.url(&format!("/{kind}")), None);
    }
    (sim, receiver)
}

/// What a change tells: path and body of every delivery.
pub fn told(sim: &Sim, receiver: &Receiver, change: Value) -> Vec<(String, Value)> {
    receiver.forget();
    sim.change(json!([change]));
    sim.deliver();
    let received = receiver.received();
    received
        .iter()
        .map(|one| (one.path.clone(), one.json()))
        .collect()
}

/// Path and first row.
pub fn rows(told: &[(String, Value)]) -> Vec<(&str, &Value)> {
    told.iter()
        .map(|(path, body)| (path.as_str(), &body["Notifications"][0]["Data"][0]))
        .collect()
}

#[test]
fn a_product_row_is_complete_and_pascal_case() {
    let (sim, receiver) = listening(&["product.update"]);
    let set = json!({"op": "product.set", "code": "BEER", "fields": {"basePrice": 16000, "modifiedDate": "2026-02-03T04:05:06"}});
    let told = told(&sim, &receiver, set);
    assert_eq!(told.len(), 1);
    let body = &told[0].1;
    assert_eq!(
        (
            &body["Attempt"],
            body["Notifications"][0]["Action"].as_str()
        ),
        (&json!(1), Some("product.update.500000001"))
    );
    assert!(body["Id"].as_str().unwrap().len() >= 8);
    assert_eq!(
        body["Notifications"][0]["Data"][0],
        json!({
            "Id": 10, "Code": "BEER", "Name": "Bia", "FullName": "Bia (lon)", "CategoryId": 2, "CategoryName": "Bia",
            "AllowsSale": true, "HasVariants": false, "BasePrice": 16000.0, "Weight": 350, "Unit": "lon", "ConversionValue": 1,
            "ModifiedDate": "2026-02-03T04:05:06.0000000",
            "Units": [{"Id": 12, "Code": "BEER24", "Name": "Bia", "FullName": "Bia (Thùng)", "Unit": "Thùng",
                       "ConversionValue": 24, "BasePrice": 340000.0}],
            "Inventories": [
                {"ProductId": 10, "ProductCode": "BEER", "ProductName": "Bia (lon)", "BranchId": 1, "BranchName": "Kho",
                 "Cost": 9000.0, "OnHand": 50.0, "Reserved": 2.0, "MinQuantity": 0.0},
                {"ProductId": 10, "ProductCode": "BEER", "ProductName": "Bia (lon)", "BranchId": 2, "BranchName": "Quầy",
                 "Cost": 0.0, "OnHand": 3.0, "Reserved": 0.0, "MinQuantity": 0.0}],
            "PriceBooks": [{"ProductId": 10, "PriceBookId": 7, "PriceBookName": "Sale", "Price": 12000.0, "IsActive": true,
                            "StartDate": "2026-01-01T00:00:00.0000000"}],
            "Images": ["http://x/1.png"], "Description": "<p>ngon</p>", "Type": 2, "isActive": true
        })
    );
}

#[test]
fn product_rows_follow_their_switches() {
    let (sim, receiver) = listening(&["product.update"]);
    let touch = |code: &str| {
        let told = told(
            &sim,
            &receiver,
            json!({"op": "product.set", "code": code, "fields": {}}),
        );
        told[0].1["Notifications"][0].clone()
    };
    let variant = touch("AO-X");
    assert_eq!(variant["Data"][0]["MasterProductId"], 20);
    assert_eq!(
        variant["Data"][0]["Attributes"],
        json!([{"ProductId": 22, "AttributeName": "Màu", "AttributeValue": "Xanh"}])
    );
    for (number, letter) in [(42, "B"), (43, "B"), (44, "B"), (14, "B"), (13, "B")] {
        sim.switch(number, letter);
    }
    let variant = touch("AO-X");
    assert_eq!(variant["Action"], "product.update");
    assert_eq!(
        (
            variant["Data"][0].get("MasterProductId"),
            &variant["Data"][0]["masterProductId"]
        ),
        (None, &json!(20))
    );
    let beer = touch("BEER")["Data"][0].clone();
    for absent in ["Description", "Type", "isActive", "IsActive"] {
        assert_eq!(beer.get(absent), None);
    }
    assert_eq!(beer["Inventories"][0].get("MinQuantity"), None);
    assert_eq!(
        (&beer["Images"][0], &beer["Weight"]),
        (&json!({"Image": "http://x/1.png"}), &json!(0.35))
    );
    sim.switch(42, "C");
    let id = sim.rows("/webhooks")[0]["id"].clone();
    assert_eq!(touch("BEER")["Action"], format!("product.update.{id}"));
}

#[test]
fn a_stock_movement_tells_one_row_of_the_branch_and_of_its_units() {
    let (sim, receiver) = listening(&["stock.update", "product.update"]);
    let set = json!({"op": "stock.set", "code": "BEER", "branchId": 1, "onHand": 48});
    let moved = told(&sim, &receiver, set.clone());
    let data = &moved[0].1["Notifications"][0]["Data"];
    assert_eq!(
        data,
        &json!([
            {"ProductId": 10, "ProductCode": "BEER", "ProductName": "Bia (lon)", "BranchId": 1, "BranchName": "Kho", "Cost": 9000.0, "OnHand": 48.0, "Reserved": 2.0},
            {"ProductId": 12, "ProductCode": "BEER24", "ProductName": "Bia (Thùng)", "BranchId": 1, "BranchName": "Kho", "Cost": 216000.0, "OnHand": 2, "Reserved": 2.0 / 24.0}
        ])
    );
    assert_eq!(moved.len(), 1, "no product.update by default");
    sim.post("webhooks", &json!({"unitStock": false}));
    let alone = told(&sim, &receiver, set);
    assert_eq!(
        alone[0].1["Notifications"][0]["Data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_sale_tells_the_base_row_it_lowers() {
    let (sim, receiver) = listening(&["stock.update"]);
    sim.post(
        "sell",
        &json!({"code": "BEER24", "branchId": 1, "quantity": 2}),
    );
    sim.deliver();
    let row = receiver.received()[0].rows()[0].clone();
    assert_eq!(
        (&row["ProductCode"], &row["OnHand"]),
        (&json!("BEER"), &json!(2.0))
    );
}

#[test]
fn which_types_a_change_fires_is_a_switch() {
    let (sim, receiver) = listening(&["stock.update", "pricebookdetail.update", "product.update"]);
    let paths = |change: Value| -> Vec<String> {
        let told = told(&sim, &receiver, change);
        told.into_iter().map(|(path, _)| path).collect()
    };
    let stock = || json!({"op": "stock.set", "code": "BEER", "branchId": 1, "reserved": 1});
    let price =
        || json!({"op": "pricebook.price", "pricebookId": 7, "code": "BEER", "price": 11000});
    for (letter, of_stock, of_price) in [
        (
            "A",
            vec!["/stock.update"],
            vec!["/pricebookdetail.update", "/product.update"],
        ),
        (
            "B",
            vec!["/stock.update", "/product.update"],
            vec!["/pricebookdetail.update"],
        ),
        (
            "C",
            vec!["/stock.update", "/product.update"],
            vec!["/pricebookdetail.update", "/product.update"],
        ),
        ("D", vec!["/stock.update"], vec!["/pricebookdetail.update"]),
    ] {
        sim.switch(46, letter);
        assert_eq!(
            (paths(stock()), paths(price())),
            (
                of_stock.iter().map(ToString::to_string).collect(),
                of_price.iter().map(ToString::to_string).collect()
            ),
            "{letter}"
        );
    }
}

#[test]
fn a_new_good_tells_itself_and_its_opening_stock() {
    let (sim, receiver) = listening(&["product.update", "stock.update"]);
    let made = told(
        &sim,
        &receiver,
        json!({"op": "product.add", "product": {"code": "MOI", "name": "Mới",
        "inventories": [{"branchId": 2, "onHand": 4}]}}),
    );
    let seen = rows(&made);
    assert_eq!(
        (seen[0].0, &seen[0].1["Code"], &seen[0].1["CategoryId"]),
        ("/product.update", &json!("MOI"), &json!(1))
    );
    assert_eq!(
        (seen[1].0, &seen[1].1["OnHand"]),
        ("/stock.update", &json!(4))
    );
}

#[test]
fn odd_values_reach_webhooks_under_their_names() {
    let (sim, receiver) = listening(&["product.update"]);
    let raw =
        json!({"basePrice": "149000", "masterProductId": "x", "$omit": ["code"], "isActive": 3});
    let odd = told(
        &sim,
        &receiver,
        json!({"op": "product.set", "code": "BEER", "fields": {"raw": raw}}),
    );
    let row = rows(&odd)[0].1;
    assert_eq!(
        (
            &row["BasePrice"],
            &row["MasterProductId"],
            &row["isActive"],
            row.get("Code"),
            row.get("basePrice")
        ),
        (&json!("149000"), &json!("x"), &json!(3), None, None)
    );
}

#[test]
fn every_change_of_one_call_shows_the_shop_as_it_was_right_after_it() {
    let (sim, receiver) = listening(&["product.update"]);
    let price =
        |price: i64| json!({"op": "product.set", "code": "BEER", "fields": {"basePrice": price}});
    sim.change(json!([price(1), price(2)]));
    sim.deliver();
    let rows = receiver.received()[0].rows();
    let prices: Vec<f64> = rows
        .iter()
        .map(|row| row["BasePrice"].as_f64().unwrap())
        .collect();
    assert_eq!(prices, [1.0, 2.0]);
    assert_eq!(
        sim.try_post(
            "change",
            &json!({"changes": [price(3), {"op": "product.remove", "code": "NOPE"}]})
        )
        .status,
        400
    );
    assert_eq!(sim.deliver()["made"], 1, "a refused call tells nothing");
}
