//! What is next to be done for the POS's tree to follow the site's (product.md G2).
//!
//! | term | deed |
//! |---|---|
//! | linked, both sides differ, [`crate::goods::tree_policy`] says *push* | the category is renamed, moved |
//! | linked, both sides changed alike | remembered |
//! | not linked, the POS has one of its name under the same parent | linked |
//! | not linked, within three levels | made |
//! | linked, its category deleted in the POS | nothing, unless deleted ones are wanted again |
//! | deleted, its category empty, the setting is on | the category is deleted |
//! | deleted, otherwise | nothing |
//!
//! Parents come first, so that a child always finds its place; deletions come last, when the children
//! have left. What cannot be done now may be after another deed (a level that gets free, a name that is
//! given up), so what is in the way is told only when nothing else is left to do.

use crate::goods::policy::Decision;
use crate::goods::tree_policy::ways;
use crate::model::{Category, CategoryLink, Term};
use crate::push::category::LEVELS;
use crate::settings::Settings;
use crate::text::{fold, same, sort, trim, Keys};

/// The longest name of the POS (kiotviet-api.md §2).
const LONGEST: usize = 125;
/// Longer chains are circles.
const DEEPEST: usize = 64;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed<'a> {
    /// They are one from now on; or both sides changed alike.
    Link(&'a Term, &'a Category),
    /// The term's category is to be made under this one.
    Make(&'a Term, Option<&'a str>),
    /// Name or place, or both, are the site's from now on.
    Change(Change<'a>),
    /// The category is to be deleted in the POS.
    Remove(&'a CategoryLink, &'a Category),
}

/// A category with what is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change<'a> {
    pub term: &'a Term,
    pub category: &'a Category,
    pub name: bool,
    /// The parent to be; none when it stays.
    pub parent: Option<Option<&'a str>>,
}

/// Something that cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trouble<'a> {
    /// The term, also one that is gone.
    pub term: i64,
    /// The category's id, where there is one.
    pub category: Option<&'a str>,
    pub label: &'a str,
    pub code: &'static str,
}

/// The next deed; without one, what is in the way of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Next<'a> {
    pub deed: Option<Deed<'a>>,
    pub troubles: Vec<Trouble<'a>>,
}

/// Where a term's category belongs.
enum Under<'a> {
    Root,
    Category(&'a Category),
    Nowhere,
}

/// Both trees, looked up fast.
pub(super) struct Tree<'a> {
    settings: &'a Settings,
    categories: &'a [Category],
    ids: Keys<'a>,
    links: &'a [CategoryLink],
    /// Links by term.
    linked: Vec<(i64, usize)>,
    terms: &'a [Term],
    /// Terms by id.
    by_id: Vec<(i64, usize)>,
    used: &'a [String],
    default_term: i64,
}

impl<'a> Tree<'a> {
    pub fn new(
        settings: &'a Settings,
        categories: &'a [Category],
        links: &'a [CategoryLink],
        terms: &'a [Term],
        used: &'a [String],
        default_term: i64,
    ) -> Self {
        let ids = categories.iter().enumerate();
        let ids = ids.map(|(at, category)| (category.id.as_str(), at));
        let linked = links.iter().enumerate();
        let linked = linked.map(|(at, link)| (link.term_id, at));
        let by_id = terms.iter().enumerate();
        let by_id = by_id.map(|(at, term)| (term.id, at));
        let sorted = |mut pairs: Vec<(i64, usize)>| {
            sort(&mut pairs, |a, b| a < b);
            pairs
        };
        Self {
            settings,
            categories,
            ids: Keys::new(ids.collect()),
            links,
            linked: sorted(linked.collect()),
            terms,
            by_id: sorted(by_id.collect()),
            used,
            default_term,
        }
    }

    /// The next deed, passing over terms that were refused in this pass.
    pub fn next(&self, refused: &[i64]) -> Next<'a> {
        let mut troubles = Vec::new();
        for (depth, term) in self.top_down() {
            if refused.contains(&term.id) {
                continue;
            }
            let deed = match self.category_of(term.id) {
                Some((link, category)) => self.linked(term, link, category, &mut troubles),
                None => self.unlinked(term, depth, &mut troubles),
            };
            if deed.is_some() {
                return Next {
                    deed,
                    troubles: Vec::new(),
                };
            }
        }
        let deed = self.removal(refused, &mut troubles);
        Next { deed, troubles }
    }

    /// The pair of a term with its category as it is now. A field in which the two differ keeps what is
    /// remembered of it; none for a term that is gone.
    pub fn settled(&self, term: i64, category: &Category) -> Option<CategoryLink> {
        let known = found(&self.linked, term).and_then(|at| self.links.get(at));
        let term = self.term(term)?;
        let known = known.filter(|link| link.remote_id == category.id);
        let kept = known.map(|link| (link.name.clone(), link.parent));
        let (name, parent) = kept.unwrap_or((Some(category.name.clone()), None));
        let stands = self.stands(category);
        Some(CategoryLink {
            remote_id: category.id.clone(),
            term_id: term.id,
            term_gone: false,
            name: if same(&category.name, &term.name) {
                Some(term.name.clone())
            } else {
                name
            },
            parent: stands.filter(|stands| *stands == term.parent).or(parent),
        })
    }

    /// A term's category and what people call it, also of one that is gone.
    pub fn named_by(&self, term: i64) -> (Option<&'a str>, &'a str) {
        let link = found(&self.linked, term).and_then(|at| self.links.get(at));
        let category = link.and_then(|link| self.category(&link.remote_id));
        let label = match (self.term(term), category) {
            (Some(term), _) => term.name.as_str(),
            (None, Some(category)) => category.name.as_str(),
            (None, None) => "",
        };
        (category.map(|category| category.id.as_str()), label)
    }

    /// Every term with its level, parents first.
    fn top_down(&self) -> Vec<(usize, &'a Term)> {
        let terms = self.terms.iter();
        let mut order: Vec<(usize, &Term)> = terms.map(|term| (self.depth(term), term)).collect();
        sort(&mut order, |a, b| (a.0, a.1.id) < (b.0, b.1.id));
        order
    }

    fn depth(&self, term: &Term) -> usize {
        let mut depth = 1_usize;
        let mut above = self.term(term.parent);
        while let Some(parent) = above.filter(|_| depth < DEEPEST) {
            depth = depth.saturating_add(1);
            above = self.term(parent.parent);
        }
        depth
    }

    fn unlinked(
        &self,
        term: &'a Term,
        depth: usize,
        troubles: &mut Vec<Trouble<'a>>,
    ) -> Option<Deed<'a>> {
        let known = found(&self.linked, term.id).and_then(|at| self.links.get(at));
        let deleted = known.is_some() && !self.settings.recreate_categories;
        if depth > LEVELS || term.id == self.default_term || deleted {
            return None;
        }
        let parent = match self.under(term) {
            Under::Root => None,
            Under::Category(category) => Some(category.id.as_str()),
            Under::Nowhere => return None,
        };
        let category = known.map(|link| link.remote_id.as_str());
        let mut named = self.named(parent, &term.name);
        if let Some(free) = named.clone().find(|category| !self.is_linked(category)) {
            return Some(Deed::Link(term, free));
        }
        let code = if named.next().is_some() {
            Some("category-name-taken")
        } else {
            unfit(term)
        };
        if let Some(code) = code {
            troubles.push(trouble(term.id, category, &term.name, code));
            return None;
        }
        Some(Deed::Make(term, parent))
    }

    fn linked(
        &self,
        term: &'a Term,
        link: &'a CategoryLink,
        category: &'a Category,
        troubles: &mut Vec<Trouble<'a>>,
    ) -> Option<Deed<'a>> {
        let ways = ways(self.settings, link, category, term, self.stands(category));
        if !ways.any(Decision::Push) {
            let rests = |way| matches!(way, Decision::Baseline | Decision::InStep);
            let alike = ways.any(Decision::Baseline) && rests(ways.name) && rests(ways.place);
            return alike.then_some(Deed::Link(term, category));
        }
        let mut change = Change {
            term,
            category,
            name: ways.name == Decision::Push,
            parent: None,
        };
        if ways.place == Decision::Push {
            change.parent = match self.under(term) {
                Under::Root => Some(None),
                Under::Category(parent) => Some(Some(parent.id.as_str())),
                Under::Nowhere => None,
            };
        }
        if let Some(code) = self.obstacle(&change) {
            let id = Some(category.id.as_str());
            troubles.push(trouble(term.id, id, &term.name, code));
            return None;
        }
        let something = change.name || change.parent.is_some();
        something.then_some(Deed::Change(change))
    }

    /// Why the POS would not take a change.
    fn obstacle(&self, change: &Change<'_>) -> Option<&'static str> {
        if change.name {
            if let Some(code) = unfit(change.term) {
                return Some(code);
            }
        }
        let parent = match change.parent {
            Some(parent) => parent,
            None => change.category.parent_id.as_deref(),
        };
        let name = if change.name {
            &change.term.name
        } else {
            &change.category.name
        };
        if self
            .named(parent, name)
            .any(|other| other.id != change.category.id)
        {
            return Some("category-name-taken");
        }
        if change.parent.is_some() {
            let level = self
                .level(parent)
                .saturating_add(self.height(change.category));
            if level > LEVELS {
                return Some("category-too-deep");
            }
        }
        None
    }

    /// A category whose term a person has deleted.
    fn removal(&self, refused: &[i64], troubles: &mut Vec<Trouble<'a>>) -> Option<Deed<'a>> {
        if !self.settings.push.delete_categories || self.settings.recreate_categories {
            return None;
        }
        for link in self.links {
            let there = !link.term_gone && self.term(link.term_id).is_some();
            let Some(category) = self.category(&link.remote_id) else {
                continue;
            };
            if there || refused.contains(&link.term_id) {
                continue;
            }
            let mut others = self.categories.iter();
            let parent = others.any(|other| other.parent_id.as_ref() == Some(&category.id));
            if parent || self.used.contains(&category.id) {
                let id = Some(category.id.as_str());
                let used = trouble(link.term_id, id, &category.name, "category-in-use");
                troubles.push(used);
                continue;
            }
            return Some(Deed::Remove(link, category));
        }
        None
    }

    fn under(&self, term: &Term) -> Under<'a> {
        if term.parent == 0 {
            return Under::Root;
        }
        match self.category_of(term.parent) {
            Some((_, category)) => Under::Category(category),
            None => Under::Nowhere,
        }
    }

    /// The living term of a category's nearest ancestor that has one; 0 at the root.
    fn stands(&self, category: &Category) -> Option<i64> {
        let mut above = category.parent_id.as_deref();
        for _ in 0..LEVELS {
            let Some(parent) = above.and_then(|id| self.category(id)) else {
                break;
            };
            let mut links = self.links.iter();
            let link = links.find(|link| link.remote_id == parent.id && !link.term_gone);
            if let Some(term) = link.and_then(|link| self.term(link.term_id)) {
                return Some(term.id);
            }
            above = parent.parent_id.as_deref();
        }
        Some(0)
    }

    fn category_of(&self, term: i64) -> Option<(&'a CategoryLink, &'a Category)> {
        let link = self.links.get(found(&self.linked, term)?)?;
        let category = self.category(&link.remote_id)?;
        (!link.term_gone).then_some((link, category))
    }

    fn is_linked(&self, category: &Category) -> bool {
        let mut links = self.links.iter();
        links.any(|link| link.remote_id == category.id && !link.term_gone)
    }

    fn term(&self, id: i64) -> Option<&'a Term> {
        self.terms.get(found(&self.by_id, id)?)
    }

    pub fn category(&self, id: &str) -> Option<&'a Category> {
        self.categories.get(self.ids.first(id)?)
    }

    /// Categories of a name under a parent.
    fn named<'n>(
        &self,
        parent: Option<&'n str>,
        name: &str,
    ) -> impl Iterator<Item = &'a Category> + Clone + use<'a, 'n> {
        let name = fold(trim(name));
        let categories = self.categories.iter();
        categories.filter(move |category| {
            category.parent_id.as_deref() == parent && fold(trim(&category.name)) == name
        })
    }

    /// Levels down to a category of the POS; 0 for none.
    fn level(&self, id: Option<&str>) -> usize {
        let mut level = 0_usize;
        let mut above = id;
        while let Some(category) = above.and_then(|id| self.category(id)) {
            level = level.saturating_add(1);
            if level > DEEPEST {
                break;
            }
            above = category.parent_id.as_deref();
        }
        level
    }

    /// Levels from a category down, itself included.
    fn height(&self, category: &Category) -> usize {
        let own = self.level(Some(&category.id));
        let mut lowest = own;
        for other in self.categories {
            let mut above = Some(other);
            for _ in 0..DEEPEST {
                let Some(here) = above else { break };
                if here.id == category.id {
                    lowest = lowest.max(self.level(Some(&other.id)));
                    break;
                }
                let parent = here.parent_id.as_deref();
                above = parent.and_then(|id| self.category(id));
            }
        }
        lowest.saturating_sub(own).saturating_add(1)
    }
}

fn found(pairs: &[(i64, usize)], id: i64) -> Option<usize> {
    let at = pairs.binary_search_by_key(&id, |(other, _)| *other).ok()?;
    pairs.get(at).map(|(_, at)| *at)
}

/// Why the POS would not take a name.
fn unfit(term: &Term) -> Option<&'static str> {
    let name = trim(&term.name);
    let fits = !name.is_empty() && name.chars().count() <= LONGEST;
    (!fits).then_some("category-name-unfit-pos")
}

const fn trouble<'a>(
    term: i64,
    category: Option<&'a str>,
    label: &'a str,
    code: &'static str,
) -> Trouble<'a> {
    Trouble {
        term,
        category,
        label,
        code,
    }
}
