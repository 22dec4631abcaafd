use serde_json::json;

use crate::sim::Sim;

#[test]
fn raw_replaces_adds_drops_and_writes_fields_verbatim() {
    let long = "Tên ".repeat(75);
    let sim = Sim::with(json!({"products": [{
        "code": "ODD", "name": "Lạ", "basePrice": 10, "weight": 5,
        "raw": {"id": 9_007_199_254_740_993_i64, "barCode": null, "fullName": long, "description": "a &quot;b&quot; 🔥", "extra": true,
                "basePrice": "149000", "$omit": ["weight"],
                "$text": {"name": "\"x\\ud83d\"", "conversionValue": "1.5e0", "categoryId": "149000.5"}}
    }]}));
    let text = sim.get("/products").text;
    for part in [
        r#""id":9007199254740993"#,
        r#""barCode":null"#,
        r#""name":"x\ud83d""#,
        r#""conversionValue":1.5e0"#,
        r#""categoryId":149000.5"#,
        r#""basePrice":"149000""#,
        r#""extra":true"#,
        "&quot;b&quot; 🔥",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.contains(&long) && !text.contains("weight"));
}

#[test]
fn a_whole_row_can_be_anything_while_the_others_stay() {
    let sim = Sim::with(json!({"products": [
        {"code": "A", "name": "A"}, {"code": "B", "name": "B", "raw": {"$row": "null"}}, {"code": "C", "name": "C"}
    ]}));
    let rows = sim.rows("/products");
    assert_eq!(
        (rows.len(), rows[1].is_null(), rows[2]["code"].as_str()),
        (3, true, Some("C"))
    );
    assert_eq!(
        sim.rows("/productOnHands")[1]["code"],
        "B",
        "the light list has rows of its own"
    );
}

#[test]
fn stock_prices_branches_and_categories_take_odd_values_too() {
    let sim = Sim::with(json!({
        "branches": [{"id": 1, "branchName": "Kho", "raw": {"branchName": null}}],
        "categories": [{"categoryId": 1, "categoryName": "X", "raw": {"parentId": 0}}],
        "products": [{"id": 5, "code": "A", "name": "A", "inventories": [{"branchId": 1, "onHand": 3, "raw": {"onHand": "3", "cost": null}}]}],
        "pricebooks": [{"name": "B", "raw": {"endDate": ""}, "prices": [{"productId": 5, "price": 1, "raw": {"price": null}}]}]
    }));
    assert!(sim.rows("/branches")[0]["branchName"].is_null());
    assert_eq!(sim.rows("/categories")[0]["parentId"], 0);
    let stock = &sim.product("A", "&includeInventory=true")["inventories"][0];
    assert_eq!(
        (stock["onHand"].as_str(), stock["cost"].is_null()),
        (Some("3"), true)
    );
    assert_eq!(
        sim.rows("/productOnHands")[0]["inventories"][0],
        json!({"branchId": 1, "onHand": "3", "reserved": 0.0})
    );
    assert_eq!(sim.rows("/pricebooks")[0]["endDate"], "");
    assert!(sim.rows("/pricebooks/700001")[0]["price"].is_null());
}

#[test]
fn the_truth_keeps_the_intended_values_of_odd_rows() {
    let sim = Sim::with(
        json!({"products": [{"code": "A", "name": "A", "basePrice": 10, "raw": {"basePrice": null}}]}),
    );
    assert_eq!(sim.truth("A")["basePrice"], 10);
}

#[test]
fn duplicate_and_empty_codes_are_allowed_and_double_ids_are_not() {
    let sim = Sim::with(
        json!({"products": [{"code": "A", "name": "1"}, {"code": "A", "name": "2"}, {"code": "", "name": "3"}]}),
    );
    assert_eq!(sim.rows("/products").len(), 3);
    let twice = r#"{"products": [{"id": 1, "code": "A"}, {"id": 1, "code": "B"}]}"#;
    let error = kiotviet_sim::catalogue::Catalogue::from_json(twice).unwrap_err();
    assert!(error.contains("id 1 is used twice"), "{error}");
}

#[test]
fn a_misspelt_key_in_a_catalogue_is_named() {
    let error = kiotviet_sim::catalogue::Catalogue::from_json(r#"{"products": [{"cod": "A"}]}"#)
        .unwrap_err();
    assert!(error.contains("cod"), "{error}");
    let error = kiotviet_sim::catalogue::Catalogue::from_json(
        r#"{"products": [{"code": "A", "inventories": [{"branchId": 5}]}]}"#,
    );
    assert!(error.unwrap_err().contains("branch 5"));
}
