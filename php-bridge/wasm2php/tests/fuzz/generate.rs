//! Random modules and arguments from a seed.

use serde_json::{json, Value};
use wasm_smith::{Config, Module};
use wasmparser::{ExternalKind, Parser, Payload, ValType};

/// SplitMix64: small, seeded, the same everywhere.
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

/// A module with what the runners need to know.
pub struct Generated {
    /// The binary.
    pub bytes: Vec<u8>,
    /// Exported functions: name, parameter letters, result letters.
    pub functions: Vec<(String, String, String)>,
    /// Exported globals of number types: name and letter.
    pub globals: Vec<(String, String)>,
}

/// The next module; None when the random bytes gave nothing to call.
pub fn module(random: &mut Random) -> Option<Generated> {
    let size = 500 + random.below(6000) as usize;
    let raw: Vec<u8> = (0..size.div_ceil(8))
        .flat_map(|_| random.next().to_le_bytes())
        .collect();
    let mut source = arbitrary::Unstructured::new(&raw);
    let config = Config {
        allow_start_export: random.below(4) == 0,
        bulk_memory_enabled: true,
        canonicalize_nans: true,
        compact_imports_enabled: false,
        custom_descriptors_enabled: false,
        // Without traps programs run deep; with them the traps are compared.
        disallow_traps: random.below(3) > 0,
        exceptions_enabled: false,
        export_everything: true,
        extended_const_enabled: false,
        gc_enabled: false,
        max_funcs: 6,
        max_globals: 6,
        max_imports: 0,
        max_instructions: 120 + random.below(500) as usize,
        max_memory32_bytes: 2 * 65536,
        max_memories: 1,
        max_table_elements: 50,
        max_tables: 2,
        max_values: 4,
        memory64_enabled: false,
        memory_max_size_required: true,
        min_funcs: 1,
        min_memories: u32::from(random.below(4) > 0),
        multi_value_enabled: true,
        reference_types_enabled: true,
        relaxed_simd_enabled: false,
        saturating_float_to_int_enabled: true,
        sign_extension_ops_enabled: true,
        simd_enabled: false,
        table_max_size_required: true,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..Config::default()
    };
    let mut module = Module::new(config, &mut source).ok()?;
    module.ensure_termination(3000).ok()?;
    describe(module.to_bytes())
}

fn letter(ty: ValType) -> Option<char> {
    Some(match ty {
        ValType::I32 => 'i',
        ValType::I64 => 'l',
        ValType::F32 => 'f',
        ValType::F64 => 'd',
        ValType::Ref(_) => 'r',
        ValType::V128 => return None,
    })
}

/// What can be called and looked at in a module.
pub fn describe(bytes: Vec<u8>) -> Option<Generated> {
    let types = wasmparser::validate(&bytes).ok()?;
    let types = types.as_ref();
    let (mut functions, mut globals) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(&bytes) {
        if let Payload::ExportSection(reader) = payload.ok()? {
            for export in reader.into_iter().map_while(Result::ok) {
                let name = export.name.to_owned();
                match export.kind {
                    ExternalKind::Func => {
                        let ty = types
                            .get(types.core_function_at(export.index))?
                            .unwrap_func();
                        let letters = |list: &[ValType]| {
                            list.iter().map(|t| letter(*t)).collect::<Option<String>>()
                        };
                        functions.push((name, letters(ty.params())?, letters(ty.results())?));
                    }
                    ExternalKind::Global => {
                        let letter = letter(types.global_at(export.index).content_type)?;
                        if letter != 'r' {
                            globals.push((name, letter.to_string()));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    (!functions.is_empty()).then_some(Generated {
        bytes,
        functions,
        globals,
    })
}

impl Generated {
    /// A call of one of the functions: name, arguments as letter and decimal text of their bits, result letters.
    pub fn call(&self, random: &mut Random) -> Value {
        let (name, params, results) =
            &self.functions[random.below(self.functions.len() as u64) as usize];
        let args: Vec<Value> = params.chars().map(|ty| argument(ty, random)).collect();
        json!({"name": name, "args": args, "results": results})
    }
}

fn argument(ty: char, random: &mut Random) -> Value {
    const EDGES: [u64; 12] = [
        0,
        1,
        2,
        0x7f,
        0x8000,
        0x7fff_ffff,
        0x8000_0000,
        0xffff_ffff,
        0x1_0000_0000,
        0x7fff_ffff_ffff_ffff,
        0x8000_0000_0000_0000,
        0xffff_ffff_ffff_ffff,
    ];
    let bits = match random.below(3) {
        0 => EDGES[random.below(12) as usize],
        1 => random.below(70_000),
        _ => random.next(),
    };
    match ty {
        'i' => json!(["i", (bits as u32).to_string()]),
        'l' => json!(["l", (bits as i64).to_string()]),
        'f' => json!(["f", quiet32(bits as u32, random).to_string()]),
        'd' => json!(["d", (quiet64(bits, random) as i64).to_string()]),
        _ => json!(["r", ""]),
    }
}

/// No NaN goes in: its payload is not kept by JavaScript.
fn quiet32(bits: u32, random: &mut Random) -> u32 {
    match random.below(3) {
        0 if !f32::from_bits(bits).is_nan() => bits,
        _ => (random.below(2_000_000) as f32 / 16.0 - 60_000.0).to_bits(),
    }
}

fn quiet64(bits: u64, random: &mut Random) -> u64 {
    match random.below(3) {
        0 if !f64::from_bits(bits).is_nan() => bits,
        _ => (random.below(2_000_000) as f64 / 16.0 - 60_000.0).to_bits(),
    }
}
