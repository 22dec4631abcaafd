//! The JavaScript door, as JavaScript sees it: run in Node by wasm-bindgen's own test runner
//! (`cargo run -p dongbo-build --features test-runner -- js-test`).
#![cfg(target_arch = "wasm32")]

use js_sys::{Object, Reflect, JSON};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

fn parsed(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or(JsValue::UNDEFINED)
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).unwrap_or_default()
}

fn at(value: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(value.clone(), |value, name| {
        Reflect::get(&value, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
    })
}

#[wasm_bindgen_test]
fn the_version_is_stamped_in() {
    let answer = dongbo::bind::js::version(Object::new().into());
    assert_eq!(
        at(&answer, &["ok", "rules"]).as_string().as_deref(),
        Some(dongbo::RULES_VERSION)
    );
}

#[wasm_bindgen_test]
fn a_record_is_a_plain_object_and_what_is_absent_is_left_out() {
    let answer =
        dongbo::bind::js::read_address(parsed(r#"{"address": "https://Shop1.kiotviet.vn/man/"}"#));
    assert_eq!(text(&answer), r#"{"ok":{"shop":"shop1"}}"#);
    assert!(!answer.is_instance_of::<js_sys::Map>());
}

#[wasm_bindgen_test]
fn an_undefined_field_is_an_absent_one() {
    let input = parsed(r#"{"settings": {}, "categories": [{"id": "1", "name": "A"}]}"#);
    let told = dongbo::bind::js::plan_categories(input.clone());
    let category = at(&input, &["categories", "0"]);
    assert_eq!(
        Reflect::set(&category, &"parent_id".into(), &JsValue::UNDEFINED),
        Ok(true)
    );
    assert_eq!(text(&dongbo::bind::js::plan_categories(input)), text(&told));
    assert!(
        text(&told).starts_with(r#"{"ok":{"operations":[{"kind":"create""#),
        "{}",
        text(&told)
    );
}

#[wasm_bindgen_test]
fn integers_cross_as_numbers_up_to_what_a_number_holds() {
    let due = |now: &str| {
        let input = format!(r#"{{"now": {now}, "obtained": 0, "expires_in": 86400}}"#);
        text(&dongbo::bind::js::token_due(parsed(&input)))
    };
    assert_eq!(due("1000"), r#"{"ok":{"renew":false}}"#);
    assert_eq!(due("9007199254740991"), r#"{"ok":{"renew":true}}"#);
    for refused in ["1.5", "\"1\"", "1e300", "null"] {
        let answer = parsed(&due(refused));
        assert_eq!(
            at(&answer, &["error", "code"]).as_string().as_deref(),
            Some("input-unreadable"),
            "{refused}"
        );
    }
}

#[wasm_bindgen_test]
fn what_is_no_record_is_refused_and_never_thrown() {
    for input in [
        JsValue::UNDEFINED,
        JsValue::NULL,
        JsValue::from_f64(1.0),
        JsValue::from_str("x"),
    ] {
        let answer = dongbo::bind::js::plan_goods(input);
        assert_eq!(
            at(&answer, &["error", "code"]).as_string().as_deref(),
            Some("input-unreadable")
        );
        assert!(at(&answer, &["error", "params", "0", "value"]).is_string());
        assert_eq!(at(&answer, &["ok"]), JsValue::UNDEFINED);
    }
}

#[wasm_bindgen_test]
fn the_place_of_what_cannot_be_read_is_told() {
    for (input, place) in [
        (r#"{"settings": {}}"#, ""),
        (
            r#"{"settings": {"match_key": "barcode"}, "categories": []}"#,
            "settings.match_key",
        ),
        (
            r#"{"settings": {}, "categories": [{"id": "1", "name": "A"}, {"id": 2, "name": "B"}]}"#,
            "categories[1].id",
        ),
        (
            r#"{"settings": {}, "categories": [["1", "A"]]}"#,
            "categories[0]",
        ),
    ] {
        let answer = dongbo::bind::js::plan_categories(parsed(input));
        assert_eq!(
            at(&answer, &["error", "where"]).as_string().as_deref(),
            Some(place),
            "{}",
            text(&answer)
        );
    }
}
