//! One JSON object, written key by key in a fixed order.

use std::borrow::Cow;

use crate::catalogue::Overrides;
use crate::number::Number;
use crate::time::VnTime;

/// Fields in order, each already JSON text. Absent values leave no key (§13 "Null, missing, empty").
#[derive(Default)]
pub struct Row {
    fields: Vec<(Cow<'static, str>, String)>,
}

/// A JSON string.
pub fn text(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

/// A JSON array of texts that are JSON already.
pub fn array(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!("[{}]", items.join(","))
}

impl Row {
    /// No fields yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A field whose value is JSON text already.
    pub fn json(&mut self, key: &'static str, json: String) -> &mut Self {
        self.fields.push((Cow::Borrowed(key), json));
        self
    }

    /// A string.
    pub fn text(&mut self, key: &'static str, value: &str) -> &mut Self {
        self.json(key, text(value))
    }

    /// A string, if there is one.
    pub fn text_if(&mut self, key: &'static str, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    /// An integer.
    pub fn int(&mut self, key: &'static str, value: i64) -> &mut Self {
        self.json(key, value.to_string())
    }

    /// An integer, if there is one.
    pub fn int_if(&mut self, key: &'static str, value: Option<i64>) -> &mut Self {
        match value {
            Some(value) => self.int(key, value),
            None => self,
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str, value: bool) -> &mut Self {
        self.json(key, value.to_string())
    }

    /// A number; `with_point` writes whole values as `149000.0`.
    pub fn number(&mut self, key: &'static str, value: Number, with_point: bool) -> &mut Self {
        self.json(key, value.wire(with_point))
    }

    /// A date without offset, if there is one.
    pub fn date_if(&mut self, key: &'static str, value: Option<VnTime>) -> &mut Self {
        match value {
            Some(value) => self.json(key, format!("\"{}\"", value.entity())),
            None => self,
        }
    }

    /// An array; an empty one leaves no key.
    pub fn list_if(&mut self, key: &'static str, items: Vec<String>) -> &mut Self {
        if items.is_empty() {
            return self;
        }
        self.json(key, array(items))
    }

    /// The row as JSON text.
    pub fn finish(&mut self) -> String {
        let size = self
            .fields
            .iter()
            .map(|(key, json)| key.len() + json.len() + 4)
            .sum::<usize>();
        let mut out = String::with_capacity(size + 2);
        out.push('{');
        for (position, (key, json)) in self.fields.iter().enumerate() {
            if position > 0 {
                out.push(',');
            }
            out.push_str(&text(key));
            out.push(':');
            out.push_str(json);
        }
        out.push('}');
        out
    }

    /// The row as JSON text after the odd values asked for.
    pub fn finish_with(&mut self, raw: Option<&Overrides>) -> String {
        let Some(raw) = raw else { return self.finish() };
        if let Some(row) = &raw.row {
            return row.clone();
        }
        self.fields
            .retain(|(key, _)| !raw.omit.iter().any(|omitted| omitted == key));
        for (key, value) in &raw.fields {
            self.replace(key, value.to_string());
        }
        for (key, json) in &raw.text {
            self.replace(key, json.clone());
        }
        self.finish()
    }

    fn replace(&mut self, key: &str, json: String) {
        match self.fields.iter_mut().find(|(known, _)| known == key) {
            Some((_, value)) => *value = json,
            None => self.fields.push((Cow::Owned(key.to_owned()), json)),
        }
    }
}
