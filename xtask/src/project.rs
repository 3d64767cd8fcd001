//! Where things lie in the repository.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// The repository's root: the nearest directory upwards that holds this package.
pub fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("the current directory cannot be read")?;
    here.ancestors()
        .find(|dir| dir.join("xtask/Cargo.toml").is_file())
        .map(PathBuf::from)
        .context("not inside Gradstep's repository")
}

/// The module in which tests can set off traps.
pub fn provoked() -> Result<PathBuf> {
    Ok(root()?.join("target/provoked"))
}

/// The built page.
pub fn dist() -> Result<PathBuf> {
    Ok(root()?.join("dist"))
}
