//! The three engines, each by its own WebDriver server.

use std::fmt;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::process::{Child, Command};
use xtask::tools;

use crate::process;

/// An engine to test in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Browser {
    Chromium,
    Firefox,
    Webkit,
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
            Browser::Webkit => "webkit",
        })
    }
}

/// A running WebDriver server; ends when dropped.
pub struct Driver {
    browser: Browser,
    address: String,
    _processes: Vec<Child>,
}

impl Driver {
    /// Starts the server for `browser`.
    pub async fn start(browser: Browser) -> Result<Self> {
        let port = process::free_port().await?;
        let mut processes = Vec::new();
        let command = match browser {
            Browser::Chromium => chromedriver(port)?,
            Browser::Firefox => geckodriver(port).await?,
            Browser::Webkit => {
                let (screen, display) = process::start_screen(&tool(&["Xvfb"])?).await?;
                processes.push(screen);
                webkit_driver(port, &display)?
            }
        };
        // Before the screen: dropped in this order.
        processes.insert(0, process::start_driver(command, port).await?);
        Ok(Self { browser, address: format!("http://127.0.0.1:{port}"), _processes: processes })
    }

    /// Opens a browser with a fresh profile.
    pub async fn session(&self) -> Result<Client> {
        let capabilities = match self.browser {
            Browser::Chromium => chromium()?,
            Browser::Firefox => firefox()?,
            Browser::Webkit => webkit()?,
        };
        let Value::Object(capabilities) = capabilities else {
            bail!("capabilities must be an object");
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.address)
            .await
            .with_context(|| format!("{} does not start", self.browser))?;
        client.set_window_size(1280, 900).await?;
        Ok(client)
    }
}

fn tool(names: &[&str]) -> Result<std::path::PathBuf> {
    let found = tools::find(names)?;
    found.with_context(|| format!("{} is not installed", names.join(" or ")))
}

fn chromedriver(port: u16) -> Result<Command> {
    let mut command = Command::new(tool(&["chromedriver"])?);
    command.arg(format!("--port={port}"));
    Ok(command)
}

async fn geckodriver(port: u16) -> Result<Command> {
    let mut command = Command::new(tool(&["geckodriver"])?);
    // The second port has a fixed default, which another run may hold.
    let second = process::free_port().await?;
    command.args(["--port", &port.to_string(), "--websocket-port", &second.to_string()]);
    Ok(command)
}

fn webkit_driver(port: u16, display: &str) -> Result<Command> {
    let mut command = Command::new(tool(&["WebKitWebDriver"])?);
    command
        .arg(format!("--port={port}"))
        .env("DISPLAY", display)
        .env("GDK_BACKEND", "x11")
        .env_remove("WAYLAND_DISPLAY")
        // Its sandbox needs rights that a container or root does not have.
        .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    Ok(command)
}

fn chromium() -> Result<Value> {
    Ok(json!({
        "goog:chromeOptions": {
            "binary": tool(&["chromium", "chromium-browser", "google-chrome"])?,
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                "--hide-scrollbars",
            ],
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    }))
}

fn firefox() -> Result<Value> {
    Ok(json!({
        "moz:firefoxOptions": {
            "binary": tool(&["firefox", "firefox-esr"])?,
            "args": ["-headless"],
        },
    }))
}

fn webkit() -> Result<Value> {
    let browser = tools::mini_browser().context("WebKitGTK's MiniBrowser is not installed")?;
    Ok(json!({
        "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] },
    }))
}
