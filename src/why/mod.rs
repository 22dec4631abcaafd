//! Why a good is as it is on the site (product.md H4): every field with the rule that decided it,
//! and every rule about the good as a whole.
//!
//! Nothing is decided here. The planner plans the good's family with
//! [`crate::plan::GoodsInput::explain`] and its own account is handed on, with the facts it started
//! from put into words.

mod steps;

use crate::model::{Issue, LinkKind};
use crate::plan::{plan_goods, GoodsInput, GoodsPlan, Operation, Reason};
use serde::{Deserialize, Serialize};

/// What [`why`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyInput {
    /// The good's POS id.
    pub remote_id: String,
    /// The good's family, as it is planned.
    pub plan: GoodsInput,
    /// What keeps the whole connection or run from writing now (D4, A7), each with a sentence.
    #[serde(default)]
    pub stops: Vec<Reason>,
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Ordinary, service, combo (B1).
    Kind,
    /// Base unit or unit of another good (B3).
    Unit,
    /// One of several variants (B2).
    Variants,
    /// Stopped, not sold directly, deleted (B7, B8).
    Standing,
    /// Whether it is kept in step at all (B6).
    Selection,
    /// How it found its product (B4).
    Matching,
    /// What is done.
    Operation,
    /// What is not in step.
    Issue,
    /// What keeps everything from being written (D4, A7).
    Stop,
}

/// One rule about the good as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it is about.
    pub topic: Topic,
    /// The rule, as a code with values.
    pub reason: Reason,
}

/// The account of one good.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The rules about the good as a whole, in the order in which they are asked.
    pub steps: Vec<Step>,
    /// What is planned for the good, with every field; absent when the POS knows no such good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good: Option<Operation>,
    /// What is planned for the variable product above it, when it is a variant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Operation>,
    /// What is said of the good and its family.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

/// Tells why a good is as it is.
#[must_use]
pub fn why(input: WhyInput) -> Why {
    let WhyInput {
        remote_id,
        mut plan,
        stops,
    } = input;
    plan.explain = true;
    let of_good = |good: &crate::model::Good| good.id == remote_id;
    plan.families
        .retain(|family| family.goods.iter().any(of_good));
    let GoodsPlan { families, .. } = plan_goods(plan.clone());
    let Some(planned) = families.into_iter().next() else {
        return Why::default();
    };
    // A conversion ends the good's own link and makes a new one: the last says what becomes of it.
    let mut operations = planned.operations.into_iter();
    let (mut own, mut above): (Option<Operation>, Vec<Operation>) = (None, Vec::new());
    for operation in operations.by_ref() {
        match operation.remote_kind {
            LinkKind::Good if operation.remote_id == remote_id => own = Some(operation),
            LinkKind::Good => {}
            LinkKind::Family => above.push(operation),
        }
    }
    let under = own
        .as_ref()
        .and_then(|own| own.parent.as_ref())
        .map(|parent| parent.family.clone())
        .or_else(|| linked_family(&plan, &remote_id));
    let family = above
        .into_iter()
        .find(|above| under.as_ref() == Some(&above.remote_id));
    let named = |issue: &Issue| {
        let id = issue.item.id.as_deref();
        id == Some(remote_id.as_str())
            || family
                .as_ref()
                .is_some_and(|above| id == Some(above.remote_id.as_str()))
            || matches!(issue.item.kind.as_str(), "branch" | "connection")
    };
    let issues: Vec<Issue> = planned.issues.into_iter().filter(named).collect();
    let mut steps = steps::of(&plan, &remote_id, own.as_ref());
    steps.extend(issues.iter().map(|issue| Step {
        topic: Topic::Issue,
        reason: Reason {
            code: issue.code.clone(),
            params: issue.params.clone(),
        },
    }));
    steps.extend(stops.into_iter().map(|reason| Step {
        topic: Topic::Stop,
        reason,
    }));
    Why {
        steps,
        good: own,
        family,
        issues,
    }
}

/// The family id the good's link names: a skip names no parent.
fn linked_family(plan: &GoodsInput, remote_id: &str) -> Option<String> {
    let links = plan.families.iter().flat_map(|family| &family.links);
    let mut links = links.filter(|link| link.kind == LinkKind::Good);
    let link = links.find(|link| link.remote_id == remote_id)?;
    Some(link.family.clone())
}
