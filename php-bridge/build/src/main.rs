//! Builds the rules.
fn main() {}
