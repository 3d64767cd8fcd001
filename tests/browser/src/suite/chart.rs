//! The chart of the activation functions.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::Value;

use super::seen::settled;
use crate::control::Find;
use crate::page::Page;

super::tests!(chart: alpha_moves_the_curve_and_no_axis, functions_say_whether_they_are_drawn);

/// The canvas below the curves has no name of its own: it is the ground on which they lie.
async fn axes(page: &Page) -> Result<Value> {
    let script = "const canvas = document.querySelector('.stack canvas[aria-hidden=true]');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return { picture: canvas.toDataURL(), drawn: data.filter((byte) => byte > 0).length };";
    page.eval(script, vec![]).await
}

async fn alpha_moves_the_curve_and_no_axis(page: &Page) -> Result<()> {
    page.open("#activations", "en").await?;
    let curves = page.control("img", None);
    let before = settled(page, &curves).await?;
    let ground = axes(page).await?;
    ensure!(ground["drawn"].as_u64().unwrap_or(0) > 1000, "no axes are drawn");
    ensure!(before.rgba.iter().any(|&byte| byte > 0), "no curves are drawn");
    let alpha = page.slider("α (negative slope)");
    for _ in 0..5 {
        alpha.press(Key::Right).await?;
    }
    ensure!(alpha.value().await? == "0.15", "α is {}", alpha.value().await?);
    let after = settled(page, &curves).await?;
    ensure!(before.rgba != after.rgba, "the curves stay");
    ensure!(
        (before.width, before.height) == (after.width, after.height),
        "the chart's size changes"
    );
    ensure!(ground == axes(page).await?, "the axes change");
    for _ in 0..5 {
        alpha.press(Key::Left).await?;
    }
    ensure!(before == settled(page, &curves).await?, "the curves do not come back");
    ensure!(ground == axes(page).await?, "the axes change on the way back");
    // Above 1 there is one more curve.
    for _ in 0..12 {
        alpha.press(Key::PageUp).await?;
    }
    ensure!(alpha.value().await? == "1.3", "α is {}", alpha.value().await?);
    ensure!(page.text().await?.contains("max(αz, z)"), "nothing is said of max(αz, z)");
    ensure!(ground == axes(page).await?, "the axes change when α passes 1");
    Ok(())
}

async fn functions_say_whether_they_are_drawn(page: &Page) -> Result<()> {
    page.open("#activations&curves=tanh.sigmoid&z=-4", "en").await?;
    let pressed = async |name: &str| {
        let state = page.button(name).attribute("aria-pressed").await?;
        anyhow::Ok(state.unwrap_or_default())
    };
    for (name, wanted) in [("tanh", "true"), ("sigmoid", "true"), ("ReLU", "false")] {
        ensure!(pressed(name).await? == wanted, "{name} is pressed: {}", pressed(name).await?);
    }
    let more =
        page.eval("return document.querySelector('.chips [data-key=more]').ariaExpanded", vec![]);
    ensure!(more.await? == "false", "the other functions are said to be open");
    ensure!(page.text().await?.contains("−0.9993"), "the arithmetic of 1 − a² has few digits");
    page.button("ReLU").click().await?;
    ensure!(pressed("ReLU").await? == "true", "ReLU is drawn and not pressed");
    let name = page.control("img", None).attribute("aria-label").await?.unwrap_or_default();
    for curve in ["tanh g(z) = −0.999, g′(z) = 0.001", "sigmoid g(z) = 0.018", "ReLU g(z) = 0"]
    {
        ensure!(name.contains(curve), "{curve} is not in {name}");
    }
    Ok(())
}
