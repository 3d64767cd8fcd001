//! Measures the page against others in headless Chromium and writes BENCHMARKS.md.

mod peers;
mod report;
mod statistics;
mod weight;

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use xshell::Shell;
use xtask::project;

use crate::build::{self, Profile};
use crate::install;
use report::Measured;

/// Builds the page, measures, prints the tables and writes them to the repository's root; of one
/// `part` alone it only prints them.
pub fn bench(part: Option<&str>) -> Result<()> {
    let shell = Shell::new()?;
    let root = project::root()?;
    shell.change_dir(&root);
    let peers = peers::install(&shell)?;
    build::build(Profile::Release)?;
    install::browsers(&shell)?;

    eprintln!("measuring in Chromium, for some minutes: let the machine do nothing else");
    let measured = measure(peers.to_str().context("the repository's path is not text")?, part)?;
    let weights = weight::of_page(&shell, &project::dist()?, &measured.loaded)?;
    let text = report::write(&measured, &weights);
    println!("{text}");
    if part.is_some() {
        return Ok(());
    }
    fs::write(root.join("BENCHMARKS.md"), text).context("BENCHMARKS.md cannot be written")
}

/// The package of the browser tests drives the browser; what it prints is the report.
fn measure(peers: &str, part: Option<&str>) -> Result<Measured> {
    let filter = part.map(|part| ["--filter", part]);
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "browser-tests", "--", "--bench", peers])
        .args(filter.into_iter().flatten())
        .current_dir(project::root()?)
        .stderr(Stdio::inherit())
        .output()
        .context("cargo cannot be started")?;
    ensure!(output.status.success(), "the benchmark did not run through");
    serde_json::from_slice(&output.stdout).context("the benchmark's report cannot be read")
}
