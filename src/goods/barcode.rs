//! Which barcode goes into WooCommerce's GTIN field (product.md B2).

/// Whether WooCommerce stores the barcode unaltered: digits and hyphens, with a digit among them (of
/// letters it keeps `-`, measured).
#[must_use]
pub fn accepted(barcode: &str) -> bool {
    let fits = barcode
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    fits && barcode.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_stored_unaltered_is_accepted() {
        assert!(accepted("893-4563138165"));
        for odd in ["SP01", "893 456", "-", "８９３", ""] {
            assert!(!accepted(odd), "{odd}");
        }
    }
}
