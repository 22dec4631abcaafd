use serde_json::{json, Value};

use crate::sim::Sim;

fn shop() -> Value {
    json!({
        "branches": [{"branchName": "Kho chính"}, {"branchName": "Quận 1", "branchCode": "Q1", "contactNumber": "+84901"}],
        "categories": [
            {"categoryId": 1, "categoryName": "Đồ uống"},
            {"categoryId": 2, "parentId": 1, "categoryName": "Bia"},
            {"categoryId": 3, "parentId": 2, "categoryName": "Bia lon"},
            {"categoryId": 4, "categoryName": "Áo"}
        ]
    })
}

fn ids(rows: &[Value]) -> Vec<i64> {
    rows.iter()
        .map(|row| row["categoryId"].as_i64().unwrap())
        .collect()
}

#[test]
fn a_branch_row_leaves_out_what_it_does_not_have() {
    let sim = Sim::with(shop());
    let rows = sim.rows("/branches");
    assert_eq!(rows[0].get("branchCode"), None);
    assert_eq!(rows[0].get("modifiedDate"), None);
    assert_eq!(rows[0]["retailerId"], 500_000_001);
    assert_eq!(
        (
            rows[1]["branchCode"].as_str(),
            rows[1]["contactNumber"].as_str()
        ),
        (Some("Q1"), Some("+84901"))
    );
}

#[test]
fn a_closed_branch_leaves_the_list_and_is_named_in_removed_ids() {
    let sim = Sim::with(shop());
    sim.change(json!([{"op": "branch.remove", "branchId": 200_002}]));
    let answer = sim.get("/branches?includeRemoveIds=true").json();
    assert_eq!(
        (answer["total"].as_i64(), &answer["removedIds"]),
        (Some(1), &json!([200_002]))
    );
}

#[test]
fn categories_are_flat_and_by_name_unless_asked_otherwise() {
    let sim = Sim::with(shop());
    let rows = sim.rows("/categories?orderBy=categoryId");
    assert_eq!(ids(&rows), [1, 2, 3, 4]);
    assert_eq!(rows[0].get("parentId"), None);
    assert_eq!(
        (rows[1]["parentId"].as_i64(), rows[1]["hasChild"].as_bool()),
        (Some(1), Some(true))
    );
    assert!(rows.iter().all(|row| row.get("children").is_none()));
    assert_eq!(
        ids(&sim.rows("/categories"))[0],
        2,
        "Bia comes first by name"
    );
}

#[test]
fn the_tree_nests_children_and_pages_roots_or_counts_all() {
    let sim = Sim::with(shop());
    let answer = sim
        .get("/categories?hierachicalData=true&orderBy=categoryId")
        .json();
    assert_eq!(answer["total"], 2);
    assert_eq!(
        answer["data"][0]["children"][0]["children"][0]["categoryId"],
        3
    );
    assert_eq!(answer["data"][1].get("children"), None);
    sim.switch(9, "B");
    assert_eq!(
        sim.get("/categories?hierachicalData=true").json()["total"],
        4
    );
}

#[test]
fn the_tree_ignores_last_modified_from_and_the_flat_list_obeys_it() {
    let sim = Sim::with(shop());
    assert_eq!(
        sim.get("/categories?hierachicalData=true&lastModifiedFrom=2099-01-01")
            .json()["total"],
        2
    );
    assert_eq!(
        sim.get("/categories?lastModifiedFrom=2099-01-01").json()["total"],
        0
    );
}

#[test]
fn a_category_detail_is_bare_or_wrapped_and_an_unknown_one_420_or_404() {
    let sim = Sim::with(shop());
    assert_eq!(sim.get("/categories/1").json()["categoryName"], "Đồ uống");
    sim.switch(10, "B");
    assert_eq!(
        sim.get("/categories/1").json()["data"]["categoryName"],
        "Đồ uống"
    );
    assert_eq!(sim.get("/categories/99").status, 420);
    sim.switch(2, "B");
    assert_eq!(sim.get("/categories/99").status, 404);
}

#[test]
fn renaming_moving_and_removing_a_category_shows_in_the_delta() {
    let sim = Sim::with(shop());
    sim.change(json!([
        {"op": "category.rename", "categoryId": 4, "name": "Áo mới"},
        {"op": "category.move", "categoryId": 2},
        {"op": "category.remove", "categoryId": 3}
    ]));
    let answer = sim
        .get("/categories?lastModifiedFrom=2026-01-01&orderBy=categoryId")
        .json();
    assert_eq!(ids(answer["data"].as_array().unwrap()), [2, 4]);
    assert_eq!(answer["data"][0].get("parentId"), None);
    assert_eq!(answer["removedIds"], json!([3]));
}

#[test]
fn a_category_in_use_cannot_be_removed_nor_put_under_itself() {
    let sim = Sim::with(shop());
    let refused = sim.try_post(
        "change",
        &json!({"changes": [{"op": "category.remove", "categoryId": 1}]}),
    );
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains("has children"), "{}", refused.text);
    let cycle = sim.try_post(
        "change",
        &json!({"changes": [{"op": "category.move", "categoryId": 1, "parentId": 3}]}),
    );
    assert!(cycle.text.contains("under itself"), "{}", cycle.text);
}

#[test]
fn settings_have_pascal_case_keys_and_follow_changes() {
    let sim = Sim::with(shop());
    assert_eq!(sim.get("/settings").json()["AllowOrderWhenOutStock"], true);
    sim.change(json!([{"op": "settings.set", "fields": {"AllowOrderWhenOutStock": false}}]));
    assert_eq!(sim.get("/settings").json()["AllowOrderWhenOutStock"], false);
}
