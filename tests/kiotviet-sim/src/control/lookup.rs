//! Naming a row in a change: by id, or a good by its code.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, Product};

/// `{"id": 50000001}` or `{"code": "SP01"}`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductRef {
    /// By id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// By exact code; the first row that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl ProductRef {
    /// By id.
    pub fn by_id(id: i64) -> Self {
        Self {
            id: Some(id),
            code: None,
        }
    }

    /// Position of the good.
    ///
    /// # Errors
    /// A sentence when nothing or nobody is named.
    pub fn find(&self, catalogue: &Catalogue) -> Result<usize, String> {
        let found = match (self.id, &self.code) {
            (Some(id), _) => catalogue
                .products
                .iter()
                .position(|product| product.id == id),
            (None, Some(code)) => catalogue
                .products
                .iter()
                .position(|product| product.code == *code),
            (None, None) => return Err("name the product by id or code".into()),
        };
        found.ok_or_else(|| format!("no product with {self}"))
    }

    /// The good itself.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn product<'a>(&self, catalogue: &'a mut Catalogue) -> Result<&'a mut Product, String> {
        let position = self.find(catalogue)?;
        catalogue
            .products
            .get_mut(position)
            .ok_or_else(|| format!("no product with {self}"))
    }
}

impl std::fmt::Display for ProductRef {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.id, &self.code) {
            (Some(id), _) => write!(out, "id {id}"),
            (None, Some(code)) => write!(out, "code {code:?}"),
            (None, None) => write!(out, "no id or code"),
        }
    }
}

/// Sets fields of a row by their names in a catalogue file; `null` clears an optional one.
///
/// # Errors
/// A sentence when a field is unknown or has the wrong type.
pub fn merge<T>(row: &T, fields: &serde_json::Map<String, serde_json::Value>) -> Result<T, String>
where
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let mut value = serde_json::to_value(row).map_err(|error| error.to_string())?;
    let object = value.as_object_mut().ok_or("the row is no object")?;
    for (key, field) in fields {
        if field.is_null() {
            object.remove(key);
        } else {
            object.insert(key.clone(), field.clone());
        }
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}
