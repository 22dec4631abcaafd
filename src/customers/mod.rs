//! Customers of both sides (product.md E4, G2).

mod phone;

pub use phone::{phone_key, spellings};

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
