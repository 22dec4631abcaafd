//! Which file of the engine each function goes into.
//!
//! What a group of exports needs is told by linking it alone; a function needed by three groups goes
//! into a file these three load. So nothing is there twice, and nobody loads what nobody calls.

use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};
use walrus::Module;
use wasm2php::{Home, Piece};

/// A file of its own is worth this many bytes of PHP; fewer go where more groups read them.
const LEAST: usize = 12_000;

/// Groups by their place in `dongbo::bind::GROUPS`.
pub type Groups = BTreeSet<usize>;

/// Which groups need which functions, by the linker's names.
#[derive(Default)]
pub struct Needs(BTreeMap<String, Groups>);

impl Needs {
    /// Notes what the module of one group holds.
    pub fn add(&mut self, group: usize, wasm: &[u8]) -> Result<(), Error> {
        let module =
            Module::from_buffer(wasm).map_err(|error| Error::Module(format!("{error:#}")))?;
        for name in module
            .funcs
            .iter()
            .filter_map(|function| function.name.clone())
        {
            self.0.entry(name).or_default().insert(group);
        }
        Ok(())
    }

    /// The groups of each function; one that no group names, or whose name is not its own, is everybody's.
    pub fn of(&self, pieces: &[Piece<'_>]) -> Vec<Groups> {
        let all: Groups = self.0.values().flatten().copied().collect();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for name in pieces.iter().filter_map(|piece| piece.name) {
            let count = seen.entry(name).or_default();
            *count = count.saturating_add(1);
        }
        let groups_of = |piece: &Piece<'_>| {
            let name = piece.name.filter(|name| seen.get(name) == Some(&1))?;
            self.0.get(name).cloned()
        };
        pieces
            .iter()
            .map(|piece| groups_of(piece).unwrap_or_else(|| all.clone()))
            .collect()
    }
}

/// Joins sets of groups that need little of their own to larger sets, the smallest that holds them
/// first; gives the sets that remain, each with those that went into it. What nobody holds stays.
pub fn joined(wanted: &[Groups], pieces: &[Piece<'_>]) -> BTreeMap<Groups, Groups> {
    let mut sizes: BTreeMap<&Groups, usize> = BTreeMap::new();
    for (groups, piece) in wanted.iter().zip(pieces) {
        let size = sizes.entry(groups).or_default();
        *size = size.saturating_add(piece.size);
    }
    let mut target: BTreeMap<Groups, Groups> = BTreeMap::new();
    let mut by_count: Vec<(&Groups, usize)> = sizes.into_iter().collect();
    by_count.sort_by_key(|(groups, _)| groups.len());
    let mut carried: BTreeMap<Groups, usize> = BTreeMap::new();
    for (groups, own) in &by_count {
        let size = own.saturating_add(carried.get(*groups).copied().unwrap_or(0));
        let larger = by_count
            .iter()
            .filter(|(other, _)| other.len() > groups.len() && other.is_superset(groups))
            .min_by_key(|(other, own)| (other.len(), std::cmp::Reverse(*own)));
        match larger {
            Some((other, _)) if size < LEAST => {
                let sum = carried.entry((*other).clone()).or_default();
                *sum = sum.saturating_add(size);
                target.insert((*groups).clone(), (*other).clone());
            }
            _ => {
                target.insert((*groups).clone(), (*groups).clone());
            }
        }
    }
    let follow = |from: &Groups| {
        let mut at = from;
        while let Some(next) = target.get(at).filter(|next| *next != at) {
            at = next;
        }
        at.clone()
    };
    target
        .keys()
        .map(|from| (from.clone(), follow(from)))
        .collect()
}

/// `PlanningLooking`, `SharedBy5a`: the name of the class that a set of groups loads.
pub fn class(groups: &Groups, names: &[&str]) -> Home {
    if groups.len() == names.len() {
        return None;
    }
    let short: String = groups
        .iter()
        .filter_map(|group| names.get(*group))
        .map(|name| capital(name))
        .collect();
    let bits = groups.iter().fold(0u32, |bits, group| {
        bits | u32::try_from(*group)
            .ok()
            .and_then(|group| 1u32.checked_shl(group))
            .unwrap_or(0)
    });
    Some(if groups.len() <= 2 {
        short
    } else {
        format!("Shared{bits:02x}")
    })
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{class, joined, Groups};
    use wasm2php::Piece;

    fn groups(of: &[usize]) -> Groups {
        of.iter().copied().collect()
    }

    #[test]
    fn little_goes_where_all_who_need_it_look() {
        let sizes = [50_000, 100, 300, 40_000, 20_000];
        let wanted = [
            groups(&[0]),
            groups(&[1]),
            groups(&[0, 1]),
            groups(&[0, 1, 2]),
            groups(&[2]),
        ];
        let pieces: Vec<Piece<'_>> = sizes
            .iter()
            .map(|size| Piece {
                name: None,
                size: *size,
            })
            .collect();
        let found = joined(&wanted, &pieces);
        assert_eq!(found.get(&groups(&[0])), Some(&groups(&[0])));
        assert_eq!(found.get(&groups(&[1])), Some(&groups(&[0, 1, 2])));
        assert_eq!(found.get(&groups(&[0, 1])), Some(&groups(&[0, 1, 2])));
        assert_eq!(found.get(&groups(&[2])), Some(&groups(&[2])));
    }

    #[test]
    fn a_class_is_named_after_who_loads_it() {
        let names = ["running", "reading", "planning", "looking"];
        assert_eq!(class(&groups(&[2]), &names).as_deref(), Some("Planning"));
        assert_eq!(
            class(&groups(&[2, 3]), &names).as_deref(),
            Some("PlanningLooking")
        );
        assert_eq!(
            class(&groups(&[1, 2, 3]), &names).as_deref(),
            Some("Shared0e")
        );
        assert_eq!(class(&groups(&[0, 1, 2, 3]), &names), None);
    }
}
