//! Brings the tools that are missing, saying so, or names what to install.

use std::path::Path;

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};
use xtask::tools;

/// The target of the page's core.
pub const WASM: &str = "wasm32-unknown-unknown";

const GECKODRIVER: &str = "0.37.1";

/// Adds the WebAssembly target to the toolchain in use, if it is not there.
pub fn wasm_target(shell: &Shell) -> Result<()> {
    let libraries = cmd!(shell, "rustc --print target-libdir --target {WASM}").quiet().read()?;
    if Path::new(&libraries).is_dir() {
        return Ok(());
    }
    if tools::find(&["rustup"])?.is_none() {
        bail!("this Rust has no target {WASM}, and there is no rustup to add it: install rustup");
    }
    eprintln!("adding the target {WASM}");
    cmd!(shell, "rustup target add {WASM}")
        .quiet()
        .run()
        .with_context(|| format!("the target {WASM} could not be added"))
}

/// Everything that the browser tests need.
pub fn browsers(shell: &Shell) -> Result<()> {
    debian_packages(shell)?;
    geckodriver(shell)
}

fn debian_packages(shell: &Shell) -> Result<()> {
    let missing = missing_packages(shell)?;
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !Path::new("/etc/debian_version").is_file() {
        bail!("missing for the browser tests (by the names of Debian's packages): {list}");
    }
    if cmd!(shell, "id -u").quiet().read()? != "0" {
        bail!("missing for the browser tests: sudo apt-get update && sudo apt-get install {list}");
    }
    eprintln!("installing with apt-get: {list}");
    let _env = shell.push_env("DEBIAN_FRONTEND", "noninteractive");
    cmd!(shell, "apt-get update").quiet().run()?;
    cmd!(shell, "apt-get install --yes {missing...}").quiet().run()?;
    match missing_packages(shell)?.as_slice() {
        [] => Ok(()),
        rest => bail!("still missing after apt-get: {}", rest.join(" ")),
    }
}

/// Debian's packages that bring what is not there. What counts is the program, not the package.
fn missing_packages(shell: &Shell) -> Result<Vec<&'static str>> {
    let programs: [(&str, &[&str]); 6] = [
        ("chromium", &["chromium", "chromium-browser", "google-chrome"]),
        ("chromium-driver", &["chromedriver"]),
        ("firefox-esr", &["firefox", "firefox-esr"]),
        ("webkit2gtk-driver", &["WebKitWebDriver"]),
        ("xvfb", &["Xvfb"]),
        ("fontconfig", &["fc-list"]),
    ];
    let mut missing = Vec::new();
    for (package, names) in programs {
        if tools::find(names)?.is_none() {
            missing.push(package);
        }
    }
    if !shows_chinese(shell) {
        missing.push("fonts-noto-cjk");
    }
    Ok(missing)
}

fn shows_chinese(shell: &Shell) -> bool {
    let fonts = cmd!(shell, "fc-list :lang=zh-cn family").quiet().read();
    fonts.is_ok_and(|list| !list.is_empty())
}

fn geckodriver(shell: &Shell) -> Result<()> {
    if tools::find(&["geckodriver"])?.is_some() {
        return Ok(());
    }
    eprintln!("building geckodriver {GECKODRIVER}, which takes a minute or two");
    let place = tools::installed()?;
    // It passes messages on: nothing is gained by optimising it, or by debugging it here.
    cmd!(shell, "cargo install geckodriver --locked --version {GECKODRIVER} --debug --root {place}")
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .quiet()
        .run()
        .context("geckodriver could not be installed")
}
