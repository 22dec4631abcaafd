use super::catalogue::{world, World};
use super::shop::Shop;
use crate::model::*;
use crate::plan::{plan_goods, Change, FamilyInput, FamilyPlan, GoodsInput, OperationKind};
use proptest::prelude::*;

/// The instant of planning: the books of [`world`] start and end around it.
const NOW: i64 = 100_000;

fn keys(world: &World) -> Vec<String> {
    let mut keys: Vec<String> = world
        .goods
        .iter()
        .map(|good| good.family_key.clone())
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

fn input(world: &World, families: Vec<FamilyInput>) -> GoodsInput {
    let link = |id: &str, term_id, term_gone| CategoryLink {
        remote_id: id.into(),
        term_id,
        term_gone,
        name: None,
        parent: None,
    };
    let branch = |id: &str| Branch {
        id: id.into(),
        name: id.into(),
        active: true,
    };
    GoodsInput {
        settings: world.settings.clone(),
        now: NOW,
        branches: vec![branch("1"), branch("2")],
        books: world.books.clone(),
        category_links: vec![link("0", 31, false), link("1", 32, true)],
        families,
        categories: Vec::new(),
        count: true,
        hash: true,
        brands: true,
        restructure: world.restructure,
        explain: false,
        repair: false,
    }
}

fn gathered(world: &World, shop: &Shop) -> Vec<FamilyInput> {
    keys(world)
        .iter()
        .map(|key| shop.gather(key, &world.goods, &world.prices))
        .collect()
}

fn plan(world: &World, shop: &Shop) -> Vec<FamilyPlan> {
    plan_goods(input(world, gathered(world, shop))).families
}

/// Plans and applies family by family, as slices do; tells whether anything was to be done.
fn sync(world: &World, shop: &mut Shop) -> bool {
    let mut busy = false;
    for key in keys(world) {
        let family = shop.gather(&key, &world.goods, &world.prices);
        for plan in plan_goods(input(world, vec![family])).families {
            busy |= plan
                .operations
                .iter()
                .any(|operation| !quiet(operation.kind));
            shop.apply(&plan);
        }
    }
    busy
}

fn quiet(kind: OperationKind) -> bool {
    matches!(kind, OperationKind::Skip | OperationKind::Review)
}

fn words() -> serde_json::Value {
    serde_json::from_str(include_str!("../../words.json")).expect("words.json is JSON")
}

fn start(world: &World) -> Shop {
    Shop {
        products: world.products.clone(),
        links: Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_applied_leaves_nothing_to_do(world in world()) {
        let mut shop = start(&world);
        sync(&world, &mut shop);
        for plan in plan(&world, &shop) {
            for operation in plan.operations {
                prop_assert!(quiet(operation.kind), "{:#?}", operation);
            }
        }
    }

    #[test]
    fn after_any_change_on_both_sides_it_comes_to_rest(world in world(), later in world(), sold in 0..4_i64) {
        let mut shop = start(&world);
        sync(&world, &mut shop);
        let before = shop.products.len();
        for product in shop.products.iter_mut().filter(|product| product.stock.is_some()) {
            product.stock = product.stock.map(|stock| Quantity(stock.0.saturating_sub(sold.saturating_mul(1000))));
            product.name.push('!');
        }
        let world = World { settings: world.settings.clone(), restructure: world.restructure, ..later };
        let rest = (0..4).find(|_| !sync(&world, &mut shop));
        prop_assert!(rest.is_some(), "still busy: {:#?}", plan(&world, &shop).iter().flat_map(|plan| &plan.operations).filter(|operation| !quiet(operation.kind)).collect::<Vec<_>>());
        prop_assert!(shop.products.len() >= before);
    }

    #[test]
    fn goods_deleted_in_the_pos_lose_their_links_and_never_their_products(world in world(), mask in any::<u32>()) {
        let mut shop = start(&world);
        sync(&world, &mut shop);
        let before = shop.products.len();
        let mut world = world;
        for (place, good) in world.goods.iter_mut().enumerate() {
            good.deleted = mask & (1 << (place % 32)) != 0;
        }
        let rest = (0..3).find(|_| !sync(&world, &mut shop));
        prop_assert!(rest.is_some(), "still busy: {:#?}", plan(&world, &shop).iter().flat_map(|plan| &plan.operations).filter(|operation| !quiet(operation.kind)).collect::<Vec<_>>());
        prop_assert!(shop.products.len() >= before);
        for good in world.goods.iter().filter(|good| good.deleted) {
            prop_assert!(!shop.links.iter().any(|link| link.kind == LinkKind::Good && link.remote_id == good.id));
        }
    }

    #[test]
    fn the_order_of_rows_links_and_products_changes_nothing(world in world(), seed in any::<u64>()) {
        let mut shop = start(&world);
        for shuffled in [false, true] {
            let families = gathered(&world, &shop);
            let mut other = families.clone();
            for family in &mut other {
                turn(&mut family.goods, seed);
                turn(&mut family.links, seed);
                turn(&mut family.shop, seed);
                turn(&mut family.prices, seed);
                turn(&mut family.materials, seed);
            }
            other.reverse();
            let mut plans = plan_goods(input(&world, other)).families;
            plans.reverse();
            prop_assert_eq!(plan_goods(input(&world, families)).families, plans);
            if !shuffled {
                sync(&world, &mut shop);
            }
        }
    }

    #[test]
    fn every_operation_issue_and_field_says_why_in_words(world in world(), later in world()) {
        let words = words();
        let mut shop = start(&world);
        for world in [world, later] {
            for plan in plan(&world, &shop) {
                for operation in &plan.operations {
                    prop_assert!(words.get(&operation.reason.code).is_some(), "{}", operation.reason.code);
                    for change in &operation.changes {
                        prop_assert!(words.get(&change.reason).is_some(), "{}", change.reason);
                    }
                    let named = plan.issues.iter().any(|issue| issue.item.id.as_ref() == Some(&operation.remote_id) && issue.code == operation.reason.code);
                    prop_assert!(operation.kind != OperationKind::Review || named, "{:#?}", operation);
                }
                for issue in &plan.issues {
                    prop_assert!(words.get(&issue.code).is_some(), "{}", issue.code);
                }
            }
            sync(&world, &mut shop);
        }
    }

    #[test]
    fn telling_why_changes_nothing_and_tells_of_every_change(world in world(), later in world(), sold in 0..4_i64) {
        let words = words();
        let mut shop = start(&world);
        for world in [world, later] {
            let asked = GoodsInput { explain: true, ..input(&world, gathered(&world, &shop)) };
            let mut told = plan_goods(asked).families;
            for operation in told.iter_mut().flat_map(|plan| &mut plan.operations) {
                let explained = std::mem::take(&mut operation.explained);
                for field in &explained {
                    prop_assert!(words.get(&field.reason).is_some(), "{}", field.reason);
                }
                // What a conversion takes along is told by the operation's own reason.
                let own = |change: &&Change| change.reason != "carried-over" && change.reason != "now-variants";
                for change in operation.changes.iter().filter(own) {
                    prop_assert!(explained.iter().any(|field| field.field == change.field), "{} of {:#?}", change.field, explained);
                }
            }
            prop_assert_eq!(told, plan(&world, &shop));
            sync(&world, &mut shop);
            for product in &mut shop.products {
                product.stock = product.stock.map(|stock| Quantity(stock.0.saturating_sub(sold.saturating_mul(1000))));
            }
        }
    }

    #[test]
    fn a_repair_leaves_no_drift(world in world(), sold in 1..4_i64) {
        let mut shop = start(&world);
        sync(&world, &mut shop);
        for product in &mut shop.products {
            product.stock = product.stock.map(|stock| Quantity(stock.0.saturating_sub(sold.saturating_mul(1000))));
        }
        for key in keys(&world) {
            let family = shop.gather(&key, &world.goods, &world.prices);
            let repair = GoodsInput { repair: true, ..input(&world, vec![family]) };
            for plan in plan_goods(repair).families {
                shop.apply(&plan);
            }
        }
        for plan in plan(&world, &shop) {
            let drifts = plan.issues.iter().any(|issue| issue.code == "stock-drift");
            prop_assert!(!drifts, "{:#?}", plan.issues);
        }
    }

    #[test]
    fn every_row_has_one_operation_and_no_sku_is_created_twice(world in world()) {
        let shop = start(&world);
        let plans = plan(&world, &shop);
        let mut rows: Vec<&str> = Vec::new();
        let mut skus: Vec<String> = Vec::new();
        for operation in plans.iter().flat_map(|plan| &plan.operations) {
            if operation.remote_kind == LinkKind::Good {
                rows.push(&operation.remote_id);
            }
            let sku = operation.changes.iter().find(|change| change.field == "sku").and_then(|change| change.after.as_deref());
            skus.extend(sku.filter(|_| operation.kind == OperationKind::Create).map(crate::goods::sku_key));
        }
        rows.sort_unstable();
        let mut expected: Vec<&str> = world.goods.iter().map(|good| good.id.as_str()).collect();
        expected.sort_unstable();
        prop_assert_eq!(rows, expected);
        let all = skus.len();
        skus.sort();
        skus.dedup();
        prop_assert_eq!(skus.len(), all);
    }
}

fn turn<T>(items: &mut [T], seed: u64) {
    let length = items.len();
    if length > 1 {
        let by = usize::try_from(seed % 7).unwrap_or(0) % length;
        items.rotate_left(by);
        if seed % 2 == 0 {
            items.reverse();
        }
    }
}
