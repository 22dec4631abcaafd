//! Goods written through the API (§3.5, §3.6). The control door changes goods without these checks.

use super::refusals;
use crate::body::Fields;
use crate::catalogue::{Attribute, Catalogue, Gone, Inventory, Product};
use crate::edit::Edit;
use crate::number::Number;
use crate::switches::Switches;
use crate::webhooks::Event;
use crate::wire::Refusal;

/// Longest barcode that is taken (§3.3).
const BAR_CODE: usize = 16;

fn refused(message: &str) -> Refusal {
    Refusal::business("KvValidateProductException", message)
}

/// `POST /products`. Answers the id.
///
/// # Errors
/// 420 with the shop unchanged.
pub fn create(edit: &mut Edit<'_>, body: &Fields) -> Result<i64, Refusal> {
    let mut row = Product {
        id: edit.catalogue.next_product_id(),
        ..Product::default()
    };
    fill(edit, &mut row, body, true)?;
    if row.code.is_empty() {
        row.code = free_code(edit.catalogue, row.id);
    }
    check(edit.catalogue, &row)?;
    row.created_date = Some(edit.now);
    row.modified_date = Some(edit.now);
    let id = row.id;
    let branches: Vec<i64> = row.inventories.iter().map(|row| row.branch_id).collect();
    edit.catalogue.products.push(row);
    edit.reshaped = true;
    edit.events.push(Event::Product(id));
    edit.events.extend(stock_events(id, branches));
    Ok(id)
}

/// `SP000001`, from the id: the first that no good has.
fn free_code(shop: &Catalogue, id: i64) -> String {
    let mut number = id - 50_000_000;
    loop {
        let code = format!("SP{number:06}");
        if shop.products.iter().all(|row| row.code != code) {
            return code;
        }
        number += 1;
    }
}

/// `PUT /products/{id}`: absent fields are kept.
///
/// # Errors
/// 420 with the shop unchanged.
pub fn update(edit: &mut Edit<'_>, id: i64, body: &Fields) -> Result<(), Refusal> {
    let before = edit.catalogue.product(id).cloned();
    let before = before.ok_or_else(Refusal::unknown_product)?;
    let mut row = before.clone();
    // UNSURE-21.
    fill(edit, &mut row, body, edit.switches.is_default(21))?;
    check(edit.catalogue, &row)?;
    row.modified_date = Some(edit.now);
    let moved = row.inventories.iter();
    let moved = moved.filter(|stock| before.inventory(stock.branch_id) != Some(*stock));
    let moved: Vec<i64> = moved.map(|stock| stock.branch_id).collect();
    if !moved.is_empty() {
        row.stock_moved = Some(edit.now);
    }
    let mut rows = edit.catalogue.products.iter_mut();
    if let Some(place) = rows.find(|row| row.id == id) {
        *place = row;
    }
    // The order of lists by name, price or date may be another now.
    edit.reshaped = true;
    edit.events.push(Event::Product(id));
    edit.events.extend(stock_events(id, moved));
    Ok(())
}

fn stock_events(product: i64, branches: Vec<i64>) -> impl Iterator<Item = Event> {
    let branches = branches.into_iter();
    branches.map(move |branch| Event::Stock { product, branch })
}

/// What a body says of a good; what it leaves out is kept.
fn fill(
    edit: &Edit<'_>,
    row: &mut Product,
    body: &Fields,
    with_stock: bool,
) -> Result<(), Refusal> {
    let text = |to: &mut Option<String>, name: &str| -> Result<(), Refusal> {
        if body.given(name) {
            *to = body.text(name)?;
        }
        Ok(())
    };
    row.name = body.text("name")?.unwrap_or(std::mem::take(&mut row.name));
    row.code = body.text("code")?.unwrap_or(std::mem::take(&mut row.code));
    text(&mut row.bar_code, "barCode")?;
    text(&mut row.description, "description")?;
    text(&mut row.unit, "unit")?;
    text(&mut row.order_template, "orderTemplate")?;
    row.category_id = body.int("categoryId")?.unwrap_or(row.category_id);
    row.kind = body.int("productType")?.unwrap_or(row.kind);
    row.allows_sale = body.flag("allowsSale")?.unwrap_or(row.allows_sale);
    row.is_active = body.flag("isActive")?.unwrap_or(row.is_active);
    row.is_reward_point = body.flag("isRewardPoint")?.unwrap_or(row.is_reward_point);
    row.has_variants = body
        .flag("hasVariants")?
        .filter(|_| row.attributes.is_empty());
    row.is_lot_serial_control = body
        .flag("isProductSerial")?
        .unwrap_or(row.is_lot_serial_control);
    row.base_price = body.number("basePrice")?.unwrap_or(row.base_price);
    row.conversion_value = body
        .number("conversionValue")?
        .unwrap_or(row.conversion_value);
    if let Some(weight) = body.number("weight")? {
        row.weight = Some(grams(weight, edit.switches));
    }
    row.trade_mark_id = body.int("tradeMarkId")?.or(row.trade_mark_id);
    row.master_product_id = reference(body, "masterProductId")?.or(row.master_product_id);
    row.master_unit_id = reference(body, "masterUnitId")?.or(row.master_unit_id);
    if let Some(attributes) = body.objects("attributes")? {
        row.attributes = attributes.iter().map(attribute).collect::<Result<_, _>>()?;
        row.has_variants = None;
    }
    if let Some(images) = body.texts("images")? {
        row.images = images;
    }
    if let Some(taxes) = body.objects("productTaxs")? {
        let first = taxes.first().map(|tax| tax.int("taxId")).transpose()?;
        row.tax_rate = first.flatten().and_then(tax_rate).map(str::to_owned);
        row.tax_type = row.tax_rate.as_ref().map(|_| "khau_tru".to_owned());
    }
    if with_stock {
        for stock in body.objects("inventories")?.unwrap_or_default() {
            fill_stock(row, &stock)?;
        }
    }
    Ok(())
}

/// 0 and `null` name nothing.
fn reference(body: &Fields, name: &str) -> Result<Option<i64>, Refusal> {
    Ok(body.int(name)?.filter(|id| *id != 0))
}

/// The wire's weight in grams (UNSURE-13).
fn grams(weight: Number, switches: &Switches) -> Number {
    if switches.reading(13) == 'B' {
        Number(weight.0 * 1000.0).tidy()
    } else {
        weight
    }
}

fn attribute(body: &Fields) -> Result<Attribute, Refusal> {
    Ok(Attribute {
        attribute_name: body.text("attributeName")?.unwrap_or_default(),
        attribute_value: body.text("attributeValue")?.unwrap_or_default(),
        deleted: false,
    })
}

/// The rate a tax id of the deduction method stands for (§12).
fn tax_rate(id: i64) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "5",
        3 => "8",
        4 => "10",
        5 => "KCT",
        12 => "KKKNT",
        _ => return None,
    })
}

/// One row of `inventories`. What orders hold is not for a client to say: `reserved` is passed over (inferred).
fn fill_stock(row: &mut Product, body: &Fields) -> Result<(), Refusal> {
    let branch_id = body.int("branchId")?.unwrap_or_default();
    let at = row
        .inventories
        .iter()
        .position(|row| row.branch_id == branch_id);
    let at = at.unwrap_or_else(|| {
        row.inventories.push(Inventory {
            branch_id,
            ..Inventory::default()
        });
        row.inventories.len() - 1
    });
    if let Some(stock) = row.inventories.get_mut(at) {
        stock.on_hand = body.number("onHand")?.unwrap_or(stock.on_hand);
        stock.cost = body.number("cost")?.unwrap_or(stock.cost);
        stock.min_quantity = body.number("minQuantity")?.unwrap_or(stock.min_quantity);
        stock.max_quantity = body.number("maxQuantity")?.unwrap_or(stock.max_quantity);
        stock.is_active = body.flag("isActive")?.unwrap_or(stock.is_active);
    }
    Ok(())
}

/// Deletes a good and its further units (inferred: units cannot live without their base). Answers all deleted ids.
pub fn remove(edit: &mut Edit<'_>, id: i64) -> Vec<i64> {
    let shop = &mut *edit.catalogue;
    let goes = |product: &Product| product.id == id || product.master_unit_id == Some(id);
    let ids: Vec<i64> = shop
        .products
        .iter()
        .filter(|product| goes(product))
        .map(|product| product.id)
        .collect();
    shop.products.retain(|product| !goes(product));
    for book in &mut shop.pricebooks {
        book.prices.retain(|price| !ids.contains(&price.product_id));
    }
    shop.removed.products.extend(ids.iter().map(|id| Gone {
        id: *id,
        at: edit.now,
    }));
    edit.reshaped = true;
    edit.events.push(Event::ProductsGone(ids.clone()));
    if edit.switches.reading(18) == 'B' {
        promote_sibling(edit, id);
    }
    ids
}

/// UNSURE-18, reading B: the oldest base-unit sibling becomes the master.
fn promote_sibling(edit: &mut Edit<'_>, gone: i64) {
    let siblings = edit
        .catalogue
        .products
        .iter()
        .filter(|product| product.master_product_id == Some(gone));
    let Some(heir) = siblings
        .filter(|product| product.master_unit_id.is_none())
        .map(|product| product.id)
        .min()
    else {
        return;
    };
    for product in edit
        .catalogue
        .products
        .iter_mut()
        .filter(|product| product.master_product_id == Some(gone))
    {
        product.master_product_id = (product.id != heir).then_some(heir);
        product.modified_date = Some(edit.now);
        edit.events.push(Event::Product(product.id));
    }
}

fn check(shop: &Catalogue, row: &Product) -> Result<(), Refusal> {
    if row.name.is_empty() {
        return Err(refused("Tên hàng hóa không được để trống"));
    }
    let mut categories = shop.categories.iter();
    if categories.all(|category| category.category_id != row.category_id) {
        let message = "Nhóm hàng được chọn không tồn tại hoặc đã bị xóa khỏi hệ thống";
        return Err(refused(message));
    }
    let others = || shop.products.iter().filter(|other| other.id != row.id);
    if others().any(|other| other.code.to_lowercase() == row.code.to_lowercase()) {
        return Err(refused(&format!("Mã hàng {} đã tồn tại", row.code)));
    }
    if let Some(bar_code) = &row.bar_code {
        if bar_code.chars().count() > BAR_CODE {
            return Err(refused("Mã vạch không được vượt quá 16 ký tự"));
        }
        if others().any(|other| other.bar_code.as_ref() == Some(bar_code)) {
            return Err(refused(&format!("Mã vạch {bar_code} đã tồn tại")));
        }
    }
    if row.base_price.0 < 0.0 || row.conversion_value.0 <= 0.0 {
        return Err(refused("Giá bán hoặc giá trị quy đổi không hợp lệ"));
    }
    if row
        .inventories
        .iter()
        .any(|stock| shop.branch(stock.branch_id).is_none())
    {
        return Err(refusals::unknown_branch());
    }
    check_family(shop, row)
}

/// Same-kind goods have attributes, each combination once (texts inferred).
fn check_family(shop: &Catalogue, row: &Product) -> Result<(), Refusal> {
    for id in [row.master_product_id, row.master_unit_id]
        .into_iter()
        .flatten()
    {
        if shop.product(id).is_none() && id != row.id {
            return Err(Refusal::unknown_product());
        }
    }
    let blank = |attribute: &Attribute| {
        attribute.attribute_name.is_empty() || attribute.attribute_value.is_empty()
    };
    if row.attributes.iter().any(blank) {
        return Err(refused("Thuộc tính không được để trống"));
    }
    let Some(master) = row
        .master_product_id
        .filter(|_| row.master_unit_id.is_none())
    else {
        return Ok(());
    };
    if row.attributes.is_empty() {
        return Err(refused("Hàng hóa cùng loại phải có thuộc tính"));
    }
    let sibling = |other: &Product| {
        other.id != row.id
            && other.master_unit_id.is_none()
            && (other.id == master || other.master_product_id == Some(master))
    };
    let key = |product: &Product| {
        let live = product.attributes.iter().filter(|row| !row.deleted);
        let mut pairs: Vec<(String, String)> = live
            .map(|row| {
                (
                    row.attribute_name.to_lowercase(),
                    row.attribute_value.to_lowercase(),
                )
            })
            .collect();
        pairs.sort();
        pairs
    };
    let own = key(row);
    let mut family = shop.products.iter().filter(|other| sibling(other));
    match family.find(|other| key(other) == own) {
        Some(other) => Err(refused(&format!(
            "Hàng hóa cùng loại có thuộc tính này đã tồn tại: {}",
            other.code
        ))),
        None => Ok(()),
    }
}
