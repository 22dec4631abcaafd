use serde_json::json;

use crate::webhook_rows::{listening, rows, told};

#[test]
fn price_books_tell_their_fields_prices_and_ends() {
    let (sim, receiver) = listening(&[
        "pricebook.update",
        "pricebook.delete",
        "pricebookdetail.update",
        "pricebookdetail.delete",
    ]);
    let book = json!({"op": "pricebook.add", "pricebook": {"id": 8, "name": "VIP", "isGlobal": false, "branches": [2], "forAllCusGroup": false,
        "customerGroups": [{"id": 41, "name": "Khách VIP"}], "endDate": "2030-01-01", "prices": [{"productId": 20, "price": 5}]}});
    let made = told(&sim, &receiver, book);
    assert_eq!(
        rows(&made),
        [
            (
                "/pricebook.update",
                &json!({"Id": 8, "Name": "VIP", "IsActive": true, "IsGlobal": false, "EndDate": "2030-01-01T00:00:00.0000000",
                "ForAllCusGroup": false, "ForAllUser": true,
                "PriceBookBranches": [{"Id": 800, "PriceBookId": 8, "BranchId": 2, "BranchName": "Quầy"}],
                "PriceBookCustomerGroups": [{"Id": 800, "PriceBookId": 8, "CustomerGroupId": 41, "CustomerGroupName": "Khách VIP"}]})
            ),
            (
                "/pricebookdetail.update",
                &json!({"PriceBookId": 8, "ProductId": 20, "Price": 5.0})
            ),
        ]
    );
    let left = told(
        &sim,
        &receiver,
        json!({"op": "pricebook.priceRemove", "pricebookId": 7, "code": "BEER"}),
    );
    assert_eq!(
        rows(&left),
        [(
            "/pricebookdetail.delete",
            &json!({"PricebookId": 7, "ProductIds": [10]})
        )]
    );
    let gone = told(
        &sim,
        &receiver,
        json!({"op": "pricebook.remove", "pricebookId": 7}),
    );
    assert_eq!(rows(&gone), [("/pricebook.delete", &json!(7))]);
    let changed = told(
        &sim,
        &receiver,
        json!({"op": "pricebook.set", "pricebookId": 8,
        "fields": {"prices": [{"productId": 22, "price": 9}]}}),
    );
    assert_eq!(
        rows(&changed)[1..],
        [
            (
                "/pricebookdetail.update",
                &json!({"PriceBookId": 8, "ProductId": 22, "Price": 9.0})
            ),
            (
                "/pricebookdetail.delete",
                &json!({"PricebookId": 8, "ProductIds": [20]})
            ),
        ]
    );
}

#[test]
fn categories_and_branches_tell_under_names_of_their_own() {
    let (sim, receiver) = listening(&[
        "category.update",
        "category.delete",
        "branch.update",
        "branch.delete",
    ]);
    let renamed = told(
        &sim,
        &receiver,
        json!({"op": "category.rename", "categoryId": 1, "name": "Thức uống"}),
    );
    let row = rows(&renamed)[0].1;
    assert_eq!(
        (
            &row["Id"],
            &row["Name"],
            &row["HasChild"],
            &row["IsDeleted"],
            &row["RetailerId"],
            row.get("ParentId")
        ),
        (
            &json!(1),
            &json!("Thức uống"),
            &json!(true),
            &json!(false),
            &json!(500000001),
            None
        )
    );
    let moved = told(
        &sim,
        &receiver,
        json!({"op": "category.move", "categoryId": 3, "parentId": 1}),
    );
    assert_eq!(rows(&moved)[0].1["ParentId"], 1);
    let gone = told(
        &sim,
        &receiver,
        json!({"op": "category.remove", "categoryId": 3}),
    );
    assert_eq!(rows(&gone), [("/category.delete", &json!(3))]);
    let branch = told(
        &sim,
        &receiver,
        json!({"op": "branch.set", "branchId": 2, "fields": {"branchName": "Quầy mới"}}),
    );
    assert_eq!(
        (
            rows(&branch)[0].0,
            &rows(&branch)[0].1["Name"],
            &rows(&branch)[0].1["IsLock"]
        ),
        ("/branch.update", &json!("Quầy mới"), &json!(false))
    );
    let closed = told(
        &sim,
        &receiver,
        json!({"op": "branch.remove", "branchId": 2}),
    );
    assert_eq!(rows(&closed), [("/branch.delete", &json!(2))]);
}

#[test]
fn deleted_goods_come_in_the_envelope_or_as_bare_ids() {
    let (sim, receiver) = listening(&["product.delete", "category.delete"]);
    let remove = |code: &str| json!({"op": "product.remove", "code": code});
    let gone = told(&sim, &receiver, remove("BEER"));
    assert_eq!(
        gone[0].1["Notifications"][0]["Data"],
        json!([10, 12]),
        "the unit goes too"
    );
    sim.switch(45, "B");
    assert_eq!(
        told(&sim, &receiver, remove("AO-X"))[0].1,
        json!({"RemoveId": [22]})
    );
    sim.switch(45, "C");
    let goods = told(&sim, &receiver, remove("AO-D"));
    assert_eq!(goods[0].1["Notifications"][0]["Data"], json!([20]));
    let category = told(
        &sim,
        &receiver,
        json!({"op": "category.remove", "categoryId": 3}),
    );
    assert_eq!(category[0].1, json!({"RemoveId": [3]}));
}
