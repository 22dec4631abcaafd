//! Tells "broken module" from "module of a proposal we do not translate", and names the latter.

use crate::error::Error;
use wasmparser::{Operator, Parser, Payload, Validator, WasmFeatures};

macro_rules! proposals {
    ($( @$proposal:ident $op:ident $({ $($arg:ident: $argty:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
        /// Proposal an instruction belongs to and its name in WebAssembly's spelling.
        fn describe(op: &Operator<'_>) -> (&'static str, String) {
            match op {
                $( Operator::$op { .. } => (stringify!($proposal), spell(stringify!($visit))), )*
                _ => ("unknown", format!("{op:?}")),
            }
        }
    };
}
wasmparser::for_each_operator!(proposals);

/// `visit_i32_atomic_load` to `i32.atomic.load`, near enough to find it in the specification.
fn spell(visit: &str) -> String {
    let bare = visit.trim_start_matches("visit_");
    for prefix in [
        "i32_", "i64_", "f32_", "f64_", "v128_", "i8x16_", "i16x8_", "i32x4_", "i64x2_", "f32x4_",
        "f64x2_", "memory_", "table_", "local_", "global_", "ref_", "struct_", "array_", "elem_",
        "data_", "i31_",
    ] {
        if let Some(rest) = bare.strip_prefix(prefix) {
            let rest = rest.replacen("atomic_", "atomic.", 1);
            return format!("{}.{rest}", prefix.trim_end_matches('_'));
        }
    }
    bare.to_owned()
}

/// The name of an instruction with its proposal.
pub fn name(op: &Operator<'_>) -> String {
    let (proposal, name) = describe(op);
    format!("instruction {name} ({proposal})")
}

/// The validator refused under the supported features: when all features together accept the module, says
/// which instruction is the first that is not supported, otherwise repeats the validator.
pub fn explain(wasm: &[u8], refused: wasmparser::Error) -> Error {
    let all = WasmFeatures::all();
    if Validator::new_with_features(all)
        .validate_all(wasm)
        .is_err()
    {
        return Error::Invalid(refused.to_string());
    }
    first_foreign(wasm).unwrap_or_else(|| Error::Unsupported {
        what: refused.message().to_owned(),
        function: None,
        offset: refused.offset(),
    })
}

fn first_foreign(wasm: &[u8]) -> Option<Error> {
    const KNOWN: [&str; 6] = [
        "mvp",
        "sign_extension",
        "saturating_float_to_int",
        "bulk_memory",
        "reference_types",
        "multi_value",
    ];
    let mut index = 0u32;
    let mut names = std::collections::HashMap::new();
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        if let Payload::CustomSection(section) = payload {
            if let wasmparser::KnownCustom::Name(reader) = section.as_known() {
                for part in reader.into_iter().map_while(Result::ok) {
                    if let wasmparser::Name::Function(map) = part {
                        names.extend(
                            map.into_iter()
                                .map_while(Result::ok)
                                .map(|n| (n.index, n.name)),
                        );
                    }
                }
            }
        }
    }
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        match payload {
            Payload::ImportSection(reader) => {
                index = reader
                    .into_imports()
                    .map_while(Result::ok)
                    .filter(|i| {
                        matches!(
                            i.ty,
                            wasmparser::TypeRef::Func(_) | wasmparser::TypeRef::FuncExact(_)
                        )
                    })
                    .count() as u32;
            }
            Payload::CodeSectionEntry(body) => {
                let operators = body.get_operators_reader().ok()?.into_iter_with_offsets();
                for (op, offset) in operators.map_while(Result::ok) {
                    if !KNOWN.contains(&describe(&op).0) {
                        let function = match names.get(&index) {
                            Some(name) => format!("function {index} ({name})"),
                            None => format!("function {index}"),
                        };
                        return Some(Error::Unsupported {
                            what: name(&op),
                            function: Some(function),
                            offset,
                        });
                    }
                }
                index += 1;
            }
            _ => {}
        }
    }
    None
}
