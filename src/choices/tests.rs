//! The table and the settings record say the same (H7: no default stands twice with two values).
#![allow(clippy::expect_used, clippy::panic)]

use super::*;
use crate::settings::Settings;
use serde_json::{Map, Value};

/// Told by the shell with every run, never chosen.
const OF_SHELL: [&str; 4] = [
    "by_hand",
    "store_weight_unit",
    "price_decimals",
    "stock_off",
];

fn record(choices: &[Choice]) -> Value {
    let mut record = Map::new();
    for choice in choices {
        let value = match (&choice.flag, &choice.number, &choice.text, &choice.items) {
            (Some(flag), ..) => Value::from(*flag),
            (_, Some(number), ..) => Value::from(*number),
            (_, _, Some(text), _) if text.is_empty() => Value::Null,
            (_, _, Some(text), _) => Value::from(text.clone()),
            (_, _, _, Some(items)) => Value::from(items.clone()),
            _ => match &choice.rows {
                Some(rows) if rows.is_empty() => Value::from(Vec::<Value>::new()),
                _ => Value::Null,
            },
        };
        match choice.name.split_once('.') {
            None => {
                record.insert(choice.name.clone(), value);
            }
            Some((outer, inner)) => {
                let nested = record
                    .entry(outer)
                    .or_insert_with(|| Value::Object(Map::new()));
                let nested = nested.as_object_mut().expect("a record");
                nested.insert(inner.into(), value);
            }
        }
    }
    Value::Object(record)
}

fn names(value: &Value, before: &str, names: &mut Vec<String>) {
    for (name, value) in value.as_object().expect("a record") {
        if value.is_object() {
            self::names(value, &format!("{before}{name}."), names);
        } else {
            names.push(format!("{before}{name}"));
        }
    }
}

#[test]
fn the_defaults_are_those_of_the_settings_record() {
    let checked = check_settings(CheckInput::default());
    assert_eq!(checked.choices, checked.defaults);
    assert!(checked.troubles.is_empty() && checked.changed.is_empty());
    let settings: Settings = serde_json::from_value(record(&checked.choices)).expect("settings");
    assert_eq!(settings, Settings::default());
}

#[test]
fn every_setting_of_the_record_is_in_the_table() {
    let mut all = Vec::new();
    let value = serde_json::to_value(Settings::default()).expect("json");
    names(&value, "", &mut all);
    let listed = |name: &String| table::SETTINGS.iter().any(|spec| spec.name == name);
    all.retain(|name| !OF_SHELL.contains(&name.as_str()) && !listed(name));
    assert!(
        all.is_empty(),
        "in no table of src/choices/table.rs: {all:?}"
    );
}

#[test]
fn every_choice_of_every_list_is_one_the_record_takes() {
    for spec in table::SETTINGS {
        let table::Kind::Choice(values) = spec.kind else {
            continue;
        };
        for value in values {
            let choice = Choice {
                name: spec.name.into(),
                text: Some((*value).into()),
                ..Choice::default()
            };
            let checked = check_settings(CheckInput {
                choices: vec![choice],
                known: Vec::new(),
            });
            assert!(checked.troubles.is_empty(), "{}", spec.name);
            let settings = serde_json::from_value::<Settings>(record(&checked.choices));
            assert!(settings.is_ok(), "{} = {value}: {settings:?}", spec.name);
        }
    }
}
