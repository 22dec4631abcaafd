//! Odd values on purpose: what a row says instead of what it means.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The key `raw` of a row: replaces, adds or drops fields of the row as it is sent.
///
/// Filters, sorting, stock and the audit go on using the intended values. Boxed by its owners: nearly every row has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Overrides {
    /// JSON text that stands for the whole row (`"$row"`).
    #[serde(rename = "$row", skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Fields left out (`"$omit"`).
    #[serde(rename = "$omit", skip_serializing_if = "Vec::is_empty")]
    pub omit: Vec<String>,
    /// Field → JSON text written verbatim (`"$text"`): lone surrogates, `1e400`, numbers of 40 digits.
    #[serde(rename = "$text", skip_serializing_if = "BTreeMap::is_empty")]
    pub text: BTreeMap<String, String>,
    /// Every other key: the JSON value written in its place; `null` is written as `null`.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}
