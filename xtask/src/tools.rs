//! Programs that are not ours: where they are.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// Where tools are installed that the machine does not have: in the user's cache, so that another
/// clone finds them too.
///
/// # Errors
/// The environment names no home.
pub fn installed() -> Result<PathBuf> {
    let named = |name| env::var_os(name).filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let home = || Some(named("HOME")?.join(".cache"));
    let cache = named("XDG_CACHE_HOME").or_else(home).context("HOME is not set")?;
    Ok(cache.join("gradstep/tools"))
}

/// The first of `names` that is installed, on the machine or in [`installed`].
pub fn find(names: &[&str]) -> Result<Option<PathBuf>> {
    let local = installed()?.join("bin");
    let installed =
        |name: &&str| which::which(name).or_else(|_| which::which(local.join(name))).ok();
    Ok(names.iter().find_map(installed))
}

/// WebKitGTK's little browser, which lies with its library rather than on the path.
pub fn mini_browser() -> Option<PathBuf> {
    ["/usr/lib", "/usr/lib64", "/usr/libexec"]
        .into_iter()
        .flat_map(|dir| std::iter::once(dir.into()).chain(subdirectories(dir.into())))
        .flat_map(subdirectories)
        .map(|dir| dir.join("MiniBrowser"))
        .find(|path| path.is_file())
}

fn subdirectories(dir: PathBuf) -> Vec<PathBuf> {
    let Ok(entries) = dir.read_dir() else {
        return Vec::new();
    };
    entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}
