//! Serves the page while it is worked on: each change is built, and the page reloads.

use std::convert::Infallible;
use std::path::PathBuf;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;
use xtask::{project, server};

use crate::build::{self, Profile};
use crate::watch::Sources;

/// Serves until it is stopped.
#[tokio::main]
pub async fn serve(port: u16, open: bool) -> Result<()> {
    // First the port: nobody wants to wait for a build to learn that it is taken.
    let listener = server::listen(port).await?;
    build::build(Profile::Release)?;

    let (sender, builds) = watch::channel(stamp());
    rebuild_on_change(project::root()?, sender)?;

    let address = format!("http://{}/", listener.local_addr()?);
    println!("Gradstep is at {address} (Ctrl-C stops it)");
    if open && open::that_detached(&address).is_err() {
        eprintln!("no browser could be opened: open the address yourself");
    }

    let site = server::Site { dist: project::dist()?, script: "/xtask/reload.js" };
    let own = Router::new()
        .route("/xtask/reload.js", get(reload_script))
        .route("/xtask/builds", get(move || announce(builds.clone())));
    server::serve(listener, site.router(own)).await
}

async fn reload_script() -> impl IntoResponse {
    let javascript = [(header::CONTENT_TYPE, "text/javascript")];
    (javascript, include_str!("reload.js"))
}

/// The build that is served, and each new one.
async fn announce(builds: watch::Receiver<u128>) -> impl IntoResponse {
    let events = WatchStream::new(builds)
        .map(|build| Ok::<_, Infallible>(Event::default().data(build.to_string())));
    Sse::new(events).keep_alive(KeepAlive::default())
}

fn rebuild_on_change(root: PathBuf, builds: watch::Sender<u128>) -> Result<()> {
    let sources = Sources::watch(&root)?;
    thread::spawn(move || {
        while sources.wait() {
            eprintln!("a change: building again");
            match build::build(Profile::Release) {
                Ok(()) => {
                    builds.send_replace(stamp());
                }
                Err(error) => eprintln!("error: {error:#}\nthe last good page stays"),
            }
        }
    });
    Ok(())
}

/// Names a build; also different from those of an earlier run, so that a page left open reloads.
fn stamp() -> u128 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |time| time.as_millis())
}
