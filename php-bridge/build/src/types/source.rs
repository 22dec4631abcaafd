//! Reads records, choices and exports from the source of the rules.

use super::{Call, Field, Form, Record, Types};
use crate::check::files;
use crate::error::{read as read_text, Error};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::{Attribute, Fields, FnArg, GenericArgument, Item, PathArguments, ReturnType, Type};

/// What stands in the source, before names are looked up.
#[derive(Default)]
struct Found {
    types: Types,
    /// Names that stand for an integer.
    integers: BTreeSet<String>,
    /// Names that two types have: nothing outside Rust can tell them apart.
    twice: BTreeSet<String>,
    /// Functions: module → name → (input, output, doc).
    functions: BTreeMap<(String, String), (Type, Type, String)>,
}

/// Reads `src` of the project.
pub fn read(root: &Path) -> Result<Types, Error> {
    let source = root.join("src");
    let mut found = Found::default();
    for path in files(&source, "rs")? {
        let place = path.strip_prefix(&source).unwrap_or(&path).to_owned();
        if place.starts_with("bind/php") || place.starts_with("bind/js") {
            continue;
        }
        let module = place.iter().next().unwrap_or_default().to_string_lossy();
        let module = module.trim_end_matches(".rs").to_owned();
        let file = syn::parse_file(&read_text(&path)?).map_err(|error| Error::Form {
            path: path.clone(),
            detail: error.to_string(),
        })?;
        for item in &file.items {
            found.item(&module, item);
        }
    }
    let list = source.join("bind/mod.rs");
    let exports = read_text(&list)?;
    for (name, module) in exports.lines().filter_map(export) {
        let key = (module.to_owned(), name.to_owned());
        let Some((input, output, doc)) = found.functions.get(&key).cloned() else {
            let detail = format!("`{name}`: no such public function of one record in src/{module}");
            return Err(Error::Form { path: list, detail });
        };
        let call = Call {
            name: name.to_owned(),
            input: found.form(&input, &[]),
            output: found.form(&output, &[]),
            doc,
        };
        found.types.calls.push(call);
    }
    if let Some(name) = found.twice.first() {
        return Err(Error::Form {
            path: source,
            detail: format!("two types that cross are named `{name}`; TypeScript and PHP have one place for both"),
        });
    }
    // Only now all names are known.
    let integers = std::mem::take(&mut found.integers);
    for record in found.types.records.values_mut() {
        for field in &mut record.fields {
            settle(&mut field.form, &integers);
        }
    }
    Ok(found.types)
}

/// `name = crate::module::name;` of the list of exports.
fn export(line: &str) -> Option<(&str, &str)> {
    let (name, path) = line.trim().strip_suffix(';')?.split_once(" = crate::")?;
    let simple = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == '_');
    simple(name).then_some((name, path.split("::").next()?))
}

/// Names that stand for an integer become one.
fn settle(form: &mut Form, integers: &BTreeSet<String>) {
    match form {
        Form::Named(name, _) if integers.contains(name) => *form = Form::Integer,
        Form::Named(_, fillings) => fillings.iter_mut().for_each(|form| settle(form, integers)),
        Form::List(item) => settle(item, integers),
        _ => {}
    }
}

impl Found {
    /// Notes a name that another type has already.
    fn once(&mut self, name: &str) {
        if self.types.records.contains_key(name) || self.types.choices.contains_key(name) {
            self.twice.insert(name.to_owned());
        }
    }

    fn item(&mut self, module: &str, item: &Item) {
        match item {
            Item::Struct(item) if crosses(&item.attrs) => {
                let name = item.ident.to_string();
                if has(&item.attrs, "transparent") {
                    self.integers.insert(name);
                    return;
                }
                let fillings: Vec<String> = item
                    .generics
                    .type_params()
                    .map(|filling| filling.ident.to_string())
                    .collect();
                let Fields::Named(fields) = &item.fields else {
                    return;
                };
                let defaults = has(&item.attrs, "default");
                let fields = fields.named.iter().filter_map(|field| {
                    let (form, option) = match option(&field.ty) {
                        Some(inner) => (inner, true),
                        None => (&field.ty, false),
                    };
                    Some(Field {
                        name: renamed(&field.attrs).unwrap_or(field.ident.as_ref()?.to_string()),
                        form: self.form(form, &fillings),
                        optional: option
                            || defaults
                            || has(&field.attrs, "default")
                            || has(&field.attrs, "skip_serializing_if"),
                        doc: doc(&field.attrs),
                    })
                });
                let fields = fields.collect();
                let record = Record {
                    fillings,
                    fields,
                    doc: doc(&item.attrs),
                };
                self.once(&name);
                self.types.records.insert(name, record);
            }
            // `Outcome` has data: it is what stands around every answer.
            Item::Enum(item)
                if crosses(&item.attrs)
                    && item
                        .variants
                        .iter()
                        .all(|variant| matches!(variant.fields, Fields::Unit)) =>
            {
                let kebab = |name: &str| {
                    name.char_indices()
                        .fold(String::new(), |mut text, (at, letter)| {
                            if letter.is_uppercase() && at > 0 {
                                text.push('-');
                            }
                            text.extend(letter.to_lowercase());
                            text
                        })
                };
                let names = item.variants.iter().map(|variant| {
                    renamed(&variant.attrs).unwrap_or_else(|| kebab(&variant.ident.to_string()))
                });
                let names = names.collect();
                let name = item.ident.to_string();
                self.once(&name);
                self.types.choices.insert(name, names);
            }
            Item::Type(item) if matches!(&*item.ty, Type::Path(path) if path.path.is_ident("i64")) =>
            {
                self.integers.insert(item.ident.to_string());
            }
            // `amount! { /// … Name }`: a transparent integer.
            Item::Macro(item) if item.mac.path.is_ident("amount") => {
                let name = item.mac.tokens.clone().into_iter().last();
                self.integers.extend(name.map(|name| name.to_string()));
            }
            Item::Fn(item) => {
                let (Some(FnArg::Typed(input)), 1, ReturnType::Type(_, output)) = (
                    item.sig.inputs.first(),
                    item.sig.inputs.len(),
                    &item.sig.output,
                ) else {
                    return;
                };
                if matches!(item.vis, syn::Visibility::Public(_)) {
                    let key = (module.to_owned(), item.sig.ident.to_string());
                    let found = ((*input.ty).clone(), (**output).clone(), doc(&item.attrs));
                    self.functions.insert(key, found);
                }
            }
            _ => {}
        }
    }

    fn form(&self, ty: &Type, fillings: &[String]) -> Form {
        let path = match ty {
            Type::Path(path) => path,
            // `&'static str`
            Type::Reference(_) => return Form::Text,
            _ => return Form::Any,
        };
        let Some(last) = path.path.segments.last() else {
            return Form::Any;
        };
        let inner: Vec<&Type> = match &last.arguments {
            PathArguments::AngleBracketed(arguments) => arguments
                .args
                .iter()
                .filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        let name = last.ident.to_string();
        match (name.as_str(), inner.first()) {
            ("String", _) => Form::Text,
            ("i64", _) => Form::Integer,
            ("bool", _) => Form::Flag,
            ("Vec", Some(item)) => Form::List(Box::new(self.form(item, fillings))),
            // Reads itself: see `src/pos/answer.rs`.
            ("Answer", _) => Form::Any,
            _ if fillings.contains(&name) => Form::Filling(name),
            _ => Form::Named(
                name,
                inner.iter().map(|ty| self.form(ty, fillings)).collect(),
            ),
        }
    }
}

fn option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

/// Whether a type derives what lets it cross.
fn crosses(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .any(|attribute| {
            let text = tokens(attribute);
            text.contains("Serialize") || text.contains("Deserialize")
        })
}

/// Whether a serde attribute says this word.
fn has(attributes: &[Attribute], word: &str) -> bool {
    serde(attributes).any(|text| {
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|w| w == word)
    })
}

fn renamed(attributes: &[Attribute]) -> Option<String> {
    serde(attributes).find_map(|text| {
        let (_, rest) = text.split_once("rename = \"")?;
        Some(rest.split_once('"')?.0.to_owned())
    })
}

fn serde(attributes: &[Attribute]) -> impl Iterator<Item = String> + '_ {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .map(tokens)
}

fn tokens(attribute: &Attribute) -> String {
    attribute
        .meta
        .require_list()
        .map(|list| list.tokens.to_string())
        .unwrap_or_default()
}

/// The first line of a documentation.
fn doc(attributes: &[Attribute]) -> String {
    let line = attributes.iter().find_map(|attribute| {
        let value = attribute
            .meta
            .require_name_value()
            .ok()
            .filter(|value| value.path.is_ident("doc"))?;
        match &value.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        }
    });
    line.unwrap_or_default().trim().replace("*/", "* /")
}
