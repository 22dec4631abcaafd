//! Reads Rust source just far enough to tell literals, attributes and comments apart.

/// What the check looks at, with the line it stands on.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A string literal outside attributes.
    Literal(usize, String),
    /// An attribute, without `#[` and `]`.
    Attribute(usize, String),
}

/// Literals and attributes of the source up to its `#[cfg(test)]`, where tests begin.
pub fn scan(source: &str) -> Vec<Found> {
    let mut scanner = Scanner {
        rest: source,
        line: 1,
        found: Vec::new(),
    };
    while scanner.step() {}
    scanner.found
}

struct Scanner<'a> {
    rest: &'a str,
    line: usize,
    found: Vec<Found>,
}

impl<'a> Scanner<'a> {
    /// Takes one token; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest;
        let Some(first) = rest.chars().next() else {
            return false;
        };
        if rest.starts_with("//") {
            self.take(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.take(
                rest.find("*/")
                    .map_or(rest.len(), |end| end.saturating_add(2)),
            );
        } else if rest.starts_with("#[") || rest.starts_with("#![") {
            return self.attribute();
        } else if let Some(hashes) = raw_start(rest) {
            let open = hashes.saturating_add(2);
            let close = format!("\"{}", "#".repeat(hashes));
            let body = rest.get(open..).unwrap_or_default();
            let length = body.find(&close).unwrap_or(body.len());
            self.literal(body.get(..length).unwrap_or_default());
            self.take(open.saturating_add(length).saturating_add(close.len()));
        } else if first == '"' {
            let length = quoted(rest, '"');
            self.literal(rest.get(1..length.saturating_sub(1)).unwrap_or_default());
            self.take(length);
        } else if first == '\'' && is_char(rest) {
            self.take(quoted(rest, '\''));
        } else if first.is_alphanumeric() || first == '_' {
            // Whole words, so that the `r` of `for"` is not taken for a raw string.
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            self.take(end.unwrap_or(rest.len()));
        } else {
            self.take(first.len_utf8());
        }
        true
    }

    fn attribute(&mut self) -> bool {
        let mut depth = 0_usize;
        let mut at = 0_usize;
        while let Some(c) = self.rest.get(at..).and_then(|rest| rest.chars().next()) {
            let length = match c {
                '"' => quoted(self.rest.get(at..).unwrap_or_default(), '"'),
                _ => c.len_utf8(),
            };
            at = at.saturating_add(length);
            match c {
                '[' => depth = depth.saturating_add(1),
                ']' => depth = depth.saturating_sub(1),
                _ => continue,
            }
            if depth == 0 {
                break;
            }
        }
        let text = self.rest.get(..at).unwrap_or_default();
        if text == "#[cfg(test)]" {
            return false;
        }
        self.found
            .push(Found::Attribute(self.line, text.to_owned()));
        self.take(at);
        true
    }

    fn literal(&mut self, text: &str) {
        self.found.push(Found::Literal(self.line, text.to_owned()));
    }

    fn take(&mut self, length: usize) {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.line = self.line.saturating_add(taken.matches('\n').count());
        self.rest = rest;
    }
}

/// The number of `#` of a raw string that begins here.
fn raw_start(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.find(|c| c != '#')?;
    after.get(hashes..)?.starts_with('"').then_some(hashes)
}

/// `'x'` or `'\n'`, not a lifetime.
fn is_char(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

/// The length of a quoted text with its quotes, backslashes heeded.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at.saturating_add(c.len_utf8()),
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::{scan, Found};

    #[test]
    fn literals_are_told_from_comments_attributes_and_characters() {
        let source = r##"
            // "comment"
            #[serde(rename = "kebab-case")]
            fn f<'a>(c: &'a str) -> char { let _ = "one-code"; let _ = r#"raw "text""#; '"' }
            /* "more" */ const C: &str = "with \" quote";
            #[cfg(test)]
            mod tests { const T: &str = "test-only"; }
        "##;
        assert_eq!(
            scan(source),
            [
                Found::Attribute(3, r#"#[serde(rename = "kebab-case")]"#.into()),
                Found::Literal(4, "one-code".into()),
                Found::Literal(4, "raw \"text\"".into()),
                Found::Literal(5, "with \\\" quote".into()),
            ]
        );
    }
}
