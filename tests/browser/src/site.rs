//! Serves the built page to the browsers, with what only tests need.

mod failing;

use std::path::{Path, PathBuf};

use anyhow::Result;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use xtask::project;
use xtask::server::{self, Site};

/// The recorder, for pages whose deadlines are to come soon.
const HASTY: &str = concat!(include_str!("in_page/recorder.js"), include_str!("in_page/haste.js"));

/// Starts serving `dist`, also below `/sub/path/`, below `/failing/` with one file that fails (see
/// [`failing`]), and below `/provoked/` with the module in which traps can be set off; returns the
/// origin. Ends with the program.
pub async fn serve(dist: PathBuf) -> Result<String> {
    let listener = server::listen(0).await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let site_with = |script| Site { dist: dist.clone(), script }.router(Router::new());
    // The page does not change while it is tested: what it is made of is fetched once.
    let site = || site_with("/tests/recorder.js").layer(middleware::map_response(keep));
    let app = Router::new()
        .nest_service("/sub/path", site())
        .nest_service("/provoked", server::files(&project::provoked()?).fallback(site()))
        .nest_service("/failing/{how}/{file}", failing::one_file(site_with("/tests/hasty.js")))
        .route("/tests/recorder.js", get(script(include_str!("in_page/recorder.js"))))
        .route("/tests/hasty.js", get(script(HASTY)))
        .route("/tests/faults.js", get(script(include_str!("in_page/faults.js"))))
        .route("/tests/frame.html", get(Html(include_str!("in_page/frame.html"))))
        .route("/tests/sample.html", get(Html(include_str!("in_page/sample.html"))))
        .fallback_service(site());
    tokio::spawn(async move { server::serve(listener, app).await });
    Ok(origin)
}

async fn keep(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    response
}

/// The same for the benchmark: `pages` are its own, `peers` what it compares with, which does not
/// run under the page's policy. Returns the origin.
pub async fn serve_bench(dist: PathBuf, pages: &Path, peers: &Path) -> Result<String> {
    let listener = server::listen(0).await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let site = Site { dist, script: "/tests/recorder.js" }.router(Router::new());
    let app = Router::new()
        .route("/tests/recorder.js", get(script(include_str!("in_page/recorder.js"))))
        .nest_service("/bench", server::files(pages))
        .nest_service("/peers", server::files(peers))
        .fallback_service(site)
        .layer(middleware::map_response(isolate));
    tokio::spawn(async move { server::serve(listener, app).await });
    Ok(origin)
}

/// Only a page that shares its process with no other has a clock finer than 0.1 ms.
async fn isolate(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn script(text: &'static str) -> impl IntoResponse + Clone {
    ([(header::CONTENT_TYPE, "text/javascript")], text)
}
