//! Programs that run beside the tests and end with them.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

const PATIENCE: Duration = Duration::from_secs(30);

/// A port that nobody listens on.
pub async fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    Ok(listener.local_addr()?.port())
}

/// Starts a WebDriver server and waits until it listens on `port`.
pub async fn start_driver(mut command: Command, port: u16) -> Result<Child> {
    let name = program(&command);
    let mut child = spawn(command.stdout(Stdio::null()))?;
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if let Some(status) = child.try_wait()? {
            bail!("{name} ended at once: {status}");
        }
        ensure!(start.elapsed() < PATIENCE, "{name} does not answer");
        sleep(Duration::from_millis(20)).await;
    }
    Ok(child)
}

/// Starts a screen that nobody sees; returns its name for `DISPLAY`.
pub async fn start_screen(xvfb: &Path) -> Result<(Child, String)> {
    let mut command = Command::new(xvfb);
    // It chooses a free number itself, and writes it when it is ready.
    command
        .args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped());
    let mut child = spawn(&mut command)?;
    let stdout = child.stdout.take().context("Xvfb has no output")?;
    let mut lines = BufReader::new(stdout).lines();
    let number = timeout(PATIENCE, lines.next_line())
        .await
        .context("Xvfb does not start")??
        .context("Xvfb ended at once")?;
    Ok((child, format!(":{number}")))
}

fn spawn(command: &mut Command) -> Result<Child> {
    command
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("{} cannot be started", program(command)))
}

fn program(command: &Command) -> String {
    command.as_std().get_program().to_string_lossy().into_owned()
}
