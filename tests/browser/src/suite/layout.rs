//! Everything fits, at each width and in both languages; the chapters' own suites say so of
//! theirs.

use anyhow::Result;

use super::fit::{self, LANGUAGES};
use super::seen::{click, unfold};
use crate::page::Page;

super::tests!(layout: ; once: the_first_lap_fits, step_by_step_fits, activations_fits);

async fn the_first_lap_fits(page: &Page) -> Result<()> {
    let mut faults = vec![];
    for (lang, step) in LANGUAGES {
        page.open("#start", lang).await?;
        for (steps, where_) in [(0, "the start"), (6, "going backward"), (4, "the lap's end")] {
            click(page, step, steps).await?;
            faults.extend(fit::here(page, lang, where_).await?);
        }
    }
    fit::none(&faults)
}

async fn step_by_step_fits(page: &Page) -> Result<()> {
    let mut faults = vec![];
    for (lang, step) in LANGUAGES {
        page.open("", lang).await?;
        for case in ["a", "b", "figure7"] {
            page.follow(&format!("#step-by-step&case={case}&size=unit")).await?;
            unfold(page).await?;
            faults.extend(fit::here(page, lang, case).await?);
            click(page, step, 8).await?;
            faults.extend(fit::here(page, lang, &format!("{case} on the way")).await?);
        }
    }
    fit::none(&faults)
}

async fn activations_fits(page: &Page) -> Result<()> {
    fit::everywhere(page, &["#activations"], async |_| Ok(())).await
}
