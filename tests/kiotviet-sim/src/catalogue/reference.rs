//! Small reference lists (§1.6, §8): users, sale channels, surcharges, bank accounts, locations.

use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::time::VnTime;

/// Somebody who sells. The super admin is not listed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct User {
    /// Numbered from 20002 when 0.
    pub id: i64,
    /// Login.
    pub user_name: String,
    /// Shown name.
    pub given_name: String,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<VnTime>,
}

/// Where sales come from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SaleChannel {
    /// Numbered from 310001 when 0.
    pub id: i64,
    /// Shown name.
    pub name: String,
    /// In use.
    pub is_active: bool,
    /// Icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub img: Option<String>,
    /// Built in, cannot be deleted.
    pub is_not_delete: bool,
}

impl Default for SaleChannel {
    fn default() -> Self {
        Self {
            id: 0,
            name: String::new(),
            is_active: true,
            img: None,
            is_not_delete: false,
        }
    }
}

/// `Thu khác`: something charged beside the goods.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Surcharge {
    /// Numbered from 320001 when 0.
    pub id: i64,
    /// `TK000001`; made from the number when empty.
    pub code: String,
    /// Shown name.
    pub name: String,
    /// Usual amount, đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    /// Usual share, percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_ratio: Option<Number>,
    /// A stopped one is not listed, but its code stays taken (§8).
    pub is_active: bool,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<VnTime>,
    /// Absent if never changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_date: Option<VnTime>,
}

impl Default for Surcharge {
    fn default() -> Self {
        Self {
            id: 0,
            code: String::new(),
            name: String::new(),
            value: None,
            value_ratio: None,
            is_active: true,
            created_date: None,
            modified_date: None,
        }
    }
}

/// Where transfers and cards are paid to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct BankAccount {
    /// Numbered from 330001 when 0.
    pub id: i64,
    /// Bank.
    pub bank_name: String,
    /// Number.
    pub account_number: String,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_date: Option<VnTime>,
}

/// Province - district.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Location {
    /// Numbered from 1 when 0.
    pub id: i64,
    /// `Hà Nội - Quận Hoàn Kiếm`.
    pub name: String,
    /// Without diacritics.
    pub normal_name: String,
}

/// The channels every shop has.
pub fn usual_channels() -> Vec<SaleChannel> {
    let names = [
        "Bán trực tiếp",
        "Facebook",
        "Shopee",
        "Lazada",
        "Website",
        "Khác",
    ];
    (310_001..)
        .zip(names)
        .map(|(id, name)| SaleChannel {
            id,
            name: name.into(),
            is_not_delete: true,
            ..SaleChannel::default()
        })
        .collect()
}

/// Two people beside the hidden super admin.
pub fn usual_users() -> Vec<User> {
    let people = [("thungan", "Nguyễn Thu Ngân"), ("banhang", "Trần Bán Hàng")];
    (20_002..)
        .zip(people)
        .map(|(id, (login, name))| User {
            id,
            user_name: login.into(),
            given_name: name.into(),
            ..User::default()
        })
        .collect()
}

/// One account.
pub fn usual_accounts() -> Vec<BankAccount> {
    vec![BankAccount {
        id: 330_001,
        bank_name: "Vietcombank".into(),
        account_number: "0011001234567".into(),
        ..BankAccount::default()
    }]
}

/// A few places.
pub fn usual_locations() -> Vec<Location> {
    let places = [
        ("Hà Nội - Quận Hoàn Kiếm", "Ha Noi - Quan Hoan Kiem"),
        ("Hồ Chí Minh - Quận 1", "Ho Chi Minh - Quan 1"),
        ("Đà Nẵng - Quận Hải Châu", "Da Nang - Quan Hai Chau"),
    ];
    (1..)
        .zip(places)
        .map(|(id, (name, normal))| Location {
            id,
            name: name.into(),
            normal_name: normal.into(),
        })
        .collect()
}
