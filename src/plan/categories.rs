//! Plans the category tree (product.md B12).

use super::{CategoriesInput, CategoriesPlan, CategoryOperation, CategoryOperationKind, Reason};
use crate::goods::policy::Decision;
use crate::goods::tree::{in_order, Misplaced, Node};
use crate::goods::tree_policy::{same_name, ways, Ways};
use crate::goods::variants::LONGEST;
use crate::model::{Category, CategoryLink, Issue, Item, Param, Severity, Term};
use crate::settings::{Direction, Policy, Settings};
use crate::stock::param;
use crate::text::{fold, sort, trim, Keys};

/// Plans creations, links, renames and moves.
///
/// | category | what happens |
/// |---|---|
/// | linked, term there | as [`crate::goods::tree_policy`] decides its name and its place |
/// | linked, gone from the POS | its term stays; said while the site's categories go to the POS |
/// | linked, term deleted by hand | left deleted, unless the setting asks for it again |
/// | not linked, an unlinked term of that name under the same parent | linked |
/// | not linked, nothing of that name there | created |
/// | not linked, the name there is taken | listed: WordPress holds a name once under a parent |
///
/// Children of a deleted term go under its nearest living ancestor. Under *never* nothing is made.
#[must_use]
pub fn plan_categories(input: CategoriesInput) -> CategoriesPlan {
    // A run that does not take categories leaves this step out; the preview of one shows none (A5).
    if !input.settings.takes(input.settings.directions.categories) {
        return CategoriesPlan {
            push: crate::push::tree_waits(&input),
            operations: Vec::new(),
            issues: Vec::new(),
        };
    }
    let nodes = in_order(&input.categories);
    let mut planner = Planner::new(&input, nodes.len());
    for node in &nodes {
        let category = node.category;
        match node.misplaced {
            Some(Misplaced::ParentMissing) => {
                planner.note(category, "category-parent-missing", Vec::new())
            }
            Some(Misplaced::Circle) => planner.note(category, "category-circle", Vec::new()),
            None => {}
        }
        let parent = planner.living(&nodes, node.parent);
        let spot = planner.place(category, parent);
        planner.spots.push(spot);
    }
    planner.deleted();
    CategoriesPlan {
        push: crate::push::tree_waits(&input),
        operations: planner.operations,
        issues: planner.issues,
    }
}

/// Where a category ended up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    Term(i64),
    New,
    Nowhere,
}

/// The nearest living ancestor of a category.
#[derive(Clone, Copy)]
struct Above<'a> {
    id: &'a str,
    /// Its term; absent while it is still to be made.
    term: Option<i64>,
}

struct Planner<'a> {
    settings: &'a Settings,
    links: &'a [CategoryLink],
    linked: Keys<'a>,
    /// Ids of the POS's categories.
    ids: Keys<'a>,
    terms: &'a [Term],
    /// Terms by id.
    by_id: Vec<(i64, usize)>,
    /// Terms by parent and folded name, and names given out by this plan.
    names: Vec<(i64, String, i64)>,
    /// What the categories of linked terms are called in the POS now, and under which one they lie.
    wanted: Vec<(i64, String, Option<&'a str>)>,
    /// All names of the POS.
    called: Vec<String>,
    given: Vec<(String, String)>,
    spots: Vec<Spot>,
    operations: Vec<CategoryOperation>,
    issues: Vec<Issue>,
}

impl<'a> Planner<'a> {
    fn new(input: &'a CategoriesInput, count: usize) -> Self {
        let linked = input
            .links
            .iter()
            .enumerate()
            .map(|(at, link)| (link.remote_id.as_str(), at));
        let ids = input
            .categories
            .iter()
            .enumerate()
            .map(|(at, category)| (category.id.as_str(), at));
        let mut by_id: Vec<(i64, usize)> = input
            .terms
            .iter()
            .enumerate()
            .map(|(at, term)| (term.id, at))
            .collect();
        sort(&mut by_id, |a, b| a < b);
        let names = input
            .terms
            .iter()
            .map(|term| (term.parent, fold(trim(&term.name)), term.id));
        let mut names: Vec<(i64, String, i64)> = names.collect();
        sort(&mut names, |a, b| a < b);
        Self {
            settings: &input.settings,
            links: &input.links,
            linked: Keys::new(linked.collect()),
            ids: Keys::new(ids.collect()),
            terms: &input.terms,
            by_id,
            names,
            wanted: input
                .links
                .iter()
                .filter(|link| !link.term_gone)
                .filter_map(|link| {
                    let mut categories = input.categories.iter();
                    let category = categories.find(|category| category.id == link.remote_id)?;
                    let parent = category.parent_id.as_deref();
                    Some((link.term_id, fold(trim(&category.name)), parent))
                })
                .collect(),
            called: input
                .categories
                .iter()
                .map(|category| fold(trim(&category.name)))
                .collect(),
            given: Vec::new(),
            spots: Vec::with_capacity(count),
            operations: Vec::with_capacity(count),
            issues: Vec::new(),
        }
    }

    fn term(&self, id: i64) -> Option<&'a Term> {
        let at = self
            .by_id
            .binary_search_by_key(&id, |(other, _)| *other)
            .ok()?;
        self.by_id.get(at).and_then(|(_, at)| self.terms.get(*at))
    }

    fn living<'n>(&self, nodes: &[Node<'n>], parent: Option<usize>) -> Option<Above<'n>> {
        let mut next = parent;
        while let Some(at) = next {
            let node = nodes.get(at)?;
            match self.spots.get(at) {
                Some(Spot::Term(term)) => {
                    return Some(Above {
                        id: &node.category.id,
                        term: Some(*term),
                    })
                }
                Some(Spot::New) => {
                    return Some(Above {
                        id: &node.category.id,
                        term: None,
                    })
                }
                Some(Spot::Nowhere) | None => next = node.parent,
            }
        }
        None
    }

    fn place(&mut self, category: &Category, above: Option<Above<'_>>) -> Spot {
        let link = self
            .linked
            .first(&category.id)
            .and_then(|at| self.links.get(at));
        let term = link
            .filter(|link| !link.term_gone)
            .and_then(|link| self.term(link.term_id));
        if let Some(term) = term {
            if let Some(link) = link {
                self.linked_term(category, link, term, above);
            }
            return Spot::Term(term.id);
        }
        if let Some(link) = link.filter(|_| !self.settings.recreate_categories) {
            self.note(category, "category-gone", Vec::new());
            self.add(
                CategoryOperationKind::Skip,
                "category-gone",
                category,
                Some(link.term_id),
                above,
            );
            return Spot::Nowhere;
        }
        if self.settings.policies.categories == Policy::Never {
            self.add(CategoryOperationKind::Skip, "never", category, None, above);
            return Spot::Nowhere;
        }
        self.unlinked(category, above)
    }

    fn linked_term(
        &mut self,
        category: &Category,
        link: &CategoryLink,
        term: &Term,
        above: Option<Above<'_>>,
    ) {
        let parent = above.map_or(Some(0), |above| above.term);
        let ways = ways(self.settings, link, category, term, parent);
        let unfit = trim(&category.name).is_empty() || too_long(&category.name);
        let taken = |planner: &Self| {
            planner.taken(category, above, Some(term.id)) || planner.was_given(category, above)
        };
        let (kind, code) = if ways.any(Decision::Write) {
            if taken(self) {
                self.note_twice(category);
                (CategoryOperationKind::Skip, "category-twice")
            } else if unfit {
                self.note(category, "category-name-unfit", Vec::new());
                (CategoryOperationKind::Skip, "category-name-unfit")
            } else {
                (CategoryOperationKind::Update, "changed")
            }
        } else if ways.any(Decision::Push) {
            (CategoryOperationKind::Skip, "category-to-pos")
        } else if ways.any(Decision::Review) {
            (CategoryOperationKind::Skip, "both-changed")
        } else if ways.any(Decision::Keep) {
            (CategoryOperationKind::Skip, "kept-category")
        } else {
            (CategoryOperationKind::Skip, "in-step")
        };
        self.note_both(category, ways);
        self.give(category, above);
        self.add(kind, code, category, Some(term.id), above);
        if kind != CategoryOperationKind::Update {
            return;
        }
        if let Some(update) = self.operations.last_mut() {
            let stays = |decision| matches!(decision, Decision::Push | Decision::Review);
            update.keeps_name = stays(ways.name);
            update.keeps_parent = stays(ways.place);
            if update.keeps_name {
                update.name.clone_from(&term.name);
            }
        }
    }

    /// Fields that both sides changed, each its own way.
    fn note_both(&mut self, category: &Category, ways: Ways) {
        let both = [("name", ways.name), ("parent", ways.place)];
        let both = both.iter().filter(|(_, way)| *way == Decision::Review);
        let fields: Vec<&str> = both.map(|(field, _)| *field).collect();
        if !fields.is_empty() {
            let fields = vec![param("fields", &fields.join(", "))];
            self.note(category, "both-changed", fields);
        }
    }

    fn note_twice(&mut self, category: &Category) {
        let name = vec![param("name", &category.name)];
        self.note(category, "category-twice", name);
    }

    /// Linked categories that the POS no longer has. Their terms stay (Q1), and while the site's
    /// categories go to the POS a person may wonder why these do not.
    fn deleted(&mut self) {
        let sent = self.settings.push.categories != Direction::Off;
        if !sent || self.settings.recreate_categories {
            return;
        }
        for link in self.links {
            let there = self.ids.first(&link.remote_id).is_some();
            let term = self.term(link.term_id).filter(|_| !link.term_gone);
            if let (false, Some(term)) = (there, term) {
                let category = Category {
                    id: link.remote_id.clone(),
                    name: term.name.clone(),
                    parent_id: None,
                };
                self.note(&category, "category-deleted-in-pos", Vec::new());
            }
        }
    }

    fn unlinked(&mut self, category: &Category, above: Option<Above<'_>>) -> Spot {
        let parent = above.map_or(Some(0), |above| above.term);
        if trim(&category.name).is_empty() || too_long(&category.name) {
            self.note(category, "category-name-unfit", Vec::new());
            self.add(
                CategoryOperationKind::Skip,
                "category-name-unfit",
                category,
                None,
                above,
            );
            return Spot::Nowhere;
        }
        let found = parent.and_then(|parent| self.unlinked_term(parent, &category.name));
        if found.is_none() && self.taken(category, above, None) || self.was_given(category, above) {
            self.note_twice(category);
            self.add(
                CategoryOperationKind::Skip,
                "category-twice",
                category,
                None,
                above,
            );
            return Spot::Nowhere;
        }
        self.give(category, above);
        let Some(term) = found.and_then(|id| self.term(id)) else {
            self.add(CategoryOperationKind::Create, "new", category, None, above);
            return Spot::New;
        };
        self.add(
            CategoryOperationKind::Link,
            "category-match",
            category,
            Some(term.id),
            above,
        );
        if self.settings.policies.categories == Policy::Always
            && !same_name(&term.name, &category.name)
        {
            self.add(
                CategoryOperationKind::Update,
                "changed",
                category,
                Some(term.id),
                above,
            );
        }
        Spot::Term(term.id)
    }

    /// Terms of that name under the parent, by id.
    fn of_name(&self, parent: i64, name: &str) -> &[(i64, String, i64)] {
        let key = (parent, fold(trim(name)));
        let from = self
            .names
            .partition_point(|(parent, name, _)| (*parent, name) < (key.0, &key.1));
        let rest = self.names.get(from..).unwrap_or_default();
        let len = rest
            .iter()
            .take_while(|(parent, name, _)| (*parent, name) == (key.0, &key.1))
            .count();
        rest.get(..len).unwrap_or_default()
    }

    fn unlinked_term(&self, parent: i64, name: &str) -> Option<i64> {
        let terms = self.of_name(parent, name).iter().map(|(_, _, id)| *id);
        terms
            .into_iter()
            .find(|id| !self.links.iter().any(|link| link.term_id == *id))
    }

    /// Whether another term has the name there already.
    fn taken(&self, category: &Category, above: Option<Above<'_>>, own: Option<i64>) -> bool {
        let Some(parent) = above.map_or(Some(0), |above| above.term) else {
            return false;
        };
        self.of_name(parent, &category.name)
            .iter()
            .any(|(_, _, id)| Some(*id) != own && !self.swaps(*id, own, category, parent))
    }

    /// Whether the term gives its name up in this plan for the very one that `own` has beside it: two
    /// categories swapped theirs. WordPress does not mind that both have one in between.
    fn swaps(&self, term: i64, own: Option<i64>, category: &Category, parent: i64) -> bool {
        let mut wanted = self.wanted.iter();
        let wanted = wanted.find(|(id, ..)| *id == term);
        let own = own.and_then(|own| self.term(own));
        let (Some((_, name, above)), Some(own)) = (wanted, own) else {
            return false;
        };
        let alone = |name: &str| {
            let key = fold(trim(name));
            let called = self.called.iter().filter(|called| **called == key);
            self.of_name(parent, name).len() == 1 && called.count() == 1
        };
        own.parent == parent
            && *above == category.parent_id.as_deref()
            && fold(trim(&own.name)) == *name
            && alone(&own.name)
            && alone(&category.name)
    }

    fn was_given(&self, category: &Category, above: Option<Above<'_>>) -> bool {
        self.given
            .binary_search(&place_name(category, above))
            .is_ok()
    }

    fn give(&mut self, category: &Category, above: Option<Above<'_>>) {
        let key = place_name(category, above);
        if let Err(at) = self.given.binary_search(&key) {
            self.given.insert(at, key);
        }
    }

    fn add(
        &mut self,
        kind: CategoryOperationKind,
        code: &str,
        category: &Category,
        term_id: Option<i64>,
        above: Option<Above<'_>>,
    ) {
        self.operations.push(CategoryOperation {
            kind,
            reason: Reason {
                code: code.into(),
                params: Vec::new(),
            },
            remote_id: category.id.clone(),
            name: trim(&category.name).into(),
            term_id,
            parent_remote_id: above.map(|above| above.id.into()),
            keeps_name: false,
            keeps_parent: false,
        });
    }

    fn note(&mut self, category: &Category, code: &str, params: Vec<Param>) {
        let item = Item {
            kind: "category".into(),
            id: Some(category.id.clone()),
            label: category.name.clone(),
        };
        self.issues.push(Issue {
            code: code.into(),
            params,
            item,
            severity: Severity::Review,
        });
    }
}

/// A name in its place: what WordPress holds once.
fn place_name(category: &Category, above: Option<Above<'_>>) -> (String, String) {
    (
        above.map_or_else(String::new, |above| above.id.into()),
        fold(trim(&category.name)),
    )
}

/// Names longer than this do not fit WordPress's table.
fn too_long(name: &str) -> bool {
    name.len() > LONGEST && name.chars().count() > LONGEST
}
