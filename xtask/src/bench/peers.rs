//! The packages to compare with, from npm.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};
use xtask::{project, tools};

/// Where they are installed, below the repository's root.
const PLACE: &str = "target/bench";

/// Installs exactly the versions in `xtask/bench/package-lock.json`, unless they are there; gives
/// their `node_modules`. Scripts of theirs never run.
pub fn install(shell: &Shell) -> Result<PathBuf> {
    let root = project::root()?;
    let place = root.join(PLACE);
    let modules = place.join("node_modules");
    let wanted = root.join("xtask/bench");
    let lock = fs::read(wanted.join("package-lock.json")).context("package-lock.json")?;
    // npm's own note of what it installed is written last of all.
    let complete = modules.join(".package-lock.json").is_file();
    if complete && fs::read(place.join("package-lock.json")).is_ok_and(|there| there == lock) {
        return Ok(modules);
    }
    ensure!(
        tools::find(&["npm"])?.is_some(),
        "npm is not installed: the benchmark compares with packages that it brings \
         (Debian: apt-get install npm)"
    );
    eprintln!("installing the packages to compare with");
    fs::create_dir_all(&place)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(wanted.join(name), place.join(name)).context(name)?;
    }
    let _there = shell.push_dir(&place);
    cmd!(shell, "npm ci --ignore-scripts --no-audit --no-fund")
        .quiet()
        .run()
        .context("npm could not install the packages to compare with")?;
    Ok(modules)
}
