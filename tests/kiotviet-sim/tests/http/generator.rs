use std::collections::{HashMap, HashSet};

use kiotviet_sim::catalogue::{Catalogue, Product};
use kiotviet_sim::generate::{generate, Mix, Plan};

fn shop(goods: usize, seed: u64) -> Catalogue {
    generate(&Plan {
        goods,
        seed,
        ..Plan::default()
    })
    .unwrap()
}

#[test]
fn the_same_plan_gives_the_same_shop_and_another_seed_another() {
    let json = |seed| serde_json::to_string(&shop(300, seed)).unwrap();
    assert_eq!(json(1), json(1));
    assert_ne!(json(1), json(2));
}

#[test]
fn the_shop_has_exactly_as_many_rows_as_asked_and_codes_are_unique() {
    for goods in [0, 1, 7, 500] {
        let shop = shop(goods, 3);
        let codes: HashSet<&str> = shop
            .products
            .iter()
            .map(|product| product.code.as_str())
            .collect();
        assert_eq!((shop.products.len(), codes.len()), (goods, goods));
    }
}

#[test]
fn every_row_kind_occurs_in_a_shop_of_2000() {
    let shop = shop(2_000, 1);
    let ids: HashSet<i64> = shop.products.iter().map(|product| product.id).collect();
    let any = |what: &str, test: &dyn Fn(&Product) -> bool| {
        assert!(shop.products.iter().any(test), "no {what}")
    };
    any("service", &|p| p.kind == 3);
    any("combo with formulas", &|p| {
        p.kind == 1 && !p.formulas.is_empty()
    });
    any("manufactured combo", &|p| p.manufactured);
    any("serial goods", &|p| {
        p.is_lot_serial_control && !p.serials.is_empty()
    });
    any("batch goods", &|p| {
        p.is_batch_expire_control && !p.batches.is_empty()
    });
    any("unit of a plain good", &|p| {
        p.master_unit_id.is_some() && p.attributes.is_empty()
    });
    any("unit of a master variant", &|p| {
        p.master_unit_id.is_some()
            && p.master_unit_id == p.master_product_id
            && !p.attributes.is_empty()
    });
    any("unit of a sibling", &|p| {
        p.master_unit_id.is_some() && p.master_unit_id != p.master_product_id
    });
    for count in 1..=3 {
        any("family with that many attributes", &|p| {
            p.attributes.iter().filter(|a| !a.deleted).count() == count
        });
    }
    any("stopped master", &|p| {
        !p.is_active
            && shop
                .products
                .iter()
                .any(|q| q.master_product_id == Some(p.id) && q.is_active)
    });
    any("not sold directly", &|p| !p.allows_sale);
    any("sibling of a deleted master", &|p| {
        p.master_product_id.is_some_and(|id| !ids.contains(&id))
    });
    any("lone row with attributes", &|p| {
        !p.attributes.is_empty()
            && p.master_product_id.is_none()
            && !shop
                .products
                .iter()
                .any(|q| q.master_product_id == Some(p.id))
    });
    any("negative stock", &|p| {
        p.inventories.iter().any(|row| row.on_hand.0 < 0.0)
    });
    any("fractional stock", &|p| {
        p.inventories.iter().any(|row| row.on_hand.0.fract() != 0.0)
    });
    any("missing branch row", &|p| {
        p.kind == 2 && p.master_unit_id.is_none() && p.inventories.len() < 3
    });
}

#[test]
fn some_families_are_split_over_pages() {
    let shop = shop(2_000, 1);
    let place: HashMap<i64, usize> = shop
        .products
        .iter()
        .enumerate()
        .map(|(position, p)| (p.id, position))
        .collect();
    let apart = |p: &Product| {
        let master = p.master_product_id.and_then(|id| place.get(&id));
        master.is_some_and(|master| place[&p.id] / 100 != master / 100)
    };
    assert!(shop.products.iter().filter(|p| apart(p)).count() > 50);
}

#[test]
fn categories_have_three_levels_and_all_references_hold() {
    let shop = shop(500, 1);
    let parents: HashMap<i64, Option<i64>> = shop
        .categories
        .iter()
        .map(|row| (row.category_id, row.parent_id))
        .collect();
    let depth = |mut id: i64| {
        let mut depth = 1;
        while let Some(parent) = parents[&id] {
            id = parent;
            depth += 1;
        }
        depth
    };
    assert_eq!(
        shop.categories
            .iter()
            .map(|row| depth(row.category_id))
            .max(),
        Some(3)
    );
    assert!(shop
        .products
        .iter()
        .all(|product| parents.contains_key(&product.category_id)));
    let ids: HashSet<i64> = shop.products.iter().map(|product| product.id).collect();
    assert!(shop
        .products
        .iter()
        .filter_map(|product| product.master_unit_id)
        .all(|id| ids.contains(&id)));
    assert!(shop
        .pricebooks
        .iter()
        .flat_map(|book| &book.prices)
        .all(|row| ids.contains(&row.product_id)));
    assert!(shop
        .products
        .iter()
        .flat_map(|product| &product.formulas)
        .all(|part| ids.contains(&part.material_id)));
}

#[test]
fn price_books_cover_every_state_a_client_must_tell_apart() {
    let shop = shop(500, 1);
    let now = kiotviet_sim::time::VnTime::now();
    assert!(
        shop.pricebooks
            .iter()
            .any(|book| book.in_force(now) && book.end_date.is_some()),
        "a sale in force"
    );
    assert!(
        shop.pricebooks
            .iter()
            .any(|book| book.start_date.is_some_and(|start| start > now)),
        "one to come"
    );
    assert!(
        shop.pricebooks
            .iter()
            .any(|book| book.end_date.is_some_and(|end| end < now)),
        "one past"
    );
    assert!(
        shop.pricebooks.iter().any(|book| !book.is_active),
        "one stopped"
    );
    assert!(
        shop.pricebooks
            .iter()
            .any(|book| !book.is_global && !book.branches.is_empty()),
        "one of a branch"
    );
    assert!(
        shop.pricebooks.iter().any(|book| !book.for_all_cus_group),
        "one of a group"
    );
}

#[test]
fn a_mix_can_be_narrowed_and_nonsense_is_refused() {
    let plan = Plan {
        goods: 50,
        mix: Mix::parse("plain=1").unwrap(),
        ..Plan::default()
    };
    let shop = generate(&plan).unwrap();
    assert!(shop
        .products
        .iter()
        .all(|product| product.kind == 2 && product.master_product_id.is_none()));
    assert!(Mix::parse("plane=1").unwrap_err().contains("unknown kind"));
    assert!(generate(&Plan {
        mix: Mix::parse("plain=0").unwrap(),
        ..Plan::default()
    })
    .is_err());
}
