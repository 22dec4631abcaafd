//! Query parameters: names in any casing, values as .NET reads them.

use crate::switches::Switches;
use crate::time::VnTime;
use crate::wire::Refusal;

/// Decoded parameters in the order they came.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Decodes `a=1&b=x%20y` or a form body.
    pub fn parse(encoded: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(encoded)
                .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
                .collect(),
        )
    }

    /// A parameter's first value; an empty one counts as absent.
    pub fn text(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        let found = self.0.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Puts a value in place of all others of that name.
    pub fn set(&mut self, name: &str, value: String) {
        let name = name.to_lowercase();
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    /// A whole number.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn int(&self, name: &str) -> Result<Option<i64>, Refusal> {
        self.read(name, |value| value.parse().ok())
    }

    /// A boolean, `false` when absent.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn flag(&self, name: &str) -> Result<bool, Refusal> {
        Ok(self.flag_if(name)?.unwrap_or(false))
    }

    /// A boolean, if given.
    ///
    /// # Errors
    /// 400 when it is something else.
    pub fn flag_if(&self, name: &str) -> Result<Option<bool>, Refusal> {
        self.read(name, |value| match value.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        })
    }

    /// A moment in Vietnam time; what an offset means is UNSURE-52.
    ///
    /// # Errors
    /// 400 when it is no date; 420 when it has an offset and the switch refuses those.
    pub fn moment(&self, name: &str, switches: &Switches) -> Result<Option<VnTime>, Refusal> {
        let Some(value) = self.text(name) else {
            return Ok(None);
        };
        match VnTime::parse(value, switches.offset()) {
            Some(time) => Ok(Some(time)),
            None if VnTime::parse(value, crate::time::Offset::Ignored).is_some() => Err(
                Refusal::business("KvValidateException", &format!("{name} không hợp lệ")),
            ),
            None => Err(Refusal::bad_parameter(name, value)),
        }
    }

    /// A list of ids; which spellings count is UNSURE-8.
    ///
    /// # Errors
    /// 400 when an item is no whole number.
    pub fn ids(&self, name: &str, switches: &Switches) -> Result<Vec<i64>, Refusal> {
        let name = name.to_lowercase();
        let reading = switches.reading(8);
        let wanted = if reading == 'D' {
            format!("{name}[]")
        } else {
            name.clone()
        };
        let values: Vec<&str> = self
            .0
            .iter()
            .filter(|(known, _)| *known == wanted)
            .map(|(_, value)| value.as_str())
            .collect();
        let values = if reading == 'C' {
            values.get(..1).unwrap_or_default()
        } else {
            &values
        };
        let mut ids = Vec::new();
        for value in values {
            let parts: Vec<&str> = if matches!(reading, 'A' | 'C') {
                value.split(',').collect()
            } else {
                vec![value]
            };
            for part in parts
                .into_iter()
                .map(str::trim)
                .filter(|part| !part.is_empty())
            {
                ids.push(
                    part.parse()
                        .map_err(|_| Refusal::bad_parameter(&name, part))?,
                );
            }
        }
        Ok(ids)
    }

    fn read<T>(&self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
        match self.text(name) {
            None => Ok(None),
            Some(value) => parse(value)
                .map(Some)
                .ok_or_else(|| Refusal::bad_parameter(name, value)),
        }
    }
}
