//! Categories written through the API (§2).

use crate::body::Fields;
use crate::catalogue::{Catalogue, Category, Gone};
use crate::edit::Edit;
use crate::webhooks::Event;
use crate::wire::Refusal;

/// Levels KiotViet allows.
const LEVELS: usize = 3;
/// Longest name.
const NAME: usize = 125;

/// `KvValidateCategoryException` (the code is inferred, and all texts but one).
pub fn refused(message: &str) -> Refusal {
    Refusal::business("KvValidateCategoryException", message)
}

/// `POST /categories`. Answers the id.
///
/// # Errors
/// 420 with the shop unchanged.
pub fn create(edit: &mut Edit<'_>, body: &Fields) -> Result<i64, Refusal> {
    let row = Category {
        category_id: edit.catalogue.next_category_id(),
        parent_id: body.int("parentId")?.filter(|id| *id != 0),
        category_name: body.text("categoryName")?.unwrap_or_default(),
        created_date: Some(edit.now),
        ..Category::default()
    };
    check(edit.catalogue, &row)?;
    let id = row.category_id;
    edit.catalogue.categories.push(row);
    edit.reshaped = true;
    edit.events.push(Event::Category(id));
    Ok(id)
}

/// `PUT /categories/{id}`; a `parentId` of `null` or 0 makes it a root, an absent one keeps it.
///
/// # Errors
/// 420 with the shop unchanged.
pub fn update(edit: &mut Edit<'_>, id: i64, body: &Fields) -> Result<(), Refusal> {
    let mut row = find(edit.catalogue, id).cloned().ok_or_else(unknown)?;
    if let Some(name) = body.text("categoryName")? {
        row.category_name = name;
    }
    if body.given("parentId") {
        row.parent_id = body.int("parentId")?.filter(|id| *id != 0);
    }
    check(edit.catalogue, &row)?;
    row.modified_date = Some(edit.now);
    let mut rows = edit.catalogue.categories.iter_mut();
    if let Some(place) = rows.find(|place| place.category_id == id) {
        *place = row;
    }
    edit.events.push(Event::Category(id));
    Ok(())
}

/// `DELETE /categories/{id}`: one with children or goods stays (§2; text inferred).
///
/// # Errors
/// 420 with the shop unchanged.
pub fn remove(edit: &mut Edit<'_>, id: i64) -> Result<(), Refusal> {
    let shop = &mut *edit.catalogue;
    let has_children = shop.categories.iter().any(|row| row.parent_id == Some(id));
    if has_children || shop.products.iter().any(|row| row.category_id == id) {
        return Err(refused("Nhóm hàng đang được sử dụng, không thể xóa"));
    }
    shop.categories.retain(|row| row.category_id != id);
    shop.removed.categories.push(Gone { id, at: edit.now });
    edit.reshaped = true;
    edit.events.push(Event::CategoryGone(id));
    Ok(())
}

fn find(shop: &Catalogue, id: i64) -> Option<&Category> {
    shop.categories.iter().find(|row| row.category_id == id)
}

/// The text other calls use for an unknown category (§1.3).
pub fn unknown() -> Refusal {
    refused("Nhóm hàng được chọn không tồn tại hoặc đã bị xóa khỏi hệ thống")
}

fn check(shop: &Catalogue, row: &Category) -> Result<(), Refusal> {
    let length = row.category_name.chars().count();
    if length == 0 || length > NAME {
        return Err(refused("Tên nhóm hàng phải có từ 1 đến 125 ký tự"));
    }
    let mut others = shop.categories.iter();
    let neighbour = |other: &&Category| {
        other.category_id != row.category_id
            && other.parent_id == row.parent_id
            && other.category_name.to_lowercase() == row.category_name.to_lowercase()
    };
    if others.find(neighbour).is_some() {
        return Err(refused(&format!(
            "Nhóm hàng {} đã tồn tại",
            row.category_name
        )));
    }
    let mut above = row.parent_id;
    let mut levels = 1;
    while let Some(id) = above {
        let parent = find(shop, id).ok_or_else(unknown)?;
        levels += 1;
        if id == row.category_id || levels > LEVELS {
            return Err(refused("Nhóm hàng chỉ có tối đa 3 cấp"));
        }
        above = parent.parent_id;
    }
    if levels + below(shop, row.category_id, LEVELS) > LEVELS {
        return Err(refused("Nhóm hàng chỉ có tối đa 3 cấp"));
    }
    Ok(())
}

/// Levels under a category.
fn below(shop: &Catalogue, id: i64, most: usize) -> usize {
    if most == 0 {
        return 0;
    }
    let children = shop.categories.iter();
    let children = children.filter(|row| row.parent_id == Some(id));
    children
        .map(|child| 1 + below(shop, child.category_id, most - 1))
        .max()
        .unwrap_or(0)
}
