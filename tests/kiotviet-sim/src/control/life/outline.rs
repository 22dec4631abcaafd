//! Categories and branches.

use serde_json::json;

use super::goods::new_name;
use super::view::{object, View};
use crate::catalogue::{Branch, Category};
use crate::control::change::Change;

/// KiotViet's limit.
const LEVELS: usize = 3;

/// A category under a random one, or at the top.
pub fn new_category(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let all = &view.shop.categories;
    let parent = if view.chance(30) {
        None
    } else {
        view.one_of(all)
    };
    if parent.is_some_and(|parent| depth(all, parent) >= LEVELS) {
        return None;
    }
    let id = view.shop.next_category_id();
    Some(vec![Change::CategoryAdd {
        category: Category {
            category_id: id,
            parent_id: parent.map(|parent| parent.category_id),
            category_name: format!("Nhóm {id}"),
            ..Category::default()
        },
    }])
}

/// Levels from the root down to a category, itself included.
fn depth(all: &[Category], category: &Category) -> usize {
    let mut depth = 1;
    let mut above = category.parent_id;
    while let Some(parent) = above.and_then(|id| all.iter().find(|row| row.category_id == id)) {
        depth += 1;
        if depth > all.len() {
            break;
        }
        above = parent.parent_id;
    }
    depth
}

/// Another name, which none of its neighbours has.
pub fn rename_category(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let category = view.one_of(&view.shop.categories)?;
    let name = new_name(view, &category.category_name)?;
    if has_neighbour(view, category.parent_id, &name) {
        return None;
    }
    Some(vec![Change::CategoryRename {
        category_id: category.category_id,
        name,
    }])
}

fn has_neighbour(view: &View<'_, '_>, parent: Option<i64>, name: &str) -> bool {
    let mut all = view.shop.categories.iter();
    all.any(|row| row.parent_id == parent && row.category_name == name)
}

/// A category without children moves under another one.
pub fn move_category(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let all = &view.shop.categories;
    let childless: Vec<&Category> = all
        .iter()
        .filter(|row| {
            all.iter()
                .all(|other| other.parent_id != Some(row.category_id))
        })
        .collect();
    let category = *view.dice.choice(&childless)?;
    let fits = |parent: &&Category| {
        parent.category_id != category.category_id
            && category.parent_id != Some(parent.category_id)
            && depth(all, parent) < LEVELS
            && !has_neighbour(view, Some(parent.category_id), &category.category_name)
    };
    let parents: Vec<&Category> = all.iter().filter(fits).collect();
    let parent = *view.dice.choice(&parents)?;
    Some(vec![Change::CategoryMove {
        category_id: category.category_id,
        parent_id: Some(parent.category_id),
    }])
}

/// An empty category goes.
pub fn delete_category(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let all = &view.shop.categories;
    let is_empty = |id: i64| {
        let goods = &view.shop.products;
        all.iter().all(|row| row.parent_id != Some(id))
            && goods.iter().all(|row| row.category_id != id)
    };
    let ids = all.iter().map(|row| row.category_id);
    let empty: Vec<i64> = ids.filter(|id| is_empty(*id)).collect();
    let category_id = *view.dice.choice(&empty)?;
    (all.len() > 1).then(|| vec![Change::CategoryRemove { category_id }])
}

/// A branch gets another name.
pub fn rename_branch(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let branch = view.one_of(&view.shop.branches)?;
    let name = new_name(view, &branch.branch_name)?;
    Some(vec![Change::BranchSet {
        branch_id: branch.id,
        fields: object(json!({ "branchName": name })),
    }])
}

/// A branch opens, with nothing on its shelves.
pub fn new_branch(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let number = view.shop.branches.len() + view.shop.removed.branches.len() + 1;
    let ids = view.shop.branches.iter().map(|row| row.id);
    let gone = view.shop.removed.branches.iter().map(|row| row.id);
    let id = ids.chain(gone).max()? + 1;
    Some(vec![Change::BranchAdd {
        branch: Branch {
            id,
            branch_name: format!("Chi nhánh {number}"),
            ..Branch::default()
        },
    }])
}

/// A branch closes; never the first one, nor the last.
pub fn close_branch(view: &mut View<'_, '_>) -> Option<Vec<Change>> {
    let later = view.shop.branches.get(1..)?;
    let branch_id = view.one_of(later)?.id;
    Some(vec![Change::BranchRemove { branch_id }])
}
