//! What a learner changes.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::seen::{bench, click, enter, export, import, seen, shows, unfold};
use crate::control::Find;
use crate::page::Page;

super::tests!(edit:
    a_weight_edited_on_the_way_is_the_case_opened_afresh,
    undo_takes_an_edit_back,
);

const WEIGHT: &str = "Layer 1: weight of unit 1 from input 1";

/// Sets a weight in the tables.
async fn set_weight(page: &Page, value: &str) -> Result<()> {
    let editing = page.control("checkbox", Some("Edit weights and biases"));
    editing.click().await?;
    enter(&page.control("spinbutton", Some(WEIGHT)), value).await?;
    editing.click().await
}

async fn a_weight_edited_on_the_way_is_the_case_opened_afresh(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=number", "en").await?;
    unfold(page).await?;
    click(page, "Step", 15).await?;
    let before = bench(page).await?;
    set_weight(page, "0.25").await?;
    let edited = bench(page).await?;
    ensure!(edited != before, "the edit changes nothing");
    let case = export(page).await?;
    click(page, "Step", 3).await?;
    let further = bench(page).await?;
    click(page, "End", 1).await?;
    let end = bench(page).await?;

    page.open("#step-by-step", "en").await?;
    unfold(page).await?;
    import(page, &case).await?;
    is(page, &edited, "opened afresh").await?;
    click(page, "Step", 3).await?;
    is(page, &further, "opened afresh, three steps on").await?;
    click(page, "End", 1).await?;
    is(page, &end, "opened afresh, at the end").await
}

async fn is(page: &Page, wanted: &Value, where_: &str) -> Result<()> {
    let found = bench(page).await?;
    ensure!(found == *wanted, "{where_}: {found} instead of {wanted}");
    Ok(())
}

async fn undo_takes_an_edit_back(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=number", "en").await?;
    click(page, "Step", 15).await?;
    let before = seen(page).await?;
    set_weight(page, "0.25").await?;
    let edited = seen(page).await?;
    set_weight(page, "-0.75").await?;
    ensure!(seen(page).await? != edited, "the second edit changes nothing");
    click(page, "Undo", 1).await?;
    shows(page, &edited, "one edit undone").await?;
    click(page, "Undo", 1).await?;
    shows(page, &before, "both edits undone").await
}
