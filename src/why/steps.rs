//! The facts a good's plan starts from, in words.

use super::{Step, Topic};
use crate::goods::selection::Selected;
use crate::goods::unsold::standing;
use crate::model::{Good, Kind, LinkKind, LinkState, Param};
use crate::plan::{FamilyInput, GoodsInput, Operation, Reason};
use crate::settings::{Select, Units, Unsold};
use crate::stock::param;
use crate::text::{decimal, integer};

/// One step a rule, in the order in which the planner asks them.
pub(super) fn of(plan: &GoodsInput, remote_id: &str, own: Option<&Operation>) -> Vec<Step> {
    let mut steps = Vec::new();
    let Some(family) = plan.families.first() else {
        return steps;
    };
    let Some(good) = family.goods.iter().find(|good| good.id == remote_id) else {
        return steps;
    };
    let mut say = |topic, code: &str, params| steps.push(step(topic, code, params));
    kind(good, &mut say);
    unit(plan, family, good, &mut say);
    let variants = |other: &&Good| !other.attributes.is_empty() && other.base_id == good.base_id;
    let count = family.goods.iter().filter(variants).count();
    if !good.attributes.is_empty() && count > 1 {
        let count = integer(i64::try_from(count).unwrap_or(i64::MAX));
        say(
            Topic::Variants,
            "why-variant-of",
            vec![param("count", &count)],
        );
    }
    stands(plan, good, &mut say);
    selection(plan, good, &mut say);
    matching(family, good, own, &mut say);
    if let Some(own) = own {
        steps.push(Step {
            topic: Topic::Operation,
            reason: own.reason.clone(),
        });
    }
    steps
}

fn kind(good: &Good, say: &mut impl FnMut(Topic, &str, Vec<Param>)) {
    let code = match good.kind {
        Kind::Ordinary => "why-kind-ordinary",
        Kind::Service => "why-kind-service",
        Kind::Combo => "why-kind-combo",
    };
    say(Topic::Kind, code, Vec::new());
}

fn unit(
    plan: &GoodsInput,
    family: &FamilyInput,
    good: &Good,
    say: &mut impl FnMut(Topic, &str, Vec<Param>),
) {
    let name = good.unit.as_deref().unwrap_or("");
    if let Some(base) = &good.base_id {
        let base = family.goods.iter().find(|other| other.id == *base);
        let base = base.map_or("", |base| base.code.as_str());
        let holds = decimal(good.conversion.0, 6);
        let params = vec![
            param("unit", name),
            param("holds", &holds),
            param("base", base),
        ];
        say(Topic::Unit, "why-unit-of", params);
        if plan.settings.units == Units::BaseOnly {
            say(Topic::Unit, "base-only", Vec::new());
        }
    } else if family
        .goods
        .iter()
        .any(|other| other.base_id.as_ref() == Some(&good.id))
    {
        say(Topic::Unit, "why-unit-base", vec![param("unit", name)]);
    }
}

fn stands(plan: &GoodsInput, good: &Good, say: &mut impl FnMut(Topic, &str, Vec<Param>)) {
    if good.deleted {
        return say(Topic::Standing, "pos-deleted", Vec::new());
    }
    let stopped = !good.active || crate::stock::stopped_everywhere(good, &plan.settings);
    let code = match (stopped, good.sold_directly) {
        (true, _) => "why-stopped",
        (false, false) => "why-not-sold",
        (false, true) => return,
    };
    say(Topic::Standing, code, Vec::new());
    let code = match standing(good, &plan.settings) {
        Unsold::Show => "why-shown",
        Unsold::OutOfStock => "why-out-of-stock",
        Unsold::Hide => "why-hidden",
        Unsold::Draft => "why-draft",
    };
    say(Topic::Standing, code, Vec::new());
}

fn selection(plan: &GoodsInput, good: &Good, say: &mut impl FnMut(Topic, &str, Vec<Param>)) {
    let selection = &plan.settings.selection;
    let selected = Selected::new(selection, &plan.categories);
    let code = if !selected.has(good) {
        if selection.except.contains(&good.id) {
            "why-excepted"
        } else {
            "not-selected"
        }
    } else {
        match selection.mode {
            Select::Everything => "why-selected-everything",
            Select::Categories => "why-selected-category",
            Select::Goods => "why-selected-good",
        }
    };
    say(Topic::Selection, code, Vec::new());
}

fn matching(
    family: &FamilyInput,
    good: &Good,
    own: Option<&Operation>,
    say: &mut impl FnMut(Topic, &str, Vec<Param>),
) {
    let mut links = family.links.iter();
    let link = links.find(|link| link.kind == LinkKind::Good && link.remote_id == good.id);
    if let Some(link) = link {
        let product = vec![param("product", &integer(link.shop_id))];
        say(Topic::Matching, "why-linked", product);
        match link.state {
            LinkState::Active => {}
            LinkState::Paused => say(Topic::Matching, "paused", Vec::new()),
            LinkState::Excluded => say(Topic::Matching, "excluded", Vec::new()),
        }
    } else if own.is_some_and(|own| own.shop_id.is_none()) {
        say(Topic::Matching, "why-unlinked", Vec::new());
    }
}

fn step(topic: Topic, code: &str, params: Vec<Param>) -> Step {
    let code = code.into();
    Step {
        topic,
        reason: Reason { code, params },
    }
}
