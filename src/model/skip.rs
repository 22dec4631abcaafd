//! When a field is left out of a record.
#![allow(clippy::trivially_copy_pass_by_ref)] // serde's signature

pub(crate) fn is_false(flag: &bool) -> bool {
    !*flag
}

pub(crate) fn is_zero(count: &i64) -> bool {
    *count == 0
}
