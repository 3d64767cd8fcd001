//! The first lap: what a stranger sees.

use anyhow::{Result, ensure};
use fantoccini::key::Key;

use super::seen::{click, seen};
use crate::control::Find;
use crate::page::Page;

super::tests!(lap:
    ten_steps_lead_to_the_same_input_again,
    the_ways_on_lead_where_they_say,
    alpha_moves_the_whole_lap,
    on_a_phone_each_move_shows_its_reason_beside_the_picture;
    once: what_is_open_on_one_bench_stays_there, the_stops_of_a_lap_are_no_laps,
);

async fn ten_steps_lead_to_the_same_input_again(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    let start = seen(page).await?;
    ensure!(start.contains("It says −0.5; the answer is 1. Click Step."), "{start}");
    ensure!(!start.contains("Same input again"), "the end is told at the start");
    click(page, "Step", 9).await?;
    ensure!(!seen(page).await?.contains("Same input again"), "the end is told after nine Steps");
    click(page, "Step", 1).await?;
    let end = seen(page).await?;
    ensure!(end.contains("Same input again: −0.5 → 0.514. Loss 1.125 → 0.118."), "{end}");
    Ok(())
}

async fn the_ways_on_lead_where_they_say(page: &Page) -> Result<()> {
    for (way, place, heading, network) in [
        ("Every number", "#step-by-step", "One number at a time", Some("A: 2-2-1, Leaky ReLU")),
        (
            "Three units and softmax",
            "#step-by-step",
            "One number at a time",
            Some("B: 2-3-2, softmax"),
        ),
        (
            "What α does",
            "#activations",
            "Activation functions, and what they let through on the way back",
            None,
        ),
    ] {
        page.open("#start", "en").await?;
        click(page, "Step", 10).await?;
        page.button(way).click().await?;
        page.wait_until(&format!("{way} leads to {place}"), async || {
            Ok(page.control("heading", Some(heading)).count().await? == 1
                && super::seen::place(page).await?.contains(place))
        })
        .await?;
        if let Some(network) = network {
            super::seen::unfold(page).await?;
            let chosen = page.control("combobox", Some("Network"));
            let words = chosen.run("return arguments[0].selectedOptions[0].textContent").await?;
            ensure!(words == network, "{way} leads to {words}");
        }
    }
    Ok(())
}

async fn alpha_moves_the_whole_lap(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    let alpha = page.slider("α (negative slope)");
    alpha.press(Key::Home).await?;
    ensure!(alpha.value().await? == "0", "α is {}", alpha.value().await?);
    let card = page.region("This step");
    for _ in 0..10 {
        page.button("Step").click().await?;
        let heading = card.control("heading", None).text().await?;
        if heading == "How far off: the loss" {
            let words = card.text().await?;
            ensure!(words.contains("0.794"), "{words}");
            return Ok(());
        }
    }
    anyhow::bail!("no step is the loss")
}

async fn on_a_phone_each_move_shows_its_reason_beside_the_picture(page: &Page) -> Result<()> {
    const BOUNDS: &str =
        "const box = (query) => document.querySelector(query).getBoundingClientRect();
        const picture = box('.bench .picture');
        return [picture.bottom / picture.height, box('.card .why p').bottom, box('.deck').top]";
    page.open("#start", "en").await?;
    page.narrow(390).await?;
    let in_sight = async |move_: &str| {
        page.wait_until(&format!("{move_} and its reason are in sight"), async || {
            let bounds = serde_json::from_value(page.eval(BOUNDS, vec![]).await?)?;
            let [picture, reason, buttons]: [f64; 3] = bounds;
            Ok(picture >= 0.6 && reason <= buttons)
        })
        .await
    };
    for step in 1..=9 {
        page.button("Step").click().await?;
        in_sight(&format!("step {step}")).await?;
    }
    // The tenth has the lap's verdict above its reason.
    page.button("Step").click().await?;
    for back in 1..=3 {
        page.button("Back").click().await?;
        in_sight(&format!("back {back}")).await?;
    }
    Ok(())
}

async fn what_is_open_on_one_bench_stays_there(page: &Page) -> Result<()> {
    let shown = async || {
        let script = "const bench = document.querySelector('main:not([hidden])');
            const tab = bench.querySelector('[role=tab][aria-selected=true]').textContent;
            const edits = [...bench.querySelectorAll('.row .check input')].map((box) => box.checked);
            const folds = bench.querySelectorAll('.fold[open]').length;
            return [tab, edits, folds];";
        page.eval(script, vec![]).await
    };
    page.open("#start", "en").await?;
    click(page, "More", 1).await?;
    click(page, "Step", 1).await?;
    page.control("tab", Some("Code")).click().await?;
    page.control("checkbox", Some("Edit weights and biases")).click().await?;
    page.button("Save, open, share").click().await?;
    page.control("checkbox", Some("Predict first")).click().await?;
    ensure!(seen(page).await?.contains("in every chapter that asks"), "it does not say how far");
    let before = shown().await?;
    ensure!(before == serde_json::json!(["Code", [true], 1]), "{before}");
    for chapter in ["Step by step", "Broken backprop"] {
        page.link(chapter).click().await?;
        let found = shown().await?;
        ensure!(found == serde_json::json!(["Where from", [false], 0]), "{chapter}: {found}");
    }
    for chapter in ["Step by step", "Activations", "Start"] {
        page.link(chapter).click().await?;
        let predict = page.control("checkbox", Some("Predict first"));
        let on = predict.run("return arguments[0].checked").await?;
        ensure!(on == true, "Predict first is off in {chapter}");
    }
    ensure!(shown().await? == before, "Start has forgotten what was open");
    Ok(())
}

async fn the_stops_of_a_lap_are_no_laps(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    click(page, "More", 1).await?;
    let chosen = "return document.querySelector('main:not([hidden]) .radios input:checked')
        .parentElement.textContent";
    let chosen = page.eval(chosen, vec![]).await?;
    ensure!(chosen == "main point", "Stop at each: {chosen}");
    Ok(())
}
