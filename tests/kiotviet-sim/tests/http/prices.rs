use serde_json::{json, Value};

use crate::sim::{goods, Sim};

fn shop() -> Value {
    json!({
        "branches": [{"id": 1, "branchName": "Kho"}],
        "products": [{"id": 10, "code": "A", "name": "A", "basePrice": 100000}, {"id": 11, "code": "B", "name": "B", "basePrice": 50000}],
        "pricebooks": [
            {"id": 1, "name": "Sale", "startDate": "2026-01-01", "endDate": "2026-02-01T23:59:59", "isGlobal": false, "branches": [1],
             "forAllCusGroup": false, "customerGroups": [{"id": 5, "name": "VIP"}], "forAllUser": false, "users": [{"id": 6, "name": "lan"}],
             "prices": [{"productId": 10, "price": 80000}, {"productId": 11, "price": 45000.5}]},
            {"id": 2, "name": "Sỉ", "prices": []}
        ]
    })
}

#[test]
fn books_are_listed_with_dates_and_their_limits_only_when_asked() {
    let sim = Sim::with(shop());
    let row = &sim.rows("/pricebooks")[0];
    assert_eq!(
        (row["startDate"].as_str(), row["isGlobal"].as_bool()),
        (Some("2026-01-01T00:00:00.0000000"), Some(false))
    );
    assert_eq!(row.get("priceBookBranches"), None);
    let row = &sim.rows("/pricebooks?includePriceBookBranch=true&includePriceBookCustomerGroups=true&includePriceBookUsers=true")[0];
    assert_eq!(row["priceBookBranches"][0]["branchId"], 1);
    assert_eq!(
        row["priceBookCustomerGroups"][0]["customerGroupName"],
        "VIP"
    );
    assert_eq!(row["priceBookUsers"][0]["userName"], "lan");
}

#[test]
fn the_prices_of_a_book_are_a_list_of_their_own() {
    let sim = Sim::with(shop());
    let answer = sim.get("/pricebooks/1?pageSize=1&orderBy=price").json();
    assert_eq!(
        (answer["total"].as_i64(), &answer["data"]),
        (
            Some(2),
            &json!([{"productId": 11, "productCode": "B", "price": 45000.5}])
        )
    );
    assert_eq!(
        sim.get("/pricebooks/2").text,
        r#"{"total":0,"pageSize":20}"#
    );
    assert_eq!(sim.get("/pricebooks/9").status, 420);
}

#[test]
fn product_rows_carry_their_book_prices_and_the_general_one_only_by_switch() {
    let sim = Sim::with(shop());
    let books = |code: &str| sim.product(code, "&includePricebook=true")["priceBooks"].clone();
    assert_eq!(books("A")[0]["price"], 80000.0);
    assert_eq!(books("A").as_array().map(Vec::len), Some(1));
    sim.switch(17, "B");
    assert_eq!(
        (
            books("A")[0]["priceBookId"].as_i64(),
            books("A")[0]["price"].as_f64()
        ),
        (Some(0), Some(100_000.0))
    );
    sim.switch(25, "B");
    assert!(sim
        .rows("/pricebooks")
        .iter()
        .all(|row| row["isGlobal"] == false));
}

#[test]
fn changes_of_prices_and_books_show_at_once_and_removals_leave_no_trace() {
    let sim = Sim::with(shop());
    sim.change(json!([
        {"op": "pricebook.price", "pricebookId": 2, "code": "A", "price": 70000},
        {"op": "pricebook.price", "pricebookId": 1, "code": "A", "price": 79000},
        {"op": "pricebook.priceRemove", "pricebookId": 1, "code": "B"},
        {"op": "pricebook.set", "pricebookId": 2, "fields": {"isActive": false, "endDate": "2027-01-01"}}
    ]));
    assert_eq!(
        sim.rows("/pricebooks/1"),
        [json!({"productId": 10, "productCode": "A", "price": 79000.0})]
    );
    assert_eq!(
        sim.rows("/pricebooks/2?lastModifiedFrom=2026-01-01").len(),
        1
    );
    let book = &sim.rows("/pricebooks")[1];
    assert_eq!(
        (book["isActive"].as_bool(), book["endDate"].as_str()),
        (Some(false), Some("2027-01-01T00:00:00.0000000"))
    );
    assert_eq!(
        sim.rows("/products?lastModifiedFrom=2026-01-01").len(),
        0,
        "a book price does not touch the product"
    );
    sim.change(json!([{"op": "pricebook.remove", "pricebookId": 1}]));
    assert_eq!(sim.rows("/pricebooks").len(), 1);
}

#[test]
fn the_truth_gives_the_effective_price_of_each_book_at_an_instant() {
    let sim = Sim::with(shop());
    let effective = |at: &str| {
        let truth = sim.control(&format!("catalogue?at={at}"));
        truth["products"][0]["prices"]["books"][0]["effective"].as_i64()
    };
    assert_eq!(effective("2025-12-31T23:59:59"), Some(100_000));
    assert_eq!(effective("2026-01-01T00:00:00"), Some(80_000));
    assert_eq!(effective("2026-02-02T00:00:00"), Some(100_000));
}

#[test]
fn a_price_is_written_into_a_book_or_into_the_general_list() {
    let mut shop = goods(2);
    shop["pricebooks"] =
        json!([{"id": 1, "name": "Sỉ", "prices": [{"productId": 50_000_001, "price": 5}]}]);
    let sim = Sim::with(shop);
    let write = |book: i64, product: i64| {
        let body = json!({"pricebookId": book, "productId": product, "price": 77});
        sim.post_api("/pricebooks/detail", &body)
    };
    assert_eq!(write(1, 50_000_002).json()["isSuccess"], true);
    assert_eq!(sim.rows("/pricebooks/1").len(), 2);
    assert_eq!(write(0, 50_000_001).status, 200);
    assert_eq!(sim.truth("SP1")["prices"]["general"], 77);
    assert_eq!(write(9, 50_000_001).status, 420);
    sim.switch(26, "B");
    assert_eq!(write(0, 50_000_001).status, 420);
    assert_eq!(write(1, 50_000_001).status, 200);
}
