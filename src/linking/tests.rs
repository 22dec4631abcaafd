use super::*;
use crate::model::{LinkState, ShopType};

fn good(id: &str, code: &str) -> GoodFact {
    GoodFact {
        id: id.into(),
        sku_key: crate::goods::sku_key(code),
        label: code.into(),
        family: id.into(),
        ..GoodFact::default()
    }
}

fn product(id: i64, sku: &str) -> ProductFact {
    ProductFact {
        id,
        kind: ShopType::Simple,
        status: "publish".into(),
        name: sku.into(),
        sku: sku.into(),
        linked_to: None,
    }
}

fn pair(line: i64, good: &str, product: i64) -> Pair {
    Pair {
        line,
        good_id: good.into(),
        shop_id: product,
        ..Pair::default()
    }
}

fn deeds(input: LinksInput) -> Vec<(Deed, String)> {
    let verdicts = judge_links(input).verdicts.into_iter();
    verdicts.map(|one| (one.deed, one.reason.code)).collect()
}

#[test]
fn two_goods_swap_their_products_in_one_list_and_not_by_halves() {
    let linked = |id: &str, shop: i64| GoodFact {
        shop_id: Some(shop),
        state: Some(LinkState::Active),
        ..good(id, id)
    };
    let held = |id: i64, by: &str| ProductFact {
        linked_to: Some(by.into()),
        ..product(id, "")
    };
    let mut input = LinksInput {
        pairs: vec![pair(2, "1", 20), pair(3, "2", 10)],
        goods: vec![linked("1", 10), linked("2", 20)],
        products: vec![held(10, "1"), held(20, "2")],
        moving: true,
    };
    let moves = (Deed::Move, "pair-moves".to_string());
    assert_eq!(deeds(input.clone()), [moves.clone(), moves]);
    input.pairs.pop();
    assert_eq!(deeds(input), [(Deed::Refuse, "product-linked".to_string())]);
}

#[test]
fn which_of_two_lines_is_right_is_not_decided() {
    let input = LinksInput {
        pairs: vec![
            pair(2, "1", 10),
            pair(3, "1", 20),
            pair(4, "2", 30),
            pair(5, "3", 30),
            pair(6, "4", 40),
            pair(7, "4", 40),
        ],
        goods: vec![
            good("1", "A"),
            good("2", "B"),
            good("3", "C"),
            good("4", "D"),
        ],
        products: vec![
            product(10, ""),
            product(20, ""),
            product(30, ""),
            product(40, ""),
        ],
        moving: false,
    };
    let codes: Vec<String> = deeds(input).into_iter().map(|(_, code)| code).collect();
    assert_eq!(
        codes,
        [
            "pair-good-twice",
            "pair-good-twice",
            "pair-product-twice",
            "pair-product-twice",
            "pair-links",
            "pair-said-before"
        ]
    );
}

#[test]
fn an_id_that_ran_over_is_read_from_the_answer_beside_it_or_not_at_all() {
    let row = |remote_id: &str, raw_id: &str, retailer: &str| MovingProduct {
        row: 1,
        shop_id: 5,
        remote_id: remote_id.into(),
        parent: "0".into(),
        retailer: retailer.into(),
        on: true,
        raw_id: raw_id.into(),
    };
    let moved = read_moving(MovingInput {
        shop: "myshop".into(),
        products: vec![
            row("2147483647", "3000000001", "MyShop"),
            row("2147483647", "", "myshop"),
            row("2147483647", "2147483647", "myshop"),
            row("12", "", "other"),
            row("12", "", "myshop "),
        ],
        ..MovingInput::default()
    });
    let goods: Vec<&str> = moved
        .pairs
        .iter()
        .map(|pair| pair.good_id.as_str())
        .collect();
    assert_eq!(goods, ["3000000001", "12"]);
    let passed: Vec<&str> = moved
        .passed
        .iter()
        .map(|one| one.reason.code.as_str())
        .collect();
    assert_eq!(
        passed,
        ["moving-overflow", "moving-overflow", "moving-other-shop"]
    );
}

#[test]
fn what_a_person_made_never_goes() {
    let of = |id: i64, kind: ShopType, parent: i64, made: bool| ClosingProduct {
        id,
        kind,
        parent,
        status: "publish".into(),
        made,
    };
    let category = |term_id: i64, parent: i64, made: bool, products: &[i64]| ClosingCategory {
        term_id,
        parent,
        made,
        products: products.to_vec(),
    };
    let input = |trash: bool| ClosingInput {
        wanted: Wanted {
            forget_links: true,
            trash_products: trash,
            remove_categories: true,
        },
        no_trash: false,
        products: vec![
            of(1, ShopType::Simple, 0, true),
            of(2, ShopType::Simple, 0, false),
            of(3, ShopType::Variable, 0, true),
            of(4, ShopType::Variation, 3, true),
            of(5, ShopType::Variable, 0, true),
            of(6, ShopType::Variation, 5, false),
            of(7, ShopType::Variable, 0, false),
            of(8, ShopType::Variation, 7, true),
        ],
        categories: vec![
            category(10, 0, true, &[]),
            category(11, 10, true, &[1, 3]),
            category(12, 0, true, &[2]),
            category(13, 0, true, &[]),
            category(14, 13, false, &[]),
        ],
    };
    let plan = plan_disconnect(input(true));
    assert_eq!(
        (plan.trash.as_slice(), plan.remove.as_slice()),
        (&[1, 3][..], &[11, 10][..])
    );
    let staying: Vec<(&str, i64)> = plan
        .staying
        .iter()
        .map(|one| (one.reason.code.as_str(), one.count))
        .collect();
    assert_eq!(
        staying,
        [
            ("closing-only-linked", 2),
            ("closing-own-variations", 1),
            ("closing-under-own", 1),
            ("closing-category-used", 2)
        ]
    );
    assert!(plan_disconnect(input(false)).remove.is_empty());
}
