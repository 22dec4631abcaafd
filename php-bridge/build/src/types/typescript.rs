//! The types as a TypeScript declaration.

use super::{Form, Types};
use std::fmt::Write;

/// The declaration file.
pub fn text(types: &Types) -> String {
    let mut out = String::from(
        "// Generated from the source of the rules by `cargo run -p dongbo-build -- types`.\n\n\
         /** Every export gives its record, or says that what it was given is not of its form. */\n\
         export type Outcome<T> = { ok: T; error?: undefined } | { ok?: undefined; error: InputError };\n\n",
    );
    // Writing to a String does not fail.
    for (name, variants) in &types.choices {
        let variants: Vec<String> = variants
            .iter()
            .map(|variant| format!("'{variant}'"))
            .collect();
        let _ = writeln!(out, "export type {name} = {};", variants.join(" | "));
    }
    for (name, record) in &types.records {
        let fillings = match record.fillings.as_slice() {
            [] => String::new(),
            fillings => format!("<{}>", fillings.join(", ")),
        };
        let _ = writeln!(
            out,
            "\n/** {} */\nexport interface {name}{fillings} {{",
            record.doc
        );
        for field in &record.fields {
            let mark = if field.optional { "?" } else { "" };
            let _ = writeln!(
                out,
                "    /** {} */\n    {}{mark}: {};",
                field.doc,
                field.name,
                form(&field.form)
            );
        }
        out.push_str("}\n");
    }
    for call in &types.calls {
        let (input, output) = (form(&call.input), form(&call.output));
        let _ = writeln!(
            out,
            "\n/** {} */\nexport function {}(input: {input}): Outcome<{output}>;",
            call.doc, call.name
        );
    }
    out
}

fn form(value: &Form) -> String {
    match value {
        Form::Text => "string".into(),
        Form::Integer => "number".into(),
        Form::Flag => "boolean".into(),
        Form::List(item) => format!("Array<{}>", form(item)),
        Form::Named(name, fillings) if fillings.is_empty() => name.clone(),
        Form::Named(name, fillings) => {
            let fillings: Vec<String> = fillings.iter().map(form).collect();
            format!("{name}<{}>", fillings.join(", "))
        }
        Form::Filling(name) => name.clone(),
        Form::Any => "Record<string, unknown>".into(),
    }
}
