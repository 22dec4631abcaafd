//! Branches (§1.6).

use serde::{Deserialize, Serialize};

use super::Overrides;
use crate::time::VnTime;

/// A place that sells and holds stock.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Branch {
    /// Numbered from 200001 when 0.
    pub id: i64,
    /// Shown name.
    pub branch_name: String,
    /// Missing in a live row, so optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch_code: Option<String>,
    /// Street address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Live form `+84…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_number: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
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
