//! Both trees edited by turns: nothing is doubled, no write answers its own echo, both come to rest.

use super::{advance_categories, AdvanceCategoriesInput, TreeContext};
use crate::model::{Category, CategoryLink, Term};
use crate::plan::{plan_categories, CategoriesInput, CategoryOperationKind};
use crate::pos::{Failure, FailureKind, PageFacts};
use crate::push::{PushOutcome, PushReply, PushRequest, PushRequestKind, Pushing};
use crate::settings::{Direction, Policy, Settings};
use crate::text::same;

/// A repeatable stream of numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % sides
    }
}

/// What becomes of a change's answer.
#[derive(Clone, Copy, PartialEq)]
enum Luck {
    Good,
    /// Nothing was done.
    Before,
    /// It was done, and nobody heard of it.
    After,
}

struct World {
    settings: Settings,
    context: TreeContext,
    next: i64,
    now: i64,
    /// Changes that the POS carried out.
    to_pos: usize,
    /// Changes that the site's plan wrote.
    to_site: usize,
}

impl World {
    fn new(policy: Policy) -> Self {
        let mut settings = Settings::default();
        settings.policies.categories = policy;
        settings.push.categories = Direction::Automatic;
        settings.push.delete_categories = true;
        Self {
            settings,
            context: TreeContext {
                default_term: 1,
                terms: vec![term(1, "Chưa phân loại", 0)],
                ..TreeContext::default()
            },
            next: 100,
            now: 0,
            to_pos: 0,
            to_site: 0,
        }
    }

    fn input(&self) -> CategoriesInput {
        let TreeContext {
            categories,
            links,
            terms,
            used,
            default_term,
        } = self.context.clone();
        CategoriesInput {
            settings: self.settings.clone(),
            categories,
            links,
            terms,
            used,
            default_term,
        }
    }

    fn id(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    fn term_of(&self, id: &str) -> i64 {
        let mut links = self.context.links.iter();
        let link = links.find(|link| link.remote_id == id);
        link.map_or(0, |link| link.term_id)
    }

    /// A sync, as the shell writes it (`Sync\PlanCategories`); whether the queue row is due.
    fn sync(&mut self) -> bool {
        for link in &mut self.context.links {
            link.term_gone |= !self
                .context
                .terms
                .iter()
                .any(|term| term.id == link.term_id);
        }
        let plan = plan_categories(self.input());
        for operation in plan.operations {
            if operation.kind == CategoryOperationKind::Skip {
                continue;
            }
            let mut id = operation.term_id.unwrap_or_default();
            let above = operation.parent_remote_id.as_deref();
            let mut parent = above.map_or(0, |above| self.term_of(above));
            if operation.keeps_parent {
                parent = self.term(id).parent;
            }
            if operation.kind == CategoryOperationKind::Create {
                id = self.id();
                self.context.terms.push(term(id, &operation.name, parent));
                self.to_site += 1;
            } else if operation.kind == CategoryOperationKind::Update {
                let mut terms = self.context.terms.iter_mut();
                let held = terms.find(|term| term.id == id).expect("a term");
                if (held.name.as_str(), held.parent) != (operation.name.as_str(), parent) {
                    held.name.clone_from(&operation.name);
                    held.parent = parent;
                    self.to_site += 1;
                }
            }
            let term = self.term(id).clone();
            let old = self.context.links.iter();
            let old = old
                .clone()
                .find(|link| link.remote_id == operation.remote_id)
                .cloned();
            let mut link = CategoryLink {
                remote_id: operation.remote_id.clone(),
                term_id: id,
                name: Some(term.name),
                parent: Some(term.parent),
                term_gone: false,
            };
            if let Some(old) = old {
                if operation.keeps_name {
                    link.name = old.name;
                }
                if operation.keeps_parent {
                    link.parent = old.parent;
                }
            }
            self.keep(link);
        }
        plan.push
    }

    fn keep(&mut self, link: CategoryLink) {
        let links = &mut self.context.links;
        links.retain(|other| other.remote_id != link.remote_id && other.term_id != link.term_id);
        links.push(link);
    }

    fn term(&self, id: i64) -> &Term {
        let mut terms = self.context.terms.iter();
        terms.find(|term| term.id == id).expect("a term")
    }

    /// A pass, every change with the luck that the dice give it; how it ended.
    fn pass(&mut self, luck: &mut impl FnMut() -> Luck) -> PushOutcome {
        let mut state: Option<Pushing> = None;
        let mut replies = Vec::new();
        for _ in 0..1000 {
            let told = advance_categories(AdvanceCategoriesInput {
                state,
                by_hand: false,
                settings: self.settings.clone(),
                now: self.now,
                tries: 0,
                context: self.context.clone(),
                replies: std::mem::take(&mut replies),
            });
            for id in told.gone_categories {
                self.context.links.retain(|link| link.remote_id != id);
            }
            for link in told.category_links {
                self.keep(link);
            }
            if let Some(done) = told.done {
                if let Some(at) = done.retry_at {
                    self.now = at;
                }
                return done.outcome;
            }
            for request in &told.requests {
                replies.push(self.answer(request, luck));
            }
            state = Some(told.state);
        }
        panic!("a pass came to no end");
    }

    /// What the simulator does too (tests/kiotviet-sim/src/trade/category.rs).
    fn answer(&mut self, request: &PushRequest, luck: &mut impl FnMut() -> Luck) -> PushReply {
        let mut reply = PushReply {
            id: request.id,
            ..PushReply::default()
        };
        if request.kind == PushRequestKind::Get {
            reply.page = Some(PageFacts {
                total: i64::try_from(self.context.categories.len()).ok(),
                rows: i64::try_from(self.context.categories.len()).unwrap_or_default(),
                ..PageFacts::default()
            });
            reply.categories = self.context.categories.clone();
            return reply;
        }
        let luck = luck();
        if luck == Luck::Before {
            reply.failure = Some(failure(FailureKind::Passing, "pos-timeout"));
            return reply;
        }
        match self.change(request) {
            Ok(Some(category)) => reply.categories.push(category),
            Ok(None) => reply.failure = Some(failure(FailureKind::Passing, "pos-not-list")),
            Err(()) => {
                reply.failure = Some(failure(FailureKind::Refused, "pos-refused"));
                return reply;
            }
        }
        self.to_pos += 1;
        if luck == Luck::After {
            reply.categories.clear();
            reply.failure = Some(failure(FailureKind::Passing, "pos-timeout"));
        }
        reply
    }

    fn change(&mut self, request: &PushRequest) -> Result<Option<Category>, ()> {
        let own = request.path.strip_prefix("/categories/");
        if request.kind == PushRequestKind::Delete {
            let id = own.expect("an id");
            let categories = &mut self.context.categories;
            if categories
                .iter()
                .any(|other| other.parent_id.as_deref() == Some(id))
            {
                return Err(());
            }
            categories.retain(|other| other.id != id);
            return Ok(None);
        }
        let body: serde_json::Value = serde_json::from_str(&request.body).expect("a body");
        let mut row = match own {
            Some(id) => {
                let mut categories = self.context.categories.iter();
                categories.find(|row| row.id == id).cloned().ok_or(())?
            }
            None => Category {
                id: self.id().to_string(),
                name: String::new(),
                parent_id: None,
            },
        };
        if let Some(name) = body.get("categoryName").and_then(|name| name.as_str()) {
            row.name = name.into();
        }
        if let Some(parent) = body.get("parentId") {
            row.parent_id = parent.as_i64().map(|id| id.to_string());
        }
        let categories = &self.context.categories;
        let twin = categories.iter().any(|other| {
            other.id != row.id && other.parent_id == row.parent_id && same(&other.name, &row.name)
        });
        if twin {
            return Err(());
        }
        self.context.categories.retain(|other| other.id != row.id);
        self.context.categories.push(row.clone());
        assert!(self.levels() <= 3, "{:?}", self.context.categories);
        Ok(Some(row))
    }

    fn levels(&self) -> usize {
        let depth = |category: &Category| {
            let mut depth = 1;
            let mut above = category.parent_id.clone();
            while let Some(id) = above {
                depth += 1;
                assert!(depth < 9, "a circle: {:?}", self.context.categories);
                let mut categories = self.context.categories.iter();
                above = categories
                    .find(|row| row.id == id)
                    .and_then(|row| row.parent_id.clone());
            }
            depth
        };
        self.context.categories.iter().map(depth).max().unwrap_or(0)
    }

    /// Syncs and passes until neither has anything to do.
    fn rest(&mut self, luck: &mut impl FnMut() -> Luck) {
        for _ in 0..60 {
            let before = (self.to_pos, self.to_site);
            let due = self.sync();
            let outcome = if due {
                self.pass(luck)
            } else {
                PushOutcome::InStep
            };
            if outcome != PushOutcome::Failed && before == (self.to_pos, self.to_site) {
                return;
            }
        }
        panic!("no rest: {:#?}", self.context);
    }

    /// A person edits the site.
    fn edit_site(&mut self, dice: &mut Dice) {
        let count = self.context.terms.len() as u64;
        let at = dice.roll(count) as usize;
        let (id, own) = (self.context.terms[at].id, self.context.terms[at].parent);
        match dice.roll(5) {
            0 | 1 => {
                let parent = if dice.roll(3) == 0 { 0 } else { id };
                let new = self.id();
                let name = format!("S{new}");
                self.context
                    .terms
                    .push(term(new, &name, if parent == 1 { 0 } else { parent }));
            }
            2 if id != 1 => self.context.terms[at].name = format!("S{}", dice.roll(1_000_000)),
            3 if id != 1 => {
                let to = dice.roll(count) as usize;
                let to = self.context.terms[to].id;
                if to != 1 && !self.lies_under(to, id) {
                    self.context.terms[at].parent = to;
                }
            }
            4 if id != 1 => {
                // WordPress lifts the children.
                self.context.terms.retain(|term| term.id != id);
                for term in &mut self.context.terms {
                    if term.parent == id {
                        term.parent = own;
                    }
                }
            }
            _ => {}
        }
    }

    fn lies_under(&self, id: i64, ancestor: i64) -> bool {
        let mut next = id;
        while next != 0 {
            if next == ancestor {
                return true;
            }
            next = self.term(next).parent;
        }
        false
    }

    /// A person edits the POS.
    fn edit_pos(&mut self, dice: &mut Dice) {
        let count = self.context.categories.len() as u64;
        if count == 0 || dice.roll(4) == 0 {
            let id = self.id().to_string();
            self.context.categories.push(Category {
                name: format!("P{id}"),
                id,
                parent_id: None,
            });
            return;
        }
        let at = dice.roll(count) as usize;
        let id = self.context.categories[at].id.clone();
        if dice.roll(2) == 0 {
            self.context.categories[at].name = format!("P{}", dice.roll(1_000_000));
        } else {
            let mut categories = self.context.categories.iter();
            if !categories.any(|other| other.parent_id.as_ref() == Some(&id)) {
                self.context.categories.retain(|other| other.id != id);
            }
        }
    }
}

fn term(id: i64, name: &str, parent: i64) -> Term {
    Term {
        id,
        name: name.into(),
        parent,
    }
}

fn failure(kind: FailureKind, code: &str) -> Failure {
    Failure {
        kind,
        code: code.into(),
        params: Vec::new(),
        wait: None,
    }
}

/// Rounds of edits on alternating sides, the luck of each change by dice.
fn rounds(policy: Policy, seed: u64, count: usize, bad: u64) -> World {
    let mut dice = Dice(seed);
    let mut fate = Dice(seed ^ 99);
    let mut luck = move || match (bad, fate.roll(100)) {
        (bad, roll) if roll < bad => Luck::Before,
        (bad, roll) if roll < 2 * bad => Luck::After,
        _ => Luck::Good,
    };
    let mut world = World::new(policy);
    for round in 0..count {
        if round % 2 == 0 {
            world.edit_site(&mut dice);
        } else {
            world.edit_pos(&mut dice);
        }
        world.rest(&mut luck);
        let categories = &world.context.categories;
        for one in categories {
            let twins = categories
                .iter()
                .filter(|other| other.parent_id == one.parent_id && same(&other.name, &one.name));
            assert_eq!(twins.count(), 1, "{one:?} is there twice");
        }
        // Nothing answers what was just written.
        let before = (world.to_pos, world.to_site);
        world.sync();
        world.pass(&mut luck);
        assert_eq!(before, (world.to_pos, world.to_site), "round {round}");
    }
    world
}

#[test]
fn five_hundred_rounds_of_edits_on_both_trees_end_still() {
    for (policy, count) in [(Policy::Always, 500), (Policy::SiteOwns, 100)] {
        let world = rounds(policy, 20_261_123, count, 0);
        assert!(world.to_pos > 20 && world.context.categories.len() > 5);
    }
}

#[test]
fn whatever_is_lost_no_category_is_made_twice() {
    for seed in 0..6 {
        rounds(Policy::OnCreate, seed, 60, 15);
    }
}

#[test]
fn within_three_levels_both_trees_are_the_same_in_the_end() {
    let mut world = World::new(Policy::Always);
    for (id, name, parent) in [(10, "A", 0), (11, "B", 10), (12, "C", 11), (13, "D", 12)] {
        world.context.terms.push(term(id, name, parent));
    }
    world.rest(&mut || Luck::Good);
    let category = |world: &World, name: &str| {
        let mut categories = world.context.categories.iter();
        categories.find(|row| row.name == name).cloned()
    };
    let names: Vec<&str> = world
        .context
        .categories
        .iter()
        .map(|row| row.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["A", "B", "C"],
        "the fourth level and the category of none stay"
    );

    // B moves to the top, A under it; C is renamed.
    world.context.terms[2].parent = 0;
    world.context.terms[1].parent = 11;
    world.context.terms[3].name = "C2".into();
    world.rest(&mut || Luck::Good);
    let b = category(&world, "B").expect("B");
    assert_eq!(b.parent_id, None);
    assert_eq!(
        category(&world, "A").and_then(|a| a.parent_id),
        Some(b.id.clone())
    );
    assert_eq!(category(&world, "C2").and_then(|c| c.parent_id), Some(b.id));
    // D, whose ancestors have become fewer, is on the third level now.
    assert!(category(&world, "D").is_some());
}
