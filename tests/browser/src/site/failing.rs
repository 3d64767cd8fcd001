//! The page with one file that fails, at `/failing/<how>/<file>/`: `/failing/404/words%2Fen.json/`
//! is the page without its English words. `train%2Fworker.js:gradstep_bg.wasm` is the module as
//! the worker asks for it; the page's own arrives.

use std::future::pending;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};

/// Lets the file that the path names fail as the path says; all others come as they are.
pub fn one_file(site: Router) -> Router {
    site.layer(middleware::from_fn(fail))
}

async fn fail(Path((how, file)): Path<(String, String)>, request: Request, next: Next) -> Response {
    let (asker, file) = file.split_once(':').unwrap_or(("", &file));
    let meant = request.uri().path().ends_with(&format!("/{file}"));
    if !meant || !asked_by(request.headers(), asker) {
        return next.run(request).await;
    }
    match how.as_str() {
        "404" => (StatusCode::NOT_FOUND, "not found").into_response(),
        // As hosts answer that have one page for whatever they don't know.
        "html" => Html("<!doctype html><title>Home</title><p>Welcome").into_response(),
        "empty" => with_body(next.run(request).await, |_| Bytes::new()).await,
        "half" => with_body(next.run(request).await, |body| body.slice(..body.len() / 2)).await,
        "type" => {
            let mut response = next.run(request).await;
            let plain = HeaderValue::from_static("text/plain");
            response.headers_mut().insert(header::CONTENT_TYPE, plain);
            response
        }
        "hang" => pending().await,
        _ => (StatusCode::NOT_IMPLEMENTED, "no such way to fail").into_response(),
    }
}

/// Whether the script `asker` asks; an empty one is anybody.
fn asked_by(headers: &HeaderMap, asker: &str) -> bool {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    referer.unwrap_or_default().ends_with(asker)
}

async fn with_body(response: Response, change: impl FnOnce(Bytes) -> Bytes) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    match to_bytes(body, usize::MAX).await {
        Ok(body) => Response::from_parts(parts, Body::from(change(body))),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
