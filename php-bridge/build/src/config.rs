//! `wasm-pack.toml`, read.

use crate::error::{read, Error};
use serde::Deserialize;
use std::path::PathBuf;

/// The builds and where they go. Paths are relative to `root`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The project's folder.
    #[serde(skip)]
    pub root: PathBuf,
    /// The build for PHP.
    pub php: Php,
    /// The build for Node and the browser.
    pub js: Js,
    /// The sentences.
    pub words: Words,
    /// The forms of records and exports.
    pub types: Types,
}

/// Where the forms of records and exports go.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Types {
    /// The TypeScript declaration.
    pub typescript: PathBuf,
    /// The documented PHP class.
    pub php: PathBuf,
    /// The description that a test reads.
    pub json: PathBuf,
}

/// How the rules crate is compiled.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Build {
    /// The cargo profile.
    pub profile: String,
    /// For the linker.
    pub link_args: Vec<String>,
    /// What is run over the module.
    pub optimiser: Optimiser,
}

/// What is run over a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Optimiser {
    /// Nothing.
    None,
    /// binaryen's `wasm-opt -Os`.
    WasmOpt,
}

/// The build for PHP.
#[derive(Debug, Deserialize)]
pub struct Php {
    /// How it is compiled.
    #[serde(flatten)]
    pub build: Build,
    /// Features of the rules crate.
    pub features: Vec<String>,
    /// The file that names version and classes.
    pub stamp: PathBuf,
    /// The class, with its namespace; those of its functions lie beside it.
    pub class: String,
    /// The folder of the classes.
    pub out: PathBuf,
}

/// The build for Node and the browser.
#[derive(Debug, Deserialize)]
pub struct Js {
    /// How it is compiled.
    #[serde(flatten)]
    pub build: Build,
    /// The packages made of it.
    pub package: Vec<Package>,
}

/// One package of wasm-bindgen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Who loads it.
    pub target: Target,
    /// Features of the rules crate.
    pub features: Vec<String>,
    /// Its folder.
    pub out: PathBuf,
}

impl Target {
    /// Names the build in errors and its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Web => "web",
        }
    }
}

/// Who loads a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// Node, as an ES module.
    Node,
    /// A browser, as an ES module.
    Web,
}

/// The sentences.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// code → sentence.
    pub source: PathBuf,
    /// The PHP class.
    pub php: PathBuf,
    /// The JavaScript module.
    pub js: PathBuf,
    /// The text domain.
    pub domain: String,
    /// Literals in kebab case that are no codes.
    pub not_codes: Vec<String>,
}

impl Config {
    /// Finds `wasm-pack.toml` here or in a folder above.
    pub fn find() -> Result<Self, Error> {
        let here = PathBuf::from(".");
        let here = here.canonicalize().map_err(Error::file(&here))?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("wasm-pack.toml").is_file());
        let root = root.ok_or(Error::Outside)?.to_owned();
        let path = root.join("wasm-pack.toml");
        let config: Self = toml::from_str(&read(&path)?).map_err(|error| Error::Form {
            path,
            detail: error.to_string(),
        })?;
        Ok(Self { root, ..config })
    }
}
