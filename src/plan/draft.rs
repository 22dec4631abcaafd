//! Gathers the changes of one object, field by field, and makes the operation of them.

use super::context::Shared;
use super::{
    Change, Explained, Hold, LastValues, Operation, OperationKind, Parent, Reason, Verdict,
};
use crate::goods::policy::{decide, Decision, Mode, Nature};
use crate::model::{Attribute, LinkField, LinkKind, ShopAttribute, ShopProduct, ShopType};
use crate::settings::Policy;
use crate::stock::param;

/// A field to decide.
pub(super) struct Field<'f> {
    pub name: &'static str,
    pub policy: Policy,
    pub nature: Nature,
    /// What the POS says, in the shop's form.
    pub pos: &'f str,
    /// What the shop holds.
    pub shop: &'f str,
    /// The shop holds the POS value in its own form.
    pub equal: bool,
    /// Why it is written.
    pub reason: &'static str,
}

/// One object's changes so far.
pub(super) struct Draft<'a> {
    pub mode: Mode,
    pub shop: Option<&'a ShopProduct>,
    remembered: &'a [LinkField],
    next: usize,
    changes: Vec<Change>,
    kept: String,
    pub pushed: String,
    pub reviewed: String,
    pub attributes: Vec<ShopAttribute>,
    pub values: Vec<Attribute>,
    pub dropped: Vec<String>,
    pub repair: bool,
    holds: Vec<&'a Hold>,
    held: String,
    /// Holds that are over.
    pub released: Vec<Hold>,
    explained: Option<Vec<Explained>>,
}

/// Why a field that a person has undone stays.
const HELD: &str = "held";

/// Why drift is written after all.
pub(super) const REPAIRED: &str = "repaired";

impl<'a> Draft<'a> {
    pub fn new(
        shared: &Shared<'_>,
        mode: Mode,
        shop: Option<&'a ShopProduct>,
        remembered: &'a [LinkField],
    ) -> Self {
        Self {
            mode,
            shop,
            remembered,
            next: 0,
            changes: Vec::new(),
            kept: String::new(),
            pushed: String::new(),
            reviewed: String::new(),
            attributes: Vec::new(),
            values: Vec::new(),
            dropped: Vec::new(),
            repair: shared.repair,
            holds: Vec::new(),
            held: String::new(),
            released: Vec::new(),
            explained: shared.explain.then(Vec::new),
        }
    }

    /// Whether the object is made by this plan, or was by one that was cut off.
    pub fn creating(&self) -> bool {
        matches!(self.mode, Mode::Create | Mode::Resume)
    }

    /// What is remembered of a field. Fields are asked for in the order in which they were stored,
    /// so the search goes on from the last one found.
    pub fn recall(&mut self, field: &str) -> Option<&'a LinkField> {
        let rest = self.remembered.get(self.next..).unwrap_or_default();
        let ahead = rest.iter().position(|last| last.field == field);
        let at = match ahead {
            Some(ahead) => self.next.checked_add(ahead),
            None => self
                .remembered
                .iter()
                .take(self.next)
                .position(|last| last.field == field),
        }?;
        self.next = at;
        self.remembered.get(at)
    }

    /// The fields of this object that a person has undone.
    pub fn holding(&mut self, holds: Vec<&'a Hold>) {
        self.holds = holds;
    }

    /// Whether a field is held at this POS value; a hold at another value is over, and so is one
    /// that somebody asks to repair.
    pub fn holds(&mut self, field: &str, pos: &str) -> bool {
        let at = self.holds.iter().position(|hold| hold.field == field);
        let Some(hold) = at.and_then(|at| self.holds.get(at)) else {
            return false;
        };
        if hold.pos == pos && !self.repair {
            return true;
        }
        self.released.push((*hold).clone());
        self.holds.retain(|hold| hold.field != field);
        false
    }

    /// Decides a field by the truth table and notes what follows.
    pub fn put(&mut self, field: Field<'_>) -> Decision {
        let last = self.recall(field.name);
        let Field {
            name,
            policy,
            nature,
            pos,
            shop,
            equal,
            reason,
        } = field;
        let mut decision = decide(self.mode, policy, nature, last, pos, shop, equal);
        let mut reason = reason;
        // Asked of every field, so that a hold that is over is noticed.
        if self.holds(name, pos) && !matches!(decision, Decision::InStep | Decision::Baseline) {
            join(&mut self.held, name);
            self.tell(name, Some(policy), (pos, shop), Verdict::Keep, HELD);
            return Decision::Keep;
        }
        if self.repair && matches!(decision, Decision::Drift | Decision::Review) {
            (decision, reason) = (Decision::Write, REPAIRED);
        }
        let why = because(decision, policy, reason);
        self.tell(name, Some(policy), (pos, shop), decision.into(), why);
        match decision {
            Decision::InStep | Decision::Drift => {}
            Decision::Baseline => self.note(name, shop, None, pos, "baseline"),
            Decision::Write => self.note(name, shop, Some(pos), pos, reason),
            Decision::Keep => join(&mut self.kept, name),
            Decision::Push => join(&mut self.pushed, name),
            Decision::Review => join(&mut self.reviewed, name),
        }
        decision
    }

    /// Notes what was decided of a field, when somebody asks for it: (POS value, shop value).
    pub fn tell(
        &mut self,
        field: &str,
        policy: Option<Policy>,
        (pos, shop): (&str, &str),
        verdict: Verdict,
        reason: &str,
    ) {
        if self.explained.is_none() {
            return;
        }
        let last = self.recall(field).map(|last| LastValues {
            pos: last.pos.clone(),
            shop: last.shop.clone(),
        });
        if let Some(explained) = &mut self.explained {
            explained.push(Explained {
                field: field.into(),
                policy,
                pos: pos.into(),
                shop: shop.into(),
                last,
                pos_alone: None,
                verdict,
                after: (verdict == Verdict::Write).then(|| pos.into()),
                reason: reason.into(),
            });
        }
    }

    /// The POS's own number of the field told last, where `pos` is less (D5).
    pub fn alone(&mut self, number: String) {
        let explained = self.explained.as_mut().and_then(|list| list.last_mut());
        if let Some(explained) = explained {
            explained.pos_alone = Some(number);
        }
    }

    /// A change that no policy decides.
    pub fn change(
        &mut self,
        field: &str,
        before: &str,
        after: Option<&str>,
        pos: &str,
        reason: &str,
    ) {
        let verdict = match after {
            Some(_) => Verdict::Write,
            None => Verdict::Baseline,
        };
        self.tell(field, None, (pos, before), verdict, reason);
        let explained = self.explained.as_mut().and_then(|list| list.last_mut());
        if let Some(explained) = explained {
            explained.after = after.map(Into::into);
        }
        self.note(field, before, after, pos, reason);
    }

    fn note(&mut self, field: &str, before: &str, after: Option<&str>, pos: &str, reason: &str) {
        let before = if before.is_empty() || self.mode == Mode::Create {
            None
        } else {
            Some(before.into())
        };
        self.changes.push(Change {
            field: field.into(),
            before,
            after: after.map(Into::into),
            pos: pos.into(),
            reason: reason.into(),
        });
    }

    /// The operation: without changes an update is a skip that says why.
    pub fn finish(self, reason: &'static str, who: Who, parent: Option<Parent>) -> Operation {
        let writes = self.changes.iter().any(|change| change.after.is_some());
        let (kind, code) = match self.mode {
            Mode::Create => (OperationKind::Create, reason),
            Mode::Resume | Mode::Link => (OperationKind::Link, reason),
            Mode::Update if writes => (OperationKind::Update, "changed"),
            Mode::Update if !self.changes.is_empty() => (OperationKind::Update, "baseline"),
            Mode::Update => (OperationKind::Skip, "in-step"),
        };
        let waits = [
            (HELD, &self.held),
            ("both-changed", &self.reviewed),
            ("push-later", &self.pushed),
            ("kept", &self.kept),
        ];
        let why = waits
            .into_iter()
            .find(|(_, fields)| code == "in-step" && !fields.is_empty());
        let (code, params) = match why {
            Some((code, fields)) => (code, vec![param("fields", fields)]),
            None => (code, Vec::new()),
        };
        Operation {
            kind,
            reason: Reason {
                code: code.into(),
                params,
            },
            remote_kind: who.kind,
            remote_id: who.id,
            label: who.label,
            product: self.shop.map_or(who.product, |shop| shop.kind),
            shop_id: self.shop.map(|shop| shop.id),
            parent: parent.filter(|_| kind != OperationKind::Skip),
            changes: self.changes,
            attributes: self.attributes,
            values: self.values,
            dropped: self.dropped,
            explained: self.explained.unwrap_or_default(),
        }
    }
}

/// The rule that decided: where the POS does not, it is the owner's choice or what happened.
fn because(decision: Decision, policy: Policy, reason: &'static str) -> &'static str {
    match decision {
        Decision::InStep | Decision::Baseline | Decision::Write => reason,
        Decision::Keep => left_to_site(policy),
        Decision::Push => "site-owns",
        Decision::Drift => "site-changed",
        Decision::Review => "both-changed-field",
    }
}

/// Why a field that differs is not written.
pub(super) fn left_to_site(policy: Policy) -> &'static str {
    match policy {
        Policy::Never => "never",
        Policy::SiteOwns => "site-owns",
        Policy::OnCreate | Policy::Always => "only-created",
    }
}

/// Whom an operation is about.
pub(super) struct Who {
    pub kind: LinkKind,
    pub id: String,
    pub label: String,
    pub product: ShopType,
}

impl Who {
    /// An operation that writes nothing.
    pub fn nothing(self, kind: OperationKind, reason: Reason, shop_id: Option<i64>) -> Operation {
        Operation {
            kind,
            reason,
            remote_kind: self.kind,
            remote_id: self.id,
            label: self.label,
            product: self.product,
            shop_id,
            parent: None,
            changes: Vec::new(),
            attributes: Vec::new(),
            values: Vec::new(),
            dropped: Vec::new(),
            explained: Vec::new(),
        }
    }
}

fn join(list: &mut String, name: &str) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(name);
}
