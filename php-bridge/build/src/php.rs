//! The rules as PHP.
use crate::{compile, config::Config, error::Error};
/// x
pub fn build(config: &Config) -> Result<(), Error> {
    let module = compile::module(config, &config.php.build, "php")?;
    println!("{}", module.display());
    Ok(())
}
