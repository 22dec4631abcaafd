//! What people of the site are looked up by in the mirror and in the POS (product.md E4, G2).

use super::{email_key, phone_key, spellings};
use serde::{Deserialize, Serialize};

/// Somebody's phone and e-mail address, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The e-mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
}

/// What [`contact_keys`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactsInput {
    /// The people.
    pub people: Vec<Contact>,
}

/// What one is looked up by; what is empty matches nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactKeys {
    /// [`crate::model::PosCustomer::phone_key`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// [`crate::model::PosCustomer::email_key`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// How the POS may have the phone, for a search there [UNSURE-28].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spellings: Vec<String>,
}

/// The keys, in the order of the people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// One a person.
    pub keys: Vec<ContactKeys>,
}

/// Tells what people are looked up by.
#[must_use]
pub fn contact_keys(input: ContactsInput) -> Keys {
    let keys = input.people.iter().map(|person| {
        let phone = phone_key(&person.phone);
        ContactKeys {
            spellings: if phone.is_empty() {
                Vec::new()
            } else {
                spellings(&phone)
            },
            email: email_key(&person.email),
            phone,
        }
    });
    Keys {
        keys: keys.collect(),
    }
}
