//! Everything fits, at each width and in both languages.

use anyhow::Result;

use super::fit;
use super::seen::{click, unfold};
use crate::page::Page;

super::tests!(layout: ; once: everything_fits_at_1280, everything_fits_at_820, everything_fits_at_390);

async fn everything_fits_at_1280(page: &Page) -> Result<()> {
    everything_fits(page, 1280).await
}

async fn everything_fits_at_820(page: &Page) -> Result<()> {
    everything_fits(page, 820).await
}

async fn everything_fits_at_390(page: &Page) -> Result<()> {
    everything_fits(page, 390).await
}

async fn everything_fits(page: &Page, width: u32) -> Result<()> {
    page.open("#start", "en").await?;
    page.narrow(width).await?;
    let mut faults = vec![];
    for (lang, step) in [("en", "Step"), ("zh", "下一步")] {
        // The start, a step of the backward pass and the end of the lap.
        page.open("#start", lang).await?;
        faults.extend(check(page, width, lang, "the start").await.err());
        click(page, step, 6).await?;
        faults.extend(check(page, width, lang, "going backward").await.err());
        click(page, step, 4).await?;
        faults.extend(check(page, width, lang, "the lap's end").await.err());
        for case in ["a", "b", "figure7"] {
            page.open(&format!("#step-by-step&case={case}&size=unit"), lang).await?;
            unfold(page).await?;
            faults.extend(check(page, width, lang, case).await.err());
            click(page, step, 8).await?;
            faults.extend(check(page, width, lang, &format!("{case} on the way")).await.err());
        }
        page.open("#activations", lang).await?;
        faults.extend(check(page, width, lang, "activations").await.err());
    }
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    anyhow::ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

async fn check(page: &Page, width: u32, lang: &str, where_: &str) -> Result<()> {
    fit::fits(page, &format!("{where_} at {width} in {lang}")).await
}
