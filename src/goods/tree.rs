//! The POS's category tree in the order in which terms can be made: parents first (product.md B12).

use crate::model::Category;
use crate::text::{sort, Keys};

/// Deeper chains than this are circles: the POS has three levels.
const DEEPEST: usize = 32;

/// What is wrong with a category's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// Its parent is not in the list.
    ParentMissing,
    /// It is its own ancestor.
    Circle,
}

/// A category in its place.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    /// The category.
    pub category: &'a Category,
    /// The parent's place in the list of nodes; absent at the root.
    pub parent: Option<usize>,
    /// Why it stands at the root although the POS names a parent.
    pub misplaced: Option<Misplaced>,
}

/// Orders categories by id, but parents before their children. A category whose parent is missing, or
/// that is its own ancestor, stands at the root and says so: nothing is lost.
#[must_use]
pub fn in_order(categories: &[Category]) -> Vec<Node<'_>> {
    let by_id = Keys::new(
        categories
            .iter()
            .enumerate()
            .map(|(at, category)| (category.id.as_str(), at))
            .collect(),
    );
    let parent_of = |at: usize| -> Option<usize> {
        let id = categories.get(at)?.parent_id.as_deref()?;
        by_id.first(id)
    };
    let mut nodes: Vec<Node<'_>> = Vec::with_capacity(categories.len());
    let mut places: Vec<Option<usize>> = vec![None; categories.len()];
    let mut waiting: Vec<usize> = (0..categories.len()).collect();
    let key = |at: usize| {
        categories
            .get(at)
            .map(|category| (category.id.len(), category.id.as_str()))
    };
    sort(&mut waiting, |a, b| (key(*a), a) < (key(*b), b));
    while !waiting.is_empty() {
        let mut later = Vec::new();
        for at in &waiting {
            let Some(category) = categories.get(*at) else {
                continue;
            };
            let parent = parent_of(*at);
            let missing = category.parent_id.is_some() && parent.is_none();
            let circle = circles(*at, parent_of);
            let placed = parent
                .filter(|_| !circle)
                .map(|parent| places.get(parent).copied().flatten());
            if placed == Some(None) {
                later.push(*at);
                continue;
            }
            let misplaced = match (missing, circle) {
                (true, _) => Some(Misplaced::ParentMissing),
                (_, true) => Some(Misplaced::Circle),
                _ => None,
            };
            if let Some(place) = places.get_mut(*at) {
                *place = Some(nodes.len());
            }
            nodes.push(Node {
                category,
                parent: placed.flatten(),
                misplaced,
            });
        }
        if later.len() == waiting.len() {
            break;
        }
        waiting = later;
    }
    nodes
}

fn circles(at: usize, parent_of: impl Fn(usize) -> Option<usize>) -> bool {
    let mut ancestor = at;
    for _ in 0..DEEPEST {
        match parent_of(ancestor) {
            None => return false,
            Some(parent) if parent == at => return true,
            Some(parent) => ancestor = parent,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: &str, parent: Option<&str>) -> Category {
        Category {
            id: id.into(),
            name: id.into(),
            parent_id: parent.map(Into::into),
        }
    }

    fn order(categories: &[Category]) -> Vec<(String, Option<usize>, Option<Misplaced>)> {
        let nodes = in_order(categories);
        nodes
            .iter()
            .map(|node| (node.category.id.clone(), node.parent, node.misplaced))
            .collect()
    }

    #[test]
    fn parents_come_before_children_whatever_the_order() {
        let tree = [
            category("3", Some("2")),
            category("10", None),
            category("2", Some("10")),
        ];
        assert_eq!(
            order(&tree),
            [
                ("10".into(), None, None),
                ("2".into(), Some(0), None),
                ("3".into(), Some(1), None)
            ]
        );
    }

    #[test]
    fn circles_and_missing_parents_stand_at_the_root_and_are_named() {
        let tree = [
            category("1", Some("2")),
            category("2", Some("1")),
            category("3", Some("1")),
            category("4", Some("9")),
        ];
        let circle = Some(Misplaced::Circle);
        assert_eq!(
            order(&tree),
            [
                ("1".into(), None, circle),
                ("2".into(), None, circle),
                ("3".into(), Some(0), None),
                ("4".into(), None, Some(Misplaced::ParentMissing)),
            ]
        );
    }
}
