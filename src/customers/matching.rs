//! Which POS customer a user is (product.md G2, E4): by phone, then by e-mail.

use super::{email_key, phone_key, SiteCustomer};
use crate::model::PosCustomer;
use serde::{Deserialize, Serialize};

/// What [`match_customers`] is given: unlinked ones of both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MatchCustomersInput {
    /// Users of the site.
    pub users: Vec<SiteCustomer>,
    /// Customers of the mirror that have one of their phones or e-mail addresses.
    pub customers: Vec<PosCustomer>,
}

/// What was found for a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerMatch {
    /// The user's id.
    pub user_id: i64,
    /// The POS customer's id; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remote_id: String,
    /// `customer-by-phone`, `customer-by-email`, `customer-ambiguous`, `customer-unmatched`.
    pub reason: String,
}

/// The matches, in the order of the users.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerMatches {
    /// One a user.
    pub matches: Vec<CustomerMatch>,
}

/// Matches users with customers. Two that fit are nobody's, and so is one that fits two users.
#[must_use]
pub fn match_customers(input: MatchCustomersInput) -> CustomerMatches {
    let mut matches: Vec<CustomerMatch> = Vec::with_capacity(input.users.len());
    for user in &input.users {
        let (phone, email) = (phone_key(&user.phone), email_key(&user.email));
        let by_phone = only(&input.customers, |customer| {
            !phone.is_empty() && (customer.phone_key == phone || customer.second_key == phone)
        });
        let by_email = || {
            only(&input.customers, |customer| {
                !email.is_empty() && customer.email_key == email
            })
        };
        let found = match by_phone {
            Found::None => (by_email(), "customer-by-email"),
            found => (found, "customer-by-phone"),
        };
        let (remote_id, reason) = match found {
            (Found::One(id), reason) => (id, reason),
            (Found::Many, _) => (String::new(), "customer-ambiguous"),
            (Found::None, _) => (String::new(), "customer-unmatched"),
        };
        matches.push(CustomerMatch {
            user_id: user.user_id,
            remote_id,
            reason: reason.into(),
        });
    }
    let ids: Vec<String> = matches
        .iter()
        .map(|found| found.remote_id.clone())
        .collect();
    for found in &mut matches {
        let twins = ids
            .iter()
            .filter(|id| !id.is_empty() && **id == found.remote_id);
        if twins.count() > 1 {
            found.remote_id.clear();
            found.reason = "customer-ambiguous".into();
        }
    }
    CustomerMatches { matches }
}

enum Found {
    None,
    One(String),
    Many,
}

/// The only customer that fits; hidden ones fit nobody.
fn only(customers: &[PosCustomer], fits: impl Fn(&PosCustomer) -> bool) -> Found {
    let mut found = customers
        .iter()
        .filter(|customer| !customer.masked && fits(customer));
    match (found.next(), found.next()) {
        (None, _) => Found::None,
        (Some(one), None) => Found::One(one.id.clone()),
        _ => Found::Many,
    }
}
