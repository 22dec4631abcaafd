//! Categories (§2) and brands (§3.1).

use serde::{Deserialize, Serialize};

use super::Overrides;
use crate::time::VnTime;

/// A category; at most three levels.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Category {
    /// Numbered from 1600001 when 0.
    pub category_id: i64,
    /// Absent for a root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<i64>,
    /// At most 125 characters in KiotViet; not enforced here, so that longer ones can be tried.
    pub category_name: String,
    /// Undocumented, seen live.
    pub rank: i64,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<VnTime>,
    /// Absent if never changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_date: Option<VnTime>,
    /// Odd values on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Box<Overrides>>,
}

/// A brand.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TradeMark {
    /// Numbered from 300001 when 0.
    pub trade_mark_id: i64,
    /// Shown name.
    pub trade_mark_name: String,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<VnTime>,
    /// Absent if never changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_date: Option<VnTime>,
    /// Odd values on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Box<Overrides>>,
}
