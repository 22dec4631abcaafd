//! The rules for Node and the browser.

use crate::compile;
use crate::config::{Config, Target};
use crate::error::{write, Error};
use wasm_bindgen_cli_support::Bindgen;

/// Compiles and makes every package.
pub fn build(config: &Config) -> Result<(), Error> {
    for package in &config.js.package {
        let module = compile::module(
            config,
            &config.js.build,
            &package.features,
            package.target.name(),
        )?;
        let out = config.root.join(&package.out);
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(&module)
            .out_name("dongbo")
            .typescript(true)
            .remove_name_section(true);
        match package.target {
            Target::Node => bindgen.nodejs_module(true),
            Target::Web => bindgen.web(true),
        }
        .and_then(|bindgen| bindgen.generate(&out))
        .map_err(|error| Error::Bindgen(format!("{error:#}")))?;
        write(
            &out.join("package.json"),
            b"{ \"type\": \"module\", \"private\": true }\n",
        )?;
        println!("{}", package.out.display());
    }
    Ok(())
}
