//! Access tokens: shaped like KiotViet's JWT (§1.2), signed with the client secret so that a restart keeps them valid.

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine as _;
use hmac::{Hmac, Mac};
use serde_json::{json, Value};
use sha2::Sha256;

use crate::catalogue::Shop;
use crate::time::VnTime;

/// RS256 signatures have 256 bytes; ours repeats a MAC to that length.
const SIGNATURE_BYTES: usize = 256;

/// A token for the shop, valid for `ttl` seconds from `now`.
pub fn issue(shop: &Shop, now: VnTime, ttl: i64) -> String {
    let issued = now.unix_seconds();
    let header = json!({"alg": "RS256", "kid": "KIOTVIETSIM", "typ": "at+jwt"});
    let claims = json!({
        "iss": "http://id.kiotviet.vn",
        "nbf": issued,
        "iat": issued,
        "exp": issued + ttl,
        "scope": ["PublicApi.Access"],
        "client_id": shop.client_id,
        "client_RetailerCode": shop.code,
        "client_RetailerId": shop.retailer_id.to_string(),
        "client_UserId": shop.user_id.to_string(),
        "client_GroupId": "15",
        "client_SensitiveApi": "True",
        "jti": format!("{:X}", now.ticks()),
    });
    let body = format!("{}.{}", encode(&header), encode(&claims));
    let signature = URL_SAFE_NO_PAD.encode(sign(shop, &body));
    format!("{body}.{signature}")
}

/// Whether a token was made for this shop, is in its time, and was made after `revoked_until`.
pub fn is_valid(shop: &Shop, token: &str, now: VnTime, revoked_until: Option<VnTime>) -> bool {
    let Some((body, signature)) = token.rsplit_once('.') else {
        return false;
    };
    if URL_SAFE_NO_PAD.decode(signature).ok().as_deref() != Some(sign(shop, body).as_slice()) {
        return false;
    }
    let Some(claims) = body.split_once('.').and_then(|(_, claims)| decode(claims)) else {
        return false;
    };
    let seconds = now.unix_seconds();
    let in_time = claims["exp"].as_i64().is_some_and(|exp| seconds < exp);
    let issued = claims["jti"]
        .as_str()
        .and_then(|jti| i64::from_str_radix(jti, 16).ok())
        .map(VnTime::from_ticks);
    in_time && issued.is_some_and(|issued| revoked_until.is_none_or(|until| issued > until))
}

fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn decode(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn sign(shop: &Shop, body: &str) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(shop.client_secret.as_bytes()) else {
        return Vec::new();
    };
    mac.update(shop.code.as_bytes());
    mac.update(body.as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .copied()
        .cycle()
        .take(SIGNATURE_BYTES)
        .collect()
}
