//! What a token says of itself: two claims of a JWT's payload (kiotviet-api.md §1.2).
//!
//! The signature is not checked: the token came straight from the identity server over TLS, and
//! only the server that issued it relies on it.

/// The claims that are looked at.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    /// `client_RetailerCode`.
    pub retailer: Option<String>,
    /// `iat`, in seconds.
    pub issued: Option<i64>,
}

/// Reads the claims; none when the token is opaque.
pub(super) fn claims(token: &str) -> Claims {
    let payload = token.split('.').nth(1).and_then(base64);
    payload
        .and_then(|payload| scan(&payload))
        .unwrap_or_default()
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in text.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            b'=' => continue,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0xffff;
        bits = bits.saturating_add(6);
        if bits >= 8 {
            bits = bits.saturating_sub(8);
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// Walks the payload's own level; deeper values are passed over.
fn scan(json: &[u8]) -> Option<Claims> {
    let mut claims = Claims::default();
    let mut depth = 0_u32;
    let mut key: Option<String> = None;
    let mut at = 0_usize;
    while let Some(byte) = json.get(at) {
        at = at.checked_add(1)?;
        match byte {
            b'{' | b'[' => depth = depth.checked_add(1)?,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b',' if depth == 1 => key = None,
            b'"' => {
                let (text, end) = string(json, at)?;
                at = end;
                match key.as_deref() {
                    _ if depth != 1 => {}
                    None => key = Some(text),
                    Some(name) if name.eq_ignore_ascii_case("client_retailercode") => {
                        claims.retailer = Some(text).filter(|text| !text.is_empty());
                    }
                    Some(_) => {}
                }
            }
            b'0'..=b'9' if depth == 1 && key.as_deref() == Some("iat") => {
                let digit = i64::from(byte.wrapping_sub(b'0'));
                let before = claims.issued.unwrap_or(0);
                claims.issued = Some(before.checked_mul(10)?.checked_add(digit)?);
            }
            _ => {}
        }
    }
    Some(claims)
}

/// Reads a string from behind its opening quote; gives the place behind its closing one. A shop's
/// code is ASCII, so other letters are marked, not read.
fn string(json: &[u8], start: usize) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut at = start;
    loop {
        let byte = *json.get(at)?;
        at = at.checked_add(1)?;
        match byte {
            b'"' => return Some((text, at)),
            b'\\' => {
                // Behind `u` stand four digits, which end the likeness to any shop's code too.
                text.push(char::from(*json.get(at)?));
                at = at.checked_add(1)?;
            }
            letter if letter.is_ascii() => text.push(char::from(letter)),
            _ => text.push('?'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn claims_are_found_on_the_payloads_own_level() {
        // {"a":{"client_RetailerCode":"no"},"scope":["client_RetailerCode","x"],"iat":1786507045,"client_RetailerCode":"a\"-b"}
        let payload = "eyJhIjp7ImNsaWVudF9SZXRhaWxlckNvZGUiOiJubyJ9LCJzY29wZSI6WyJjbGllbnRfUmV0YWlsZXJDb2RlIiwieCJdLCJpYXQiOjE3ODY1MDcwNDUsImNsaWVudF9SZXRhaWxlckNvZGUiOiJhXCItYiJ9";
        let token = ["e30", payload, "x"].join(".");
        let expected = Claims {
            retailer: Some("a\"-b".into()),
            issued: Some(1_786_507_045),
        };
        assert_eq!(claims(&token), expected);
    }

    #[test]
    fn an_opaque_token_has_no_claims() {
        for token in ["", "abc", "a.!!.c", "e30.e30.x", "e30.eyJ.x"] {
            assert_eq!(claims(token), Claims::default());
        }
    }

    proptest! {
        #[test]
        fn no_payload_is_a_panic(json in "[{}\\[\\]\",:\\\\u0-9a-z]{0,60}") {
            let _ = scan(json.as_bytes());
            let _ = claims(&json);
        }
    }
}
