//! Runs against a POS that is honest, changing, faulty or hostile.
#![allow(clippy::arithmetic_side_effects)]

use super::{
    advance, AdvanceInput, Advanced, Checkpoint, Complete, Reply, Request, RequestKind, Run,
    RunKind, Summary,
};
use crate::pos::{Failure, FailureKind, PageFacts};
use crate::settings::Settings;
use proptest::prelude::*;

mod kinds;

fn turn(run: Option<Run>, settings: &Settings, now: i64, replies: Vec<Reply>) -> Advanced {
    let settings = settings.clone();
    advance(AdvanceInput {
        run,
        kind: RunKind::Full,
        settings,
        now,
        jitter: 500,
        replies,
        ..AdvanceInput::default()
    })
}

fn page(id: i64, page: PageFacts) -> Reply {
    Reply {
        id,
        page: Some(page),
        ..Reply::default()
    }
}

fn done(id: i64) -> Reply {
    Reply {
        id,
        ..Reply::default()
    }
}

fn failed(id: i64, kind: FailureKind, code: &str) -> Reply {
    let failure = Failure {
        kind,
        code: code.into(),
        params: Vec::new(),
        wait: None,
    };
    Reply {
        id,
        failure: Some(failure),
        ..Reply::default()
    }
}

fn offset(request: &Request) -> usize {
    let stated = request
        .query
        .iter()
        .find(|param| param.name == "currentItem");
    stated
        .and_then(|param| param.value.parse().ok())
        .unwrap_or(0)
}

/// What a POS that is well answers to a page of `ids`.
fn honest(request: &Request, ids: &[i64]) -> Reply {
    let rows: Vec<String> = ids
        .iter()
        .skip(offset(request))
        .take(100)
        .map(ToString::to_string)
        .collect();
    let facts = PageFacts {
        total: i64::try_from(ids.len()).ok(),
        page_size: Some(100),
        rows: i64::try_from(rows.len()).unwrap_or(0),
        ids: rows,
        ..PageFacts::default()
    };
    page(request.id, facts)
}

/// When runs start.
const NOW: i64 = 1_786_507_045_000;

/// What happened in a run.
struct Told {
    gets: usize,
    waits: usize,
    complete: Vec<Complete>,
    deleted: Vec<String>,
    checkpoints: Vec<Checkpoint>,
    restarts: usize,
    issues: Vec<String>,
    summary: Option<Summary>,
}

/// Runs a full run to its end, at most `turns` replies; the clock jumps over every wait.
fn run(settings: &Settings, turns: usize, reply: impl FnMut(&Request) -> Reply) -> Told {
    run_from(AdvanceInput::default(), settings, turns, reply)
}

/// Runs what `start` starts.
fn run_from(
    start: AdvanceInput,
    settings: &Settings,
    turns: usize,
    mut reply: impl FnMut(&Request) -> Reply,
) -> Told {
    let mut told = Told {
        gets: 0,
        waits: 0,
        complete: Vec::new(),
        deleted: Vec::new(),
        checkpoints: Vec::new(),
        restarts: 0,
        issues: Vec::new(),
        summary: None,
    };
    let mut now = NOW;
    let mut state = advance(AdvanceInput {
        settings: settings.clone(),
        now,
        jitter: 500,
        ..start
    });
    let mut taken = 0;
    loop {
        told.complete.append(&mut state.complete);
        told.deleted.append(&mut state.deleted);
        told.checkpoints.append(&mut state.checkpoints);
        told.restarts += state.restart.len();
        told.issues
            .extend(state.issues.iter().map(|issue| issue.code.clone()));
        if state.done.is_some() {
            told.summary = state.done;
            return told;
        }
        assert!(
            taken <= turns,
            "no end after {turns} replies, in {}",
            state.run.phase
        );
        if let Some(until) = state.wait_until {
            assert!(state.requests.is_empty());
            told.waits += 1;
            now = until;
            state = turn(Some(state.run), settings, now, Vec::new());
            continue;
        }
        assert!(
            !state.requests.is_empty(),
            "nothing to do in {}",
            state.run.phase
        );
        let gets = state
            .requests
            .iter()
            .filter(|request| request.kind == RequestKind::Get);
        told.gets += gets.count();
        let replies: Vec<Reply> = state.requests.iter().map(&mut reply).collect();
        taken += replies.len();
        now += 10;
        state = turn(Some(state.run), settings, now, replies);
    }
}

fn settings() -> Settings {
    Settings {
        branches: vec!["1".into()],
        sale_book: Some("7".into()),
        ..Settings::default()
    }
}

fn ids(from: i64, count: i64) -> Vec<i64> {
    (from..from + count).collect()
}

fn well(request: &Request, goods: &[i64]) -> Reply {
    match request.list.as_str() {
        "goods" => honest(request, goods),
        "branches" => honest(request, &[1, 2]),
        "books" => honest(request, &[7, 8]),
        "prices" => honest(request, &ids(100, 250)),
        "categories" => honest(request, &[]),
        _ => done(request.id),
    }
}

fn outcome(told: &Told) -> (&str, Option<&str>) {
    let summary = told.summary.as_ref();
    (
        summary.map_or("", |summary| summary.outcome.as_str()),
        summary.and_then(|summary| summary.code.as_deref()),
    )
}

#[test]
fn an_honest_pos_is_read_in_pages_and_a_constant() {
    let goods = ids(100, 5_000);
    let told = run(&settings(), 1_000, |request| well(request, &goods));
    assert_eq!(outcome(&told), ("done", None));
    assert_eq!(told.gets, 50 + 3 + 3);
    assert!(told.issues.is_empty());
    let lists: Vec<&str> = told
        .complete
        .iter()
        .map(|list| list.list.as_str())
        .collect();
    assert_eq!(
        lists,
        ["branches", "categories", "books", "prices", "goods"]
    );
}

#[test]
fn one_page_that_fails_once_in_every_way_harms_nothing() {
    let goods = ids(100, 250);
    let faults: [fn(&Request, &[i64]) -> Reply; 7] = [
        |request, _| failed(request.id, FailureKind::Passing, "pos-timeout"),
        |request, _| failed(request.id, FailureKind::RateLimited, "rate-limited"),
        |request, _| failed(request.id, FailureKind::Unauthorized, "token-refused"),
        // The page before once more.
        |request, goods| {
            let mut again = request.clone();
            for param in &mut again.query {
                if param.name == "currentItem" {
                    param.value = "0".into();
                }
            }
            honest(&again, goods)
        },
        // A short page.
        |request, goods| {
            let mut reply = honest(request, goods);
            if let Some(page) = &mut reply.page {
                page.ids.truncate(40);
                page.rows = 40;
            }
            reply
        },
        // No rows where the total says there are.
        |request, goods| {
            let mut reply = honest(request, goods);
            if let Some(page) = &mut reply.page {
                page.ids.clear();
                page.rows = 0;
            }
            reply
        },
        // A total that is too low.
        |request, goods| {
            let mut reply = honest(request, goods);
            if let Some(page) = &mut reply.page {
                page.total = Some(120);
            }
            reply
        },
    ];
    for (number, fault) in faults.iter().enumerate() {
        let mut broken = false;
        let told = run(&settings(), 200, |request| {
            if request.list == "goods" && offset(request) == 100 && !broken {
                broken = true;
                return fault(request, &goods);
            }
            well(request, &goods)
        });
        assert!(broken);
        assert_eq!(outcome(&told), ("done", None), "fault {number}");
        assert!(told.issues.is_empty(), "fault {number}: {:?}", told.issues);
        assert!(
            told.complete.iter().any(|list| list.list == "goods"),
            "fault {number}"
        );
    }
}

#[test]
fn a_list_that_stays_short_is_left_incomplete_and_the_rest_goes_on() {
    let goods = ids(100, 250);
    for total in [Some(400), Some(120)] {
        let told = run(&settings(), 500, |request| {
            let mut reply = well(request, &goods);
            if let (Some(page), "goods") = (&mut reply.page, request.list.as_str()) {
                page.total = total;
            }
            reply
        });
        assert_eq!(outcome(&told), ("done", None));
        assert_eq!(told.issues, ["list-incomplete"], "{total:?}");
        assert_eq!(told.restarts, 2, "{total:?}");
        assert!(!told.complete.iter().any(|list| list.list == "goods"));
        assert!(told.complete.iter().any(|list| list.list == "prices"));
    }
}

#[test]
fn rows_deleted_while_the_list_is_read_pull_none_over_the_cursor() {
    let mut goods = ids(100, 450);
    let mut seen = Vec::new();
    let mut deleted = false;
    let told = run(&settings(), 100, |request| {
        if request.list == "goods" && offset(request) == 200 && !deleted {
            deleted = true;
            goods.drain(10..15);
        }
        let reply = well(request, &goods);
        if let (Some(page), "goods") = (&reply.page, request.list.as_str()) {
            seen.extend(page.ids.iter().filter_map(|id| id.parse::<i64>().ok()));
        }
        reply
    });
    assert_eq!(outcome(&told), ("done", None));
    assert!(goods.iter().all(|id| seen.contains(id)));
    assert!(told.complete.iter().any(|list| list.list == "goods"));
}

#[test]
fn a_second_401_in_a_row_stops_and_asks_to_reconnect() {
    let told = run(&settings(), 10, |request| match request.kind {
        RequestKind::Token => done(request.id),
        _ => failed(request.id, FailureKind::Unauthorized, "token-refused"),
    });
    assert_eq!(outcome(&told), ("failed", Some("token-refused")));
    assert!(told.summary.is_some_and(|summary| summary.reconnect));
}

#[test]
fn a_chosen_book_or_branch_that_is_gone_is_named_and_not_asked_for() {
    let settings = Settings {
        branches: vec!["1".into(), "9".into()],
        regular_book: Some("70".into()),
        ..settings()
    };
    let mut asked = Vec::new();
    let told = run(&settings, 100, |request| {
        if request.list == "prices" {
            asked.push(request.path.clone());
        }
        well(request, &[100])
    });
    assert_eq!(told.issues, ["branch-gone", "book-gone"]);
    assert_eq!(asked, ["/pricebooks/7"; 3]);
}

#[test]
fn the_rate_limit_is_waited_for_and_is_no_failure() {
    let mut limited = 0;
    let told = run(&settings(), 100, |request| {
        if request.list == "goods" && limited < 30 {
            limited += 1;
            return failed(request.id, FailureKind::RateLimited, "rate-limited");
        }
        well(request, &[100])
    });
    assert_eq!(outcome(&told), ("done", None));
    assert_eq!(told.waits, 30);
}

#[test]
fn a_shell_that_was_killed_gets_the_same_requests_again() {
    let settings = settings();
    let goods = ids(100, 150);
    let mut state = turn(None, &settings, 0, Vec::new());
    while state.done.is_none() {
        let again = turn(Some(state.run.clone()), &settings, 5, Vec::new());
        assert_eq!(again.requests, state.requests);
        assert_eq!(again.run, state.run);
        let replies: Vec<Reply> = state
            .requests
            .iter()
            .map(|request| well(request, &goods))
            .collect();
        // Old news and replies to nothing change nothing.
        let stale = turn(Some(state.run.clone()), &settings, 5, vec![done(99_999)]);
        assert_eq!(stale.run, state.run);
        state = turn(Some(state.run), &settings, 5, replies);
    }
    assert_eq!(
        state.done.map(|summary| summary.outcome),
        Some("done".into())
    );
}

#[test]
fn forty_thousand_hostile_replies_end() {
    let mut more: i64 = 0;
    type Hostile<'a> = Box<dyn FnMut(&Request) -> Reply + 'a>;
    let hostile: [Hostile<'_>; 6] = [
        Box::new(|request| failed(request.id, FailureKind::RateLimited, "rate-limited")),
        Box::new(|request| failed(request.id, FailureKind::Passing, "pos-fault")),
        Box::new(|request| failed(request.id, FailureKind::Refused, "pos-refused")),
        // Always another page, and always more to come.
        Box::new(|request| {
            more += 1;
            let facts = PageFacts {
                total: Some(i64::MAX),
                rows: 1,
                ids: vec![more.to_string()],
                ..PageFacts::default()
            };
            page(request.id, facts)
        }),
        // The total falls for ever.
        Box::new(|request| {
            let facts = PageFacts {
                total: Some(1_000_000 - request.id),
                rows: 100,
                ids: vec![request.id.to_string()],
                ..PageFacts::default()
            };
            page(request.id, facts)
        }),
        // Rows without end and without total.
        Box::new(|request| {
            page(
                request.id,
                PageFacts {
                    rows: i64::MAX,
                    ..PageFacts::default()
                },
            )
        }),
    ];
    for reply in hostile {
        let told = run(&settings(), 40_000, reply);
        assert!(told.summary.is_some());
    }
}

fn known(lists: &[(&str, &str)]) -> Vec<Checkpoint> {
    let known = |(list, scope): &(&str, &str)| Checkpoint {
        list: (*list).into(),
        scope: (*scope).into(),
        at: NOW - 900_000,
    };
    lists.iter().map(known).collect()
}

/// Everything a run of changes knows.
const LISTS: [(&str, &str); 4] = [
    ("categories", ""),
    ("goods", ""),
    ("books", ""),
    ("prices", "7"),
];

fn any_facts() -> impl Strategy<Value = PageFacts> {
    let number = || {
        prop_oneof![
            Just(0),
            Just(1),
            Just(100),
            Just(-1),
            -5_i64..500,
            any::<i64>()
        ]
    };
    (
        proptest::option::of(number()),
        proptest::option::of(number()),
        number(),
        proptest::collection::vec("[0-9]{1,3}", 0..5),
    )
        .prop_map(|(total, page_size, rows, ids)| PageFacts {
            total,
            page_size,
            rows,
            ids,
            without_stock: rows,
            ..PageFacts::default()
        })
}

fn any_reply() -> impl Strategy<Value = Reply> {
    let kind = prop_oneof![
        Just(FailureKind::Unauthorized),
        Just(FailureKind::RateLimited),
        Just(FailureKind::Passing),
        Just(FailureKind::Refused),
    ];
    prop_oneof![
        8 => any_facts().prop_map(|facts| page(0, facts)),
        1 => Just(done(0)),
        2 => (kind, proptest::option::of(any::<i64>())).prop_map(|(kind, wait)| {
            let mut reply = failed(0, kind, "hostile");
            if let Some(failure) = &mut reply.failure {
                failure.wait = wait;
            }
            reply
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_run_ends_whatever_is_replied(
        script in proptest::collection::vec(any_reply(), 1..40),
        kind in prop_oneof![Just(RunKind::Full), Just(RunKind::Delta), Just(RunKind::Stock), Just(RunKind::Named)],
        known_goods in proptest::option::of(0..300_i64),
        checkpoints in prop_oneof![Just(Vec::new()), Just(known(&LISTS))],
    ) {
        let mut script = script.into_iter().cycle();
        let start = AdvanceInput {
            kind,
            known_goods,
            checkpoints,
            ids: vec!["1".into(), "2".into()],
            ..AdvanceInput::default()
        };
        let told = run_from(start, &settings(), 40_000, |request| {
            let mut reply = script.next().unwrap_or_else(|| done(0));
            reply.id = request.id;
            reply
        });
        prop_assert!(told.summary.is_some());
        // A list was never both: read to its end, and not asked for.
        prop_assert!(told.complete.iter().all(|list| list.list != "stocks"));
    }
}
