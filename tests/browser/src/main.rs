//! Runs the browser tests, takes the screenshots, runs the benchmark, or lets a monkey at the page.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::{Parser, ValueEnum};
use xtask::project;

use browser_tests::browser::Browser;
use browser_tests::{bench, monkey, runner, shots, site, suite};

/// Test the built page in real browsers.
#[derive(Parser)]
struct Cli {
    /// Only in these browsers.
    #[arg(long, value_enum, value_delimiter = ',')]
    browser: Vec<Browser>,
    /// Only the tests, or screenshots, whose name contains this; of the benchmark, only this part.
    #[arg(long)]
    filter: Option<String>,
    /// Write screenshots of every chapter here, instead of testing.
    #[arg(long, value_name = "DIRECTORY")]
    shots: Option<PathBuf>,
    /// Run the benchmark against the packages in here, and print its report as JSON.
    #[arg(long, value_name = "NODE_MODULES", conflicts_with = "shots")]
    bench: Option<PathBuf>,
    /// Use the page at random for so long in each browser, and tell what goes wrong.
    #[arg(long, value_name = "MINUTES", conflicts_with_all = ["shots", "bench"])]
    monkey: Option<u64>,
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

// The site has a thread of its own: a test that computes natively must not keep the others waiting
// for the page.
#[tokio::main(worker_threads = 1)]
async fn run(cli: Cli) -> Result<bool> {
    let dist = project::dist()?;
    ensure!(dist.join("index.html").is_file(), "no dist/: run `cargo xtask build` first");
    if let Some(peers) = &cli.bench {
        let pages = project::root()?.join("xtask/bench");
        let origin = site::serve_bench(dist, &pages, peers).await?;
        println!("{}", bench::run(&origin, cli.filter.as_deref()).await?);
        return Ok(true);
    }
    let origin = site::serve(dist).await?;
    if let Some(minutes) = cli.monkey {
        let mut sound = true;
        for &browser in cli.browsers() {
            sound &= monkey::run(browser, &origin, minutes).await?;
        }
        return Ok(sound);
    }
    match &cli.shots {
        Some(out) => shots::take(&origin, out, cli.filter.as_deref()).await.map(|()| true),
        None => test(&cli, &origin).await,
    }
}

impl Cli {
    fn browsers(&self) -> &[Browser] {
        match self.browser.as_slice() {
            [] => Browser::value_variants(),
            chosen => chosen,
        }
    }
}

async fn test(cli: &Cli, origin: &str) -> Result<bool> {
    let mut tests = suite::all();
    if let Some(filter) = &cli.filter {
        tests.retain(|test| test.name.contains(filter));
    }
    let (passed, failed) = runner::run(cli.browsers(), &tests, origin).await;
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0)
}
