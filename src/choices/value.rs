//! A given value in the setting's own form, or why it cannot be one.

use super::table::{column_spec, Kind, Spec};
use super::Choice;
use crate::model::Param;
use crate::stock::param;
use crate::text::{decimal, integer, thousandths, trim};

type Refusal = (&'static str, Vec<Param>);

/// The default, in the setting's own form.
pub(super) fn default_of(spec: &Spec) -> Choice {
    let mut choice = named(spec);
    match spec.kind {
        Kind::Flag => choice.flag = Some(spec.default == "true"),
        Kind::Number(..) | Kind::Quantity(..) => choice.number = spec.default.parse().ok(),
        Kind::Choice(_) | Kind::Id(_) | Kind::Text(_) => choice.text = Some(spec.default.into()),
        Kind::Ids(_) => {
            let ids = spec.default.split(',').filter(|id| !id.is_empty());
            choice.items = Some(ids.map(Into::into).collect());
        }
        Kind::Rows(_) => choice.rows = Some(Vec::new()),
    }
    choice
}

/// Reads a given value.
pub(super) fn read(spec: &Spec, given: &Choice) -> Result<Choice, Refusal> {
    let mut choice = named(spec);
    match spec.kind {
        Kind::Flag => choice.flag = Some(flag(given)?),
        Kind::Number(min, max) => {
            let typed = |text: &String| trim(text).parse().ok();
            let number = given.number.or_else(|| given.text.as_ref().and_then(typed));
            choice.number = Some(within(number, min, max, integer)?);
        }
        Kind::Quantity(min, max) => {
            let typed = |text: &String| thousandths(&trim(text).replace(',', "."));
            let number = given.number.or_else(|| given.text.as_ref().and_then(typed));
            choice.number = Some(within(number, min, max, |number| decimal(number, 3))?);
        }
        Kind::Choice(values) => {
            let text = one(given)?;
            if !values.contains(&text.as_str()) {
                let allowed = values.join(", ");
                return Err((
                    "setting-value",
                    vec![param("value", &text), param("allowed", &allowed)],
                ));
            }
            choice.text = Some(text);
        }
        Kind::Id(_) => choice.text = Some(one(given)?),
        Kind::Text(most) => {
            let text = one(given)?;
            if text.chars().count() > most {
                let most = i64::try_from(most).unwrap_or(i64::MAX);
                return Err(("setting-long", vec![param("most", &integer(most))]));
            }
            choice.text = Some(text);
        }
        Kind::Ids(_) => choice.items = Some(several(given)?),
        Kind::Rows(columns) => choice.rows = Some(records(columns, given)?),
    }
    Ok(choice)
}

fn named(spec: &Spec) -> Choice {
    Choice {
        name: spec.name.into(),
        ..Choice::default()
    }
}

fn flag(given: &Choice) -> Result<bool, Refusal> {
    let text = given.text.as_deref().map(trim);
    match (given.flag, given.number, text) {
        (Some(flag), ..) => Ok(flag),
        (None, Some(1), _) | (None, None, Some("1" | "yes" | "true" | "on")) => Ok(true),
        (None, Some(0), _) | (None, None, Some("0" | "no" | "false" | "off" | "")) => Ok(false),
        _ => Err(("setting-no-flag", Vec::new())),
    }
}

fn within(
    number: Option<i64>,
    min: i64,
    max: i64,
    show: impl Fn(i64) -> String,
) -> Result<i64, Refusal> {
    match number {
        Some(number) if (min..=max).contains(&number) => Ok(number),
        _ => Err((
            "setting-range",
            vec![param("min", &show(min)), param("max", &show(max))],
        )),
    }
}

/// One text; an id may come as a number.
fn one(given: &Choice) -> Result<String, Refusal> {
    match (&given.text, given.number) {
        (Some(text), _) => Ok(trim(text).into()),
        (None, Some(number)) => Ok(integer(number)),
        (None, None) => Err(("setting-no-text", Vec::new())),
    }
}

/// Records whose every cell is what its column may be; a row of empty cells is left out.
fn records(
    columns: &'static [(&'static str, Kind)],
    given: &Choice,
) -> Result<Vec<Vec<String>>, Refusal> {
    let Some(rows) = &given.rows else {
        return Err(("setting-no-rows", Vec::new()));
    };
    let mut records = Vec::with_capacity(rows.len());
    for row in rows
        .iter()
        .filter(|row| row.iter().any(|cell| !trim(cell).is_empty()))
    {
        let mut record = Vec::with_capacity(columns.len());
        for (place, column) in columns.iter().enumerate() {
            let spec = column_spec(column);
            let text = row.get(place).cloned().unwrap_or_default();
            let cell = Choice {
                text: Some(text),
                ..Choice::default()
            };
            record.push(cell_text(read(&spec, &cell)?));
        }
        records.push(record);
    }
    Ok(records)
}

/// A cell crosses as a text, whatever it is.
fn cell_text(cell: Choice) -> String {
    match (cell.flag, cell.number, cell.text) {
        (Some(flag), ..) => if flag { "yes" } else { "no" }.into(),
        (_, Some(number), _) => integer(number),
        (.., text) => text.unwrap_or_default(),
    }
}

/// Ids in the order given, each once; the command line gives them joined by commas.
fn several(given: &Choice) -> Result<Vec<String>, Refusal> {
    let mut ids: Vec<String> = Vec::new();
    let mut add = |id: &str| {
        let id = trim(id);
        if !id.is_empty() && !ids.iter().any(|other| other == id) {
            ids.push(id.into());
        }
    };
    match (&given.items, one(given)) {
        (Some(items), _) => items.iter().for_each(|id| add(id)),
        (None, Ok(text)) => text.split(',').for_each(add),
        (None, Err(refusal)) => return Err(refusal),
    }
    Ok(ids)
}
