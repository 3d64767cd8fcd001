//! Everything by keyboard, and said aloud.

use anyhow::{Result, ensure};
use fantoccini::key::Key;

use super::seen::{position, seen, shows};
use crate::control::Find;
use crate::page::Page;

super::tests!(keyboard:
    keys_step,
    keys_of_a_focused_control_are_its_own,
    tab_reaches_step,
    play_plays_and_pauses,
    a_step_is_said_aloud,
    a_setting_is_said_aloud,
    tab_goes_on_from_an_edited_field,
    arrows_step_after_a_click_on_a_stop_size,
    a_tab_of_the_card_scrolls_nothing,
    an_error_stays_in_view,
);

async fn at(page: &Page, wanted: usize, key: &str) -> Result<()> {
    page.wait_until(&format!("{key} leads to {wanted}"), async || {
        Ok(position(page).await?.0 == wanted)
    })
    .await
}

async fn keys_step(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=unit", "en").await?;
    let start = seen(page).await?;
    let (_, last) = position(page).await?;
    page.press(Key::Right).await?;
    at(page, 1, "Right").await?;
    page.type_text(" ").await?;
    at(page, 2, "Space").await?;
    page.press(Key::Right).await?;
    at(page, 3, "Right").await?;
    page.press(Key::Left).await?;
    at(page, 2, "Left").await?;
    page.press(Key::End).await?;
    at(page, last, "End").await?;
    page.press(Key::Home).await?;
    at(page, 0, "Home").await?;
    shows(page, &start, "after Home").await
}

async fn keys_of_a_focused_control_are_its_own(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=unit", "en").await?;
    page.press(Key::Right).await?;
    at(page, 1, "Right").await?;
    for name in ["α (negative slope)", "η (learning rate)"] {
        let slider = page.slider(name);
        let before = slider.value().await?;
        slider.press(Key::Right).await?;
        ensure!(slider.value().await? != before, "{name} stays at {before}");
        let field = page.control("spinbutton", Some(&format!("{name}: type a value")));
        for key in [Key::Right, Key::Left, Key::Home, Key::End] {
            field.press(key).await?;
        }
    }
    page.control("radio", Some("unit")).press(Key::Left).await?;
    let number = page.control("radio", Some("number"));
    ensure!(number.run("return arguments[0].checked").await? == true, "the radio stays");
    page.control("radio", Some("number")).press(Key::Right).await?;
    page.tab("Where from").press(Key::Right).await?;
    let chosen = page.tab("Nudge it").attribute("aria-selected").await?;
    ensure!(chosen.as_deref() == Some("true"), "the tab stays: {chosen:?}");
    ensure!(position(page).await?.0 == 1, "the page moves to {}", position(page).await?.0);
    Ok(())
}

async fn tab_reaches_step(page: &Page) -> Result<()> {
    for place in ["#start", "#step-by-step"] {
        page.open(place, "en").await?;
        let focused = async || page.eval("return document.activeElement.textContent", vec![]).await;
        page.press(Key::Tab).await?;
        ensure!(focused().await? == "Skip to the chapter", "{} is first", focused().await?);
        page.press(Key::Enter).await?;
        page.press(Key::Tab).await?;
        page.press(Key::Tab).await?;
        ensure!(focused().await? == "Step", "{} in {place}", focused().await?);
        page.press(Key::Enter).await?;
        at(page, 1, "Enter").await?;
        page.type_text(" ").await?;
        at(page, 2, "Space").await?;
        // A button doesn't use the arrows.
        page.press(Key::Left).await?;
        at(page, 1, "Left").await?;
    }
    Ok(())
}

async fn play_plays_and_pauses(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=figure7&size=number", "en").await?;
    page.button("Play").click().await?;
    page.wait_until("it plays", async || Ok(position(page).await?.0 >= 2)).await?;
    ensure!(page.button("Play").count().await? == 0, "it is still called Play");
    page.button("Pause").click().await?;
    let (stopped, _) = position(page).await?;
    ensure!(page.button("Play").count().await? == 1, "it is not called Play again");
    // Longer than a step of Play takes.
    let wait = "const start = performance.now();
        while (performance.now() - start < 1200) await new Promise(requestAnimationFrame);";
    page.eval_async(wait, vec![]).await?;
    ensure!(position(page).await?.0 == stopped, "it goes on after Pause");
    page.button("Play").click().await?;
    page.wait_until("it plays again", async || Ok(position(page).await?.0 > stopped)).await?;
    page.button("Back").click().await?;
    ensure!(page.button("Play").count().await? == 1, "Back does not stop it");
    Ok(())
}

async fn a_step_is_said_aloud(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    let status = page.control("status", None);
    let mut said = status.text().await?;
    for n in 1..=10 {
        page.button("Step").click().await?;
        let now = status.text().await?;
        ensure!(now.len() > 5 && now != said, "Step {n} says {now:?}");
        said = now;
    }
    page.button("Back").click().await?;
    ensure!(status.text().await? != said, "Back says {said:?}");
    let live = status.run("return arguments[0].getAttribute('aria-live') ?? 'polite'").await?;
    ensure!(live == "polite", "{live}");
    Ok(())
}

async fn a_setting_is_said_aloud(page: &Page) -> Result<()> {
    page.open("#step-by-step", "en").await?;
    for (name, value) in [("α (negative slope)", "0.11"), ("η (learning rate)", "0.11")] {
        page.slider(name).press(Key::Right).await?;
        let said = page.control("status", None).text().await?;
        ensure!(said.contains(value), "{name} says {said:?}");
    }
    Ok(())
}

async fn tab_goes_on_from_an_edited_field(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a", "en").await?;
    page.control("checkbox", Some("Edit weights and biases")).click().await?;
    let field = |input| format!("Layer 1: weight of unit 1 from input {input}");
    page.control("spinbutton", Some(&field(1))).fill("0.25").await?;
    page.press(Key::Tab).await?;
    let focused = page.eval("return document.activeElement.ariaLabel", vec![]).await?;
    ensure!(focused == field(2), "Tab leads to {focused}");
    let edited = page.control("spinbutton", Some(&field(1))).value().await?;
    ensure!(edited == "0.25", "the weight is {edited}");
    Ok(())
}

async fn arrows_step_after_a_click_on_a_stop_size(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=unit", "en").await?;
    page.control("radio", Some("layer")).click().await?;
    page.press(Key::Right).await?;
    at(page, 1, "Right").await?;
    let chosen = page.control("radio", Some("layer")).run("return arguments[0].checked").await?;
    ensure!(chosen == true, "the arrow changes the stop size");
    Ok(())
}

async fn a_tab_of_the_card_scrolls_nothing(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=unit", "en").await?;
    page.button("Step").click().await?;
    page.tab("Check").click().await?;
    let scrolled = async || page.eval("return scrollY", vec![]).await;
    let before = scrolled().await?;
    page.tab("Code").element().await?.click().await?;
    ensure!(page.region("This step").text().await?.contains("import torch"), "no code is shown");
    ensure!(scrolled().await? == before, "from {before} to {}", scrolled().await?);
    Ok(())
}

async fn an_error_stays_in_view(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=nothing", "en").await?;
    page.eval("scrollTo(0, document.body.scrollHeight)", vec![]).await?;
    let script = "const { top, bottom } = arguments[0].getBoundingClientRect();
        return scrollY > 0 && top >= 0 && bottom > top && bottom <= innerHeight;";
    ensure!(page.control("alert", None).run(script).await? == true, "the error is out of sight");
    Ok(())
}
