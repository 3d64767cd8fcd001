//! Screenshots of every chapter, in each width, theme and language.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::browser::{Browser, Driver};
use crate::chromium;
use crate::control::Find;
use crate::page::Page;

/// A picture to take: its name, the place, and the English buttons to click there first.
struct Chapter {
    name: &'static str,
    fragment: &'static str,
    /// By language, English and Chinese: buttons carry the words that they show.
    clicks: [&'static [&'static str]; 2],
}

const fn chapter(name: &'static str, fragment: &'static str) -> Chapter {
    Chapter { name, fragment, clicks: [&[], &[]] }
}

/// Every chapter that the page has.
const CHAPTERS: [Chapter; 3] = [
    chapter("start", "#start"),
    chapter("step-by-step", "#step-by-step"),
    chapter("activations", "#activations"),
];

const SIZES: [(u32, u32); 3] = [(1280, 800), (820, 1180), (390, 844)];
const THEMES: [&str; 2] = ["light", "dark"];
const LANGUAGES: [&str; 2] = ["en", "zh"];

/// Writes every picture into `out`.
pub async fn take(origin: &str, out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("{}", out.display()))?;
    let driver = Driver::start(Browser::Chromium).await?;
    let client = driver.session().await?;
    let page = Page::new(Browser::Chromium, client.clone(), origin);
    let taken = take_all(&page, out).await;
    client.close().await?;
    println!("{} screenshots in {}", taken?, out.display());
    Ok(())
}

async fn take_all(page: &Page, out: &Path) -> Result<usize> {
    let mut taken = 0;
    for chapter in &CHAPTERS {
        for size in SIZES {
            for theme in THEMES {
                for (lang, clicks) in LANGUAGES.into_iter().zip(chapter.clicks) {
                    let name = format!("{}-{}-{theme}-{lang}.png", chapter.name, size.0);
                    prepare(page, size, theme).await?;
                    page.open(chapter.fragment, lang).await?;
                    for button in clicks {
                        page.button(button).click().await?;
                    }
                    fs::write(out.join(&name), picture(page).await?)?;
                    println!("{name}");
                    taken += 1;
                }
            }
        }
    }
    Ok(taken)
}

async fn prepare(page: &Page, (width, height): (u32, u32), theme: &str) -> Result<()> {
    chromium::set_viewport(&page.client, width, height).await?;
    // Without motion, so that nothing is caught on its way.
    let media = json!({ "features": [
        { "name": "prefers-color-scheme", "value": theme },
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ] });
    chromium::devtools(&page.client, "Emulation.setEmulatedMedia", media).await?;
    Ok(())
}

/// The whole page, also what is below the window's edge.
async fn picture(page: &Page) -> Result<Vec<u8>> {
    let settled = "await document.fonts.ready;
        await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));";
    page.eval_async(settled, vec![]).await?;
    let whole = json!({ "captureBeyondViewport": true });
    let size = "const { scrollWidth: width, scrollHeight: height } = document.documentElement;
        return { x: 0, y: 0, width, height, scale: 1 };";
    let mut params = whole;
    params["clip"] = page.eval(size, vec![]).await?;
    let answer = chromium::devtools(&page.client, "Page.captureScreenshot", params).await?;
    let png = answer["data"].as_str().context("no picture came back")?;
    Ok(BASE64_STANDARD.decode(png)?)
}
