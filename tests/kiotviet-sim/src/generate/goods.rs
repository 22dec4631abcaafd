//! Single rows: names, codes, prices, stock.

use super::words::Department;
use super::{since_opening, Plan};
use crate::catalogue::{Catalogue, Inventory, Product};
use crate::number::Number;

/// A category goods may lie in.
pub struct Leaf {
    /// Its id.
    pub category_id: i64,
    /// Its name, the noun of its goods.
    pub name: &'static str,
    /// Words for its goods.
    pub department: &'static Department,
}

/// Hands out ids, codes and names.
pub struct Maker {
    next: i64,
    leaves: Vec<Leaf>,
    branches: Vec<i64>,
    brands: Vec<i64>,
    image_base: Option<String>,
}

impl Maker {
    /// For a shop whose branches, categories and brands exist.
    pub fn new(plan: &Plan, shop: &Catalogue, leaves: Vec<Leaf>) -> Self {
        Self {
            next: 0,
            leaves,
            branches: shop.branches.iter().map(|branch| branch.id).collect(),
            brands: shop
                .trade_marks
                .iter()
                .map(|brand| brand.trade_mark_id)
                .collect(),
            image_base: plan.image_base.clone(),
        }
    }

    /// A place for the next good.
    pub fn department(&self, dice: &mut fastrand::Rng) -> (i64, &'static str, &'static Department) {
        let position = dice.usize(0..self.leaves.len().max(1));
        match self.leaves.get(position) {
            Some(leaf) => (leaf.category_id, leaf.name, leaf.department),
            None => (0, "Hàng", &super::words::DEPARTMENTS[0]),
        }
    }

    /// A plain row in that place: the start of every kind.
    pub fn row(
        &mut self,
        dice: &mut fastrand::Rng,
        place: (i64, &'static str, &'static Department),
    ) -> Product {
        self.next += 1;
        let number = self.next;
        let (category_id, noun, department) = place;
        let style = pick(dice, department.styles).unwrap_or_default();
        let (low, high) = department.price;
        let price = f64::from(dice.u32(low..=high)) * 1_000.0;
        let mut product = Product {
            id: 50_000_000 + number,
            code: code(dice, number),
            bar_code: chance(dice, 60).then(|| ean13(number)),
            name: format!("{noun} {style} {number:04}"),
            description: description(dice, noun, style),
            category_id,
            trade_mark_id: if chance(dice, 40) {
                pick(dice, &self.brands)
            } else {
                None
            },
            base_price: Number(price),
            weight: chance(dice, 40).then(|| Number(f64::from(dice.u32(1..=60)) * 50.0)),
            is_reward_point: chance(dice, 30),
            tax_type: chance(dice, 50).then(|| "truc_tiep".into()),
            inventories: self.stock(dice, price),
            created_date: Some(since_opening(100_000 + number * 37)),
            modified_date: chance(dice, 70).then(|| since_opening(40_000_000 + number * 53)),
            ..Product::default()
        };
        product.tax_rate_direct = product.tax_type.as_ref().map(|_| Number(1.0));
        if let Some(base) = &self.image_base {
            product.images = (1..=dice.u8(1..=3))
                .map(|n| format!("{base}/{}-{n}.png", product.id))
                .collect();
        }
        product
    }

    /// Stock in every branch, with the irregularities real shops have.
    pub fn stock(&self, dice: &mut fastrand::Rng, price: f64) -> Vec<Inventory> {
        let mut rows = Vec::new();
        for branch_id in &self.branches {
            // A branch that never had the good has no row.
            if chance(dice, 3) && !rows.is_empty() {
                continue;
            }
            let on_hand = match dice.u8(0..100) {
                0 => -f64::from(dice.u32(1..=5)),
                1..=12 => 0.0,
                13..=16 => f64::from(dice.u32(1..=900)) / 20.0,
                _ => f64::from(dice.u32(1..=180)),
            };
            let reserved = if chance(dice, 10) && on_hand >= 1.0 {
                f64::from(dice.u32(1..=3)).min(on_hand.floor())
            } else {
                0.0
            };
            rows.push(Inventory {
                branch_id: *branch_id,
                on_hand: Number(on_hand),
                reserved: Number(reserved),
                cost: Number((price * 0.6 / 100.0).floor() * 100.0),
                is_active: !chance(dice, 1),
                ..Inventory::default()
            });
        }
        rows
    }
}

/// `percent` times in a hundred.
pub fn chance(dice: &mut fastrand::Rng, percent: u8) -> bool {
    dice.u8(0..100) < percent
}

/// One of several.
pub fn pick<T: Copy>(dice: &mut fastrand::Rng, items: &[T]) -> Option<T> {
    dice.choice(items).copied()
}

/// Mostly `SP000123`; some shops type codes by hand.
fn code(dice: &mut fastrand::Rng, number: i64) -> String {
    match dice.u8(0..100) {
        0 => format!("ÁO {number:05}"),
        1 => format!("HB#{number:05}"),
        2 => format!("kho/{number:05}"),
        _ => format!("SP{number:06}"),
    }
}

/// A valid Vietnamese EAN-13.
pub fn ean13(number: i64) -> String {
    let body = format!("893{number:09}");
    let sum: u32 = body
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn description(dice: &mut fastrand::Rng, noun: &str, style: &str) -> Option<String> {
    let text = match dice.u8(0..100) {
        0..=17 => format!("<p>{noun} {style}, hàng mới về.</p>"),
        18..=23 => format!("<p>{noun} &quot;{style}&quot; &amp; giá tốt</p>"),
        24..=27 => format!("<table><tbody><tr><td>Loại</td><td>{noun}</td></tr><tr><td>Kiểu</td><td>{style}</td></tr></tbody></table>"),
        28..=29 => format!("<p>Bán chạy 🔥 {noun}</p><ul><li>Đổi trả 7 ngày</li></ul>"),
        _ => return None,
    };
    Some(text)
}
