//! Generated catalogues: few SKUs, units and values, so that they meet.

use crate::goods::{family_key, sku_key};
use crate::model::*;
use crate::settings::*;
use proptest::prelude::*;

/// A shop with its POS.
#[derive(Clone, Debug)]
pub struct World {
    pub settings: Settings,
    pub goods: Vec<Good>,
    pub books: Vec<Book>,
    pub prices: Vec<BookPrice>,
    pub products: Vec<ShopProduct>,
    /// The shell can turn products into others.
    pub restructure: bool,
}

fn policy() -> impl Strategy<Value = Policy> {
    prop_oneof![4 => Just(Policy::Always), 2 => Just(Policy::OnCreate), 1 => Just(Policy::Never), 1 => Just(Policy::SiteOwns)]
}

fn unsold() -> impl Strategy<Value = Unsold> {
    prop_oneof![
        Just(Unsold::Show),
        Just(Unsold::OutOfStock),
        Just(Unsold::Hide),
        Just(Unsold::Draft)
    ]
}

fn policies() -> impl Strategy<Value = Policies> {
    prop::collection::vec(policy(), 14).prop_map(|all| Policies {
        name: all[0],
        description: all[1],
        categories: all[2],
        price: all[3],
        sale_price: all[4],
        stock: all[5],
        sku: all[6],
        barcode: all[7],
        weight: all[8],
        attributes: all[9],
        images: all[10],
        brand: all[11],
        tax_class: all[12],
        visibility: all[13],
    })
}

pub fn settings() -> impl Strategy<Value = Settings> {
    let switches = (any::<[bool; 8]>(), unsold(), unsold(), 0..3_i64);
    let arrives = prop_oneof![
        Just(NewStatus::Publish),
        Just(NewStatus::Draft),
        Just(NewStatus::Hidden)
    ];
    let books = (
        prop::option::of(Just("b1".to_owned())),
        prop::option::of(Just("b2".to_owned())),
    );
    let policies = prop_oneof![Just(Policies::default()), policies()];
    (switches, arrives, books, policies).prop_map(
        |((on, stopped, not_sold, decimals), new_status, books, policies)| Settings {
            branches: vec!["1".into(), "2".into()],
            regular_book: books.0,
            sale_book: books.1,
            allow_zero_price: on[0],
            count_reserved: on[1],
            decimal_stock: on[2],
            lone_variant_simple: on[3],
            match_key: if on[4] {
                MatchKey::PosId
            } else {
                MatchKey::Sku
            },
            branch_stock: on[5],
            role_books: if on[6] {
                vec![RoleBook {
                    role: "vip".into(),
                    book: "b1".into(),
                }]
            } else {
                Vec::new()
            },
            tax_classes: if on[7] {
                vec![TaxClass {
                    tax: "khau_tru:8".into(),
                    class: "reduced-rate".into(),
                }]
            } else {
                Vec::new()
            },
            price_decimals: decimals,
            new_status,
            stopped,
            not_sold,
            policies,
            ..Settings::default()
        },
    )
}

/// A family's shape: how many variants, which extra units, whether rows have attributes.
fn family(at: usize) -> impl Strategy<Value = Vec<Good>> {
    let unit = prop::option::of(prop_oneof![Just("Thùng"), Just("lốc")]);
    let rows = prop::collection::vec((row(), unit.clone(), unit), 1..4);
    (rows, prop::bool::weighted(0.6)).prop_map(move |(rows, variants)| {
        let mut goods: Vec<Good> = Vec::new();
        let rows = if variants {
            rows
        } else {
            rows.into_iter().take(1).collect()
        };
        let id = |number: usize| (at * 100 + number + 1).to_string();
        for (number, (row, first, second)) in rows.into_iter().enumerate() {
            let master = (number > 0).then(|| id(0));
            let base = Good {
                id: id(number),
                master_id: master,
                has_variants: variants,
                ..row
            };
            let base = if variants {
                base
            } else {
                Good {
                    attributes: Vec::new(),
                    ..base
                }
            };
            for (place, unit) in [first, second.filter(|second| Some(*second) != first)]
                .into_iter()
                .flatten()
                .enumerate()
            {
                goods.push(Good {
                    id: id(10 + number * 3 + place),
                    code: format!("{}{place}", base.code),
                    unit: Some(unit.into()),
                    base_id: Some(base.id.clone()),
                    master_id: Some(id(0)),
                    conversion: Ratio(24_000_000),
                    ..base.clone()
                });
            }
            goods.push(base);
        }
        for good in &mut goods {
            good.family_key =
                family_key(&good.id, good.master_id.as_deref(), good.base_id.as_deref());
            good.sku_key = sku_key(&good.code);
        }
        goods
    })
}

fn stocks() -> impl Strategy<Value = Option<Vec<BranchStock>>> {
    let branch = (
        -2_000..30_000_i64,
        0..3_000_i64,
        prop::option::weighted(0.2, any::<bool>()),
    );
    prop::option::weighted(0.95, (branch.clone(), prop::option::weighted(0.95, branch))).prop_map(
        |stocks| {
            let row =
                |id: &str, (on_hand, reserved, active): (i64, i64, Option<bool>)| BranchStock {
                    branch_id: id.into(),
                    on_hand: Quantity(on_hand),
                    reserved: Quantity(reserved),
                    active,
                };
            stocks.map(|(first, second)| {
                [Some(row("1", first)), second.map(|second| row("2", second))]
                    .into_iter()
                    .flatten()
                    .collect()
            })
        },
    )
}

fn row() -> impl Strategy<Value = Good> {
    let code = prop_oneof![5 => "[A-D][a-dA-D][0-9]", 1 => Just(String::new()), 1 => "x{99,102}"];
    let kind =
        prop_oneof![6 => Just(Kind::Ordinary), 1 => Just(Kind::Service), 1 => Just(Kind::Combo)];
    let value = |name: &'static str, values: &'static [&'static str]| {
        prop::option::weighted(0.85, prop::sample::select(values)).prop_map(move |value| {
            value.map(|value| Attribute {
                name: name.into(),
                value: value.into(),
            })
        })
    };
    let attributes = (
        value("Màu sắc", &["Đỏ", "đỏ", "Xanh", "Tím"]),
        value("Size", &["M", "L"]),
    );
    let barcode = prop::option::of(prop_oneof![3 => "[0-9]{3}", 1 => Just("SP-X".to_owned())]);
    let text = (
        code,
        "[A-Za-zàếĐ &]{0,12}",
        barcode,
        prop::option::of("[a-f0-9]{4}"),
    );
    let material = prop::option::weighted(0.3, (1..6_usize, 1..3_000_i64));
    let kept = (
        prop::option::of(prop::sample::select(&["Acme", "acme", "Bốn Mùa"][..])),
        prop::option::of(prop::sample::select(&["khau_tru:8", "khau_tru:10"][..])),
    );
    let numbers = (
        0..30_000_i64,
        prop::option::of(0..5_000_i64),
        material,
        prop::option::of(0..3_usize),
    );
    (
        text,
        kind,
        attributes,
        stocks(),
        numbers,
        prop::bool::weighted(0.85),
        prop::bool::weighted(0.85),
        kept,
    )
        .prop_map(
            |(
                (code, name, barcode, hash),
                kind,
                attributes,
                stocks,
                (price, weight, material, category),
                active,
                sold,
                (brand, tax),
            )| Good {
                brand: brand.map(|name| Brand {
                    id: "1".into(),
                    name: name.into(),
                }),
                tax: tax.map(Into::into),
                full_name: name.clone(),
                code,
                name,
                barcode,
                description_hash: hash,
                kind,
                active,
                sold_directly: sold,
                attributes: [attributes.0, attributes.1].into_iter().flatten().collect(),
                conversion: Ratio(1_000_000),
                price: Money(price),
                weight,
                category_id: category.map(|category| category.to_string()),
                materials: material
                    .map(|(family, quantity)| Material {
                        id: (family * 100 + 1).to_string(),
                        quantity,
                    })
                    .into_iter()
                    .collect(),
                stocks,
                ..Good::default()
            },
        )
}

/// What was in the shop before: simple products, and a variable one with variations.
fn product() -> impl Strategy<Value = ShopProduct> {
    let kind = prop_oneof![4 => Just(ShopType::Simple), 1 => Just(ShopType::Other), 2 => Just(ShopType::Variation)];
    let status = prop_oneof![5 => Just("publish"), 1 => Just("draft"), 1 => Just("trash")];
    (
        kind,
        status,
        "[A-D][a-dA-D][0-9]",
        any::<bool>(),
        "[0-9]{0,4}",
        0..20_i64,
    )
        .prop_map(|(kind, status, sku, manages, price, stock)| ShopProduct {
            status: status.into(),
            manage_stock: manages,
            stock: manages.then_some(Quantity(stock * 1000)),
            regular_price: price,
            name: sku.clone(),
            sku,
            ..super::shop::blank(0, kind)
        })
}

pub fn world() -> impl Strategy<Value = World> {
    (still(), any::<bool>()).prop_map(|(world, restructure)| World {
        restructure,
        ..world
    })
}

fn still() -> impl Strategy<Value = World> {
    let families = (family(1), family(2), family(3), family(4), family(5));
    let book = |id: &'static str| {
        (
            prop::bool::weighted(0.9),
            prop::option::of(0..200_i64),
            prop::option::of(0..200_i64),
        )
            .prop_map(move |(active, start, end)| Book {
                id: id.into(),
                name: id.into(),
                active,
                start: start.map(|at| at * 1000),
                end: end.map(|at| at * 1000),
                branches: Vec::new(),
                limited_to_groups: false,
                limited_to_sellers: false,
            })
    };
    let prices = prop::collection::vec((0..60_usize, any::<bool>(), 0..30_000_i64), 0..30);
    let products = prop::collection::vec(product(), 0..8);
    (
        settings(),
        families,
        book("b1"),
        book("b2"),
        prices,
        products,
    )
        .prop_map(|(settings, families, first, second, prices, products)| {
            let goods: Vec<Good> = [families.0, families.1, families.2, families.3, families.4]
                .into_iter()
                .flatten()
                .collect();
            let prices = prices.into_iter().filter_map(|(good, first, price)| {
                let good = goods.get(good)?;
                Some(BookPrice {
                    book_id: if first { "b1" } else { "b2" }.into(),
                    good_id: good.id.clone(),
                    price: Money(price),
                })
            });
            let mut unique: Vec<BookPrice> = Vec::new();
            for price in prices {
                if !unique
                    .iter()
                    .any(|other| other.book_id == price.book_id && other.good_id == price.good_id)
                {
                    unique.push(price);
                }
            }
            World {
                settings,
                books: vec![first, second],
                prices: unique,
                restructure: false,
                products: placed(products),
                goods,
            }
        })
}

/// Ids, a parent for variations, and no SKU twice among the living: WooCommerce would not have it.
fn placed(products: Vec<ShopProduct>) -> Vec<ShopProduct> {
    let mut shop = vec![super::shop::blank(1, ShopType::Variable)];
    for product in products {
        let taken = shop
            .iter()
            .any(|other| other.status != "trash" && other.sku.eq_ignore_ascii_case(&product.sku));
        if taken && product.status != "trash" {
            continue;
        }
        let id = i64::try_from(shop.len()).unwrap_or(0).saturating_add(1);
        let parent = i64::from(product.kind == ShopType::Variation);
        shop.push(ShopProduct {
            id,
            parent,
            ..product
        });
    }
    shop
}
