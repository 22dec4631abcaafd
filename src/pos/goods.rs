//! The catalogue (kiotviet-api.md §3.3, §3.4), lists, details and webhook rows alike.

use super::answer::{Answer, Reading};
use super::decimal::{MONEY, QUANTITY, RATIO};
use super::envelope::{listed, open};
use super::list::{failed, keep, read_list, read_rows, Reader, Spec};
use super::row::{add, amount, id, text, whole, Row};
use super::say::owned;
use super::stocks::{branch_stocks, STOCK_KIND};
use super::wire::{shape, Kind as Wire, Node};
use crate::goods::{family_key, sku_key};
use crate::model::{Attribute, Brand, Good, Kind, Material, Money, Ratio, Severity};
use crate::text::trim;

shape!(ATTRIBUTE, AttributeField {
    Name "attributename" Wire::Scalar;
    Value "attributevalue" Wire::Scalar;
    Deleted "isdeleted" Wire::Scalar;
});

shape!(FORMULA, FormulaField {
    Id "materialid" Wire::Scalar;
    Quantity "quantity" Wire::Scalar;
});

shape!(IMAGE, ImageField {
    Image "image" Wire::Scalar;
    Url "url" Wire::Scalar;
});

shape!(GOOD, Field {
    Id "id" Wire::Scalar;
    Code "code" Wire::Scalar;
    BarCode "barcode" Wire::Scalar;
    Name "name" Wire::Scalar;
    FullName "fullname" Wire::Scalar;
    Description "description" Wire::Scalar;
    CategoryId "categoryid" Wire::Scalar;
    BrandId "trademarkid" Wire::Scalar;
    BrandName "trademarkname" Wire::Scalar;
    TaxType "taxtype" Wire::Scalar;
    TaxRate "taxrate" Wire::Scalar;
    TaxRateDirect "taxratedirect" Wire::Scalar;
    AllowsSale "allowssale" Wire::Scalar;
    Type "type" Wire::Scalar;
    HasVariants "hasvariants" Wire::Scalar;
    Attributes "attributes" Wire::Rows(&ATTRIBUTE);
    Master "masterproductid" Wire::Scalar;
    Unit "unit" Wire::Scalar;
    MasterUnit "masterunitid" Wire::Scalar;
    Conversion "conversionvalue" Wire::Scalar;
    BasePrice "baseprice" Wire::Scalar;
    Weight "weight" Wire::Scalar;
    Images "images" Wire::Mixed(&IMAGE);
    IsActive "isactive" Wire::Scalar;
    Modified "modifieddate" Wire::Scalar;
    Created "createddate" Wire::Scalar;
    Inventories "inventories" STOCK_KIND;
    Formulas "productformulas" Wire::Rows(&FORMULA);
});

listed! {
    /// `GET /products` and `GET /products/{id}`.
    Goods, GOOD
}

static SPEC: Spec = Spec {
    kind: "good",
    row: &GOOD,
    id: &[Field::Id as usize],
    label: &[Field::Code as usize, Field::FullName as usize],
};

/// Reads `GET /products`.
#[must_use]
pub fn read_goods(answer: Answer<Goods>) -> Reading<Good> {
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, good(reader));
    read_list(answer.fields, &SPEC, read).with(rows)
}

/// Reads `GET /products/{id}`, wrapped in `data` or not: one row.
#[must_use]
pub fn read_good(answer: Answer<Goods>) -> Reading<Good> {
    let mut opened = match open(answer.fields) {
        Ok(opened) => opened,
        Err(failure) => return failed(failure),
    };
    if opened.rows.is_empty() {
        opened
            .rows
            .push(Node::Row(std::mem::take(&mut opened.bare)));
    }
    opened.page.rows = 1;
    let mut rows = Vec::new();
    let read = &mut |reader: &mut Reader<'_>| keep(&mut rows, good(reader));
    read_rows(opened, &SPEC, read).with(rows)
}

#[inline(never)]
fn good(reader: &mut Reader<'_>) -> Option<Good> {
    let price = price(reader)?;
    let row = &mut reader.row;
    let code = row.text(Field::Code as usize).unwrap_or_default();
    let full_name = row.text(Field::FullName as usize);
    let name = row.text(Field::Name as usize);
    let attributes = attributes(row);
    let has_variants = row
        .flag(Field::HasVariants as usize)
        .unwrap_or(!attributes.is_empty());
    let mut good = Good {
        barcode: row.text(Field::BarCode as usize),
        category_id: row.id(Field::CategoryId as usize),
        brand: brand(row),
        tax: tax(row),
        active: row.flag(Field::IsActive as usize).unwrap_or(true),
        sold_directly: row.flag(Field::AllowsSale as usize).unwrap_or(true),
        has_variants,
        attributes,
        unit: row.text(Field::Unit as usize),
        price,
        weight: weight(row),
        images: images(row),
        description: description(row),
        modified: modified(row),
        id: reader.id.clone(),
        ..Good::default()
    };
    good.master_id = row
        .id(Field::Master as usize)
        .filter(|master| *master != good.id);
    good.base_id = row
        .id(Field::MasterUnit as usize)
        .filter(|base| *base != good.id);
    good.sku_key = sku_key(&code);
    good.code = code;
    good.kind = kind(reader);
    good.conversion = conversion(reader, good.base_id.is_some());
    good.materials = materials(reader);
    names(reader, &mut good, name, full_name);
    let listed = reader.row.take(Field::Inventories as usize);
    good.stocks = branch_stocks(reader, listed);
    good.family_key = family_key(&good.id, good.master_id.as_deref(), good.base_id.as_deref());
    damaged(reader, &good);
    reader.without_stock = i64::from(lacks_stock(&good, reader.branches));
    Some(good)
}

/// The general price. Without one nothing can be said of the good: unknown is not 0 (C2, D2), so
/// the row is named and what is known of it stays as it was.
fn price(reader: &mut Reader<'_>) -> Option<Money> {
    let code = match amount(reader.row.get(Field::BasePrice as usize), MONEY) {
        Ok(Some(price)) if price >= 0 => return Some(Money(price)),
        Ok(None) => "price-missing",
        _ => "price-unreadable",
    };
    reader.say(code, Severity::Review, "");
    None
}

/// The names. A good without any is called by its SKU, else by its id, and named.
fn names(reader: &mut Reader<'_>, good: &mut Good, name: Option<String>, full: Option<String>) {
    if let Some(name) = name.clone().or_else(|| full.clone()) {
        good.full_name = full.unwrap_or_else(|| name.clone());
        good.name = name;
        return;
    }
    let called = if good.code.is_empty() {
        good.id.clone()
    } else {
        good.code.clone()
    };
    reader.say("name-missing", Severity::Review, &called);
    good.name = called.clone();
    good.full_name = called;
}

/// Ordinary, service or combo; a number nobody knows is taken as ordinary and named (B1).
fn kind(reader: &mut Reader<'_>) -> Kind {
    let found = whole(reader.row.get(Field::Type as usize));
    match found {
        Ok(Some(1)) => Kind::Combo,
        Ok(None | Some(2)) => Kind::Ordinary,
        Ok(Some(3)) => Kind::Service,
        other => {
            let number = other
                .ok()
                .flatten()
                .map_or_else(|| owned("?"), crate::text::integer);
            reader.say("kind-unknown", Severity::Review, &number);
            Kind::Ordinary
        }
    }
}

/// How many base units one of this unit is (B3). A base row is its own unit. On a unit row a
/// missing, unreadable or non-positive value is 0 = unknown, so that no stock is computed from it.
fn conversion(reader: &mut Reader<'_>, unit_row: bool) -> Ratio {
    const ONE: i64 = 1_000_000;
    let found = amount(reader.row.get(Field::Conversion as usize), RATIO);
    match found {
        Ok(Some(ratio)) if ratio > 0 => Ratio(ratio),
        _ if !unit_row => Ratio(ONE),
        _ => {
            reader.say("conversion-invalid", Severity::Review, "");
            Ratio::ZERO
        }
    }
}

fn brand(row: &mut Row) -> Option<Brand> {
    let id = row.id(Field::BrandId as usize);
    let name = row.text(Field::BrandName as usize);
    Some(Brand {
        id: id?,
        name: name?,
    })
}

/// Method and rate; the two methods keep their rates in fields of their own.
fn tax(row: &mut Row) -> Option<String> {
    let method = row.text(Field::TaxType as usize)?;
    let rate = row.text(if method == "truc_tiep" {
        Field::TaxRateDirect as usize
    } else {
        Field::TaxRate as usize
    })?;
    let mut tax = method;
    tax.push(':');
    tax.push_str(&rate);
    Some(tax)
}

fn weight(row: &mut Row) -> Option<i64> {
    let weight = row.amount(Field::Weight as usize, QUANTITY)?;
    if weight < 0 {
        row.lose(Field::Weight as usize);
        return None;
    }
    Some(weight)
}

/// The description as it is: blanks inside HTML are the site's business.
fn description(row: &mut Row) -> Option<String> {
    match text(row.take(Field::Description as usize)) {
        Ok(text) => text.filter(|text| !text.is_empty()),
        Err(_) => {
            row.lose(Field::Description as usize);
            None
        }
    }
}

fn modified(row: &mut Row) -> Option<i64> {
    row.instant(Field::Modified as usize)
        .or_else(|| row.instant(Field::Created as usize))
}

/// Attributes that have a name and a value and were not deleted in the POS.
fn attributes(row: &mut Row) -> Vec<Attribute> {
    let mut attributes = Vec::new();
    for node in row.take(Field::Attributes as usize).entries() {
        let Some(mut entry) = Row::of(node, &ATTRIBUTE) else {
            row.lose(Field::Attributes as usize);
            continue;
        };
        if entry.flag(AttributeField::Deleted as usize) == Some(true) {
            continue;
        }
        let name = entry.text(AttributeField::Name as usize);
        let value = entry.text(AttributeField::Value as usize);
        if !entry.is_whole() {
            row.lose(Field::Attributes as usize);
        }
        if let (Some(name), Some(value)) = (name, value) {
            attributes.push(Attribute { name, value });
        }
    }
    attributes
}

/// Image addresses, as texts or as records with one [UNSURE-14].
fn images(row: &mut Row) -> Vec<String> {
    let mut images = Vec::new();
    for node in row.take(Field::Images as usize).entries() {
        let node = match node {
            Node::Row(mut fields) => {
                let mut take =
                    |place: ImageField| fields.get_mut(place as usize).map(std::mem::take);
                match take(ImageField::Image) {
                    Some(Node::Absent) | None => take(ImageField::Url).unwrap_or_default(),
                    Some(address) => address,
                }
            }
            node => node,
        };
        match node {
            Node::Text(address) if !trim(&address).is_empty() => {
                images.push(owned(trim(&address)));
            }
            Node::Text(_) | Node::Absent => {}
            _ => row.lose(Field::Images as usize),
        }
    }
    images
}

/// What a combo is made of. One component that cannot be read makes the whole list useless: stock
/// computed from the rest would be too high.
fn materials(reader: &mut Reader<'_>) -> Vec<Material> {
    let mut materials = Vec::new();
    for node in reader.row.take(Field::Formulas as usize).entries() {
        let read = Row::of(node, &FORMULA).and_then(|entry| {
            let id = id(entry.get(FormulaField::Id as usize)).ok().flatten()?;
            let quantity = amount(entry.get(FormulaField::Quantity as usize), QUANTITY);
            let quantity = quantity.ok().flatten().filter(|quantity| *quantity > 0)?;
            Some(Material { id, quantity })
        });
        match read {
            Some(material) => materials.push(material),
            None => {
                reader.say("materials-unreadable", Severity::Review, "");
                return Vec::new();
            }
        }
    }
    materials
}

/// Names texts in which the shell had to replace broken characters (B13).
fn damaged(reader: &mut Reader<'_>, good: &Good) {
    let mut fields = String::new();
    for (name, text) in [
        ("code", good.code.as_str()),
        ("name", good.name.as_str()),
        ("fullname", good.full_name.as_str()),
        (
            "description",
            good.description.as_deref().unwrap_or_default(),
        ),
    ] {
        if broken(text) {
            add(&mut fields, name);
        }
    }
    if good
        .attributes
        .iter()
        .any(|entry| broken(&entry.name) || broken(&entry.value))
    {
        add(&mut fields, "attributes");
    }
    if !fields.is_empty() {
        reader.say("text-damaged", Severity::Notice, &fields);
    }
}

/// Whether a text holds U+FFFD. Byte by byte: descriptions are long, and PHP is slow at letters.
fn broken(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == 0xef) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.starts_with(&[0xef, 0xbf, 0xbd]) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

/// Whether a good that should have stock came without it for a chosen branch. Services have none,
/// combos may be computed [UNSURE-20], unit rows are computed from their base row [UNSURE-19].
fn lacks_stock(good: &Good, branches: &[String]) -> bool {
    if good.kind != Kind::Ordinary || good.base_id.is_some() {
        return false;
    }
    let Some(stocks) = &good.stocks else {
        return true;
    };
    branches
        .iter()
        .any(|branch| !stocks.iter().any(|stock| stock.branch_id == *branch))
}
