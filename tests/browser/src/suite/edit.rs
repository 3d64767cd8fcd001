//! What a learner changes.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::seen::{bench, click, enter, export, import, seen, shows, unfold};
use crate::control::Find;
use crate::page::Page;

super::tests!(edit:
    a_weight_edited_on_the_way_is_the_case_opened_afresh,
    undo_takes_an_edit_back,
    a_weight_clicked_in_the_picture_is_changed_in_the_card,
    a_sample_is_added_and_taken_away,
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

async fn a_weight_clicked_in_the_picture_is_changed_in_the_card(page: &Page) -> Result<()> {
    for (name, value) in [
        ("Weight from x₁ to unit 2, layer [1]", "-0.9"),
        ("Bias of unit 1, layer [2]", "0.7"),
        ("Input x2", "3"),
    ] {
        page.open("#step-by-step&case=a&size=unit", "en").await?;
        click_in_picture(page, name).await?;
        let field = page.control("spinbutton", Some(name));
        ensure!(field.value().await? == value, "{name} is {}", field.value().await?);
        enter(&field, "0.25").await?;
        let card = page.region("This step").text().await?;
        ensure!(card.contains("0.25") && !card.contains(value), "{card}");
        click(page, "Undo", 1).await?;
        ensure!(seen(page).await?.contains(&value.replace('-', "−")), "{name} is not taken back");
    }
    Ok(())
}

/// Clicks all over the picture until the card has this heading.
async fn click_in_picture(page: &Page, heading: &str) -> Result<()> {
    let script = "const canvas = arguments[0];
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const found = () => document.querySelector('main:not([hidden]) .card h2').innerText === WANTED;
        for (let y = 4; y < height; y += 8)
            for (let x = 4; x < width; x += 8) {
                const place = { clientX: left + x, clientY: top + y, bubbles: true };
                canvas.dispatchEvent(new MouseEvent('click', place));
                if (found()) return true;
            }
        return false;"
        .replace("WANTED", &json!(heading).to_string());
    let found = page.control("img", None).run(&script).await?;
    ensure!(found == true, "{heading} is nowhere in the picture");
    Ok(())
}

async fn a_sample_is_added_and_taken_away(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=xor", "en").await?;
    unfold(page).await?;
    let before = seen(page).await?;
    page.button("Add a sample").click().await?;
    enter(&page.control("spinbutton", Some("Sample 5: x1")), "0.5").await?;
    page.button("Remove sample 1").click().await?;
    ensure!(page.control("spinbutton", Some("Sample 4: x1")).value().await? == "0.5", "not moved");
    ensure!(page.control("spinbutton", Some("Sample 5: x1")).count().await? == 0, "five are left");
    click(page, "Undo", 3).await?;
    shows(page, &before, "three edits undone").await
}
