//! The envelope every list shares (§1.5).

use super::row::{array, Row};
use crate::time::VnTime;

/// The list of ids that went, under the name the endpoint uses.
pub struct RemovedIds {
    /// `removedIds`, `removeIds` or `removeId`.
    pub key: &'static str,
    /// The ids.
    pub ids: Vec<i64>,
    /// Present even when empty: products with `includeRemoveIds` (§3.2).
    pub even_empty: bool,
}

/// A page of rows that are JSON text already.
pub struct Envelope {
    /// All rows that match, not those of the page.
    pub total: i64,
    /// Effective page size.
    pub page_size: i64,
    /// The page.
    pub rows: Vec<String>,
    /// Deleted ids, when the endpoint reports them.
    pub removed: Option<RemovedIds>,
    /// Server time, on the endpoints that send one.
    pub timestamp: Option<VnTime>,
    /// `data: []` instead of no `data` (UNSURE-7).
    pub keep_empty_data: bool,
    /// A fault: no `data` although there are rows.
    pub without_data: bool,
}

impl Envelope {
    /// The envelope as JSON text.
    pub fn into_json(self) -> String {
        let mut row = Row::new();
        row.int("total", self.total).int("pageSize", self.page_size);
        if !self.without_data && (self.keep_empty_data || !self.rows.is_empty()) {
            row.json("data", array(self.rows));
        }
        if let Some(removed) = self
            .removed
            .filter(|removed| removed.even_empty || !removed.ids.is_empty())
        {
            row.json(removed.key, array(removed.ids.iter().map(i64::to_string)));
        }
        if let Some(timestamp) = self.timestamp {
            row.json("timestamp", format!("\"{}\"", timestamp.stamp()));
        }
        row.finish()
    }
}
