//! Paging parameters of the common list contract (§1.5).

use std::collections::HashSet;

use crate::catalogue::Gone;
use crate::order::Direction;
use crate::query::Query;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::wire::{Envelope, Refusal, RemovedIds};

const DEFAULT_SIZE: i64 = 20;
const MAX_SIZE: i64 = 100;
/// What KiotViet's own plugin asks for with `isMykiot=true` (UNSURE-6).
const MYKIOT_SIZE: i64 = 1_000;

/// The common parameters, read.
pub struct Page {
    /// Effective page size.
    pub size: i64,
    /// 0-based row offset.
    pub offset: usize,
    /// `orderBy`, empty when absent.
    pub order_by: String,
    /// `orderDirection`.
    pub direction: Direction,
    /// `lastModifiedFrom`.
    pub since: Option<VnTime>,
    /// `includeRemoveIds`.
    pub with_removed: bool,
}

impl Page {
    /// Reads the common parameters.
    ///
    /// # Errors
    /// 400 for an unreadable value; 420 where a switch says so.
    pub fn read(query: &Query, switches: &Switches) -> Result<Self, Refusal> {
        let offset = query.int("currentItem")?.unwrap_or(0).max(0);
        Ok(Self {
            size: size(query, switches)?,
            offset: usize::try_from(offset).unwrap_or(usize::MAX),
            order_by: query.text("orderBy").unwrap_or_default().to_owned(),
            direction: Direction::parse(query.text("orderDirection")),
            since: query.moment("lastModifiedFrom", switches)?,
            with_removed: query.flag("includeRemoveIds")?,
        })
    }

    /// Whether a row counts as modified since `lastModifiedFrom`, inclusive; a row never modified counts by its creation.
    pub fn admits(&self, modified: Option<VnTime>, created: Option<VnTime>) -> bool {
        self.since
            .is_none_or(|since| modified.or(created).is_some_and(|at| at >= since))
    }

    /// The rows of this page.
    pub fn slice<'a, T>(&self, rows: &'a [T]) -> &'a [T] {
        let end = self
            .offset
            .saturating_add(usize::try_from(self.size).unwrap_or(0))
            .min(rows.len());
        rows.get(self.offset..end).unwrap_or_default()
    }

    /// Ids deleted since `lastModifiedFrom`, each once.
    pub fn removed_ids(&self, gone: &[Gone]) -> Vec<i64> {
        let mut seen = HashSet::new();
        let since = gone
            .iter()
            .filter(|gone| self.since.is_none_or(|since| gone.at >= since));
        since
            .map(|gone| gone.id)
            .filter(|id| seen.insert(*id))
            .collect()
    }

    /// The envelope around a page of rows.
    pub fn envelope(&self, total: usize, rows: Vec<String>, switches: &Switches) -> Envelope {
        Envelope {
            total: i64::try_from(total).unwrap_or(i64::MAX),
            page_size: self.size,
            rows,
            removed: None,
            timestamp: None,
            keep_empty_data: switches.reading(7) == 'B',
            without_data: false,
        }
    }

    /// The removed list as branches and categories name it.
    pub fn removed_list(&self, gone: &[Gone]) -> Option<RemovedIds> {
        (self.with_removed || self.since.is_some()).then(|| RemovedIds {
            key: "removedIds",
            ids: self.removed_ids(gone),
            even_empty: self.with_removed,
        })
    }
}

fn size(query: &Query, switches: &Switches) -> Result<i64, Refusal> {
    let asked = query
        .int("pageSize")?
        .filter(|size| *size > 0)
        .unwrap_or(DEFAULT_SIZE);
    let max = if query.flag("isMykiot")? || switches.reading(6) == 'B' {
        MYKIOT_SIZE
    } else {
        MAX_SIZE
    };
    if asked > max && switches.reading(6) == 'C' {
        return Err(Refusal::business(
            "KvValidateException",
            "pageSize không được lớn hơn 100",
        ));
    }
    Ok(asked.min(max))
}
