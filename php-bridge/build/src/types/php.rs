//! The exports as a documented PHP class; records as array shapes that PHPStan and editors read.

use super::{Form, Record, Types};
use std::fmt::Write;

/// The class's file.
pub fn text(types: &Types) -> String {
    let mut out = String::from(
        "<?php\n// Generated from the source of the rules by `cargo run -p dongbo-build -- types`.\n\n\
         declare(strict_types=1);\n\nnamespace Dongbo\\Engine;\n\n\
         /**\n * The rules' exports, one method each, with the forms of their records.\n *\n",
    );
    // Writing to a String does not fail.
    for (name, variants) in &types.choices {
        let variants: Vec<String> = variants
            .iter()
            .map(|variant| format!("'{variant}'"))
            .collect();
        let _ = writeln!(out, " * @phpstan-type {name} {}", variants.join("|"));
    }
    for (name, record) in &types.records {
        if record.fillings.is_empty() {
            let _ = writeln!(out, " * @phpstan-type {name} {}", shape(types, record, &[]));
        }
    }
    out.push_str(
        " */\nfinal class Calls\n{\n    /** All exports. */\n    public const NAMES = [\n",
    );
    for call in &types.calls {
        let _ = writeln!(out, "        '{}',", call.name);
    }
    out.push_str("    ];\n");
    for call in &types.calls {
        let (input, output) = (form(types, &call.input), form(types, &call.output));
        let _ = write!(
            out,
            "\n    /**\n     * {}\n     *\n     * @param {input} $input\n     *\n     * @return {output}\n     *\n\
             \x20    * @throws RulesError\n     */\n    public static function {}(array $input): array\n    {{\n\
             \x20       return Engine::call('{}', $input);\n    }}\n",
            call.doc, call.name, call.name
        );
    }
    out.push_str("}\n");
    out
}

fn shape(types: &Types, record: &Record, fillings: &[Form]) -> String {
    let filled = |value: &Form| match value {
        Form::Filling(name) => {
            let place = record.fillings.iter().position(|filling| filling == name);
            place
                .and_then(|place| fillings.get(place))
                .cloned()
                .unwrap_or(Form::Any)
        }
        Form::List(item) => match &**item {
            Form::Filling(name) => {
                let place = record.fillings.iter().position(|filling| filling == name);
                let item = place.and_then(|place| fillings.get(place)).cloned();
                Form::List(Box::new(item.unwrap_or(Form::Any)))
            }
            _ => value.clone(),
        },
        _ => value.clone(),
    };
    let fields: Vec<String> = record
        .fields
        .iter()
        .map(|field| {
            let mark = if field.optional { "?" } else { "" };
            format!(
                "{}{mark}: {}",
                field.name,
                form(types, &filled(&field.form))
            )
        })
        .collect();
    format!("array{{{}}}", fields.join(", "))
}

fn form(types: &Types, value: &Form) -> String {
    match value {
        Form::Text => "string".into(),
        Form::Integer => "int".into(),
        Form::Flag => "bool".into(),
        Form::List(item) => format!("list<{}>", form(types, item)),
        Form::Named(name, fillings) => match types.records.get(name) {
            Some(record) if !record.fillings.is_empty() => shape(types, record, fillings),
            _ => name.clone(),
        },
        Form::Filling(_) | Form::Any => "array<string, mixed>".into(),
    }
}
