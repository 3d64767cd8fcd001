//! Predict first: asked before a number is computed, answered by mouse and keys, always skippable.

use anyhow::{Result, ensure};
use fantoccini::key::Key;

use super::fit::{self, LANGUAGES};
use super::seen::{click, place, position, seen, unfold};
use crate::control::Find;
use crate::page::Page;

super::tests!(predict:
    it_is_off_until_switched_on,
    a_mistake_is_told_by_its_value,
    a_way_is_chosen_by_keys,
    it_can_be_skipped_and_back_never_asks,
    activations_asks_too;
    once: questions_fit_in_both_languages,
);

const BEFORE_DZ: &str = "#step-by-step&predict=1&case=lap&alpha=0.1&eta=0.1&size=number&at=0.";

/// The position before dz of the hidden unit 2.
fn before_dz() -> Result<String> {
    use gradstep::lab::{Lab, Setup};
    use gradstep::stops::StopSize;
    use gradstep::trace::Slot;
    let lab = Lab::new(Setup::preset("lap")?, StopSize::Number)?;
    let id = lab.trace().find(Slot::DA { s: 0, l: 0, j: 1 }).unwrap_or_default();
    Ok(format!("{BEFORE_DZ}{id}"))
}

async fn it_is_off_until_switched_on(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    click(page, "More", 1).await?;
    click(page, "Step", 1).await?;
    ensure!(position(page).await?.0 == 1, "it asks without being asked to");
    page.control("checkbox", Some("Predict first")).click().await?;
    click(page, "Step", 1).await?;
    ensure!(position(page).await?.0 == 1, "the number comes before the answer");
    ensure!(seen(page).await?.contains("What will a[1]₂ be?"), "{}", seen(page).await?);
    let said = page.control("status", None).text().await?;
    ensure!(said.contains("What will a[1]₂ be?"), "{said}");
    page.wait_until("the switch is in the link", async || {
        Ok(place(page).await?.contains("predict=1"))
    })
    .await
}

async fn a_mistake_is_told_by_its_value(page: &Page) -> Result<()> {
    page.open(&before_dz()?, "en").await?;
    let (at, _) = position(page).await?;
    click(page, "Step", 1).await?;
    let field = page.control("spinbutton", Some("What will dz[1]₂ be?"));
    ensure!(!seen(page).await?.contains("−0.12"), "the answer is there already");
    field.fill("-1.2").await?;
    field.press(Key::Enter).await?;
    let card = page.region("This step").text().await?;
    let wanted = "−1.2 is da[1]₂. It still has to pass g′(−3) = 0.1.";
    ensure!(card.replace('\n', " ").contains(wanted), "{card}");
    ensure!(card.contains("dz[1]₂ = −0.12."), "{card}");
    ensure!(position(page).await?.0 == at + 1, "the answer does not move on");
    let said = page.control("status", None).text().await?;
    ensure!(said.starts_with(wanted), "{said}");
    click(page, "Back", 1).await?;
    click(page, "Step", 1).await?;
    page.control("spinbutton", Some("What will dz[1]₂ be?")).fill("-0.125").await?;
    click(page, "Answer", 1).await?;
    let card = page.region("This step").text().await?;
    ensure!(card.contains("You said −0.125."), "{card}");
    // Nothing typed is no answer.
    page.open(&before_dz()?, "en").await?;
    click(page, "Step", 1).await?;
    click(page, "Answer", 1).await?;
    let words = super::seen::alert(page).await?;
    ensure!(words.contains("a number is needed"), "{words}");
    ensure!(position(page).await?.0 == at, "no answer moves on");
    Ok(())
}

async fn a_way_is_chosen_by_keys(page: &Page) -> Result<()> {
    let fragment = "#step-by-step&predict=1&case=lap&alpha=0.1&eta=0.1&size=number&at=0.26";
    page.open(fragment, "en").await?;
    page.press(Key::Right).await?;
    page.wait_until("it asks", async || Ok(seen(page).await?.contains("which way must ŷ move?")))
        .await?;
    page.press(Key::Enter).await?;
    page.wait_until("it answers", async || Ok(seen(page).await?.contains("You said up."))).await
}

async fn it_can_be_skipped_and_back_never_asks(page: &Page) -> Result<()> {
    page.open("#step-by-step&predict=1&case=lap&size=unit&alpha=0.1&eta=0.1&at=0.13", "en").await?;
    let (at, _) = position(page).await?;
    click(page, "Step", 1).await?;
    click(page, "Show me", 1).await?;
    ensure!(position(page).await?.0 == at + 1, "Show me does not show");
    click(page, "Step", 2).await?;
    ensure!(position(page).await?.0 == at + 2, "Step does not skip");
    click(page, "Back", 1).await?;
    ensure!(position(page).await?.0 == at + 1, "Back asks");
    let open = page.button("Show me").count().await?;
    ensure!(open == 0, "Back leaves a question");
    Ok(())
}

async fn activations_asks_too(page: &Page) -> Result<()> {
    page.open("#activations", "en").await?;
    page.control("checkbox", Some("Predict first")).click().await?;
    let z = page.slider("z").value().await?;
    click(page, "Ask me", 1).await?;
    ensure!(page.slider("z").value().await? == z, "z moves before the answer");
    let field = page.control("spinbutton", Some("Leaky ReLU: what is g(2)?"));
    field.fill("2").await?;
    click(page, "Answer", 1).await?;
    ensure!(seen(page).await?.contains("You said 2."), "{}", seen(page).await?);
    ensure!(page.slider("z").value().await? == "2", "z stays");
    Ok(())
}

async fn questions_fit_in_both_languages(page: &Page) -> Result<()> {
    let mut faults = vec![];
    for ((lang, step), show) in LANGUAGES.into_iter().zip(["Show me", "直接看"]) {
        page.open("#step-by-step&predict=1&case=b&size=unit", lang).await?;
        unfold(page).await?;
        for n in 0..8 {
            click(page, step, 1).await?;
            faults.extend(fit::here(page, lang, &format!("question {n}")).await?);
            if page.button(show).count().await? > 0 {
                click(page, show, 1).await?;
            }
        }
    }
    fit::none(&faults)
}
