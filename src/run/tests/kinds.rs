//! Runs of changes, of stock, and of named goods.

use super::*;

#[test]
fn changes_with_nothing_new_take_one_call_per_list() {
    let start = |lists| AdvanceInput {
        kind: RunKind::Delta,
        checkpoints: known(lists),
        known_goods: Some(5_000),
        ..AdvanceInput::default()
    };
    let mut asked = Vec::new();
    let told = run_from(start(&LISTS), &settings(), 20, |request| {
        let from = |param: &crate::model::Param| param.name == "lastModifiedFrom";
        let from = request.query.iter().find(|param| from(param));
        asked.extend(from.map(|from| from.value.clone()));
        let mut reply = honest(request, &[]);
        if let Some(page) = &mut reply.page {
            page.timestamp = Some(NOW + 7);
        }
        reply
    });
    assert_eq!(outcome(&told), ("done", None));
    assert_eq!(told.gets, 2);
    // 20 minutes before 10:57:25 in Vietnam.
    assert_eq!(asked, ["2026-08-12T10:37:25", "2026-08-12T10:37:25"]);
    assert!(
        told.issues.is_empty(),
        "an empty list of changes is no empty list"
    );
    assert!(told.complete.is_empty());
    let lists = told
        .checkpoints
        .iter()
        .map(|known| (known.list.as_str(), known.at));
    let lists: Vec<_> = lists.collect();
    assert_eq!(lists, [("categories", NOW + 7), ("goods", NOW + 7)]);
    // Without a checkpoint of the chosen book, books are due; without one of goods, all goods are read.
    let goods = ids(1, 250);
    let told = run_from(start(&LISTS[..1]), &settings(), 50, |request| {
        well(request, &goods)
    });
    assert_eq!(told.gets, 1 + 1 + 3 + 3);
    assert!(told.complete.iter().any(|list| list.list == "prices"));
    assert_eq!(told.issues, ["list-shrunk"]);
}

#[test]
fn a_sweep_of_stock_reads_the_stock_of_all_goods_and_nothing_else() {
    let goods = ids(1, 250);
    let start = AdvanceInput {
        kind: RunKind::Stock,
        ..AdvanceInput::default()
    };
    let mut lists = Vec::new();
    let told = run_from(start, &settings(), 20, |request| {
        lists.push(request.list.clone());
        match request.kind {
            RequestKind::Get => honest(request, &goods),
            _ => done(request.id),
        }
    });
    assert_eq!(outcome(&told), ("done", None));
    assert_eq!(lists, ["stocks", "stocks", "stocks", ""]);
}

#[test]
fn what_is_removed_between_two_runs_is_deleted_once_it_is_proven() {
    let start = AdvanceInput {
        kind: RunKind::Delta,
        checkpoints: known(&LISTS),
        known_goods: Some(50),
        ..AdvanceInput::default()
    };
    let told = run_from(start, &settings(), 50, |request| {
        if request.kind == RequestKind::FindMissing {
            assert_eq!(request.ids, ["11", "12", "13"]);
            assert!(!request.absent);
            let missing = vec!["11".into(), "13".into()];
            return Reply {
                missing,
                ..done(request.id)
            };
        }
        if request.path == "/products/11" {
            let mut gone = failed(request.id, FailureKind::Refused, "pos-refused");
            let said = [
                ("message", "Hàng hóa không tồn tại hoặc đã bị xóa"),
                ("status", "420"),
            ];
            if let Some(failure) = &mut gone.failure {
                failure.params = crate::pos::params(&said);
            }
            return gone;
        }
        let mut reply = honest(request, &[]);
        if let (Some(page), "/products") = (&mut reply.page, request.path.as_str()) {
            page.removed = vec!["11".into(), "12".into(), "13".into()];
        }
        reply
    });
    assert_eq!(outcome(&told), ("done", None));
    assert_eq!(told.deleted, ["11"]);
}

#[test]
fn goods_that_are_named_are_read_one_by_one_and_at_most_a_hundred() {
    let start = AdvanceInput {
        kind: RunKind::Named,
        ids: ids(1, 130).iter().map(ToString::to_string).collect(),
        ..AdvanceInput::default()
    };
    let mut paths = Vec::new();
    let told = run_from(start, &settings(), 200, |request| {
        paths.push(request.path.clone());
        honest(request, &[1])
    });
    assert_eq!(outcome(&told), ("done", None));
    assert_eq!(told.gets, 100);
    assert_eq!(paths.first().map(String::as_str), Some("/products/1"));
    assert_eq!(paths.get(99).map(String::as_str), Some("/products/100"));
}
