//! Why a field is as it is: the planner's own account of every field it looked at (product.md H4).
//!
//! Noted where the decision falls, so that "why", drift and preview never decide a second time.
//! Only when [`super::GoodsInput::explain`] asks for it: a sync plans without.

use crate::goods::policy::Decision;
use crate::settings::Policy;
use serde::{Deserialize, Serialize};

/// What was decided of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Both sides agree, or nothing has changed since the last write.
    InStep,
    /// The shop holds it already; it is only remembered.
    Baseline,
    /// It is written.
    Write,
    /// It differs and stays so.
    Keep,
    /// It differs, and the site's value belongs in the POS.
    Push,
    /// The site changed it on its own.
    Drift,
    /// A person decides.
    Review,
    /// A rule says that the POS's value cannot be written.
    Refused,
}

impl From<Decision> for Verdict {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::InStep => Self::InStep,
            Decision::Baseline => Self::Baseline,
            Decision::Write => Self::Write,
            Decision::Keep => Self::Keep,
            Decision::Push => Self::Push,
            Decision::Drift => Self::Drift,
            Decision::Review => Self::Review,
        }
    }
}

/// Both values of a field at the last write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastValues {
    /// What the POS asked for.
    pub pos: String,
    /// What the shop held after saving.
    pub shop: String,
}

/// One field and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The field, see [`super::Change::field`].
    pub field: String,
    /// The owner's choice for it; absent where none applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// What the POS asks for, in the shop's form.
    pub pos: String,
    /// What the shop holds.
    pub shop: String,
    /// The last write; absent when nothing is remembered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastValues>,
    /// The POS's own number of stock, where what the site's orders hold is taken off `pos` (D5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pos_alone: Option<String>,
    /// What was decided.
    pub verdict: Verdict,
    /// What the plan writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The rule that decided, as a code of `src/words.json`.
    pub reason: String,
}
