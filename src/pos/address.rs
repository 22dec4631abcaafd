//! The shop's address as its owner types it (product.md A2).

use super::say::owned;
use serde::{Deserialize, Serialize};

/// What [`read_address`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressInput {
    /// What was typed: `https://shop.kiotviet.vn/…`, `shop.kiotviet.vn` or `shop`, in any case.
    pub address: String,
}

/// The shop's code, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The code: the value of the `Retailer` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// The cause, a code of `src/words.json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

const DOMAIN: &[u8] = b".kiotviet.vn";
/// Names under the domain that are KiotViet's own and no shop's.
const OWN: [&[u8]; 6] = [b"www", b"id", b"public", b"api", b"developers", b"kiotviet"];

/// Reads an address. An F&B shop is refused: it speaks to another host with another API.
#[must_use]
pub fn read_address(input: AddressInput) -> Address {
    let (shop, code) = match shop_of(&input.address) {
        Ok(shop) => (Some(shop), None),
        Err(code) => (None, Some(owned(code))),
    };
    Address { shop, code }
}

fn shop_of(address: &str) -> Result<String, &'static str> {
    let mut typed = String::new();
    for letter in address.chars().filter(|letter| !letter.is_whitespace()) {
        typed.push(letter.to_ascii_lowercase());
    }
    let typed = typed.as_bytes();
    if typed.is_empty() {
        return Err("shop-address-empty");
    }
    let rest = behind(behind(behind(typed, b"https://"), b"http://"), b"www.");
    let end = rest
        .iter()
        .position(|byte| b"/?#:".contains(byte))
        .unwrap_or(rest.len());
    let host = rest.get(..end).unwrap_or(rest);
    let shop = host.strip_suffix(DOMAIN).unwrap_or(host);
    if shop == b"fnb" || shop.ends_with(b".fnb") || shop.starts_with(b"fnb.") {
        return Err("shop-fnb");
    }
    let mut code = String::new();
    for byte in shop {
        if !byte.is_ascii_lowercase() && !byte.is_ascii_digit() && !b"-_".contains(byte) {
            return Err("shop-address-odd");
        }
        code.push(char::from(*byte));
    }
    if code.is_empty() || code.len() > 60 || OWN.contains(&shop) {
        return Err("shop-address-odd");
    }
    Ok(code)
}

fn behind<'a>(text: &'a [u8], start: &[u8]) -> &'a [u8] {
    text.strip_prefix(start).unwrap_or(text)
}
