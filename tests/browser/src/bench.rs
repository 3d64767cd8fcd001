//! Runs the benchmark's page in Chromium; `cargo xtask bench` makes a report of what it says.

use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::wd::TimeoutConfiguration;
use serde_json::{Value, json};

use crate::browser::{Browser, Driver};
use crate::chromium;
use crate::page::Page;

/// How long everything may take.
const PATIENCE: Duration = Duration::from_secs(900);

/// The page's report, with what the page itself loads as `loaded` and Chromium's `version`.
///
/// `part` is the only part of the benchmark to run, if any.
pub async fn run(origin: &str, part: Option<&str>) -> Result<Value> {
    let driver = Driver::start(Browser::Chromium).await?;
    let client = driver.session().await?;
    client.update_timeouts(TimeoutConfiguration::new(Some(PATIENCE), None, None)).await?;
    let page = Page::new(Browser::Chromium, client.clone(), origin);
    let report = measure(&page, origin, part).await;
    client.close().await?;
    report
}

async fn measure(page: &Page, origin: &str, part: Option<&str>) -> Result<Value> {
    page.open("#start", "en").await?;
    let loaded = "await document.fonts.ready;
        const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        return [...new Set(entries.map(({ name }) => new URL(name).pathname))];";
    let loaded = page.eval_async(loaded, vec![]).await?;

    let metrics = json!({ "width": 1280, "height": 900, "deviceScaleFactor": 2, "mobile": false });
    chromium::devtools(&page.client, "Emulation.setDeviceMetricsOverride", metrics).await?;
    let query = part.map(|part| format!("?part={part}")).unwrap_or_default();
    page.client.goto(&format!("{origin}/bench/index.html{query}")).await?;
    let mut report = page.eval_async("return await window.report;", vec![]).await?;
    let version = chromium::devtools(&page.client, "Browser.getVersion", json!({})).await?;
    let report_fields = report.as_object_mut().context("the benchmark's page has no report")?;
    report_fields.insert("loaded".into(), loaded);
    report_fields.insert("version".into(), version["product"].clone());
    Ok(report)
}
