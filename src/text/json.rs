//! JSON written piece by piece: what is sent to the POS holds decimals, and no side may turn them
//! into floating point (product.md C7).

/// A JSON text being written. Names are ASCII and need no escapes; values get them.
#[derive(Default)]
pub struct Json {
    out: String,
}

impl Json {
    /// Opens a record or list: `{` or `[`; without a name as an entry of a list.
    pub fn open(&mut self, name: &str, bracket: char) {
        self.name(name);
        self.out.push(bracket);
    }

    /// Closes it.
    pub fn close(&mut self, bracket: char) {
        self.out.push(bracket);
    }

    /// A text.
    #[inline(never)]
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.out.push('"');
        for letter in value.chars() {
            match letter {
                '"' | '\\' => {
                    self.out.push('\\');
                    self.out.push(letter);
                }
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                // Other control characters mean nothing to a POS.
                '\0'..='\u{1F}' => {}
                _ => self.out.push(letter),
            }
        }
        self.out.push('"');
    }

    /// A text, unless it is empty.
    pub fn filled(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.text(name, value);
        }
    }

    /// A number or flag, given as it is written.
    #[inline(never)]
    pub fn bare(&mut self, name: &str, value: &str) {
        self.name(name);
        self.out.push_str(value);
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[')) {
            self.out.push(',');
        }
        if !name.is_empty() {
            self.out.push('"');
            self.out.push_str(name);
            self.out.push_str("\":");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn what_is_written_is_json() {
        let mut json = Json::default();
        json.open("", '{');
        json.text("a", "x\"\\\n\u{1}đ");
        json.filled("none", "");
        json.open("list", '[');
        json.bare("", "1.5");
        json.open("", '{');
        json.bare("b", "true");
        json.close('}');
        json.close(']');
        json.close('}');
        let text = json.finish();
        assert_eq!(
            text,
            "{\"a\":\"x\\\"\\\\\\nđ\",\"list\":[1.5,{\"b\":true}]}"
        );
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }
}
