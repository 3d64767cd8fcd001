//! What is used for long is as light as it was: nothing is kept of what is no longer shown.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::chromium::metrics;
use crate::page::Page;

// Counted by Chromium's DevTools; what adds listeners adds them in each engine.
super::tests!(growth: ; once:
    steps_add_no_listeners,
    chapters_seen_again_add_no_listeners,
);

/// The listeners of the page, once what is no longer used has been swept away.
async fn listeners(page: &Page) -> Result<u64> {
    let metrics = metrics(&page.client).await?;
    metrics.get("JSEventListeners").map(|&count| count as u64).context("no count")
}

/// Clicks the button Step so often, with a frame after each tenth.
async fn step(page: &Page, times: usize) -> Result<()> {
    let script = "const [times] = args;
        const buttons = [...document.querySelectorAll('main:not([hidden]) button')];
        const step = buttons.find((one) => one.checkVisibility() && one.textContent === 'Step');
        for (let n = 0; n < times; n += 1) {
            step.click();
            if (n % 10 === 0) await new Promise(requestAnimationFrame);
        }";
    page.eval_async(script, vec![json!(times)]).await?;
    Ok(())
}

async fn steps_add_no_listeners(page: &Page) -> Result<()> {
    // A Step is a training step, whose loss is one more point of the chart.
    page.open("#step-by-step&case=a&size=epoch", "en").await?;
    step(page, 20).await?;
    let before = listeners(page).await?;
    step(page, 60).await?;
    let after = listeners(page).await?;
    ensure!(after == before, "{before} listeners after 20 Steps, {after} after 80");
    Ok(())
}

async fn chapters_seen_again_add_no_listeners(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    let round = "for (const link of document.querySelectorAll('header nav a')) {
            link.click();
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
        }";
    page.eval_async(round, vec![]).await?;
    let before = listeners(page).await?;
    for _ in 0..5 {
        page.eval_async(round, vec![]).await?;
    }
    let after = listeners(page).await?;
    ensure!(after == before, "{before} listeners after each chapter once, {after} after six times");
    Ok(())
}
