//! What a person sees, and ways through the page that several tests take.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::control::{Control, Find, Pixels};
use crate::page::Page;

/// The words that the page shows, its tables among them, and what its controls hold.
pub async fn seen(page: &Page) -> Result<String> {
    let words = page.eval(include_str!("../in_page/seen.js"), vec![]).await?;
    Ok(words.as_str().unwrap_or_default().into())
}

/// That the page shows `wanted`; an error names the first line that differs.
pub async fn shows(page: &Page, wanted: &str, where_: &str) -> Result<()> {
    let now = seen(page).await?;
    let differing = now.lines().zip(wanted.lines()).find(|(a, b)| a != b);
    let (found, before) = differing.unwrap_or(("more or fewer lines", "others"));
    ensure!(now == wanted, "{where_}: {found:?} instead of {before:?}");
    Ok(())
}

/// What is wrong, as the page says it aloud; empty when nothing is.
pub async fn alert(page: &Page) -> Result<String> {
    let alert = page.control("alert", None);
    if alert.count().await? == 0 { Ok(String::new()) } else { alert.text().await }
}

/// The picture once nothing moves in it.
pub async fn settled(page: &Page, picture: &Control<'_>) -> Result<Pixels> {
    page.eval_async(include_str!("../in_page/settled.js"), vec![]).await?;
    picture.pixels().await
}

/// Clicks a button several times.
pub async fn click(page: &Page, button: &str, times: usize) -> Result<()> {
    for _ in 0..times {
        page.button(button).click().await?;
    }
    Ok(())
}

/// Whether a button has nothing to do.
pub async fn disabled(page: &Page, button: &str) -> Result<bool> {
    Ok(page.button(button).attribute("aria-disabled").await?.as_deref() == Some("true"))
}

/// Replaces what a field holds, and leaves it with Enter.
pub async fn enter(field: &Control<'_>, text: &str) -> Result<()> {
    field.fill(text).await?;
    field.press(fantoccini::key::Key::Enter).await
}

/// Where the timeline stands, and how long it is.
pub async fn position(page: &Page) -> Result<(usize, usize)> {
    let slider = page.slider("Position");
    let last = slider.attribute("max").await?.context("no end")?;
    Ok((slider.value().await?.parse()?, last.parse()?))
}

/// The place in the page's address, from the question mark on.
pub async fn place(page: &Page) -> Result<String> {
    let place = page.eval("return location.search + location.hash", vec![]).await?;
    Ok(place.as_str().unwrap_or_default().into())
}

/// The text of the case, out of the box into which it is exported.
pub async fn export(page: &Page) -> Result<String> {
    unfold_files(page).await?;
    page.button("Export into the box").click().await?;
    page.textbox("Case as JSON").value().await
}

/// Puts a text into the box, as from the clipboard, and imports it.
pub async fn import(page: &Page, text: &str) -> Result<()> {
    unfold_files(page).await?;
    let area = page.textbox("Case as JSON").element().await?;
    page.eval("arguments[0].value = arguments[1]", vec![json!(area), json!(text)]).await?;
    page.button("Import").click().await
}

async fn unfold_files(page: &Page) -> Result<()> {
    if page.textbox("Case as JSON").count().await? == 0 {
        page.button("Save, open, share").click().await?;
    }
    Ok(())
}

/// Opens the folds of the page; not those in the card, which close again with the next one.
pub async fn unfold(page: &Page) -> Result<()> {
    let script = "for (const fold of document.querySelectorAll('details'))
        if (!fold.closest('[role=tabpanel]')) fold.open = true;";
    page.eval(script, vec![]).await?;
    Ok(())
}

/// That a script which looks for faults has found none.
pub fn faultless(found: &Value, where_: &str) -> Result<()> {
    let faults: Vec<&str> =
        found.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(found.is_array() && faults.is_empty(), "{where_}: {}", faults.join("; "));
    Ok(())
}

/// The card, the tables, the position, and what has been set; not the name of the network, which
/// a case doesn't carry.
pub async fn bench(page: &Page) -> Result<Value> {
    let script = "return [...document.querySelectorAll('main:not([hidden]) table')].map((one) =>
        [one.innerText, ...[...one.querySelectorAll('input, select')].map((field) => field.value)])";
    Ok(json!([
        page.region("This step").text().await?,
        page.eval(script, vec![]).await?,
        position(page).await?,
        page.slider("α (negative slope)").value().await?,
        page.slider("η (learning rate)").value().await?,
    ]))
}
