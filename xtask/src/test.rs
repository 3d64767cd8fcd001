//! Checks and tests everything.

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};
use xtask::project;

use crate::build::{self, Profile};
use crate::install::{self, WASM};

/// Everything; stops at the first step that fails. Two ways side by side, as compiling the page's
/// core ends on one processor: what is native, and what the browsers need.
pub fn test() -> Result<ExitCode> {
    let shell = shell()?;
    step("format", || Ok(cmd!(shell, "cargo fmt --all --check").quiet().run()?))?;
    thread::scope(|scope| {
        let page = scope.spawn(page_and_browsers);
        native().and(page.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    eprintln!("== browser tests");
    browser_tests(&shell, &[])
}

/// Only the tests with `filter` in their names, in `engines` or in all, on the page as it was
/// built last.
pub fn some(filter: &str, engines: &[String]) -> Result<ExitCode> {
    let shell = shell()?;
    if !project::dist()?.is_dir() {
        build::build(Profile::Release)?;
    }
    if !project::provoked()?.is_dir() {
        build::build_provoked()?;
    }
    install::browsers(&shell)?;
    let linting = Linting::on(&shell)?;
    linting.run("build", &["--all-targets"])?;
    linting.run("test", &["--quiet", filter])?;
    let engines = engines.iter().flat_map(|engine| ["--browser", engine]);
    browser_tests(&shell, &["--filter", filter].into_iter().chain(engines).collect::<Vec<_>>())
}

fn shell() -> Result<Shell> {
    let shell = Shell::new()?;
    shell.change_dir(project::root()?);
    Ok(shell)
}

fn native() -> Result<()> {
    let shell = shell()?;
    let linting = Linting::on(&shell)?;
    step("clippy, compiling everything native", || linting.run("build", &["--all-targets"]))?;
    step("native tests", || linting.run("test", &[]))
}

fn page_and_browsers() -> Result<()> {
    let shell = shell()?;
    install::wasm_target(&shell)?;
    step("clippy for WebAssembly", || {
        let core = ["--package", "gradstep", "--package", "gradstep-core", "--target", WASM];
        Ok(cmd!(shell, "cargo clippy {core...} -- -D warnings").quiet().run()?)
    })?;
    step("tools for the browser tests", || install::browsers(&shell))?;
    step("build", || build::build(Profile::Release))?;
    step("build with traps", build::build_provoked)
}

fn step(name: &str, run: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    eprintln!("== {name}");
    run().with_context(|| format!("{name} failed"))?;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("== {name}: ok ({seconds:.1} s)");
    Ok(())
}

/// Cargo with clippy as the compiler of our own packages, so that what is linted need not be
/// compiled once more to be run.
struct Linting<'s> {
    shell: &'s Shell,
    driver: PathBuf,
}

impl<'s> Linting<'s> {
    fn on(shell: &'s Shell) -> Result<Self> {
        let sysroot = cmd!(shell, "rustc --print sysroot").quiet().read()?;
        Ok(Self { shell, driver: PathBuf::from(sysroot).join("bin/clippy-driver") })
    }

    /// Does what `cargo command --workspace args` does.
    fn run(&self, command: &str, args: &[&str]) -> Result<()> {
        let cargo = cmd!(self.shell, "cargo {command} --workspace {args...}");
        Ok(cargo
            .env("RUSTC_WORKSPACE_WRAPPER", &self.driver)
            .env("CLIPPY_ARGS", "-Dwarnings")
            .quiet()
            .run()?)
    }
}

/// Runs the browser tests; their exit code is ours, as they have told what failed.
fn browser_tests(shell: &Shell, args: &[&str]) -> Result<ExitCode> {
    let program = project::target(shell)?.join("debug/browser-tests");
    let status = Command::new(program).args(args).status().context("no browser tests")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
