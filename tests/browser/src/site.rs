//! Serves the built page to the browsers, with what only tests need.

use std::path::PathBuf;

use anyhow::Result;
use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use xtask::server::{self, Site};

/// Starts serving `dist`, also below `/sub/path/`; returns the origin. Ends with the program.
pub async fn serve(dist: PathBuf) -> Result<String> {
    let listener = server::listen(0).await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let site = || {
        let script = "/tests/recorder.js";
        Site { dist: dist.clone(), script }.router()
    };
    let app = Router::new()
        .nest_service("/sub/path", site())
        .route("/tests/recorder.js", get(script(include_str!("in_page/recorder.js"))))
        .route("/tests/faults.js", get(script(include_str!("in_page/faults.js"))))
        .route("/tests/frame.html", get(Html(include_str!("in_page/frame.html"))))
        .route("/tests/sample.html", get(Html(include_str!("in_page/sample.html"))))
        .fallback_service(site());
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(origin)
}

fn script(text: &'static str) -> impl IntoResponse + Clone {
    ([(header::CONTENT_TYPE, "text/javascript")], text)
}
