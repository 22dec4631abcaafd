//! What is said when something is not in step: a code with parameters, never a sentence.

use serde::{Deserialize, Serialize};

/// One named value of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    /// The placeholder's name in the message.
    pub name: String,
    /// The value, already as text.
    pub value: String,
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing is out of step.
    Notice,
    /// This item is not in step until somebody acts.
    Review,
    /// The run could not go on.
    Stop,
}

/// The item an issue is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// `good`, `category`, `branch`, `book`, `page`, `connection`.
    pub kind: String,
    /// The POS id, when one could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What a person calls it: the SKU and name, or the place in the list.
    pub label: String,
}

/// Something that is not in step, with its cause (Q4).
///
/// `code` has a sentence, a remedy and a translation in `src/words.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The cause's code.
    pub code: String,
    /// Values for its sentence.
    #[serde(default)]
    pub params: Vec<Param>,
    /// The item.
    pub item: Item,
    /// How much it matters.
    pub severity: Severity,
}
