//! Gathers the changes of one object, field by field, and makes the operation of them.

use super::{Change, Operation, OperationKind, Parent, Reason};
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
}

impl<'a> Draft<'a> {
    pub fn new(mode: Mode, shop: Option<&'a ShopProduct>, remembered: &'a [LinkField]) -> Self {
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
        let decision = decide(self.mode, policy, nature, last, pos, shop, equal);
        match decision {
            Decision::InStep | Decision::Drift => {}
            Decision::Baseline => self.change(name, shop, None, pos, "baseline"),
            Decision::Write => self.change(name, shop, Some(pos), pos, reason),
            Decision::Keep => join(&mut self.kept, name),
            Decision::Push => join(&mut self.pushed, name),
            Decision::Review => join(&mut self.reviewed, name),
        }
        decision
    }

    /// Notes a change as it is.
    pub fn change(
        &mut self,
        field: &str,
        before: &str,
        after: Option<&str>,
        pos: &str,
        reason: &str,
    ) {
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
        }
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
        }
    }
}

fn join(list: &mut String, name: &str) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(name);
}
