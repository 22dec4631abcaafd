//! Places in an input, as errors tell them: `families[3].goods[0].price`.

/// The place `inner` of the value that stands at `outer`, which is a name or `[number]`.
pub fn joined(outer: &str, inner: &str) -> String {
    let dot = if inner.is_empty() || inner.starts_with('[') {
        ""
    } else {
        "."
    };
    // No `format!`: its machinery is the largest thing the PHP build would hold.
    [outer, dot, inner].concat()
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn names_are_divided_by_dots_and_numbers_are_not() {
        assert_eq!(joined("price", ""), "price");
        assert_eq!(joined("goods", "[0].price"), "goods[0].price");
        assert_eq!(joined("[0]", "price"), "[0].price");
    }
}
