//! Bodies of writes: names in any casing (§1.1), JSON or form data, values converted as .NET converts them.

use serde_json::{Map, Value};

use crate::number::Number;
use crate::switches::Switches;
use crate::time::VnTime;
use crate::wire::Refusal;

/// An object a client sent. An absent value and `null` are the same, except for [`Fields::given`].
#[derive(Clone, Debug, Default)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Reads a body by its content type; one without a type counts as JSON.
    ///
    /// # Errors
    /// 400 when it is no JSON object.
    pub fn read(body: &[u8], content_type: Option<&str>) -> Result<Self, Refusal> {
        let kind = content_type.unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("application/x-www-form-urlencoded") {
            let pairs = form_urlencoded::parse(body);
            let pairs = pairs.map(|(name, value)| (name.into_owned(), Value::from(&*value)));
            return Ok(Self::of(pairs));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(Self::of(fields)),
            Ok(_) => Err(Refusal::bad_parameter("body", "not an object")),
            Err(error) => Err(Refusal::bad_parameter("body", &error.to_string())),
        }
    }

    /// Names in lower case; of two that differ in casing only, the later one counts.
    fn of(fields: impl IntoIterator<Item = (String, Value)>) -> Self {
        let fields = fields.into_iter();
        Self(
            fields
                .map(|(name, value)| (name.to_lowercase(), value))
                .collect(),
        )
    }

    /// Whether the name occurs, `null` included.
    pub fn given(&self, name: &str) -> bool {
        self.0.contains_key(&name.to_lowercase())
    }

    /// The value as it came.
    pub fn value(&self, name: &str) -> Option<&Value> {
        let found = self.0.get(&name.to_lowercase());
        found.filter(|value| !value.is_null())
    }

    /// A trimmed text; an empty one counts as absent, a number is written out.
    ///
    /// # Errors
    /// 400 for an object or a list.
    pub fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        let text = match self.value(name) {
            None => return Ok(None),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(flag)) => flag.to_string(),
            Some(other) => return Err(unreadable(name, other)),
        };
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// A whole number, also from text.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn int(&self, name: &str) -> Result<Option<i64>, Refusal> {
        self.convert(name, |value| match value {
            Value::Number(number) => number
                .as_i64()
                .or_else(|| whole(number.as_f64().unwrap_or(f64::NAN))),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        })
    }

    /// A quantity or an amount, also from text.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn number(&self, name: &str) -> Result<Option<Number>, Refusal> {
        let number = self.convert(name, |value| match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok().filter(|n: &f64| n.is_finite()),
            _ => None,
        })?;
        Ok(number.map(Number))
    }

    /// `true` or `false`, also from text and from 0 and 1.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        self.convert(name, |value| match value {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => match number.as_i64() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
            _ => None,
        })
    }

    /// A moment in Vietnam time; what an offset means is UNSURE-52.
    ///
    /// # Errors
    /// 400 when it is no date.
    pub fn moment(&self, name: &str, switches: &Switches) -> Result<Option<VnTime>, Refusal> {
        self.convert(name, |value| {
            VnTime::parse(value.as_str()?, switches.offset())
        })
    }

    /// A nested object.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn object(&self, name: &str) -> Result<Option<Self>, Refusal> {
        self.convert(name, |value| value.as_object().cloned().map(Self::of))
    }

    /// A list of objects; `None` when the name is absent.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn objects(&self, name: &str) -> Result<Option<Vec<Self>>, Refusal> {
        self.convert(name, |value| {
            let items = value.as_array()?.iter();
            items
                .map(|item| item.as_object().cloned().map(Self::of))
                .collect()
        })
    }

    /// A list of whole numbers; `None` when the name is absent.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn ints(&self, name: &str) -> Result<Option<Vec<i64>>, Refusal> {
        self.convert(name, |value| {
            value.as_array()?.iter().map(Value::as_i64).collect()
        })
    }

    /// A list of texts; `None` when the name is absent.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn texts(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        self.convert(name, |value| {
            let items = value.as_array()?.iter();
            items.map(|item| item.as_str().map(str::to_owned)).collect()
        })
    }

    fn convert<T>(
        &self,
        name: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| unreadable(name, value)),
        }
    }
}

fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

fn unreadable(name: &str, value: &Value) -> Refusal {
    Refusal::bad_parameter(name, &value.to_string())
}
