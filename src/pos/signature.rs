//! How a webhook may be signed (kiotviet-api.md §9.5, product.md I3).
//!
//! KiotViet documents HMAC-SHA256 over the raw body and nothing of its form; what is seen differs
//! [UNSURE-47]. Every form that fits the header is tried:
//!
//! | part | forms |
//! |---|---|
//! | prefix of the header | `sha1=` (also before SHA-256), `sha256=`, none |
//! | output | hex in any case, base64 |
//! | algorithm | by the length of the output: SHA-256, else SHA-1 |
//! | key | the registered secret as it is, and what it is the base64 of |

use crate::text::trim;
use serde::{Deserialize, Serialize};

/// What [`signature_forms`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureInput {
    /// The secret as it was registered.
    pub secret: String,
    /// The header `X-Hub-Signature` as it came.
    pub header: String,
}

/// One way to compute a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureForm {
    /// The hash function of the HMAC: `sha256` or `sha1`.
    pub algorithm: String,
    /// The key: the secret's text (`text`), or the bytes it is the base64 of (`base64`).
    pub key: String,
    /// How the HMAC is written: `hex` in lower case, or `base64`.
    pub output: String,
    /// What it must equal, compared in constant time.
    pub expected: String,
}

/// The forms to try; the body is genuine when one of them equals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureForms {
    /// None when the header is no signature.
    pub forms: Vec<SignatureForm>,
}

/// Lists every form that fits the header.
#[must_use]
pub fn signature_forms(input: SignatureInput) -> SignatureForms {
    let mut text = trim(&input.header);
    for prefix in ["sha1=", "sha256="] {
        let start = text.get(..prefix.len());
        if start.is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            text = text.get(prefix.len()..).unwrap_or_default();
            break;
        }
    }
    let hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let fits = match (hex, text.len()) {
        (true, 64) => Some(("sha256", "hex")),
        (true, 40) => Some(("sha1", "hex")),
        (_, 44) if is_base64(text) => Some(("sha256", "base64")),
        (_, 28) if is_base64(text) => Some(("sha1", "base64")),
        _ => None,
    };
    let mut forms = Vec::new();
    // An empty secret signs nothing: anybody could compute it.
    if let (Some((algorithm, output)), false) = (fits, trim(&input.secret).is_empty()) {
        let expected = if output == "hex" {
            text.to_ascii_lowercase()
        } else {
            text.into()
        };
        for key in ["text", "base64"] {
            if key == "text" || is_base64(&input.secret) {
                forms.push(SignatureForm {
                    algorithm: algorithm.into(),
                    key: key.into(),
                    output: output.into(),
                    expected: expected.clone(),
                });
            }
        }
    }
    SignatureForms { forms }
}

/// Whether a text is base64 of something, padding included.
fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let padding = text.len().saturating_sub(body.len());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    !body.is_empty() && padding <= 2 && text.len() % 4 == 0 && body.bytes().all(plain)
}
