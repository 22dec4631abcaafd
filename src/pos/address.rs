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

const DOMAIN: &str = ".kiotviet.vn";
/// Names under the domain that are KiotViet's own and no shop's.
const OWN: [&str; 6] = ["www", "id", "public", "api", "developers", "kiotviet"];

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
    let typed: String = address
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect::<String>();
    let typed = typed.to_ascii_lowercase();
    if typed.is_empty() {
        return Err("shop-address-empty");
    }
    let rest = typed
        .strip_prefix("https://")
        .or_else(|| typed.strip_prefix("http://"));
    let rest = rest.unwrap_or(&typed);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let host = host.strip_suffix('.').unwrap_or(host);
    let shop = host.strip_suffix(DOMAIN).unwrap_or(host);
    if shop.split('.').any(|part| part == "fnb") {
        return Err("shop-fnb");
    }
    let letter =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    if shop.is_empty() || shop.len() > 60 || OWN.contains(&shop) || !shop.bytes().all(letter) {
        return Err("shop-address-odd");
    }
    Ok(owned(shop))
}
