//! Pushing as a whole: both ways at once end still (product.md B5, Q3).

#![allow(clippy::expect_used)]

mod echo;
mod once;
