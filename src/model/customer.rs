//! Customers of the POS (kiotviet-api.md §5) and the small lists orders choose from (§8).

use super::{is_false, Instant};
use serde::{Deserialize, Serialize};

/// A customer of the POS, as the mirror keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PosCustomer {
    /// The id.
    pub id: String,
    /// The code, `KH000123`.
    pub code: String,
    /// The name.
    pub name: String,
    /// The phone as the POS has it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The second phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub second_phone: String,
    /// The e-mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Street.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Province, with the district when there is one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// Ward.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ward: String,
    /// Company.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub company: String,
    /// Tax code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tax_code: String,
    /// The branch it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch_id: Option<String>,
    /// The groups' ids, when the POS told them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub group_ids: Vec<String>,
    /// The groups' names, as the POS joins them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub groups: String,
    /// A marketplace hides who it is (`Q******o`): never written over what the site knows.
    #[serde(skip_serializing_if = "is_false")]
    pub masked: bool,
    /// What phones are compared by ([`crate::customers::phone_key`]); empty matches nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone_key: String,
    /// The same of the second phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub second_key: String,
    /// What e-mail addresses are compared by: trimmed, in lower case.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email_key: String,
    /// When it last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Instant>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Instant>,
}

/// An entry of a small list: surcharge, sale channel, bank account, user, customer group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PosEntry {
    /// Its id.
    pub id: String,
    /// Its name; of a bank account the bank.
    pub name: String,
    /// Its code; of a bank account the number, of a user the login.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// In use.
    pub active: bool,
}
