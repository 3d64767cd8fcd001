//! Programs that are not ours: where they are.

use std::path::PathBuf;

use anyhow::Result;

use crate::project;

/// Where tools are installed that the machine does not have, below the repository's root.
pub const LOCAL: &str = "target/tools";

/// The first of `names` that is installed, on the machine or below [`LOCAL`].
pub fn find(names: &[&str]) -> Result<Option<PathBuf>> {
    let local = project::root()?.join(LOCAL).join("bin");
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
