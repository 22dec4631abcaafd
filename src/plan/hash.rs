//! The hash of a family's operations (product.md H3): the browser and the server plan on their own,
//! and what a person has seen is applied only where both came to the same.
//!
//! Two lanes of 64 bits, each fed the same words of 8 bytes in the manner of FNV-1a with the high
//! half folded down after each multiplication. Every text is preceded by its length and every list
//! by its number, so that no two plans read the same. It guards against chance, not against malice:
//! the server applies nothing but its own plan.

use super::{Change, Operation, OperationKind, Parent, Reason};
use crate::model::{Attribute, LinkKind, Param, ShopAttribute, ShopType};

/// The hash of operations as 32 hexadecimal digits.
pub(super) fn of(operations: &[Operation]) -> String {
    let mut hash = Hash::default();
    hash.list(operations, Hash::operation);
    let Hash(first, second) = hash;
    let mut text = String::with_capacity(32);
    for lane in [first, second] {
        for shift in (0..16_u32).rev() {
            let digit = u32::try_from(lane >> shift.saturating_mul(4) & 15).unwrap_or(0);
            text.extend(char::from_digit(digit, 16));
        }
    }
    text
}

struct Hash(u64, u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325, 0x6c62_272e_07bb_0142)
    }
}

impl Hash {
    fn word(&mut self, word: u64) {
        const FIRST: u64 = 0x0000_0100_0000_01b3;
        const SECOND: u64 = 0x9e37_79b9_7f4a_7c15;
        self.0 = (self.0 ^ word).wrapping_mul(FIRST);
        self.0 ^= self.0 >> 29;
        self.1 = (self.1 ^ word).wrapping_mul(SECOND);
        self.1 ^= self.1 >> 31;
    }

    fn number(&mut self, number: usize) {
        self.word(u64::try_from(number).unwrap_or(u64::MAX));
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        for part in text.as_bytes().chunks(8) {
            let word = part
                .iter()
                .rev()
                .fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            self.word(word);
        }
    }

    fn list<T>(&mut self, list: &[T], each: fn(&mut Self, &T)) {
        self.number(list.len());
        for one in list {
            each(self, one);
        }
    }

    fn option<T: ?Sized>(&mut self, value: Option<&T>, each: fn(&mut Self, &T)) {
        self.word(u64::from(value.is_some()));
        if let Some(value) = value {
            each(self, value);
        }
    }

    fn operation(&mut self, operation: &Operation) {
        // Everything a person is shown or the shell carries out; a new field must be added here.
        let Operation {
            kind,
            reason,
            remote_kind,
            remote_id,
            label,
            product,
            shop_id,
            parent,
            changes,
            attributes,
            values,
            dropped,
            // Telling why changes nothing.
            explained: _,
        } = operation;
        self.word(match kind {
            OperationKind::Create => 1,
            OperationKind::Update => 2,
            OperationKind::Link => 3,
            OperationKind::Convert => 4,
            OperationKind::Unlink => 5,
            OperationKind::Skip => 6,
            OperationKind::Review => 7,
            OperationKind::Release => 8,
        });
        self.reason(reason);
        self.word(match remote_kind {
            LinkKind::Good => 1,
            LinkKind::Family => 2,
        });
        self.text(remote_id);
        self.text(label);
        self.word(match product {
            ShopType::Simple => 1,
            ShopType::Variable => 2,
            ShopType::Variation => 3,
            ShopType::Other => 4,
        });
        self.option(shop_id.as_ref(), Self::id);
        self.option(parent.as_ref(), Self::parent);
        self.list(changes, Self::change);
        self.list(attributes, Self::attribute);
        self.list(values, Self::value);
        self.list(dropped, |hash, name| hash.text(name));
    }

    fn id(&mut self, id: &i64) {
        self.word(u64::from_ne_bytes(id.to_ne_bytes()));
    }

    fn reason(&mut self, reason: &Reason) {
        self.text(&reason.code);
        self.list(&reason.params, |hash, Param { name, value }| {
            hash.text(name);
            hash.text(value);
        });
    }

    fn parent(&mut self, parent: &Parent) {
        self.option(parent.shop_id.as_ref(), Self::id);
        self.text(&parent.family);
    }

    fn change(&mut self, change: &Change) {
        let Change {
            field,
            before,
            after,
            pos,
            reason,
        } = change;
        self.text(field);
        self.option(before.as_deref(), Self::text);
        self.option(after.as_deref(), Self::text);
        self.text(pos);
        self.text(reason);
    }

    fn attribute(&mut self, attribute: &ShopAttribute) {
        self.text(&attribute.name);
        self.list(&attribute.values, |hash, value| hash.text(value));
    }

    fn value(&mut self, attribute: &Attribute) {
        self.text(&attribute.name);
        self.text(&attribute.value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(label: &str, changes: &[(&str, &str)]) -> Operation {
        let changes = changes.iter().map(|(field, after)| Change {
            field: (*field).into(),
            before: None,
            after: Some((*after).into()),
            pos: String::new(),
            reason: String::new(),
        });
        Operation {
            kind: OperationKind::Update,
            reason: Reason {
                code: "changed".into(),
                params: Vec::new(),
            },
            remote_kind: LinkKind::Good,
            remote_id: "1".into(),
            label: label.into(),
            product: ShopType::Simple,
            shop_id: Some(7),
            parent: None,
            changes: changes.collect(),
            attributes: Vec::new(),
            values: Vec::new(),
            dropped: Vec::new(),
            explained: Vec::new(),
        }
    }

    #[test]
    fn plans_that_differ_anywhere_have_other_hashes() {
        let plans = [
            vec![],
            vec![operation("a", &[])],
            vec![operation("a", &[]), operation("a", &[])],
            vec![operation("b", &[])],
            vec![operation("a", &[("stock", "12")])],
            vec![operation("a", &[("stock", "1"), ("2", "")])],
            vec![operation("a", &[("stock1", "2")])],
            vec![operation("a", &[("stock", "12\0")])],
            vec![Operation {
                shop_id: None,
                ..operation("a", &[])
            }],
            vec![Operation {
                dropped: vec!["Màu".into()],
                ..operation("a", &[])
            }],
        ];
        let mut hashes: Vec<String> = plans.iter().map(|plan| of(plan)).collect();
        assert!(hashes.iter().all(|hash| hash.len() == 32));
        assert_eq!(plans.last().map(|plan| of(plan)), hashes.last().cloned());
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), plans.len());
    }
}
