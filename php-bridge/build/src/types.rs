//! The records and exports of the rules as types: TypeScript for the screens, a documented class
//! for the plugin, and a description that a test holds against the real exports and every case of
//! the corpus (`tests/corpus/exports.test.mjs`).

mod php;
mod source;
mod typescript;

use crate::config::Config;
use crate::error::{write, Error};
use serde::Serialize;
use std::collections::BTreeMap;

/// The form of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A text.
    Text,
    /// An integer within ±(2^53−1).
    Integer,
    /// Yes or no.
    Flag,
    /// A list.
    List(Box<Form>),
    /// A record or choice by name, with what it is filled with.
    Named(String, Vec<Form>),
    /// What a record is filled with.
    Filling(String),
    /// A record that its reader tolerates in any form.
    Any,
}

/// One field of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name as it crosses.
    pub name: String,
    /// Its form.
    pub form: Form,
    /// May be left out.
    pub optional: bool,
    /// What it is, in a line.
    #[serde(skip)]
    pub doc: String,
}

/// A record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Names of what it is filled with.
    pub fillings: Vec<String>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// What it is, in a line.
    #[serde(skip)]
    pub doc: String,
}

/// An export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// The record it is given.
    pub input: Form,
    /// The record it gives.
    pub output: Form,
    /// What it does, in a line.
    #[serde(skip)]
    pub doc: String,
}

/// All of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Types {
    /// Records by name.
    pub records: BTreeMap<String, Record>,
    /// Texts that are one of a few, by name.
    pub choices: BTreeMap<String, Vec<String>>,
    /// Exports, in the order of the list.
    pub calls: Vec<Call>,
}

/// Writes all three.
pub fn build(config: &Config) -> Result<(), Error> {
    let types = source::read(&config.root)?;
    let json = serde_json::to_string_pretty(&types).map_err(|error| Error::Form {
        path: config.types.json.clone(),
        detail: error.to_string(),
    })?;
    for (out, text) in [
        (&config.types.typescript, typescript::text(&types)),
        (&config.types.php, php::text(&types)),
        (&config.types.json, json),
    ] {
        let path = config.root.join(out);
        write(&path, text.as_bytes())?;
        println!("{}", path.display());
    }
    Ok(())
}
