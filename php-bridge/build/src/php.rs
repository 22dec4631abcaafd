//! The rules as one PHP class.

use crate::compile;
use crate::config::Config;
use crate::error::{write, Error};
use crate::panics;

/// Compiles, translates, and writes the class and its stamp.
pub fn build(config: &Config) -> Result<(), Error> {
    let module = compile::module(config, &config.php.build, "php")?;
    let wasm = std::fs::read(&module).map_err(Error::file(&module))?;
    let wasm = panics::silenced(&wasm)?;
    let translate = || {
        let mut options = wasm2php::Options::new(&config.php.class)?;
        "dongbo.wasm".clone_into(&mut options.source);
        wasm2php::translate(&wasm, &options)
    };
    let class = translate().map_err(|error| Error::Translate(error.to_string()))?;
    let out = config.root.join(&config.php.out);
    write(&out, class.as_bytes())?;
    let stamp = format!(
        "<?php\n// Generated: which rules `Rules.php` holds.\n\nreturn ['rules' => '{}', 'source' => '{:016x}'];\n",
        dongbo::RULES_VERSION,
        fnv(&wasm),
    );
    write(&config.root.join(&config.php.stamp), stamp.as_bytes())?;
    println!(
        "{} ({} KB of PHP from {} KB of wasm)",
        out.display(),
        class.len() / 1024,
        wasm.len() / 1024
    );
    Ok(())
}

/// FNV-1a: enough to tell one build from another; nobody has an interest in a collision.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
