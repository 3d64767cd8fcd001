//! Forward and back, one step at a time, by button and by timeline.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;

use super::seen::{alert, click, disabled, enter, position, seen, settled, shows};
use crate::control::Find;
use crate::page::Page;

super::tests!(steps:
    twenty_steps_and_twenty_backs_return,
    the_timeline_equals_stepping,
    a_run_that_diverges_stops_and_goes_back,
);

async fn twenty_steps_and_twenty_backs_return(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=b&size=number", "en").await?;
    let picture = page.control("img", None);
    let drawn = settled(page, &picture).await?;
    let mut words = vec![seen(page).await?];
    for n in 1..=20 {
        page.button("Step").click().await?;
        words.push(seen(page).await?);
        ensure!(words[n] != words[n - 1], "Step {n} changes nothing");
    }
    let far = settled(page, &picture).await?;
    for n in (0..20).rev() {
        page.button("Back").click().await?;
        shows(page, &words[n], &format!("back at {n}")).await?;
    }
    let again = settled(page, &picture).await?;
    ensure!(drawn.rgba.iter().any(|&byte| byte > 0), "nothing is drawn");
    ensure!(drawn != far, "the picture does not follow");
    ensure!(drawn == again, "the picture is another one");
    Ok(())
}

async fn the_timeline_equals_stepping(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=unit", "en").await?;
    let mut words = vec![seen(page).await?];
    let (_, last) = position(page).await?;
    for _ in 0..last {
        page.button("Step").click().await?;
        words.push(seen(page).await?);
    }
    let slider = page.slider("Position");
    // By the mouse, forward and back.
    for (from, to) in [(1.0, 0.3), (0.3, 0.75), (0.75, 0.0), (0.0, 0.5)] {
        slider.drag((inside(from), 0.5), (inside(to), 0.5)).await?;
        let (at, _) = position(page).await?;
        ensure!(at.abs_diff((to * last as f64) as usize) <= 1, "dragged to {to}, it is at {at}");
        shows(page, &words[at], &format!("dragged to {at}")).await?;
    }
    // By keys.
    slider.press(Key::Home).await?;
    for (n, wanted) in words.iter().enumerate() {
        shows(page, wanted, &format!("by keys at {n}")).await?;
        slider.press(Key::Right).await?;
    }
    // From anywhere to anywhere.
    for n in (0..=last).map(|n| n * 7 % (last + 1)) {
        let element = slider.element().await?;
        let script = "arguments[0].value = arguments[1];
            arguments[0].dispatchEvent(new Event('input', { bubbles: true }));";
        page.eval(script, vec![json!(element), json!(n)]).await?;
        shows(page, &words[n], &format!("set to {n}")).await?;
    }
    Ok(())
}

/// A place on the slider at which its thumb can be taken.
fn inside(part: f64) -> f64 {
    0.006 + 0.988 * part
}

async fn a_run_that_diverges_stops_and_goes_back(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=pass", "en").await?;
    enter(&page.control("spinbutton", Some("η (learning rate): type a value")), "1000").await?;
    let mut before = seen(page).await?;
    let mut steps = 0;
    while alert(page).await?.is_empty() {
        ensure!(steps < 400, "no alert after {steps} Steps");
        ensure!(!disabled(page, "Step").await?, "Step has nothing to do after {steps}");
        before = seen(page).await?;
        page.button("Step").click().await?;
        steps += 1;
    }
    let words = alert(page).await?;
    ensure!(words.contains("η = 1000"), "{words}");
    ensure!(disabled(page, "Step").await?, "Step goes on");
    click(page, "Back", 1).await?;
    shows(page, &before, "before it diverged").await?;
    ensure!(alert(page).await?.is_empty(), "the alert stays: {}", alert(page).await?);
    ensure!(!disabled(page, "Step").await?, "Step does not come back");
    Ok(())
}
