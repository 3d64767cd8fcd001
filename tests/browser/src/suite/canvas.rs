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

/// Chapters with canvases.
const DRAWN: [&str; 6] =
    ["start", "activations&handbook=1", "train", "why-nonlinear", "nudge", "step-by-step"];

async fn what_was_wiped_is_drawn_again(page: &Page) -> Result<()> {
    // Nudge and the stepper have the painter of the first lap.
    for place in &DRAWN[..4] {
        page.open(&format!("#{place}"), "en").await?;
        settled(page, &page.control("img", None).nth(0)).await?;
        let found = page.eval_async(include_str!("../in_page/wiped.js"), vec![]).await?;
        faultless(&found, place)?;
    }
    Ok(())
}

async fn every_chapter_is_drawn_at_any_width(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    page.narrow(110).await?;
    for place in DRAWN {
        page.open(&format!("#{place}"), "en").await?;
        for width in [110, 60, 1, 10_000] {
            resize(page, (width, 844), 1).await?;
            faultless(&blank(page, width > 30).await?, &format!("{place} at {width}"))?;
        }
    }
    Ok(())
}

async fn on_any_screen_and_with_any_alpha_there_are_curves(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    page.narrow(300).await?;
    for alpha in ["1000000", "-1e300", "1.7e308"] {
        page.open(&format!("#activations&alpha={alpha}"), "en").await?;
        faultless(&blank(page, true).await?, alpha)?;
    }
    let curves = page.control("img", None).nth(0);
    let before = settled(page, &curves).await?;
    page.slider("α (negative slope)").press(Key::Home).await?;
    ensure!(settled(page, &curves).await? != before, "the curves no longer follow α");
    resize(page, (300, 300), 17).await?;
    faultless(&blank(page, true).await?, "17 device pixels in a css pixel")
}

async fn resize(page: &Page, (width, height): (u32, u32), ratio: u32) -> Result<()> {
    let metrics =
        json!({"width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false});
    chromium::devtools(&page.client, "Emulation.setDeviceMetricsOverride", metrics).await?;
    Ok(())
}

/// The canvases without a picture, once all are drawn; only those without a size where none is
/// `wanted`.
async fn blank(page: &Page, wanted: bool) -> Result<Value> {
    page.eval_async(include_str!("../in_page/blank.js"), vec![json!(wanted)]).await
}
