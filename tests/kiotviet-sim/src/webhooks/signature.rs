//! `X-Hub-Signature` in every form a receiver must be ready for (§9.5, UNSURE-47).

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// How one reading signs.
struct Recipe {
    letter: char,
    prefix: &'static str,
    output: Output,
    /// The key is what the registered Base64 text stands for, not the text itself.
    decoded_key: bool,
    sha1: bool,
}

#[derive(Clone, Copy)]
enum Output {
    Hex,
    UpperHex,
    Base64,
}

const fn recipe(
    letter: char,
    prefix: &'static str,
    output: Output,
    decoded_key: bool,
    sha1: bool,
) -> Recipe {
    Recipe {
        letter,
        prefix,
        output,
        decoded_key,
        sha1,
    }
}

const RECIPES: &[Recipe] = &[
    recipe('A', "sha1=", Output::Hex, false, false),
    recipe('B', "", Output::Hex, false, false),
    recipe('C', "sha256=", Output::Hex, false, false),
    recipe('D', "", Output::Base64, false, false),
    recipe('E', "sha1=", Output::Hex, true, false),
    recipe('F', "", Output::Hex, true, false),
    recipe('G', "sha256=", Output::Hex, true, false),
    recipe('H', "", Output::Base64, true, false),
    recipe('I', "sha1=", Output::Hex, false, true),
    recipe('J', "", Output::Hex, false, true),
    recipe('K', "", Output::Base64, false, true),
    recipe('L', "sha1=", Output::Hex, true, true),
    recipe('M', "", Output::UpperHex, false, false),
];

/// The header's value for a body, by the letter of UNSURE-47.
pub fn sign(reading: char, secret: &str, body: &[u8]) -> String {
    let recipe = RECIPES.iter().find(|recipe| recipe.letter == reading);
    let recipe = recipe.unwrap_or(&RECIPES[0]);
    // A secret that is no Base64 has nothing to decode: its own bytes are the key then.
    let key = match STANDARD.decode(secret) {
        Ok(bytes) if recipe.decoded_key => bytes,
        _ => secret.as_bytes().to_vec(),
    };
    let mac = if recipe.sha1 {
        mac::<Hmac<Sha1>>(&key, body)
    } else {
        mac::<Hmac<Sha256>>(&key, body)
    };
    let value = match recipe.output {
        Output::Hex => hex(&mac),
        Output::UpperHex => hex(&mac).to_uppercase(),
        Output::Base64 => STANDARD.encode(&mac),
    };
    format!("{}{value}", recipe.prefix)
}

fn mac<M: Mac + hmac::digest::KeyInit>(key: &[u8], body: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = <M as Mac>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(body);
    mac.finalize().into_bytes().to_vec()
}

/// Bytes as lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"what do ya want for nothing?";

    /// RFC 4231, test case 2.
    #[test]
    fn the_default_is_hex_hmac_sha256_over_the_body_behind_a_sha1_prefix() {
        assert_eq!(
            sign('A', "Jefe", BODY),
            "sha1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            sign('D', "Jefe", BODY),
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="
        );
    }

    /// RFC 2202, test case 2.
    #[test]
    fn a_reading_uses_sha1() {
        assert_eq!(
            sign('J', "Jefe", BODY),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        );
    }

    #[test]
    fn a_reading_decodes_the_key() {
        assert_eq!(sign('F', "SmVmZQ==", BODY), sign('B', "Jefe", BODY));
        assert_ne!(sign('B', "SmVmZQ==", BODY), sign('B', "Jefe", BODY));
    }
}
