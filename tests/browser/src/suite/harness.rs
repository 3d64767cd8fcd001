//! The ways in which the other tests use the page, on a page with one of each control.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;

use crate::control::Find;
use crate::page::Page;

super::tests!(harness:
    controls_are_found_by_role_and_name,
    what_is_not_there_is_named,
    clicks_and_keys_arrive,
    a_drag_arrives,
    a_tap_arrives,
    an_option_is_chosen,
    pixels_are_read,
);

async fn open(page: &Page) -> Result<()> {
    page.open_path("/tests/sample.html").await
}

async fn says(page: &Page, wanted: &str) -> Result<()> {
    page.wait_until(&format!("the page says {wanted}"), async || {
        Ok(page.control("status", None).text().await? == wanted)
    })
    .await
}

async fn controls_are_found_by_role_and_name(page: &Page) -> Result<()> {
    open(page).await?;
    for (control, times) in [
        (page.button("Step"), 2),
        (page.region("This step").button("Step"), 1),
        (page.region("Other step").button("Step"), 1),
        (page.link("0.6"), 2),
        (page.button("Back"), 1),
        (page.button("Unseen"), 0),
        (page.slider("α (negative slope)"), 1),
        (page.textbox("Seed"), 1),
        (page.tab("Where from"), 1),
        (page.button("Where from"), 0),
    ] {
        let count = control.count().await?;
        ensure!(count == times, "{count} times {control}");
    }
    let second = page.link("0.6").nth(1).attribute("href").await?;
    ensure!(second.as_deref() == Some("#z0"), "{second:?}");
    Ok(())
}

async fn what_is_not_there_is_named(page: &Page) -> Result<()> {
    open(page).await?;
    let two = page.button("Step").click().await;
    let text = format!("{:#}", two.err().unwrap_or(anyhow::anyhow!("no error")));
    ensure!(text.contains("2 times button \"Step\""), "{text}");
    Ok(())
}

async fn clicks_and_keys_arrive(page: &Page) -> Result<()> {
    open(page).await?;
    page.region("This step").button("Step").click().await?;
    says(page, "click This step").await?;
    let slope = page.slider("α (negative slope)");
    slope.press(Key::Right).await?;
    says(page, "key ArrowRight").await?;
    ensure!(slope.value().await? == "0.2", "{}", slope.value().await?);
    let seed = page.textbox("Seed");
    seed.fill("42").await?;
    ensure!(seed.value().await? == "42", "{}", seed.value().await?);
    Ok(())
}

async fn a_drag_arrives(page: &Page) -> Result<()> {
    open(page).await?;
    page.narrow(390).await?;
    page.image("Pad").drag((0.25, 0.5), (0.75, 0.5)).await?;
    says(page, "drag 100").await
}

async fn a_tap_arrives(page: &Page) -> Result<()> {
    open(page).await?;
    page.narrow(390).await?;
    let listen =
        "addEventListener('pointerdown', ({ pointerType }) => { window.kind = pointerType; });";
    page.eval(listen, vec![]).await?;
    page.region("This step").button("Step").tap().await?;
    says(page, "click This step").await?;
    let kind = page.eval("return window.kind", vec![]).await?;
    ensure!(kind == "touch", "the tap is one of a {kind}");
    Ok(())
}

async fn an_option_is_chosen(page: &Page) -> Result<()> {
    open(page).await?;
    let listen = "window.chosen = [];
        document.getElementById('set').onchange = ({ target }) => window.chosen.push(target.value);";
    page.eval(listen, vec![]).await?;
    let set = page.control("combobox", Some("Set"));
    set.choose("circle").await?;
    set.choose_by_keys("sine").await?;
    set.tap().await?;
    set.choose("xor").await?;
    let chosen = page.eval("return window.chosen", vec![]).await?;
    // By keys from the first one down.
    ensure!(chosen == json!(["circle", "xor", "circle", "sine", "xor"]), "{chosen}");
    ensure!(set.choose_by_keys("spiral").await.is_err(), "one that is not there is chosen");
    Ok(())
}

async fn pixels_are_read(page: &Page) -> Result<()> {
    open(page).await?;
    let pixels = page.image("Red").pixels().await?;
    ensure!((pixels.width, pixels.height) == (4, 2));
    ensure!(pixels.at(1, 1) == Some(&[255, 0, 0, 255]), "{:?}", pixels.at(1, 1));
    ensure!(pixels.at(2, 0) == Some(&[0, 0, 0, 0]), "{:?}", pixels.at(2, 0));
    ensure!(pixels.at(4, 0).is_none());
    Ok(())
}
