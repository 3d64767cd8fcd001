//! Checks and tests everything.

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};
use xtask::project;

use crate::build::{self, Profile};
use crate::install::{self, WASM};

/// Everything in order, the quick before the slow; stops at the first step that fails.
pub fn test(filter: Option<&str>) -> Result<ExitCode> {
    let shell = Shell::new()?;
    shell.change_dir(project::root()?);
    step("format", || Ok(cmd!(shell, "cargo fmt --all --check").quiet().run()?))?;
    step("clippy", || {
        let all = "--workspace --all-targets".split(' ');
        Ok(cmd!(shell, "cargo clippy {all...} -- -D warnings").quiet().run()?)
    })?;
    step("clippy for WebAssembly", || {
        install::wasm_target(&shell)?;
        let core = ["--package", "gradstep", "--package", "gradstep-core", "--target", WASM];
        Ok(cmd!(shell, "cargo clippy {core...} -- -D warnings").quiet().run()?)
    })?;
    step("native tests", || {
        Ok(cmd!(shell, "cargo test --workspace {filter...}").quiet().run()?)
    })?;
    step("build", || build::build(Profile::Release))?;
    step("build with traps", build::build_provoked)?;
    step("tools for the browser tests", || install::browsers(&shell))?;
    browser_tests(filter)
}

fn step(name: &str, run: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    eprintln!("== {name}");
    run().with_context(|| format!("{name} failed"))?;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("== {name}: ok ({seconds:.1} s)");
    Ok(())
}

/// The last step: its last line, the count, stays the last of all.
fn browser_tests(filter: Option<&str>) -> Result<ExitCode> {
    eprintln!("== browser tests");
    let filter = filter.map(|filter| ["--filter", filter]);
    run_browser_tests(filter.iter().flatten())
}

/// Runs the package of the browser tests; its exit code is ours, as it has told what failed.
pub fn run_browser_tests<'a>(args: impl Iterator<Item = &'a &'a str>) -> Result<ExitCode> {
    let status = Command::new("cargo")
        .args(["run", "--quiet", "--package", "browser-tests", "--"])
        .args(args)
        .current_dir(project::root()?)
        .status()
        .context("cargo cannot be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
