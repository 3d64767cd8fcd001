//! What chromedriver has beyond the WebDriver standard.

use std::collections::BTreeMap;

use anyhow::Result;
use fantoccini::Client;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A POST to a path below the session.
#[derive(Debug)]
struct Post {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// Sends a command of the DevTools protocol.
pub async fn devtools(client: &Client, command: &str, params: Value) -> Result<Value, CmdError> {
    let body = json!({ "cmd": command, "params": params });
    let path = "goog/cdp/execute";
    client.issue_cmd(Post { path, body }).await
}

/// Lets the page see a window of this size.
pub async fn set_viewport(client: &Client, width: u32, height: u32) -> Result<()> {
    let metrics = json!({
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
    });
    devtools(client, "Emulation.setDeviceMetricsOverride", metrics).await?;
    Ok(())
}

/// Undoes [`set_viewport`].
pub async fn reset_viewport(client: &Client) -> Result<()> {
    devtools(client, "Emulation.clearDeviceMetricsOverride", json!({})).await?;
    Ok(())
}

/// What Chromium counts of the page, once what is no longer used has been swept away.
pub async fn metrics(client: &Client) -> Result<BTreeMap<String, f64>> {
    devtools(client, "HeapProfiler.collectGarbage", json!({})).await?;
    devtools(client, "Performance.enable", json!({})).await?;
    let answer = devtools(client, "Performance.getMetrics", json!({})).await?;
    let metrics = answer["metrics"].as_array().into_iter().flatten();
    Ok(metrics
        .filter_map(|metric| Some((metric["name"].as_str()?.to_owned(), metric["value"].as_f64()?)))
        .collect())
}

/// The errors in the browser's log since the last call, also those that no script can see.
pub async fn take_errors(client: &Client) -> Result<Vec<String>> {
    let body = json!({ "type": "browser" });
    let path = "se/log";
    let log = client.issue_cmd(Post { path, body }).await?;
    let entries = log.as_array().cloned().unwrap_or_default();
    Ok(entries
        .iter()
        .filter(|entry| entry["level"] == "SEVERE")
        .map(|entry| format!("browser log: {}", entry["message"].as_str().unwrap_or("?")))
        .collect())
}
