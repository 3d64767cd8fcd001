//! The chapter "Nudge": a weight is moved by mouse, keys and touch, and the loss answers.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;

use super::fit;
use super::seen::{click, place, seen, settled};
use crate::control::Find;
use crate::page::Page;

super::tests!(nudge:
    a_nudge_moves_the_loss,
    keys_and_fields_move_it_too,
    another_parameter_is_chosen_in_the_picture,
    the_point_is_dragged_along_the_curve,
    all_nine_gradients_lead_to_backpropagation,
    the_promise_and_the_real_drop,
    a_corner_has_no_gradient,
    a_link_restores_it;
    once: it_fits_at_each_width_and_speaks_both_languages,
);

async fn says(page: &Page, wanted: &str) -> Result<()> {
    page.wait_until(&format!("it says {wanted:?}"), async || Ok(seen(page).await?.contains(wanted)))
        .await
}

async fn a_nudge_moves_the_loss(page: &Page) -> Result<()> {
    page.open("#nudge", "en").await?;
    says(page, "Nothing has moved yet.").await?;
    let picture = page.control("main", None).control("img", None).nth(0);
    let before = settled(page, &picture).await?;
    click(page, "W[1]₁₁ + 0.01", 1).await?;
    says(page, "W[1]₁₁: 0.1 → 0.11. Loss: 1.125 → 1.143072.").await?;
    says(page, "One divided by the other is 1.8072.").await?;
    says(page, "From both sides the quotient closes in on 1.8.").await?;
    let said = page.control("status", None).text().await?;
    ensure!(said.contains("Loss: 1.125 → 1.143072."), "{said}");
    ensure!(settled(page, &picture).await? != before, "the picture stays");
    click(page, "Back to the start", 1).await?;
    says(page, "Nothing has moved yet.").await
}

async fn keys_and_fields_move_it_too(page: &Page) -> Result<()> {
    page.open("#nudge", "en").await?;
    let slider = page.slider("Moved by");
    slider.press(Key::Right).await?;
    says(page, "W[1]₁₁: 0.1 → 0.11.").await?;
    slider.press(Key::Home).await?;
    says(page, "W[1]₁₁: 0.1 → −1.9.").await?;
    super::seen::enter(&page.control("spinbutton", Some("Moved by: type a value")), "0.5").await?;
    says(page, "W[1]₁₁: 0.1 → 0.6.").await?;
    page.button("A tenth of it").press(Key::Enter).await?;
    says(page, "W[1]₁₁: 0.1 → 0.15.").await?;
    super::seen::enter(&page.control("spinbutton", Some("Moved by: type a value")), "5").await?;
    let words = super::seen::alert(page).await?;
    ensure!(words == "shift: 5 is not from −2 to 2.", "{words}");
    says(page, "W[1]₁₁: 0.1 → 0.15.").await
}

async fn another_parameter_is_chosen_in_the_picture(page: &Page) -> Result<()> {
    page.open("#nudge", "en").await?;
    let select = page.control("combobox", Some("Parameter"));
    let choose = "arguments[0].value = 'w2.1.1';
        arguments[0].dispatchEvent(new Event('change', { bubbles: true }));";
    select.run(choose).await?;
    says(page, "W[2]₁₁ = −0.6").await?;
    // Across the picture, until another weight is hit.
    let script = "const canvas = document.querySelector('main:not([hidden]) canvas');
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const name = () => document.querySelector('.pick select').value;
        const before = name();
        for (let y = 0.05; y < 1 && name() === before; y += 0.03)
            for (let x = 0.05; x < 0.6 && name() === before; x += 0.02)
                canvas.dispatchEvent(new MouseEvent('click', { bubbles: true,
                    clientX: left + x * width, clientY: top + y * height }));
        return [before, name()];";
    settled(page, &page.control("main", None).control("img", None).nth(0)).await?;
    let names = page.eval(script, vec![]).await?;
    ensure!(names[0] != names[1], "no click chooses a parameter: {names}");
    Ok(())
}

/// Presses on the chart of the loss at a part of its width, with a kind of pointer.
async fn press(page: &Page, kind: &str, part: f64) -> Result<()> {
    let script = "const plot = document.querySelector('svg.draggable');
        const { left, top, width, height } = plot.getBoundingClientRect();
        const at = { bubbles: true, pointerId: 1, pointerType: arguments[0], isPrimary: true,
            clientX: left + arguments[1] * width, clientY: top + height / 2 };
        plot.setPointerCapture = () => {};
        plot.dispatchEvent(new PointerEvent('pointerdown', at));";
    page.eval(script, vec![json!(kind), json!(part)]).await?;
    Ok(())
}

async fn the_point_is_dragged_along_the_curve(page: &Page) -> Result<()> {
    page.open("#nudge", "en").await?;
    page.wait_until("the chart is there", async || {
        Ok(page.eval("return !!document.querySelector('svg.draggable polyline')", vec![]).await?
            == true)
    })
    .await?;
    for kind in ["mouse", "touch"] {
        press(page, kind, 0.9).await?;
        let far: f64 = page.slider("Moved by").value().await?.parse()?;
        ensure!((1.0..2.0).contains(&far), "{kind} moves it by {far}");
        press(page, kind, 0.2).await?;
        let far: f64 = page.slider("Moved by").value().await?.parse()?;
        ensure!((-2.0..-1.0).contains(&far), "{kind} moves it by {far}");
    }
    Ok(())
}

async fn all_nine_gradients_lead_to_backpropagation(page: &Page) -> Result<()> {
    page.open("#nudge", "en").await?;
    ensure!(!seen(page).await?.contains("Nine nudges"), "told before it is asked");
    page.button("Nudge all nine").press(Key::Enter).await?;
    says(page, "Nine nudges, nine forward passes.").await?;
    page.link("See backpropagation find the same nine").click().await?;
    page.wait_until("the stepper is there", async || {
        Ok(place(page).await?.contains("#step-by-step"))
    })
    .await
}

async fn the_promise_and_the_real_drop(page: &Page) -> Result<()> {
    page.open("#nudge", "en").await?;
    says(page, "The loss really drops by 0.185").await?;
    let field = page.control("spinbutton", Some("η (learning rate): type a value"));
    super::seen::enter(&field, "0.1").await?;
    says(page, "= 1.975. The loss really drops by 1.007").await?;
    page.control("radio", Some("2")).click().await?;
    super::seen::enter(&field, "1.5").await?;
    says(page, "The step overshoots").await
}

async fn a_corner_has_no_gradient(page: &Page) -> Result<()> {
    page.open("#nudge&of=w1.2.2", "en").await?;
    click(page, "Start at the corner", 1).await?;
    says(page, "There is no single slope, so there is no derivative.").await
}

async fn a_link_restores_it(page: &Page) -> Result<()> {
    page.open("#nudge", "en").await?;
    click(page, "W[1]₁₁ + 0.01", 3).await?;
    page.wait_until("the link is written", async || Ok(place(page).await?.contains("shift=0.03")))
        .await?;
    let before = seen(page).await?;
    let hash = page.eval("return location.hash", vec![]).await?;
    page.open(hash.as_str().unwrap_or_default(), "en").await?;
    super::seen::shows(page, &before, "opened again").await
}

async fn it_fits_at_each_width_and_speaks_both_languages(page: &Page) -> Result<()> {
    let places = ["#nudge", "#nudge&of=w1.2.2&start=0.5&shift=-0.25&all=1&wide=1&eta=1.5"];
    let picture = page.control("main", None).control("img", None).nth(0);
    fit::everywhere(page, &places, async |_| settled(page, &picture).await.map(drop)).await
}
