//! Customers and their groups (§5).

use serde::{Deserialize, Serialize};

use super::Overrides;
use crate::number::Number;
use crate::time::VnTime;

/// A customer as the shop knows it. What the API shows of a masked one is less.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Customer {
    /// Numbered from 60000001 when 0.
    pub id: i64,
    /// `KH000001`; made from the id when empty.
    pub code: String,
    /// Full name.
    pub name: String,
    /// 0 person, 1 company.
    #[serde(rename = "type")]
    pub kind: i64,
    /// `true` male, `false` female.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<bool>,
    /// Day of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<VnTime>,
    /// As it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_number: Option<String>,
    /// Second number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_number: Option<String>,
    /// Identity card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identification_number: Option<String>,
    /// Street.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Province - district.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_name: Option<String>,
    /// Ward.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ward_name: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<String>,
    /// Tax code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_code: Option<String>,
    /// Loyalty points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reward_point: Option<i64>,
    /// Ids of the groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub group_ids: Vec<i64>,
    /// The branch it belongs to where customers are managed per branch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch_id: Option<i64>,
    /// Stopped customers cannot order.
    pub is_active: bool,
    /// From a marketplace: the API shows `Q******o` and no contact (§5).
    pub masked: bool,
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

impl Default for Customer {
    fn default() -> Self {
        Self {
            id: 0,
            code: String::new(),
            name: String::new(),
            kind: 0,
            gender: None,
            birth_date: None,
            contact_number: None,
            sub_number: None,
            identification_number: None,
            address: None,
            location_name: None,
            ward_name: None,
            email: None,
            organization: None,
            comments: None,
            tax_code: None,
            reward_point: None,
            group_ids: Vec::new(),
            branch_id: None,
            is_active: true,
            masked: false,
            created_date: None,
            modified_date: None,
            raw: None,
        }
    }
}

impl Customer {
    /// The name as the API shows it: of a masked customer only first and last letter.
    pub fn shown_name(&self) -> String {
        let mut letters = self.name.chars();
        match (letters.next(), letters.next_back()) {
            (Some(first), Some(last)) if self.masked => format!("{first}******{last}"),
            _ => self.name.clone(),
        }
    }

    /// A contact detail, unless it is masked.
    pub fn shown<'a>(&self, detail: &'a Option<String>) -> Option<&'a str> {
        detail.as_deref().filter(|_| !self.masked)
    }
}

/// A customer group.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Group {
    /// Numbered from 400001 when 0.
    pub id: i64,
    /// Shown name.
    pub name: String,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Percent or amount its members get off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<Number>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<VnTime>,
}
