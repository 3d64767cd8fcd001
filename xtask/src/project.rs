//! Where things lie in the repository.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

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
    Ok(target(&Shell::new()?)?.join("provoked"))
}

/// The built page.
pub fn dist() -> Result<PathBuf> {
    Ok(root()?.join("dist"))
}

/// Where cargo puts what it builds. It is asked, since the environment or a configuration may have
/// moved it.
pub fn target(shell: &Shell) -> Result<PathBuf> {
    let metadata = cmd!(shell, "cargo metadata --no-deps --format-version 1").quiet().read()?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let target = metadata["target_directory"].as_str();
    target.map(PathBuf::from).context("cargo metadata names no target directory")
}
