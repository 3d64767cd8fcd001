//! Takes the screenshots; which ones there are stands in the browser tests' `shots.rs`.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use xshell::Shell;
use xtask::project;

use crate::build::{self, Profile};
use crate::install;

/// Builds the page and writes the pictures into `out`.
pub fn shots(out: &Path) -> Result<ExitCode> {
    let shell = Shell::new()?;
    shell.change_dir(project::root()?);
    build::build(Profile::Release)?;
    install::browsers(&shell)?;
    // Where the caller meant it, not where the tests run.
    let out = std::path::absolute(out)?;
    let status = Command::new("cargo")
        .args(["run", "--quiet", "--package", "browser-tests", "--", "--shots"])
        .arg(out)
        .current_dir(project::root()?)
        .status()
        .context("cargo cannot be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
