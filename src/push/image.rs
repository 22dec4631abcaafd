//! Which image addresses the POS can fetch (product.md G1: by URL when public).

use crate::text::fold;

/// Endings of hosts that stand in nobody's but a developer's or an office's network.
const PRIVATE: [&str; 8] = [
    ".local",
    ".localhost",
    ".test",
    ".example",
    ".invalid",
    ".internal",
    ".lan",
    ".home.arpa",
];

/// Whether the public can reach the address, as far as it tells by itself: http(s), a host with a
/// dot, no port, no name and password, not a private network's number.
pub(super) fn public(url: &str) -> bool {
    let folded = fold(url);
    let rest = folded
        .strip_prefix("https://")
        .or_else(|| folded.strip_prefix("http://"));
    let Some(rest) = rest else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    if host.contains(['@', ':', '[', ' ']) || !host.contains('.') {
        return false;
    }
    if PRIVATE.iter().any(|ending| host.ends_with(ending)) {
        return false;
    }
    !private_number(host)
}

/// A number of a private, shared, loopback or link-local network; no number is none.
fn private_number(host: &str) -> bool {
    let parts: Vec<Option<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [Some(a), Some(b), Some(_), Some(_)] => match a {
            0 | 10 | 127 | 224..=255 => true,
            100 => (64..128).contains(b),
            169 => *b == 254,
            172 => (16..32).contains(b),
            192 => *b == 168 || *b == 0,
            198 => (18..20).contains(b),
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::public;

    #[test]
    fn only_what_the_public_can_reach_is_public() {
        for (url, expected) in [
            ("https://shop.vn/a.jpg", true),
            ("http://cdn.shop.com.vn/a.jpg?x=1", true),
            ("https://8.8.8.8/a.jpg", true),
            ("https://127.0.0.1/a.jpg", false),
            ("https://192.168.1.4/a.jpg", false),
            ("https://172.20.0.1/a.jpg", false),
            ("https://100.64.0.1/a.jpg", false),
            ("https://localhost/a.jpg", false),
            ("https://shop.local/a.jpg", false),
            ("https://shop.vn:8080/a.jpg", false),
            ("https://user@shop.vn/a.jpg", false),
            ("ftp://shop.vn/a.jpg", false),
            ("/a.jpg", false),
        ] {
            assert_eq!(public(url), expected, "{url}");
        }
    }
}
