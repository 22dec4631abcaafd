//! Changes of categories, branches, settings and the account.

use serde_json::{Map, Value};

use super::lookup::merge;
use crate::catalogue::{Branch, Category, Gone};
use crate::edit::Edit;
use crate::webhooks::Event;

fn category<'a>(edit: &'a mut Edit<'_>, id: i64) -> Result<&'a mut Category, String> {
    let categories = &mut edit.catalogue.categories;
    categories
        .iter_mut()
        .find(|category| category.category_id == id)
        .ok_or_else(|| format!("no category {id}"))
}

/// Adds a category.
pub fn add_category(edit: &mut Edit<'_>, wanted: &Category) -> Result<i64, String> {
    let mut wanted = wanted.clone();
    if wanted.category_id == 0 {
        wanted.category_id = edit.catalogue.next_category_id();
    }
    if let Some(parent) = wanted.parent_id {
        category(edit, parent)?;
    }
    wanted.created_date.get_or_insert(edit.now);
    let id = wanted.category_id;
    edit.catalogue.categories.push(wanted);
    edit.reshaped = true;
    edit.events.push(Event::Category(id));
    Ok(id)
}

/// Renames a category.
pub fn rename_category(edit: &mut Edit<'_>, id: i64, name: &str) -> Result<(), String> {
    let now = edit.now;
    let category = category(edit, id)?;
    category.category_name = name.to_owned();
    category.modified_date = Some(now);
    edit.events.push(Event::Category(id));
    Ok(())
}

/// Moves a category under another, or to the top.
pub fn move_category(edit: &mut Edit<'_>, id: i64, parent: Option<i64>) -> Result<(), String> {
    let mut above = parent;
    for _ in 0..=edit.catalogue.categories.len() {
        match above {
            None => break,
            Some(ancestor) if ancestor == id => {
                return Err(format!("category {id} cannot lie under itself"))
            }
            Some(ancestor) => above = category(edit, ancestor)?.parent_id,
        }
    }
    let now = edit.now;
    let category = category(edit, id)?;
    category.parent_id = parent;
    category.modified_date = Some(now);
    edit.events.push(Event::Category(id));
    Ok(())
}

/// Deletes a category that is not in use (§2).
pub fn remove_category(edit: &mut Edit<'_>, id: i64) -> Result<(), String> {
    category(edit, id)?;
    let shop = &mut *edit.catalogue;
    if shop
        .categories
        .iter()
        .any(|category| category.parent_id == Some(id))
    {
        return Err(format!(
            "category {id} has children; move or remove them first"
        ));
    }
    if let Some(product) = shop
        .products
        .iter()
        .find(|product| product.category_id == id)
    {
        return Err(format!(
            "category {id} is in use by product {} ({}); move its goods first",
            product.id, product.code
        ));
    }
    shop.categories
        .retain(|category| category.category_id != id);
    shop.removed.categories.push(Gone { id, at: edit.now });
    edit.reshaped = true;
    edit.events.push(Event::CategoryGone(id));
    Ok(())
}

/// Adds a branch.
pub fn add_branch(edit: &mut Edit<'_>, wanted: &Branch) -> Result<i64, String> {
    let mut wanted = wanted.clone();
    if wanted.id == 0 {
        wanted.id = edit
            .catalogue
            .branches
            .iter()
            .map(|branch| branch.id)
            .max()
            .unwrap_or(200_000)
            + 1;
    }
    wanted.created_date.get_or_insert(edit.now);
    let id = wanted.id;
    edit.catalogue.branches.push(wanted);
    edit.events.push(Event::Branch(id));
    Ok(id)
}

/// Sets fields of a branch.
pub fn set_branch(edit: &mut Edit<'_>, id: i64, fields: &Map<String, Value>) -> Result<(), String> {
    let now = edit.now;
    let branches = &mut edit.catalogue.branches;
    let branch = branches
        .iter_mut()
        .find(|branch| branch.id == id)
        .ok_or_else(|| format!("no branch {id}"))?;
    *branch = merge(branch, fields)?;
    branch.modified_date = Some(now);
    edit.events.push(Event::Branch(id));
    Ok(())
}

/// Closes a branch.
pub fn remove_branch(edit: &mut Edit<'_>, id: i64) -> Result<(), String> {
    let shop = &mut *edit.catalogue;
    if !shop.branches.iter().any(|branch| branch.id == id) {
        return Err(format!("no branch {id}"));
    }
    if shop.branches.len() == 1 {
        return Err("the last branch cannot be closed".into());
    }
    shop.branches.retain(|branch| branch.id != id);
    for product in &mut shop.products {
        product.inventories.retain(|row| row.branch_id != id);
    }
    shop.removed.branches.push(Gone { id, at: edit.now });
    edit.events.push(Event::BranchGone(id));
    Ok(())
}

/// Sets shop settings.
pub fn set_settings(edit: &mut Edit<'_>, fields: &Map<String, Value>) -> Result<(), String> {
    edit.catalogue.settings = merge(&edit.catalogue.settings, fields)?;
    Ok(())
}

/// Sets what the shop's owner switched on in the application.
pub fn set_policy(edit: &mut Edit<'_>, fields: &Map<String, Value>) -> Result<(), String> {
    edit.catalogue.policy = merge(&edit.catalogue.policy, fields)?;
    Ok(())
}

/// Sets shop code or credentials.
pub fn set_shop(edit: &mut Edit<'_>, fields: &Map<String, Value>) -> Result<(), String> {
    edit.catalogue.shop = merge(&edit.catalogue.shop, fields)?;
    Ok(())
}
