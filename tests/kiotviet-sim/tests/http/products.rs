use serde_json::{json, Value};

use crate::sim::{codes, Sim};

/// Every row kind of the family table (§3.4).
pub fn families() -> Value {
    let attribute =
        |name: &str, value: &str| json!({"attributeName": name, "attributeValue": value});
    json!({
        "branches": [{"id": 1, "branchName": "Kho"}, {"id": 2, "branchName": "Quận 1"}],
        "categories": [{"categoryId": 1, "categoryName": "Đồ uống"}, {"categoryId": 2, "parentId": 1, "categoryName": "Bia"}],
        "tradeMarks": [{"tradeMarkId": 7, "tradeMarkName": "Sao Mai"}],
        "products": [
            {"id": 10, "code": "BEER", "name": "Bia", "categoryId": 2, "unit": "lon", "basePrice": 15000, "tradeMarkId": 7,
             "inventories": [{"branchId": 1, "onHand": 50, "reserved": 2, "cost": 9000}, {"branchId": 2, "onHand": -3}]},
            {"id": 11, "code": "BEER24", "name": "Bia", "categoryId": 2, "unit": "Thùng 24", "basePrice": 340000,
             "masterProductId": 10, "masterUnitId": 10, "conversionValue": 24},
            {"id": 20, "code": "AO-D", "name": "Áo", "categoryId": 1, "attributes": [attribute("Màu", "Đỏ"), {"attributeName": "Mùa", "attributeValue": "Hè", "deleted": true}],
             "basePrice": 149000, "weight": 2000, "images": ["https://cdn.example/1.png"]},
            {"id": 21, "code": "AO-X", "name": "Áo", "categoryId": 1, "attributes": [attribute("Màu", "Xanh")], "masterProductId": 20, "isActive": false},
            {"id": 22, "code": "AO-X3", "name": "Áo", "categoryId": 1, "attributes": [attribute("Màu", "Xanh")], "unit": "Bộ 3",
             "masterProductId": 20, "masterUnitId": 21, "conversionValue": 3},
            {"id": 30, "code": "COMBO", "name": "Combo", "type": 1, "categoryId": 1, "inventories": [{"branchId": 1}],
             "formulas": [{"materialId": 10, "quantity": 6}]},
            {"id": 40, "code": "DV", "name": "Gói quà", "type": 3, "categoryId": 1, "allowsSale": false},
            {"id": 50, "code": "IMEI", "name": "Máy", "categoryId": 1, "isLotSerialControl": true,
             "serials": [{"serialNumber": "S1", "branchId": 1, "status": 1}]},
            {"id": 60, "code": "LO", "name": "Sữa", "categoryId": 1, "isBatchExpireControl": true,
             "batches": [{"batchName": "L1", "expireDate": "2027-01-31", "branchId": 1, "onHand": 5}]}
        ]
    })
}

#[test]
fn a_plain_row_has_the_keys_of_a_captured_one_and_none_that_are_null_or_empty() {
    let sim = Sim::with(families());
    let row = sim.product("DV", "");
    let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
    let mut expected = vec![
        "createdDate",
        "id",
        "retailerId",
        "code",
        "name",
        "fullName",
        "categoryId",
        "categoryName",
        "allowsSale",
        "type",
        "hasVariants",
        "basePrice",
        "conversionValue",
        "isActive",
        "isRewardPoint",
    ];
    expected.sort_unstable();
    let mut keys: Vec<&str> = keys.into_iter().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, expected);
}

#[test]
fn entity_dates_have_seven_digits_and_no_offset() {
    let sim = Sim::with(families());
    let date = sim.product("DV", "")["createdDate"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(date.len(), "2026-08-12T10:57:25.5930000".len(), "{date}");
}

#[test]
fn money_is_written_with_a_point_in_some_rows_and_without_in_others() {
    let sim = Sim::with(families());
    let text = sim.get("/products?pageSize=100").text;
    assert!(
        text.contains(r#""basePrice":15000.0"#),
        "even ids have the point"
    );
    assert!(text.contains(r#""basePrice":340000,"#), "odd ids have none");
}

#[test]
fn the_family_table_is_followed_by_every_row_kind() {
    let sim = Sim::with(families());
    let place = |code: &str| {
        let row = sim.product(code, "");
        (
            row["hasVariants"].as_bool(),
            row["masterProductId"].as_i64(),
            row["masterUnitId"].as_i64(),
            row["conversionValue"].as_f64(),
        )
    };
    assert_eq!(place("BEER"), (Some(false), None, None, Some(1.0)));
    assert_eq!(
        place("BEER24"),
        (Some(false), Some(10), Some(10), Some(24.0))
    );
    assert_eq!(place("AO-D"), (Some(true), None, None, Some(1.0)));
    assert_eq!(place("AO-X"), (Some(true), Some(20), None, Some(1.0)));
    assert_eq!(place("AO-X3"), (Some(true), Some(20), Some(21), Some(3.0)));
}

#[test]
fn full_names_join_attributes_and_unit_and_a_base_row_lists_its_units() {
    let sim = Sim::with(families());
    assert_eq!(sim.product("AO-X3", "")["fullName"], "Áo - Xanh (Bộ 3)");
    let units = &sim.product("BEER", "")["units"];
    assert_eq!(
        (
            units[0]["code"].as_str(),
            units[0]["conversionValue"].as_i64()
        ),
        (Some("BEER24"), Some(24))
    );
}

#[test]
fn deleted_attributes_come_back_unless_refused() {
    let sim = Sim::with(families());
    let count = |flags: &str| {
        sim.product("AO-D", flags)["attributes"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(count(""), 2);
    assert_eq!(count("&IncludeSoftDeletedAttribute=false"), 1);
}

#[test]
fn lists_of_a_row_come_only_when_asked_for() {
    let sim = Sim::with(families());
    for (code, flag, key) in [
        ("BEER", "&includeInventory=true", "inventories"),
        ("COMBO", "&includeMaterial=true", "productFormulas"),
        ("IMEI", "&IncludeSerials=true", "productSerials"),
        ("LO", "&IncludeBatchExpires=true", "productBatchExpires"),
        ("DV", "&includeQuantity=true", "minQuantity"),
    ] {
        assert_eq!(sim.product(code, "").get(key), None, "{key}");
        assert!(sim.product(code, flag).get(key).is_some(), "{key}");
    }
}

#[test]
fn branch_ids_limit_the_stock_rows_in_the_spellings_the_switch_allows() {
    let sim = Sim::with(families());
    let branches = |query: &str| {
        let row = sim.product("BEER", &format!("&includeInventory=true&{query}"));
        row["inventories"].as_array().unwrap().len()
    };
    assert_eq!(
        (
            branches("branchIds=1"),
            branches("BranchIds=1,2"),
            branches("branchIds=1&branchIds=2")
        ),
        (1, 2, 2)
    );
    sim.switch(8, "B");
    assert_eq!(branches("branchIds=1&branchIds=2"), 2);
    assert_eq!(sim.get("/products?branchIds=1,2").status, 400);
    sim.switch(8, "C");
    assert_eq!(branches("branchIds=1&branchIds=2"), 1);
    sim.switch(8, "D");
    assert_eq!((branches("branchIds[]=1"), branches("branchIds=1")), (1, 2));
}

#[test]
fn filters_choose_by_category_family_kind_state_name_and_brand() {
    let sim = Sim::with(families());
    let found = |query: &str| {
        let rows = sim.rows(&format!("/products?pageSize=100&{query}"));
        codes(&rows).join(" ")
    };
    assert_eq!(found("masterProductId=20"), "AO-D AO-X AO-X3");
    assert_eq!(found("masterUnitId=10"), "BEER BEER24");
    assert_eq!(found("productType=3"), "DV");
    assert_eq!(found("isActive=false"), "AO-X");
    assert_eq!(found("name=xanh"), "AO-X AO-X3");
    assert_eq!(found("tradeMarkId=7"), "BEER");
    assert_eq!(found("categoryId=2"), "BEER BEER24");
    assert_eq!(
        sim.rows("/products?pageSize=100&categoryId=1").len(),
        9,
        "descendants included"
    );
    sim.switch(11, "B");
    assert_eq!(sim.rows("/products?pageSize=100&categoryId=1").len(), 7);
}

#[test]
fn details_are_found_by_id_and_code_in_path_and_query_form_and_carry_everything() {
    let sim = Sim::with(families());
    for path in [
        "/products/10",
        "/products/code/BEER",
        "/products/code?Id=0&Code=BEER",
        "/PRODUCTS/Code/beer",
    ] {
        let row = sim.get(path).json();
        assert_eq!(
            (
                row["id"].as_i64(),
                row["inventories"].as_array().map(Vec::len)
            ),
            (Some(10), Some(2)),
            "{path}"
        );
    }
}

#[test]
fn an_unknown_good_is_420_with_the_exact_text() {
    let sim = Sim::with(families());
    for path in [
        "/products/999",
        "/products/code/none",
        "/products/code?Code=none",
    ] {
        let refused = sim.get(path);
        assert_eq!(
            (refused.status, refused.error_code().as_str()),
            (420, "KvValidateProductException"),
            "{path}"
        );
        assert_eq!(
            refused.message(),
            "Hàng hóa được chọn không tồn tại hoặc đã bị xóa"
        );
    }
}

#[test]
fn codes_with_spaces_and_letters_work_in_the_path_and_a_slash_only_in_the_query() {
    let sim = Sim::with(
        json!({"products": [{"code": "ÁO 1#2", "name": "Áo"}, {"code": "a/b", "name": "B"}]}),
    );
    assert_eq!(
        sim.get("/products/code/%C3%81O%201%232").json()["name"],
        "Áo"
    );
    assert_eq!(sim.get("/products/code/a%2Fb").status, 404);
    assert_eq!(sim.get("/products/code?Code=a%2Fb").json()["name"], "B");
}

#[test]
fn weight_and_images_are_spelled_as_the_switches_say() {
    let sim = Sim::with(families());
    let row = sim.product("AO-D", "");
    assert_eq!(
        (row["weight"].as_f64(), &row["images"]),
        (Some(2000.0), &json!(["https://cdn.example/1.png"]))
    );
    sim.switch(13, "B");
    sim.switch(14, "B");
    let row = sim.product("AO-D", "");
    assert_eq!(
        (row["weight"].as_f64(), &row["images"]),
        (Some(2.0), &json!([{"Image": "https://cdn.example/1.png"}]))
    );
}

#[test]
fn brands_and_attributes_have_lists_of_their_own() {
    let sim = Sim::with(families());
    assert_eq!(sim.rows("/trademark")[0]["tradeMarkName"], "Sao Mai");
    let attributes = sim.get("/attributes/allwithdistinctvalue").json();
    assert_eq!(attributes[0]["name"], "Màu");
    assert_eq!(attributes[0]["attributeValues"][1]["value"], "Xanh");
    assert_eq!(
        attributes[0]["attributeValues"][1]["attributeId"],
        attributes[0]["id"]
    );
}
