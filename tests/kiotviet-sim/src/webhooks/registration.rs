//! Who asked to be told of what (§9.1).

use std::collections::HashSet;

use super::Kind;
use crate::switches::Switches;
use crate::time::VnTime;

const FIRST_ID: i64 = 100_001;

/// One registration.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Its id.
    pub id: i64,
    /// What it wants to hear of.
    pub kind: Kind,
    /// Where to.
    pub url: String,
    /// Nothing is sent to an inactive one.
    pub is_active: bool,
    /// Free text.
    pub description: Option<String>,
    /// Signs the deliveries; never shown.
    pub secret: Option<String>,
    /// When it was made or was last switched off.
    pub modified_date: VnTime,
    /// UNSURE-48, reading C: looks active, hears nothing any more.
    pub silenced: bool,
}

/// All registrations, oldest first.
#[derive(Default)]
pub struct Registry {
    rows: Vec<Registration>,
    made: i64,
}

impl Registry {
    /// Adds one; what happens to others of its type is UNSURE-41. Answers the ids that had to go.
    ///
    /// # Errors
    /// When the switch refuses a second one.
    pub fn add(
        &mut self,
        mut wanted: Registration,
        switches: &Switches,
    ) -> Result<(&Registration, Vec<i64>), String> {
        let same: Vec<i64> = self
            .rows
            .iter()
            .filter(|row| row.kind == wanted.kind)
            .map(|row| row.id)
            .collect();
        let replaced = match switches.reading(41) {
            'B' => same,
            'C' if !same.is_empty() => {
                return Err(format!("Webhook {} đã tồn tại", wanted.kind.name()))
            }
            _ => Vec::new(),
        };
        self.rows.retain(|row| !replaced.contains(&row.id));
        wanted.id = FIRST_ID + self.made;
        self.made += 1;
        self.rows.push(wanted);
        let added = self.rows.last().ok_or("nothing was registered")?;
        Ok((added, replaced))
    }

    /// Drops one; `false` when there is none.
    pub fn remove(&mut self, id: i64) -> bool {
        let before = self.rows.len();
        self.rows.retain(|row| row.id != id);
        self.rows.len() < before
    }

    /// One by id.
    pub fn find(&self, id: i64) -> Option<&Registration> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// All of them.
    pub fn all(&self) -> &[Registration] {
        &self.rows
    }

    /// Those that are to be told of a type.
    pub fn listening(&self, kind: Kind) -> impl Iterator<Item = &Registration> {
        let heard = self.rows.iter().filter(|row| row.listens());
        heard.filter(move |row| row.kind == kind)
    }

    /// The types anybody listens to: rows of others need not be written.
    pub fn heard(&self) -> HashSet<Kind> {
        let heard = self.rows.iter().filter(|row| row.listens());
        heard.map(|row| row.kind).collect()
    }

    /// The receiver answered so that KiotViet stops (§9.6). `true` when nothing more goes to it (UNSURE-48).
    pub fn stop(&mut self, id: i64, switches: &Switches, now: VnTime) -> bool {
        let Some(row) = self.rows.iter_mut().find(|row| row.id == id) else {
            return true;
        };
        match switches.reading(48) {
            'B' => return false,
            'C' => row.silenced = true,
            _ => {
                row.is_active = false;
                row.modified_date = now;
            }
        }
        true
    }
}

impl Registration {
    fn listens(&self) -> bool {
        self.is_active && !self.silenced
    }
}
