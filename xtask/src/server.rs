//! Serves the built page on this machine, under the policy that it asks for in production.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// A built page, and a script that is to run before the page's own: for tests and for reloading.
/// The built files never carry it.
pub struct Site {
    pub dist: PathBuf,
    pub script: &'static str,
}

impl Site {
    /// Everything that lies in `dist`. The caller may add routes of its own.
    pub fn router(self) -> Router {
        let files = ServeDir::new(&self.dist);
        let site = Arc::new(self);
        Router::new()
            .route("/", get(index))
            .route("/index.html", get(index))
            .fallback_service(files)
            .layer(middleware::from_fn_with_state(site.clone(), add_headers))
            .with_state(site)
    }

    async fn html(&self) -> io::Result<String> {
        tokio::fs::read_to_string(self.dist.join("index.html")).await
    }
}

/// Plain files, without the page's policy.
pub fn files(dir: &Path) -> ServeDir {
    ServeDir::new(dir)
}

/// Listens on `port` of this machine only; 0 takes any free one.
pub async fn listen(port: u16) -> Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    match TcpListener::bind(address).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            bail!("port {port} is taken: choose another with --port")
        }
        other => other.with_context(|| format!("port {port} cannot be used")),
    }
}

/// The Content-Security-Policy that `html` asks for in its `<meta>`.
pub fn policy(html: &str) -> Option<&str> {
    let (_, tag) = html.split_once(r#"http-equiv="Content-Security-Policy""#)?;
    let (tag, _) = tag.split_once('>')?;
    let (_, value) = tag.split_once("content=\"")?;
    value.split_once('"').map(|(policy, _)| policy)
}

async fn index(State(site): State<Arc<Site>>) -> Response {
    match site.html().await {
        Ok(html) => Html(with_script(&html, site.script)).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, "The page is not built yet.").into_response(),
    }
}

/// Ahead of every other script, but behind the policy.
fn with_script(html: &str, script: &str) -> String {
    let tag = format!("<script src=\"{script}\"></script>\n");
    match html.find("<script").or_else(|| html.find("</head>")) {
        Some(place) => format!("{}{tag}{}", &html[..place], &html[place..]),
        None => format!("{html}{tag}"),
    }
}

async fn add_headers(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Read each time, since a rebuilt page may ask for another policy.
    let html = site.html().await.unwrap_or_default();
    if let Some(value) = policy(&html).and_then(|text| HeaderValue::from_str(text).ok()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = concat!(
        "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">",
        "<script src=\"main.js\"></script></head>"
    );

    #[test]
    fn the_policy_is_the_pages_own() {
        assert_eq!(policy(PAGE), Some("default-src 'none'"));
        assert_eq!(policy("<head></head>"), None);
    }

    #[test]
    fn the_script_comes_before_the_pages_and_after_the_policy() {
        let html = with_script(PAGE, "/first.js");
        let first = html.find("/first.js").unwrap();
        assert!(html.find("default-src").unwrap() < first);
        assert!(first < html.find("main.js").unwrap());
    }
}
