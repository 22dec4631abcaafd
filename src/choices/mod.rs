//! The owner's choices, checked (product.md H7): what each setting may be, its default, and what of
//! a given record is not as it should be. A form, an import and the command line ask this, so that
//! no rule about a setting stands anywhere else.
//!
//! Records with names that are data may not cross (`design.md` §3), so settings come and go as a
//! list: nested names joined by a dot (`policies.stock`), each with one value.

mod table;
mod value;

pub use table::{Field, FieldKind};

use crate::model::Param;
use crate::plan::Reason;
use crate::stock::param;
use serde::{Deserialize, Serialize};

/// One setting with its value: exactly one of the five, or none for "the default".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Yes or no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<bool>,
    /// A whole number; a quantity in thousandths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// A text; also numbers and quantities as people type them (`2,5`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Several ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<String>>,
    /// Records, each a text a column in the order of [`Field::columns`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<Vec<String>>>,
}

/// The ids that the POS has in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownIds {
    /// `branches`, `books`, `categories`, …
    pub list: String,
    /// What may be chosen of it.
    pub ids: Vec<String>,
}

/// What [`check_settings`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInput {
    /// The settings that were given; all others stand at their default.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// What there is to choose from. A list that is not given is not checked against.
    #[serde(default)]
    pub known: Vec<KnownIds>,
}

/// A setting that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: Reason,
    /// The value was not taken: the default stands. Else it is kept, though something is wrong.
    pub refused: bool,
}

/// The settings in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Every setting, in its own form.
    pub choices: Vec<Choice>,
    /// Every default.
    pub defaults: Vec<Choice>,
    /// The names of those that differ from their default: only these are stored.
    pub changed: Vec<String>,
    /// What is not as it should be.
    pub troubles: Vec<Trouble>,
    /// What each may be.
    pub fields: Vec<Field>,
}

/// Checks settings and completes them.
#[must_use]
pub fn check_settings(input: CheckInput) -> Checked {
    let mut checked = Checked {
        choices: Vec::new(),
        defaults: Vec::new(),
        changed: Vec::new(),
        troubles: Vec::new(),
        fields: Vec::new(),
    };
    for spec in table::SETTINGS {
        let default = value::default_of(spec);
        let mut given = input.choices.iter().rev();
        let given = given.find(|choice| choice.name == spec.name);
        let choice = match given.filter(|given| !is_default(given)) {
            None => default.clone(),
            Some(given) => match value::read(spec, given) {
                Ok(choice) => choice,
                Err(reason) => {
                    trouble(&mut checked, spec.name, reason, true);
                    default.clone()
                }
            },
        };
        for id in unknown(spec, &choice, &input.known) {
            let params = vec![param("id", id)];
            trouble(
                &mut checked,
                spec.name,
                ("setting-id-unknown", params),
                false,
            );
        }
        if choice != default {
            checked.changed.push(spec.name.into());
        }
        checked.choices.push(choice);
        checked.defaults.push(default);
        checked.fields.push(Field::of(spec));
    }
    let names = || table::SETTINGS.iter().map(|spec| spec.name);
    for given in &input.choices {
        if !names().any(|name| name == given.name) {
            let params = vec![param("name", &given.name)];
            trouble(&mut checked, &given.name, ("setting-unknown", params), true);
        }
    }
    together(&mut checked);
    checked
}

/// Rules over two settings.
fn together(checked: &mut Checked) {
    let text = |checked: &Checked, name: &str| {
        let mut choices = checked.choices.iter();
        let found = choices.find(|choice| choice.name == name);
        found.and_then(|choice| choice.text.clone())
    };
    // One book cannot be both prices (C2).
    let sale = text(checked, "sale_book").filter(|id| !id.is_empty());
    if sale.is_some() && sale == text(checked, "regular_book") {
        trouble(checked, "sale_book", ("book-same", Vec::new()), true);
        checked.changed.retain(|name| name != "sale_book");
        let mut choices = checked.choices.iter_mut();
        if let Some(book) = choices.find(|choice| choice.name == "sale_book") {
            book.text = Some(String::new());
        }
    }
}

fn is_default(given: &Choice) -> bool {
    given.flag.is_none()
        && given.number.is_none()
        && given.text.is_none()
        && given.items.is_none()
        && given.rows.is_none()
}

/// The chosen ids that are not in their list (any more).
fn unknown<'c>(spec: &table::Spec, choice: &'c Choice, known: &[KnownIds]) -> Vec<&'c str> {
    let list = match spec.kind {
        table::Kind::Id(list) | table::Kind::Ids(list) => list,
        _ => return Vec::new(),
    };
    let Some(known) = known.iter().find(|known| known.list == list) else {
        return Vec::new();
    };
    let one = choice.text.iter();
    let ids = one.chain(choice.items.iter().flatten());
    ids.filter(|id| !id.is_empty() && !known.ids.contains(id))
        .map(String::as_str)
        .collect()
}

fn trouble(checked: &mut Checked, name: &str, (code, params): (&str, Vec<Param>), refused: bool) {
    checked.troubles.push(Trouble {
        name: name.into(),
        reason: Reason {
            code: code.into(),
            params,
        },
        refused,
    });
}

#[cfg(test)]
mod tests;
