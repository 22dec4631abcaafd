//! The POS category of a product that is pushed (product.md G1, G2).
//!
//! The POS knows three levels, the site any number: what lies deeper belongs to its ancestor on the
//! third level. Of several categories of a product a linked one is taken first, then the deepest.

use super::protocol::PushContext;
use super::view::View;
use crate::model::{Category, CategoryLink, Term};
use crate::settings::PushCategory;
use crate::text::{fold, trim};

/// Levels of the POS (kiotviet-api.md §2).
pub(super) const LEVELS: usize = 3;

/// Where a product's good goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// Into this category.
    Known(String),
    /// The POS has one of that name there: it is this term's from now on.
    Link(&'a Term, &'a Category),
    /// One has to be made for this term under this category.
    Make(&'a Term, Option<String>),
    /// Nowhere: the product has none, or none that may be made.
    None,
}

/// The category for the context's product.
pub(super) fn place<'a>(view: &View<'a>) -> Place<'a> {
    let context = view.context;
    let own = &context.product.product.categories;
    let mut best: Option<(usize, &str)> = None;
    for term in own {
        if let Some(id) = category_of(context, *term) {
            let depth = path(&context.terms, *term).len();
            if best.is_none_or(|(deepest, _)| depth > deepest) {
                best = Some((depth, id));
            }
        }
    }
    if let Some((_, id)) = best {
        return Place::Known(id.into());
    }
    let push = &view.settings.push;
    let chosen = push.category_id.as_deref().filter(|id| !id.is_empty());
    let fallback = || chosen.map_or(Place::None, |id| Place::Known(id.into()));
    if push.category == PushCategory::Chosen {
        return fallback();
    }
    let mut deepest: Vec<&Term> = Vec::new();
    for term in own {
        let way = path(&context.terms, *term);
        if way.len() > deepest.len() {
            deepest = way;
        }
    }
    if deepest.is_empty() {
        return fallback();
    }
    walk(context, &deepest)
}

/// The term's category, while both are there.
pub(super) fn category_of(context: &PushContext, term: i64) -> Option<&str> {
    let links = &context.category_links;
    let link = links
        .iter()
        .find(|link| link.term_id == term && !link.term_gone)?;
    let there = |category: &Category| category.id == link.remote_id;
    let known = context.categories.iter().any(there);
    known.then_some(link.remote_id.as_str())
}

/// The term and its ancestors, the root first; empty for a term that is not there.
pub(super) fn path(terms: &[Term], id: i64) -> Vec<&Term> {
    let mut path: Vec<&Term> = Vec::new();
    let mut next = id;
    while let Some(term) = terms.iter().find(|term| term.id == next) {
        if path.iter().any(|met| met.id == term.id) {
            break;
        }
        path.insert(0, term);
        next = term.parent;
    }
    path
}

/// Goes down the path as far as it is linked.
fn walk<'a>(context: &'a PushContext, path: &[&'a Term]) -> Place<'a> {
    let mut parent: Option<String> = None;
    for term in path.iter().take(LEVELS) {
        if let Some(id) = category_of(context, term.id) {
            parent = Some(id.into());
            continue;
        }
        return match named(context, term, parent.as_deref()) {
            Some(category) => Place::Link(term, category),
            None => Place::Make(term, parent),
        };
    }
    parent.map_or(Place::None, Place::Known)
}

/// The POS category of a term's name under a parent, unless it is another term's.
pub(super) fn named<'a>(
    context: &'a PushContext,
    term: &Term,
    parent: Option<&str>,
) -> Option<&'a Category> {
    let name = fold(trim(&term.name));
    let taken = |id: &str| {
        let mut links = context.category_links.iter();
        links.any(|link| link.remote_id == id && !link.term_gone)
    };
    context.categories.iter().find(|category| {
        category.parent_id.as_deref() == parent
            && fold(trim(&category.name)) == name
            && !taken(&category.id)
    })
}

/// The pair to be kept.
pub(super) fn pair(term: &Term, category: &Category) -> CategoryLink {
    CategoryLink {
        remote_id: category.id.clone(),
        term_id: term.id,
        term_gone: false,
        name: Some(term.name.clone()),
        parent: Some(term.parent),
    }
}
