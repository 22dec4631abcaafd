//! Which goods are kept in step (product.md B6).
//!
//! Deselecting stops updates and removes nothing. A variable product is selected as a whole: with one
//! of its rows. Goods that are new to the site come by themselves, or only when they are chosen one by
//! one; a new variant of a product that is on the site belongs to it and always comes.

use crate::model::{Category, Good};
use crate::settings::{Select, Selection};
use crate::text::Keys;

/// Categories lie at most so deep in each other.
const DEEPEST: usize = 4;

/// The selection, ready to be asked for many goods.
#[derive(Debug)]
pub struct Selected<'a> {
    mode: Select,
    new_goods: bool,
    categories: Keys<'a>,
    goods: Keys<'a>,
    except: Keys<'a>,
}

impl<'a> Selected<'a> {
    /// Sorts the selection once. `categories` is the POS's tree: what lies below a chosen category is
    /// chosen with it.
    #[must_use]
    pub fn new(selection: &'a Selection, categories: &'a [Category]) -> Self {
        let mut chosen: Vec<&str> = selection.categories.iter().map(String::as_str).collect();
        if selection.mode == Select::Categories {
            for _ in 0..DEEPEST {
                let known = keys(chosen.iter().copied());
                let below = categories.iter().filter(|category| {
                    let parent = category.parent_id.as_deref();
                    parent.is_some_and(|parent| known.first(parent).is_some())
                        && known.first(&category.id).is_none()
                });
                let below: Vec<&str> = below.map(|category| category.id.as_str()).collect();
                if below.is_empty() {
                    break;
                }
                chosen.extend(below);
            }
        }
        Self {
            mode: selection.mode,
            new_goods: selection.new_goods,
            categories: keys(chosen.into_iter()),
            goods: keys(selection.goods.iter().map(String::as_str)),
            except: keys(selection.except.iter().map(String::as_str)),
        }
    }

    /// Whether the good is kept in step.
    #[must_use]
    pub fn has(&self, good: &Good) -> bool {
        let category = good.category_id.as_deref();
        let chosen = match self.mode {
            Select::Everything => true,
            Select::Categories => category.is_some_and(|id| self.categories.first(id).is_some()),
            Select::Goods => self.goods.first(&good.id).is_some(),
        };
        chosen && self.except.first(&good.id).is_none()
    }

    /// Whether the good comes to the site when it is not there yet.
    #[must_use]
    pub fn brings(&self, good: &Good) -> bool {
        self.new_goods || self.goods.first(&good.id).is_some()
    }
}

fn keys<'a>(ids: impl Iterator<Item = &'a str>) -> Keys<'a> {
    Keys::new(ids.map(|id| (id, 0)).collect())
}
