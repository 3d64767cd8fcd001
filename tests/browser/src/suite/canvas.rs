//! Canvases: of any size, of any number, and after the graphics driver has wiped them.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::seen::{faultless, settled};
use crate::chromium;
use crate::control::Find;
use crate::page::Page;

super::tests!(canvas: what_was_wiped_is_drawn_again;
    once: every_chapter_is_drawn_at_any_width, on_any_screen_and_with_any_alpha_there_are_curves);

/// Every kind of canvas.
const DRAWN: [&str; 4] = ["#start", "#activations&handbook=1", "#train", "#why-nonlinear"];

async fn what_was_wiped_is_drawn_again(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    for place in DRAWN {
        page.follow(place).await?;
        settled(page, &page.control("img", None).nth(0)).await?;
        let found = page.eval_async(include_str!("../in_page/wiped.js"), vec![]).await?;
        faultless(&found, place)?;
    }
    Ok(())
}

async fn every_chapter_is_drawn_at_any_width(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    page.narrow(110).await?;
    for place in DRAWN.into_iter().chain(["#nudge", "#step-by-step&case=b"]) {
        page.follow(place).await?;
        for width in [110, 60, 1, 10_000] {
            page.widen(width).await?;
            // On a single pixel the margins leave no room.
            faultless(&blank(page, width > 1).await?, &format!("{place} at {width}"))?;
        }
    }
    Ok(())
}

async fn on_any_screen_and_with_any_alpha_there_are_curves(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    page.narrow(300).await?;
    for alpha in ["1000000", "-1e300", "1.7e308"] {
        page.follow(&format!("#activations&alpha={alpha}")).await?;
        faultless(&blank(page, true).await?, alpha)?;
    }
    let curves = page.control("img", None).nth(0);
    let before = settled(page, &curves).await?;
    page.slider("α (negative slope)").press(Key::Home).await?;
    ensure!(settled(page, &curves).await? != before, "the curves no longer follow α");
    let fine = json!({"width": 300, "height": 300, "deviceScaleFactor": 17, "mobile": false});
    chromium::devtools(&page.client, "Emulation.setDeviceMetricsOverride", fine).await?;
    faultless(&blank(page, true).await?, "17 device pixels in a css pixel")
}

/// What is wrong with the canvases once all are drawn: none may be without pixels, nor where a
/// picture is `wanted` without one.
async fn blank(page: &Page, wanted: bool) -> Result<Value> {
    page.eval_async(include_str!("../in_page/blank.js"), vec![json!(wanted)]).await
}
