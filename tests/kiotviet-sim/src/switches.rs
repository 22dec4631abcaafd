//! The UNSURE points of the fact sheet (§14): each a switch from reading A (default) to another letter.

mod points;

use std::collections::BTreeMap;

use serde_json::{json, Value};

pub use points::{Point, POINTS};

use crate::time::Offset;

/// The readings in force.
#[derive(Clone, Debug, Default)]
pub struct Switches(BTreeMap<u16, char>);

impl Switches {
    /// Sets `"7=B"`.
    ///
    /// # Errors
    /// A sentence naming what is wrong: form, unknown number, or unknown letter with the known ones.
    pub fn set_text(&mut self, text: &str) -> Result<(), String> {
        let (number, letter) = text
            .split_once('=')
            .ok_or_else(|| format!("switch {text:?}: write number=letter, such as 7=B"))?;
        self.set(number.trim(), letter.trim())
    }

    /// Sets one switch from its number and letter as text.
    ///
    /// # Errors
    /// As [`Self::set_text`].
    pub fn set(&mut self, number: &str, letter: &str) -> Result<(), String> {
        let point = POINTS
            .iter()
            .find(|point| point.number.to_string() == number)
            .ok_or_else(|| format!("switch {number}: this server has no such switch; GET /_sim/switches lists them"))?;
        let mut letters = letter.chars().map(|letter| letter.to_ascii_uppercase());
        let known = |letter: char| point.readings.iter().any(|(known, _)| *known == letter);
        match (letters.next(), letters.next()) {
            (Some(letter), None) if known(letter) => {
                self.0.insert(point.number, letter);
                Ok(())
            }
            _ => {
                let known: Vec<String> = point
                    .readings
                    .iter()
                    .map(|(letter, text)| format!("{letter} ({text})"))
                    .collect();
                Err(format!(
                    "switch {number}={letter}: known readings are {}",
                    known.join(", ")
                ))
            }
        }
    }

    /// The letter in force; `A` unless set.
    pub fn reading(&self, number: u16) -> char {
        self.0.get(&number).copied().unwrap_or('A')
    }

    /// Whether the default reading is in force.
    pub fn is_default(&self, number: u16) -> bool {
        self.reading(number) == 'A'
    }

    /// How an offset in `lastModifiedFrom` is read (UNSURE-52).
    pub fn offset(&self) -> Offset {
        match self.reading(52) {
            'B' => Offset::Ignored,
            'C' => Offset::Refused,
            _ => Offset::Converted,
        }
    }

    /// All switches with the reading in force and the known ones.
    pub fn to_json(&self) -> Value {
        let points: Vec<Value> = POINTS
            .iter()
            .map(|point| {
                let readings: serde_json::Map<String, Value> = point
                    .readings
                    .iter()
                    .map(|(letter, text)| (letter.to_string(), json!(text)))
                    .collect();
                json!({"number": point.number, "reading": self.reading(point.number).to_string(), "readings": readings})
            })
            .collect();
        Value::Array(points)
    }
}
