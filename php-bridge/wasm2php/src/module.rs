//! Reads and validates a module into the few tables the translation needs.

use crate::error::Error;
pub use crate::parts::{
    Data, Element, Export, ExportKind, Function, Global, Init, Memory, Placement, Source, Table,
};
use crate::types::{Signature, Type};
use crate::unsupported;
use wasmparser::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind, Name, Operator, Parser, Payload,
    TypeRef, Validator, WasmFeatures,
};

/// A validated module.
#[derive(Default)]
pub struct Module<'a> {
    /// Function types.
    pub types: Vec<Signature>,
    /// Functions, imports first.
    pub funcs: Vec<Function<'a>>,
    /// Tables, imports first.
    pub tables: Vec<Table>,
    /// At most one memory.
    pub memory: Option<Memory>,
    /// Globals, imports first.
    pub globals: Vec<Global>,
    /// Exports in order.
    pub exports: Vec<Export>,
    /// Element segments.
    pub elements: Vec<Element>,
    /// Data segments.
    pub datas: Vec<Data<'a>>,
    /// Start function.
    pub start: Option<u32>,
    /// Every import in order: kind and index in its space.
    pub imports: Vec<(ExportKind, u32)>,
}

impl<'a> Module<'a> {
    /// Validates `wasm` under `features` and reads it.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the validator's message, or [`Error::Unsupported`] when the module is valid
    /// WebAssembly of a proposal that is not translated.
    pub fn parse(wasm: &'a [u8], features: WasmFeatures) -> Result<Self, Error> {
        if let Err(refused) = Validator::new_with_features(features).validate_all(wasm) {
            return Err(unsupported::explain(wasm, refused));
        }
        let mut module = Module::default();
        let mut bodies = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(reader) => module.read_types(reader)?,
                Payload::ImportSection(reader) => {
                    for import in reader.into_imports() {
                        module.add_import(import?)?;
                    }
                    bodies = module.funcs.len();
                }
                Payload::FunctionSection(reader) => {
                    for ty in reader {
                        let ty = module.canonical_type(ty?);
                        module.funcs.push(Function {
                            ty,
                            import: None,
                            body: None,
                            name: None,
                        });
                    }
                }
                Payload::TableSection(reader) => {
                    for table in reader {
                        let ty = table?.ty;
                        module.tables.push(Table {
                            ty: ref_type(ty.element_type)?,
                            min: ty.initial,
                            max: ty.maximum,
                            import: None,
                        });
                    }
                }
                Payload::MemorySection(reader) => {
                    for memory in reader {
                        let ty = memory?;
                        module.memory = Some(Memory {
                            min: ty.initial,
                            max: ty.maximum,
                            import: None,
                        });
                    }
                }
                Payload::GlobalSection(reader) => {
                    for global in reader {
                        let global = global?;
                        module.globals.push(Global {
                            ty: value_type(global.ty.content_type)?,
                            mutable: global.ty.mutable,
                            init: init(&global.init_expr)?,
                            import: None,
                        });
                    }
                }
                Payload::ExportSection(reader) => {
                    for export in reader {
                        let export = export?;
                        let kind = match export.kind {
                            ExternalKind::Func | ExternalKind::FuncExact => ExportKind::Func,
                            ExternalKind::Table => ExportKind::Table,
                            ExternalKind::Memory => ExportKind::Memory,
                            ExternalKind::Global => ExportKind::Global,
                            ExternalKind::Tag => return Err(unsupported_type("exported tag")),
                        };
                        module.exports.push(Export {
                            name: export.name.to_owned(),
                            kind,
                            index: export.index,
                        });
                    }
                }
                Payload::StartSection { func, .. } => module.start = Some(func),
                Payload::ElementSection(reader) => {
                    for element in reader {
                        module.add_element(element?)?;
                    }
                }
                Payload::DataSection(reader) => {
                    for data in reader {
                        let data = data?;
                        let placement = match data.kind {
                            DataKind::Passive => Placement::Passive,
                            DataKind::Active {
                                memory_index,
                                offset_expr,
                            } => Placement::Active(memory_index, init(&offset_expr)?),
                        };
                        module.datas.push(Data {
                            placement,
                            bytes: data.data,
                        });
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    if let Some(func) = module.funcs.get_mut(bodies) {
                        func.body = Some(body);
                    }
                    bodies += 1;
                }
                Payload::CustomSection(section) => {
                    if let wasmparser::KnownCustom::Name(names) = section.as_known() {
                        module.read_names(names);
                    }
                }
                _ => {}
            }
        }
        Ok(module)
    }

    fn read_types(&mut self, reader: wasmparser::TypeSectionReader<'a>) -> Result<(), Error> {
        for ty in reader.into_iter_err_on_gc_types() {
            let ty = ty?;
            let convert = |types: &[wasmparser::ValType]| {
                types
                    .iter()
                    .map(|t| value_type(*t))
                    .collect::<Result<Vec<_>, _>>()
            };
            self.types.push(Signature {
                params: convert(ty.params())?,
                results: convert(ty.results())?,
            });
        }
        Ok(())
    }

    /// The first index of an equal type, so that equal signatures share one number.
    pub fn canonical_type(&self, index: u32) -> u32 {
        let wanted = self.types.get(index as usize);
        self.types
            .iter()
            .position(|t| Some(t) == wanted)
            .map_or(index, |i| i as u32)
    }

    /// Signature of a function.
    pub fn signature(&self, func: u32) -> &Signature {
        &self.types[self.funcs[func as usize].ty as usize]
    }

    /// Index and name of a function for messages.
    pub fn function_label(&self, func: u32) -> String {
        match self.funcs.get(func as usize).and_then(|f| f.name.as_ref()) {
            Some(name) => format!("function {func} ({name})"),
            None => format!("function {func}"),
        }
    }

    fn add_import(&mut self, import: wasmparser::Import<'a>) -> Result<(), Error> {
        let source = Some(Source {
            module: import.module.to_owned(),
            name: import.name.to_owned(),
        });
        let (kind, index) = match import.ty {
            TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                let ty = self.canonical_type(ty);
                self.funcs.push(Function {
                    ty,
                    import: source,
                    body: None,
                    name: None,
                });
                (ExportKind::Func, self.funcs.len() - 1)
            }
            TypeRef::Table(ty) => {
                self.tables.push(Table {
                    ty: ref_type(ty.element_type)?,
                    min: ty.initial,
                    max: ty.maximum,
                    import: source,
                });
                (ExportKind::Table, self.tables.len() - 1)
            }
            TypeRef::Memory(ty) => {
                self.memory = Some(Memory {
                    min: ty.initial,
                    max: ty.maximum,
                    import: source,
                });
                (ExportKind::Memory, 0)
            }
            TypeRef::Global(ty) => {
                self.globals.push(Global {
                    ty: value_type(ty.content_type)?,
                    mutable: ty.mutable,
                    init: Init::Null,
                    import: source,
                });
                (ExportKind::Global, self.globals.len() - 1)
            }
            TypeRef::Tag(_) => return Err(unsupported_type("imported tag")),
        };
        self.imports.push((kind, index as u32));
        Ok(())
    }

    fn add_element(&mut self, element: wasmparser::Element<'a>) -> Result<(), Error> {
        let placement = match &element.kind {
            ElementKind::Passive => Placement::Passive,
            ElementKind::Declared => Placement::Declared,
            ElementKind::Active {
                table_index,
                offset_expr,
            } => Placement::Active(table_index.unwrap_or(0), init(offset_expr)?),
        };
        let items = match element.items {
            ElementItems::Functions(reader) => reader
                .into_iter()
                .map(|f| Ok(Init::Func(f?)))
                .collect::<Result<Vec<_>, Error>>()?,
            ElementItems::Expressions(_, reader) => reader
                .into_iter()
                .map(|e| init(&e?))
                .collect::<Result<Vec<_>, Error>>()?,
        };
        self.elements.push(Element { placement, items });
        Ok(())
    }

    /// Names are a convenience: a broken name section is passed over.
    fn read_names(&mut self, names: wasmparser::NameSectionReader<'a>) {
        for name in names.into_iter().map_while(Result::ok) {
            if let Name::Function(map) = name {
                for naming in map.into_iter().map_while(Result::ok) {
                    if let Some(func) = self.funcs.get_mut(naming.index as usize) {
                        func.name = Some(naming.name.to_owned());
                    }
                }
            }
        }
    }
}

fn unsupported_type(what: impl Into<String>) -> Error {
    Error::Unsupported {
        what: what.into(),
        function: None,
        offset: 0,
    }
}

/// Reduces a validator type to ours.
pub fn value_type(ty: wasmparser::ValType) -> Result<Type, Error> {
    match ty {
        wasmparser::ValType::I32 => Ok(Type::I32),
        wasmparser::ValType::I64 => Ok(Type::I64),
        wasmparser::ValType::F32 => Ok(Type::F32),
        wasmparser::ValType::F64 => Ok(Type::F64),
        wasmparser::ValType::V128 => Err(unsupported_type("type v128 (SIMD)")),
        wasmparser::ValType::Ref(ty) => ref_type(ty),
    }
}

fn ref_type(ty: wasmparser::RefType) -> Result<Type, Error> {
    if ty == wasmparser::RefType::FUNCREF {
        Ok(Type::FuncRef)
    } else if ty == wasmparser::RefType::EXTERNREF {
        Ok(Type::ExternRef)
    } else {
        Err(unsupported_type(format!("reference type {ty}")))
    }
}

fn init(expr: &ConstExpr<'_>) -> Result<Init, Error> {
    let mut reader = expr.get_operators_reader();
    let offset = reader.original_position();
    let value = match reader.read()? {
        Operator::I32Const { value } => Init::I32(value),
        Operator::I64Const { value } => Init::I64(value),
        Operator::F32Const { value } => Init::F32(value.bits()),
        Operator::F64Const { value } => Init::F64(value.bits()),
        Operator::GlobalGet { global_index } => Init::Global(global_index),
        Operator::RefNull { .. } => Init::Null,
        Operator::RefFunc { function_index } => Init::Func(function_index),
        other => {
            return Err(Error::Unsupported {
                what: format!("{} in a constant expression", unsupported::name(&other)),
                function: None,
                offset,
            })
        }
    };
    match reader.read()? {
        Operator::End => Ok(value),
        other => Err(Error::Unsupported {
            what: format!("{} in a constant expression", unsupported::name(&other)),
            function: None,
            offset,
        }),
    }
}
