//! Broken backprop: the evidence is looked at, an answer given, by mouse, by touch and by keys.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use gradstep::app::Action;

use super::fit;
use super::seen::{click, disabled, place, position, seen, shows, unfold};
use crate::control::{Control, Find};
use crate::page::Page;

super::tests!(broken:
    the_fault_is_found_by_mouse,
    the_fault_is_found_by_keys,
    the_fault_is_found_by_touch,
    the_wrong_answer_is_refuted_by_the_evidence,
    show_me_leads_to_the_step,
    the_checks_follow_the_update,
    the_address_brings_it_all_back,
    nothing_can_be_changed_here,
    the_other_place_stays_sound;
    once: it_fits_at_each_width_and_speaks_both_languages,
);

/// Case 3 of set 1: g′ is left out in layer [2].
const CASE: &str = "#broken&seed=1&case=3";

fn list<'p>(page: &'p Page, name: &str) -> Control<'p> {
    page.control("combobox", Some(name))
}

/// Chooses what it is and where, by the mouse.
async fn choose(page: &Page, what: &str, layer: &str) -> Result<()> {
    list(page, "What").choose(what).await?;
    list(page, "First wrong in").choose(layer).await
}

async fn found(page: &Page, words: &str) -> Result<()> {
    page.wait_until(&format!("it says {words:?}"), async || Ok(seen(page).await?.contains(words)))
        .await
}

const RIGHT: &str = "It is that: g′ is left out, layer [2].";

async fn the_fault_is_found_by_mouse(page: &Page) -> Result<()> {
    page.open("#broken", "en").await?;
    page.control("radio", Some("3")).click().await?;
    page.button("Gradient check").click().await?;
    ensure!(seen(page).await?.contains("≠ · 0 digits"), "no gradient differs");
    ensure!(disabled(page, "Is it that?").await?, "asked before there is an answer");
    choose(page, "g′ is left out", "layer [2]").await?;
    page.button("Is it that?").click().await?;
    found(page, RIGHT).await?;
    let said = page.control("status", None).run("return arguments[0].textContent").await?;
    ensure!(said.as_str().is_some_and(|said| said.contains(RIGHT)), "not said aloud: {said}");
    page.button("Another").click().await?;
    ensure!(place(page).await?.contains("case=") && !seen(page).await?.contains(RIGHT), "it stays");
    Ok(())
}

async fn the_fault_is_found_by_keys(page: &Page) -> Result<()> {
    page.open("#broken&seed=1&case=2", "en").await?;
    page.control("radio", Some("2")).press(Key::Right).await?;
    let third = page.control("radio", Some("3")).run("return arguments[0].checked").await?;
    ensure!(third == true, "Right leads to no other case");
    list(page, "What").choose_by_keys("g′ is left out").await?;
    list(page, "First wrong in").choose_by_keys("layer [2]").await?;
    page.button("Is it that?").press(Key::Enter).await?;
    found(page, RIGHT).await?;
    page.button("Show me").press(Key::Enter).await?;
    found(page, "Is this how it should be computed?").await?;
    // The arrows are the stepper's once no control has them.
    page.eval("document.activeElement.blur()", vec![]).await?;
    let (at, _) = position(page).await?;
    page.press(Key::Right).await?;
    page.wait_until("Right steps", async || Ok(position(page).await?.0 == at + 1)).await
}

async fn the_fault_is_found_by_touch(page: &Page) -> Result<()> {
    page.open("#broken&seed=1&case=2", "en").await?;
    page.narrow(390).await?;
    page.control("radio", Some("3")).tap().await?;
    page.button("Gradient check").tap().await?;
    found(page, "≠ · 0 digits").await?;
    // The list itself is the system's, of which the driver takes an option.
    list(page, "What").tap().await?;
    list(page, "What").choose("g′ is left out").await?;
    list(page, "First wrong in").tap().await?;
    list(page, "First wrong in").choose("layer [2]").await?;
    page.button("Is it that?").tap().await?;
    found(page, RIGHT).await?;
    page.button("Show me").tap().await?;
    found(page, "Is this how it should be computed?").await?;
    page.button("Another").tap().await?;
    page.wait_until("another case is there", async || Ok(!seen(page).await?.contains(RIGHT))).await
}

async fn the_wrong_answer_is_refuted_by_the_evidence(page: &Page) -> Result<()> {
    page.open(CASE, "en").await?;
    choose(page, "W is not transposed", "layer [1]").await?;
    page.button("Is it that?").click().await?;
    found(page, "just what a sound step makes of its operands").await?;
    found(page, "Look at the gradient check of update 1").await?;
    list(page, "What").choose("nothing is broken").await?;
    ensure!(!seen(page).await?.contains("Look at the gradient check of"), "the old answer stays");
    page.button("Is it that?").click().await?;
    found(page, "In a sound run both checks agree at every update.").await
}

async fn show_me_leads_to_the_step(page: &Page) -> Result<()> {
    page.open(CASE, "en").await?;
    page.button("Show me").click().await?;
    found(page, "It is this: g′ is left out, layer [2].").await?;
    let card = page.region("This step").text().await?;
    ensure!(card.contains("layer [2]"), "{card}");
    // Its own gradient is checked as anywhere else, and the script is the right one.
    page.tab("Check").click().await?;
    found(page, "They differ").await?;
    page.tab("Code").click().await?;
    found(page, "This is the script as it should be").await
}

async fn the_checks_follow_the_update(page: &Page) -> Result<()> {
    // Case 1 of set 1: gradients are not zeroed, which only the second update shows.
    page.open("#broken&seed=1&case=1", "en").await?;
    unfold(page).await?;
    ensure!(!seen(page).await?.contains("≠"), "the first update is right");
    page.button("Later update").click().await?;
    found(page, "≠").await?;
    page.button("Earlier update").click().await?;
    ensure!(!seen(page).await?.contains("≠"), "the first update is right again");
    Ok(())
}

async fn the_address_brings_it_all_back(page: &Page) -> Result<()> {
    page.open(CASE, "en").await?;
    choose(page, "the update has the wrong sign", "layer [3]").await?;
    page.button("Is it that?").click().await?;
    click(page, "Step", 3).await?;
    let mut state = gradstep::link::read(CASE.trim_start_matches('#'))?;
    for _ in 0..3 {
        state.apply(Action::Step)?;
    }
    let at = format!("at=0.{}&", state.current().context("no lab")?.at().id);
    page.wait_until("the address is written", async || {
        let address = place(page).await?;
        Ok(address.contains("asked=1") && address.contains(&at))
    })
    .await?;
    let before = seen(page).await?;
    let address = place(page).await?;
    ensure!(!address.contains("slope") && !address.contains("sign"), "{address} tells");
    let fragment = address.split_once('#').map(|(_, fragment)| format!("#{fragment}"));
    page.open(&fragment.unwrap_or_default(), "en").await?;
    shows(page, &before, "opened again").await
}

async fn nothing_can_be_changed_here(page: &Page) -> Result<()> {
    page.open(CASE, "en").await?;
    for (role, name) in [
        ("slider", "η (learning rate)"),
        ("slider", "α (negative slope)"),
        ("button", "Change the network, its functions and samples"),
        ("button", "Save, open, share"),
        ("checkbox", "Edit weights and biases"),
    ] {
        ensure!(page.control(role, Some(name)).count().await? == 0, "{name} is offered");
    }
    Ok(())
}

async fn the_other_place_stays_sound(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=unit", "en").await?;
    let before = seen(page).await?;
    page.link("Broken backprop").click().await?;
    click(page, "Step", 2).await?;
    page.link("Step by step").click().await?;
    shows(page, &before, "back in Step by step").await
}

async fn it_fits_at_each_width_and_speaks_both_languages(page: &Page) -> Result<()> {
    let places = ["", "&answer=4&layer=1&asked=1", "&told=1"].map(|rest| format!("{CASE}{rest}"));
    fit::everywhere(page, &places.each_ref().map(|place| &**place), async |_| unfold(page).await)
        .await
}
