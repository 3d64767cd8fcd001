//! `cargo xtask`: build, serve, test and measure Gradstep, and take its screenshots.

mod bench;
mod build;
mod first;
mod install;
mod serve;
mod shots;
mod test;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::build::Profile;

/// Build, serve and test Gradstep.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page into dist/, ready for any static host.
    Build {
        /// In seconds after a change, but large and slow: for trying things out.
        #[arg(long)]
        dev: bool,
        /// Only the module in which the browser tests set off traps, into target/provoked/.
        #[arg(long, conflicts_with = "dev")]
        provoked: bool,
    },
    /// Build the page, serve it on this machine and rebuild it on every change.
    Serve {
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Do not open the browser.
        #[arg(long)]
        no_open: bool,
    },
    /// Check and test everything, in real browsers too.
    Test {
        /// Only the tests whose name contains this, on the page as it was built last.
        filter: Option<String>,
        /// Only in these browsers: chromium, firefox, webkit.
        #[arg(long, value_delimiter = ',', requires = "filter")]
        browser: Vec<String>,
    },
    /// Write screenshots of every chapter in each width, theme and language.
    Shots {
        #[arg(long, default_value = "shots")]
        out: PathBuf,
    },
    /// Measure the page against others in Chromium, and write BENCHMARKS.md.
    Bench {
        /// Only this part, which is printed and not written: training, heatmaps, redraw, stepper or
        /// experiments.
        part: Option<String>,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Build { provoked: true, .. } => build::build_provoked()?,
        Command::Build { dev: true, .. } => build::build(Profile::Dev)?,
        Command::Build { dev: false, .. } => build::build(Profile::Release)?,
        Command::Serve { port, no_open } => serve::serve(port, !no_open)?,
        Command::Test { filter: None, .. } => return test::test(),
        Command::Test { filter: Some(filter), browser } => return test::some(&filter, &browser),
        Command::Bench { part } => bench::bench(part.as_deref())?,
        Command::Shots { out } => return shots::shots(&out),
    }
    Ok(ExitCode::SUCCESS)
}
