//! Customers of both sides (product.md E4, G2).

mod keys;
mod matching;
mod phone;
mod plan;
#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests;

pub use keys::{contact_keys, Contact, ContactKeys, ContactsInput, Keys};
pub use matching::{match_customers, CustomerMatch, CustomerMatches, MatchCustomersInput};
pub use phone::{phone_key, spellings};
pub use plan::{
    plan_customers, CustomerPair, CustomerPlan, CustomerPlans, CustomerTurn, CustomersInput,
    SiteCustomer,
};

use crate::text::{fold, trim};

/// What e-mail addresses are compared by; empty matches nothing.
#[must_use]
pub fn email_key(email: &str) -> String {
    let key = fold(trim(email));
    if key.contains('@') && !key.contains('*') {
        key
    } else {
        String::new()
    }
}
