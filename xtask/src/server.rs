//! Serves the built page on this machine, under the policy that it asks for in production.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use tokio::fs::{canonicalize, read_to_string};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// A built page, and a script that is to run before the page's own: for tests and for reloading.
/// The built files never carry it.
pub struct Site {
    pub dist: PathBuf,
    pub script: &'static str,
}

impl Site {
    /// Everything that lies in `dist`, and the caller's `own` routes, all under the page's policy.
    pub fn router(self, own: Router) -> Router {
        let site = Arc::new(self);
        Router::new()
            .route("/", get(index))
            .route("/index.html", get(index))
            .fallback(file)
            .with_state(site.clone())
            .merge(own)
            .layer(middleware::from_fn_with_state(site, add_headers))
    }

    async fn html(&self) -> io::Result<String> {
        read_to_string(self.resolved("index.html").await?).await
    }

    /// Where `path` leads; an error where that is nowhere, or outside of `dist` by a link.
    async fn resolved(&self, path: &str) -> io::Result<PathBuf> {
        let (root, found) =
            (canonicalize(&self.dist).await?, canonicalize(self.dist.join(path)).await?);
        match found.starts_with(root) {
            true => Ok(found),
            false => Err(io::ErrorKind::NotFound.into()),
        }
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

/// Serves `router` until it is stopped, to this machine's own browsers alone: a page from elsewhere
/// that has its name lead here is not answered.
pub async fn serve(listener: TcpListener, router: Router) -> Result<()> {
    let app =
        router.layer(middleware::from_fn(refuse)).layer(middleware::map_response(forbid_sniffing));
    axum::serve(listener, app).await.context("the server stopped")
}

/// The longest path that is looked for, in bytes.
const LONGEST_PATH: usize = 1024;

async fn refuse(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(is_loopback) {
        return (StatusCode::MISDIRECTED_REQUEST, "This is not the server of that name.")
            .into_response();
    }
    if request.uri().path().len() > LONGEST_PATH {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    next.run(request).await
}

/// Whether a Host header names this machine as only it can be meant.
fn is_loopback(host: &str) -> bool {
    let host = host.parse::<Authority>();
    host.is_ok_and(|host| matches!(host.host(), "localhost" | "127.0.0.1" | "[::1]"))
}

async fn forbid_sniffing(mut response: Response) -> Response {
    let nosniff = HeaderValue::from_static("nosniff");
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    response
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

async fn file(State(site): State<Arc<Site>>, request: Request) -> Response {
    // As `ServeDir` reads it.
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    let answer = match site.resolved(path.trim_start_matches('/')).await {
        Ok(_) => ServeDir::new(&site.dist).try_call(request).await,
        Err(error) => Err(error),
    };
    answer.map_or_else(|_| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
}

async fn add_headers(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Read each time, since a rebuilt page may ask for another policy.
    let html = site.html().await.unwrap_or_default();
    if let Some(value) = policy(&html).and_then(|text| HeaderValue::from_str(text).ok()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

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

    /// A site of one page and one script, beside a file that is none of its own.
    fn site(root: &Path) -> Site {
        let dist = root.join("dist");
        std::fs::create_dir(&dist).unwrap();
        std::fs::write(dist.join("index.html"), PAGE).unwrap();
        std::fs::write(dist.join("main.js"), "hello()").unwrap();
        std::fs::write(root.join("secret.txt"), "secret").unwrap();
        Site { dist, script: "/first.js" }
    }

    /// What a served `site` answers to each of the requests, given by Host and path.
    async fn answers(site: Site, requests: Vec<(&'static str, String)>) -> Vec<String> {
        let own = Router::new().route("/own", get(|| async { "own" }));
        let listener = listen(0).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(listener, site.router(own)));
        let ask = move |(host, path)| {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
                .unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        let asking = move || requests.into_iter().map(ask).collect();
        tokio::task::spawn_blocking(asking).await.unwrap()
    }

    #[tokio::test]
    async fn only_a_loopback_name_is_answered() {
        let root = tempfile::tempdir().unwrap();
        let hosts =
            ["localhost", "127.0.0.1:8080", "[::1]:80", "evil.example", "", "localhost.evil"];
        let requests = hosts.map(|host| (host, "/main.js".to_owned())).to_vec();
        let answers = answers(site(root.path()), requests).await;
        let served: Vec<bool> = answers.iter().map(|answer| answer.contains("hello()")).collect();
        assert_eq!(served, [true, true, true, false, false, false], "{answers:?}");
        assert!(answers[3].starts_with("HTTP/1.1 421 "), "{}", answers[3]);
    }

    #[tokio::test]
    async fn every_answer_forbids_sniffing_and_every_route_has_the_policy() {
        let root = tempfile::tempdir().unwrap();
        let paths = ["/", "/index.html", "/main.js", "/own", "/none.js", "/%00"];
        let requests = paths.map(|path| ("localhost", path.to_owned())).to_vec();
        for (path, answer) in paths.iter().zip(answers(site(root.path()), requests).await) {
            assert!(answer.contains("x-content-type-options: nosniff"), "{path}: {answer}");
            assert!(answer.contains("content-security-policy: default-src"), "{path}: {answer}");
        }
    }

    #[tokio::test]
    async fn a_path_that_is_too_long_is_said_to_be() {
        let root = tempfile::tempdir().unwrap();
        let long = |n: usize| ("localhost", format!("/{}", "x".repeat(n)));
        let answers = answers(site(root.path()), vec![long(300), long(5000), long(50_000)]).await;
        let status = |answer: &String| answer[9..12].to_owned();
        assert_eq!(answers.iter().map(status).collect::<Vec<_>>(), ["404", "414", "414"]);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn nothing_outside_of_the_built_page_is_served() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let site = site(root.path());
        symlink("../secret.txt", site.dist.join("link.txt")).unwrap();
        symlink("..", site.dist.join("up")).unwrap();
        symlink("main.js", site.dist.join("inner.js")).unwrap();
        let absolute = format!("/{}/secret.txt", root.path().display());
        let outside = ["/link.txt", "/up/secret.txt", "/../secret.txt", "/%2e%2e/secret.txt"];
        let paths = outside.into_iter().map(str::to_owned).chain([absolute, "/inner.js".into()]);
        let requests = paths.map(|path| ("localhost", path)).collect();
        let answers = answers(site, requests).await;
        let (inner, outside) = answers.split_last().unwrap();
        assert!(inner.contains("hello()"), "{inner}");
        for answer in outside {
            assert!(answer.starts_with("HTTP/1.1 404 ") && !answer.contains("secret"), "{answer}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn neither_is_a_page_that_is_a_link_to_the_outside() {
        let root = tempfile::tempdir().unwrap();
        let site = site(root.path());
        let index = site.dist.join("index.html");
        std::fs::remove_file(&index).unwrap();
        std::os::unix::fs::symlink("../secret.txt", index).unwrap();
        let answers = answers(site, vec![("localhost", "/".into())]).await;
        assert!(answers[0].starts_with("HTTP/1.1 404 "), "{}", answers[0]);
    }
}
