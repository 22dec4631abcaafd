//! The records in which things are said, built in one place: a text made at each call would cost
//! a hundred bytes of code each, and all of it becomes PHP.

use super::answer::{Failure, FailureKind};
use crate::model::{Issue, Item, Param, Severity};

/// A text of one's own.
#[inline(never)]
pub(crate) fn owned(text: &str) -> String {
    text.into()
}

/// Named values; empty ones are left out.
#[inline(never)]
pub(crate) fn params(pairs: &[(&str, &str)]) -> Vec<Param> {
    let mut params = Vec::with_capacity(pairs.len());
    for (name, value) in pairs {
        if value.is_empty() {
            continue;
        }
        params.push(Param {
            name: owned(name),
            value: owned(value),
        });
    }
    params
}

/// An issue of an item.
#[inline(never)]
pub(crate) fn issue(
    code: &str,
    severity: Severity,
    (kind, id, label): (&str, Option<&str>, &str),
    params: Vec<Param>,
) -> Issue {
    let item = Item {
        kind: owned(kind),
        id: id.map(owned),
        label: owned(label),
    };
    Issue {
        code: owned(code),
        params,
        item,
        severity,
    }
}

/// A failure without a wait.
#[inline(never)]
pub(crate) fn failure(kind: FailureKind, code: &str, values: &[(&str, &str)]) -> Failure {
    Failure {
        kind,
        code: owned(code),
        params: params(values),
        wait: None,
    }
}
