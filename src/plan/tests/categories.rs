//! Properties of the category plan: applied it leaves nothing to do, and order does not matter.

use crate::model::{Category, CategoryLink, Term};
use crate::plan::{plan_categories, CategoriesInput, CategoryOperationKind};
use crate::settings::{Policies, Policy, Settings};
use crate::text::same;
use proptest::prelude::*;

fn categories() -> impl Strategy<Value = Vec<Category>> {
    let name = prop_oneof![6 => "[ABa]{1,2}", 1 => Just(String::new())];
    let rows = prop::collection::vec((name, prop::option::of(0..12_usize)), 0..10);
    rows.prop_map(|rows| {
        let category = |(at, (name, parent)): (usize, (String, Option<usize>))| Category {
            id: at.to_string(),
            name,
            parent_id: parent.map(|parent| parent.to_string()),
        };
        rows.into_iter().enumerate().map(category).collect()
    })
}

fn settings() -> impl Strategy<Value = Settings> {
    let policy = prop_oneof![
        Just(Policy::Always),
        Just(Policy::OnCreate),
        Just(Policy::Never)
    ];
    (policy, any::<bool>()).prop_map(|(categories, recreate_categories)| Settings {
        policies: Policies {
            categories,
            ..Policies::default()
        },
        recreate_categories,
        ..Settings::default()
    })
}

/// Terms of one name under one parent. WordPress makes such ones when it lifts the children of a
/// term that is deleted.
fn twins(terms: &[Term]) -> Vec<(i64, i64)> {
    let mut twins = Vec::new();
    for one in terms {
        let others = terms.iter().filter(|other| {
            other.id > one.id && other.parent == one.parent && same(&other.name, &one.name)
        });
        twins.extend(others.map(|other| (one.id, other.id)));
    }
    twins
}

/// Does what the operations say, as WordPress would: a name is held once under a parent.
fn apply(input: &mut CategoriesInput) -> bool {
    let mut busy = false;
    let before = twins(&input.terms);
    for operation in plan_categories(input.clone()).operations {
        let link_of = |links: &[CategoryLink], id: &str| {
            links
                .iter()
                .find(|link| link.remote_id == id)
                .map(|link| link.term_id)
        };
        let parent = operation.parent_remote_id.as_deref().map_or(0, |id| {
            link_of(&input.links, id).expect("parents come first")
        });
        let taken = |own: i64| {
            let mut terms = input.terms.iter();
            terms.any(|term| {
                term.id != own && term.parent == parent && same(&term.name, &operation.name)
            })
        };
        let id = match operation.kind {
            CategoryOperationKind::Skip => continue,
            CategoryOperationKind::Create => {
                assert!(!taken(0), "{operation:?}");
                // Numbers are never used again.
                let links = input.links.iter().map(|link| link.term_id);
                let used = input.terms.iter().map(|term| term.id).chain(links);
                let id = used.max().unwrap_or(0) + 1;
                input.terms.push(Term {
                    id,
                    name: operation.name.clone(),
                    parent,
                });
                id
            }
            CategoryOperationKind::Link => operation.term_id.expect("a link names its term"),
            CategoryOperationKind::Update => {
                // Two that swap their names have one name in between.
                let id = operation.term_id.expect("an update names its term");
                let term = input
                    .terms
                    .iter_mut()
                    .find(|term| term.id == id)
                    .expect("the term is there");
                (term.name, term.parent) = (operation.name.clone(), parent);
                id
            }
        };
        busy = true;
        input
            .links
            .retain(|link| link.remote_id != operation.remote_id);
        assert!(
            input.links.iter().all(|link| link.term_id != id),
            "one term, one category"
        );
        input.links.push(CategoryLink {
            remote_id: operation.remote_id,
            term_id: id,
            term_gone: false,
            name: Some(operation.name),
            parent: Some(parent),
        });
    }
    for pair in twins(&input.terms) {
        assert!(before.contains(&pair), "{pair:?}");
    }
    busy
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_applied_leaves_nothing_to_do(
        settings in settings(),
        first in categories(),
        later in categories(),
        names in prop::collection::vec("[ABa]{1,2}", 0..4),
        lost in 0..8_usize,
    ) {
        let mut terms: Vec<Term> = Vec::new();
        for name in names {
            if !terms.iter().any(|term| same(&term.name, &name)) {
                let id = i64::try_from(terms.len()).unwrap_or(0) + 1;
                terms.push(Term { id, name, parent: 0 });
            }
        }
        let mut input = CategoriesInput { settings, categories: first, links: Vec::new(), terms, used: Vec::new(), default_term: 0 };
        apply(&mut input);
        prop_assert!(!apply(&mut input), "{:#?}", plan_categories(input));
        // The owner deletes a term; WordPress lifts its children.
        if lost < input.terms.len() {
            let gone = input.terms.remove(lost);
            for term in input.terms.iter_mut().filter(|term| term.parent == gone.id) {
                term.parent = gone.parent;
            }
        }
        input.categories = later;
        let before = input.terms.len();
        let rest = (0..6).find(|_| !apply(&mut input));
        prop_assert!(rest.is_some(), "{:#?}", plan_categories(input));
        prop_assert!(input.terms.len() >= before);
    }

    #[test]
    fn every_category_has_an_operation_whatever_the_order(settings in settings(), categories in categories()) {
        let input = CategoriesInput { settings, categories, links: Vec::new(), terms: Vec::new(), used: Vec::new(), default_term: 0 };
        let mut turned = input.clone();
        turned.categories.reverse();
        let plan = plan_categories(input.clone());
        prop_assert_eq!(plan.operations.len(), input.categories.len());
        prop_assert_eq!(plan, plan_categories(turned));
    }
}
