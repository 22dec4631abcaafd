use serde_json::{json, Value};

use crate::sim::{codes, goods, Sim};

#[test]
fn pages_are_20_rows_unless_asked_and_never_over_100() {
    let sim = Sim::with(goods(130));
    let answer = sim.get("/products").json();
    assert_eq!(
        (
            answer["pageSize"].as_i64(),
            answer["data"].as_array().unwrap().len()
        ),
        (Some(20), 20)
    );
    assert_eq!(answer["total"], 130);
    let clamped = sim.get("/products?pageSize=1000").json();
    assert_eq!(
        (
            clamped["pageSize"].as_i64(),
            clamped["data"].as_array().unwrap().len()
        ),
        (Some(100), 100)
    );
}

#[test]
fn a_page_size_over_100_is_honoured_for_mykiot_or_by_switch_or_refused() {
    let sim = Sim::with(goods(130));
    assert_eq!(sim.rows("/products?pageSize=1000&isMykiot=true").len(), 130);
    sim.switch(6, "B");
    assert_eq!(sim.rows("/products?pageSize=1000").len(), 130);
    sim.switch(6, "C");
    assert_eq!(sim.get("/products?pageSize=1000").status, 420);
}

#[test]
fn current_item_is_a_row_offset_and_pages_join_without_gap_or_overlap() {
    let sim = Sim::with(goods(45));
    let mut all = Vec::new();
    for offset in [0, 20, 40] {
        all.extend(sim.rows(&format!("/products?currentItem={offset}&orderBy=id")));
    }
    let expected: Vec<String> = (1..=45).map(|n| format!("SP{n}")).collect();
    assert_eq!(codes(&all), expected);
}

#[test]
fn a_page_past_the_end_keeps_total_and_omits_data() {
    let sim = Sim::with(goods(3));
    let answer = sim.get("/products?currentItem=20").json();
    assert_eq!(answer["total"], 3);
    assert!(answer.get("data").is_none());
}

#[test]
fn an_empty_list_omits_data_unless_the_switch_says_otherwise() {
    let sim = Sim::with(json!({}));
    let answer = sim.get("/pricebooks").text;
    assert_eq!(answer, r#"{"total":0,"pageSize":20}"#);
    sim.switch(7, "B");
    assert_eq!(
        sim.get("/pricebooks").text,
        r#"{"total":0,"pageSize":20,"data":[]}"#
    );
}

#[test]
fn rows_are_ordered_by_any_field_in_any_casing_and_either_direction() {
    let sim = Sim::with(goods(3));
    sim.change(json!([{"op": "product.set", "code": "SP1", "fields": {"basePrice": 2500}}]));
    assert_eq!(
        codes(&sim.rows("/products?orderBy=BasePrice&orderDirection=DESC")),
        ["SP3", "SP1", "SP2"]
    );
    assert_eq!(
        codes(&sim.rows("/products?OrderBy=baseprice&orderdirection=asc")),
        ["SP2", "SP1", "SP3"]
    );
    assert_eq!(
        codes(&sim.rows("/products?orderBy=id&orderDirection=desc")),
        ["SP3", "SP2", "SP1"]
    );
}

#[test]
fn the_timestamp_has_seven_digits_and_the_vietnamese_offset_where_the_service_sends_one() {
    let sim = Sim::with(goods(1));
    for path in ["/products", "/categories", "/branches"] {
        let stamp = sim.get(path).json()["timestamp"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(
            stamp.len(),
            "2026-10-07T14:39:09.4969693+07:00".len(),
            "{stamp}"
        );
        assert!(stamp.ends_with("+07:00"));
    }
    for path in ["/pricebooks", "/productOnHands", "/trademark"] {
        assert!(sim.get(path).json().get("timestamp").is_none(), "{path}");
    }
}

fn dated() -> Value {
    json!({"products": [
        {"code": "OLD", "name": "Cũ", "createdDate": "2025-01-01T00:00:00", "modifiedDate": "2025-02-01T00:00:00"},
        {"code": "EDGE", "name": "Vừa", "createdDate": "2025-01-01T00:00:00", "modifiedDate": "2025-03-01T10:00:00"},
        {"code": "NEVER", "name": "Chưa sửa", "createdDate": "2025-04-01T00:00:00"}
    ]})
}

#[test]
fn last_modified_from_is_inclusive_and_falls_back_to_the_creation() {
    let sim = Sim::with(dated());
    assert_eq!(
        codes(&sim.rows("/products?lastModifiedFrom=2025-03-01T10:00:00")),
        ["EDGE", "NEVER"]
    );
    assert_eq!(
        codes(&sim.rows("/products?lastModifiedFrom=2025-03-01T10:00:01")),
        ["NEVER"]
    );
}

#[test]
fn an_offset_in_last_modified_from_is_converted_ignored_or_refused() {
    let sim = Sim::with(dated());
    let path = "/products?lastModifiedFrom=2025-03-01T03:30:00Z";
    assert_eq!(
        codes(&sim.rows(path)),
        ["NEVER"],
        "03:30 UTC is 10:30 in Vietnam"
    );
    sim.switch(52, "B");
    assert_eq!(codes(&sim.rows(path)), ["EDGE", "NEVER"]);
    sim.switch(52, "C");
    assert_eq!(sim.get(path).status, 420);
}

#[test]
fn parameter_names_match_in_any_casing() {
    let sim = Sim::with(goods(3));
    assert_eq!(sim.rows("/products?PAGESIZE=2&CurrentItem=2").len(), 1);
}

#[test]
fn an_unreadable_parameter_is_a_400_that_names_it() {
    let sim = Sim::with(goods(1));
    for path in [
        "/products?pageSize=many",
        "/products?lastModifiedFrom=yesterday",
        "/products?isActive=perhaps",
    ] {
        let refused = sim.get(path);
        assert_eq!(
            (refused.status, refused.error_code().as_str()),
            (400, "RequestBindingException"),
            "{path}"
        );
    }
}

#[test]
fn removed_ids_come_with_the_flag_even_when_empty_and_under_the_other_name_by_switch() {
    let sim = Sim::with(goods(2));
    assert!(sim.get("/products").json().get("removedIds").is_none());
    assert_eq!(
        sim.get("/products?includeRemoveIds=true").json()["removedIds"],
        json!([])
    );
    sim.change(json!([{"op": "product.remove", "code": "SP2"}]));
    let id = 50_000_002;
    assert_eq!(
        sim.get("/products?includeRemoveIds=true").json()["removedIds"],
        json!([id])
    );
    assert_eq!(
        sim.get("/products?includeRemoveIds=true&lastModifiedFrom=2099-01-01")
            .json()["removedIds"],
        json!([])
    );
    sim.switch(12, "B");
    assert_eq!(
        sim.get("/products?includeRemoveIds=true").json()["removeId"],
        json!([id])
    );
    assert!(sim
        .get("/products?includeRemoveIds=true&lastModifiedFrom=2099-01-01")
        .json()
        .get("removeId")
        .is_none());
}
