//! Rows of every kind (§3.4).

use super::goods::{chance, pick, Maker};
use super::mix::Kind;
use super::words::{Department, SERVICES};
use crate::catalogue::{
    Attribute, Batch, Catalogue, Formula, Gone, Product, Serial, Shelf, Warranty, COMBO, SERVICE,
};
use crate::number::Number;
use crate::time::VnTime;

/// The rows of one good of that kind, at most `room`; a plain good when it would not fit.
pub fn make(
    maker: &mut Maker,
    dice: &mut fastrand::Rng,
    kind: Kind,
    room: usize,
    shop: &mut Catalogue,
) -> Vec<Product> {
    let place = maker.department(dice);
    let base = maker.row(dice, place);
    let rows = match kind {
        Kind::Plain => vec![plain(dice, base)],
        Kind::Service => vec![service(dice, base)],
        Kind::Combo => vec![combo(dice, base, &shop.products)],
        Kind::Serial => vec![serial(base)],
        Kind::Batch => vec![batch(dice, base)],
        Kind::Units => with_units(maker, dice, base, place),
        Kind::Variants => variants(maker, dice, base, place, room),
        Kind::UnitVariants => unit_variants(maker, dice, base, place, room),
        Kind::Inactive => inactive(maker, dice, base, place, room),
        Kind::NotSold => vec![Product {
            allows_sale: false,
            ..base
        }],
        Kind::Lone => lone(base, place.2),
        Kind::Orphans => orphans(maker, dice, base, place, room, shop),
    };
    if rows.len() <= room {
        return rows;
    }
    let row = maker.row(dice, place);
    vec![row]
}

type Place = (i64, &'static str, &'static Department);

/// A few are sold by weight: stock in fractions of a kilogram.
fn plain(dice: &mut fastrand::Rng, mut base: Product) -> Product {
    if chance(dice, 5) {
        base.unit = Some("kg".into());
        for row in &mut base.inventories {
            row.on_hand = Number(f64::from(dice.u32(0..=50_000)) / 1_000.0);
            row.reserved = Number(0.0);
        }
    }
    base
}

fn service(dice: &mut fastrand::Rng, base: Product) -> Product {
    let name = pick(dice, SERVICES).unwrap_or("Dịch vụ");
    let number: String = base
        .name
        .chars()
        .rev()
        .take(4)
        .collect::<Vec<char>>()
        .into_iter()
        .rev()
        .collect();
    let inventories = base
        .inventories
        .into_iter()
        .map(|mut row| {
            row.on_hand = Number(0.0);
            row.reserved = Number(0.0);
            row
        })
        .collect();
    Product {
        kind: SERVICE,
        name: format!("{name} {number}"),
        weight: None,
        bar_code: None,
        inventories,
        ..base
    }
}

fn combo(dice: &mut fastrand::Rng, mut base: Product, made: &[Product]) -> Product {
    base.kind = COMBO;
    base.manufactured = chance(dice, 25);
    base.name = format!("Combo {}", base.name);
    let materials: Vec<&Product> = made
        .iter()
        .filter(|product| product.kind == 2 && product.master_unit_id.is_none())
        .collect();
    for _ in 0..dice.u8(2..=4) {
        let Some(material) = pick(dice, &materials) else {
            break;
        };
        if !base
            .formulas
            .iter()
            .any(|part| part.material_id == material.id)
        {
            base.formulas.push(Formula {
                material_id: material.id,
                quantity: Number(f64::from(dice.u8(1..=3))),
            });
        }
    }
    if !base.manufactured {
        for row in &mut base.inventories {
            row.on_hand = Number(0.0);
            row.reserved = Number(0.0);
        }
    }
    base
}

fn serial(mut base: Product) -> Product {
    base.is_lot_serial_control = true;
    base.warranties = vec![Warranty {
        id: 800_000_000 + base.id,
        description: "Bảo hành chính hãng".into(),
        number_time: 12,
        time_type: 2,
        warranty_type: 1,
    }];
    let mut number = 0;
    for row in &mut base.inventories {
        row.on_hand = Number(row.on_hand.0.clamp(0.0, 8.0).floor());
        row.reserved = Number(row.reserved.0.min(row.on_hand.0));
        for _ in 0..row.on_hand.0 as i64 {
            number += 1;
            base.serials.push(Serial {
                serial_number: format!("IMEI{}{number:04}", base.id),
                branch_id: row.branch_id,
                status: 1,
            });
        }
    }
    base
}

fn batch(dice: &mut fastrand::Rng, mut base: Product) -> Product {
    base.is_batch_expire_control = true;
    for row in base
        .inventories
        .iter_mut()
        .filter(|row| row.on_hand.0 > 0.0)
    {
        row.on_hand = Number(row.on_hand.0.ceil());
        base.batches.push(Batch {
            batch_name: format!("L{:03}", dice.u16(1..=999)),
            expire_date: VnTime::from_wall_seconds(
                1_830_297_600 + i64::from(dice.u16(0..700)) * 86_400,
                0,
            ),
            branch_id: row.branch_id,
            on_hand: row.on_hand,
        });
    }
    base.shelves = base
        .inventories
        .iter()
        .take(1)
        .map(|row| Shelf {
            branch_id: row.branch_id,
            positions: vec!["Kệ A1".into(), "Kệ A2".into()],
        })
        .collect();
    base
}

/// A further unit of a base row. Unit rows often have no images and no stock row of their own (§3.4).
fn unit_of(
    maker: &mut Maker,
    dice: &mut fastrand::Rng,
    base: &Product,
    place: Place,
    unit: (&str, f64),
) -> Product {
    let (name, ratio) = unit;
    let row = maker.row(dice, place);
    Product {
        name: base.name.clone(),
        description: None,
        category_id: base.category_id,
        trade_mark_id: base.trade_mark_id,
        base_price: Number((base.base_price.0 * ratio * 0.95 / 500.0).round() * 500.0),
        weight: base.weight.map(|weight| Number(weight.0 * ratio)),
        unit: Some(name.into()),
        master_product_id: Some(base.master_product_id.unwrap_or(base.id)),
        master_unit_id: Some(base.id),
        conversion_value: Number(ratio),
        attributes: base.attributes.clone(),
        images: Vec::new(),
        inventories: Vec::new(),
        ..row
    }
}

fn with_units(
    maker: &mut Maker,
    dice: &mut fastrand::Rng,
    mut base: Product,
    place: Place,
) -> Vec<Product> {
    let (base_unit, units) = place.2.units;
    base.unit = Some(base_unit.into());
    let further: Vec<Product> = units
        .iter()
        .map(|unit| unit_of(maker, dice, &base, place, *unit))
        .collect();
    std::iter::once(base).chain(further).collect()
}

/// Attribute combinations of a family: one to three attributes, at most `room` rows.
fn combinations(
    dice: &mut fastrand::Rng,
    department: &Department,
    room: usize,
) -> Vec<Vec<Attribute>> {
    let attributes = dice.usize(1..=department.attributes.len());
    let mut rows: Vec<Vec<Attribute>> = vec![Vec::new()];
    for (name, values) in department.attributes.iter().take(attributes) {
        let count = dice.usize(2..=values.len().min(3));
        let extended = rows.iter().flat_map(|row| {
            values.iter().take(count).map(|value| {
                let mut row = row.clone();
                row.push(Attribute {
                    attribute_name: (*name).into(),
                    attribute_value: (*value).into(),
                    deleted: false,
                });
                row
            })
        });
        rows = extended.collect();
    }
    rows.truncate(room.max(1));
    rows
}

fn variants(
    maker: &mut Maker,
    dice: &mut fastrand::Rng,
    mut base: Product,
    place: Place,
    room: usize,
) -> Vec<Product> {
    let mut combinations = combinations(dice, place.2, room).into_iter();
    base.attributes = combinations.next().unwrap_or_default();
    let master = base.id;
    let surcharge = f64::from(dice.u8(0..=3)) * 5_000.0;
    let siblings: Vec<Product> = combinations
        .zip(1_u8..)
        .map(|(attributes, position)| {
            let row = maker.row(dice, place);
            Product {
                name: base.name.clone(),
                description: base.description.clone(),
                trade_mark_id: base.trade_mark_id,
                base_price: Number(base.base_price.0 + surcharge * f64::from(position)),
                master_product_id: Some(master),
                attributes,
                ..row
            }
        })
        .collect();
    let mut rows: Vec<Product> = std::iter::once(base).chain(siblings).collect();
    // A value that was removed in KiotViet still comes back unless the client says otherwise (§3.2).
    if chance(dice, 10) {
        if let Some(row) = rows.last_mut() {
            row.attributes.push(Attribute {
                attribute_name: "Mùa".into(),
                attribute_value: "Hè".into(),
                deleted: true,
            });
        }
    }
    rows
}

fn unit_variants(
    maker: &mut Maker,
    dice: &mut fastrand::Rng,
    base: Product,
    place: Place,
    room: usize,
) -> Vec<Product> {
    let (base_unit, units) = place.2.units;
    let mut family = variants(
        maker,
        dice,
        base,
        place,
        (room / (units.len() + 1)).clamp(1, 4),
    );
    for row in &mut family {
        row.unit = Some(base_unit.into());
    }
    let further: Vec<Product> = family
        .iter()
        .flat_map(|row| {
            units
                .iter()
                .map(|unit| unit_of(maker, dice, row, place, *unit))
                .collect::<Vec<_>>()
        })
        .collect();
    family.extend(further);
    family
}

/// A stopped good, or a family of which only the master is stopped.
fn inactive(
    maker: &mut Maker,
    dice: &mut fastrand::Rng,
    base: Product,
    place: Place,
    room: usize,
) -> Vec<Product> {
    let mut rows = if chance(dice, 50) {
        variants(maker, dice, base, place, room)
    } else {
        vec![base]
    };
    if let Some(first) = rows.first_mut() {
        first.is_active = false;
    }
    rows
}

fn lone(mut base: Product, department: &Department) -> Vec<Product> {
    base.attributes = department
        .attributes
        .iter()
        .take(1)
        .filter_map(|(name, values)| {
            values.first().map(|value| Attribute {
                attribute_name: (*name).into(),
                attribute_value: (*value).into(),
                deleted: false,
            })
        })
        .collect();
    vec![base]
}

/// Siblings that keep the id of a deleted master.
fn orphans(
    maker: &mut Maker,
    dice: &mut fastrand::Rng,
    base: Product,
    place: Place,
    room: usize,
    shop: &mut Catalogue,
) -> Vec<Product> {
    let mut rows = variants(maker, dice, base, place, room.saturating_add(1));
    if rows.len() < 2 {
        return rows;
    }
    let master = rows.remove(0);
    let at = master
        .created_date
        .map_or_else(VnTime::now, |made| made.plus_seconds(1_000_000));
    shop.removed.products.push(Gone { id: master.id, at });
    rows
}
