//! Makes a believable Vietnamese shop of any size. The same plan gives the same shop, byte for byte.

mod books;
mod families;
mod goods;
mod mix;
mod words;

pub use goods::ean13;
pub use mix::{Kind, Mix};

use crate::catalogue::{Branch, Catalogue, Category, Product, TradeMark};
use crate::time::VnTime;
use goods::Maker;

/// What to make.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Exactly so many product rows.
    pub goods: usize,
    /// Another seed, another shop.
    pub seed: u64,
    /// Which kinds how often.
    pub mix: Mix,
    /// How many branches, at least 1.
    pub branches: usize,
    /// Goods have images under this address; none without it.
    pub image_base: Option<String>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            goods: 500,
            seed: 1,
            mix: Mix::default(),
            branches: 3,
            image_base: None,
        }
    }
}

/// Wall-clock seconds of 2024-03-01T08:00:00: everything generated is older than any run.
const OPENED: i64 = 1_709_280_000;

/// The moment `seconds` after the shop opened.
fn since_opening(seconds: i64) -> VnTime {
    VnTime::from_wall_seconds(OPENED.saturating_add(seconds), 1_230_000)
}

/// Makes the shop.
///
/// # Errors
/// When the plan makes no sense (no branch, or a mix without any kind).
pub fn generate(plan: &Plan) -> Result<Catalogue, String> {
    if plan.branches == 0 {
        return Err("--branches must be at least 1".into());
    }
    let mut dice = fastrand::Rng::with_seed(plan.seed);
    let mut catalogue = Catalogue {
        branches: branches(plan.branches),
        categories: categories(),
        trade_marks: trade_marks(),
        ..Catalogue::default()
    };
    let leaves = leaves(&catalogue.categories);
    let mut maker = Maker::new(plan, &catalogue, leaves);
    let mut late: Vec<Product> = Vec::new();
    while catalogue.products.len() + late.len() < plan.goods {
        let room = plan.goods - catalogue.products.len() - late.len();
        let kind = plan.mix.pick(&mut dice)?;
        let mut rows = families::make(&mut maker, &mut dice, kind, room, &mut catalogue);
        // A third of the families lies scattered: its later rows come pages after its first.
        if rows.len() > 1 && dice.u8(0..3) == 0 {
            late.extend(rows.drain(1..));
        }
        catalogue.products.append(&mut rows);
    }
    dice.shuffle(&mut late);
    catalogue.products.append(&mut late);
    books::make(&mut catalogue, &mut dice);
    catalogue.prepare()?;
    Ok(catalogue)
}

fn branches(count: usize) -> Vec<Branch> {
    let places = words::BRANCHES.iter().cycle();
    (0_i64..)
        .zip(places)
        .take(count)
        .map(|(position, (name, address))| Branch {
            id: 200_001 + position,
            branch_name: if position < 5 {
                (*name).into()
            } else {
                format!("{name} {}", position + 1)
            },
            branch_code: (position > 0).then(|| format!("CN{:02}", position + 1)),
            address: Some((*address).into()),
            contact_number: Some(format!("+8490{:07}", 1_234_567 + position)),
            created_date: Some(since_opening(position)),
            modified_date: (position % 2 == 1).then(|| since_opening(86_400 + position)),
            ..Branch::default()
        })
        .collect()
}

fn categories() -> Vec<Category> {
    let mut rows = Vec::new();
    let mut add = |parent_id: Option<i64>, name: &str| {
        let position = i64::try_from(rows.len()).unwrap_or(0);
        let category_id = 1_600_001 + position;
        rows.push(Category {
            category_id,
            parent_id,
            category_name: name.into(),
            rank: position,
            created_date: Some(since_opening(600 + position)),
            modified_date: None,
            raw: None,
        });
        category_id
    };
    for department in words::DEPARTMENTS {
        let top = add(None, department.name);
        for shelf in department.shelves {
            let middle = add(Some(top), shelf.name);
            for leaf in shelf.leaves {
                add(Some(middle), leaf);
            }
        }
    }
    rows
}

/// Where goods lie: categories without children, with the department and shelf they belong to.
fn leaves(categories: &[Category]) -> Vec<goods::Leaf> {
    let mut leaves = Vec::new();
    for department in words::DEPARTMENTS {
        for shelf in department.shelves {
            for name in shelf.leaves {
                let found = categories.iter().find(|category| {
                    category.category_name == *name
                        && categories.iter().any(|parent| {
                            Some(parent.category_id) == category.parent_id
                                && parent.category_name == shelf.name
                        })
                });
                if let Some(category) = found {
                    leaves.push(goods::Leaf {
                        category_id: category.category_id,
                        name,
                        department,
                    });
                }
            }
        }
    }
    leaves
}

fn trade_marks() -> Vec<TradeMark> {
    (0_i64..)
        .zip(words::BRANDS)
        .map(|(position, name)| TradeMark {
            trade_mark_id: 300_001 + position,
            trade_mark_name: (*name).into(),
            created_date: Some(since_opening(1_200 + position)),
            ..TradeMark::default()
        })
        .collect()
}
