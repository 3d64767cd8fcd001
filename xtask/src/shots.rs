//! Takes the screenshots; which ones there are stands in the browser tests' `shots.rs`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use xshell::Shell;
use xtask::project;

use crate::test::run_browser_tests;
use crate::{build, install};

/// Builds the page and writes the pictures into `out`.
pub fn shots(out: &Path) -> Result<ExitCode> {
    let shell = Shell::new()?;
    shell.change_dir(project::root()?);
    build::build()?;
    install::browsers(&shell)?;
    // Where the caller meant it, not where the tests run.
    let out = std::path::absolute(out)?;
    let out = out.to_str().context("this path is not text")?;
    run_browser_tests(["--shots", out].iter())
}
