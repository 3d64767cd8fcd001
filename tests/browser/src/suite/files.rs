//! Export, import and links: out of the page and back to the same state.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::seen::{
    alert, bench, click, enter, export, import, place, position, seen, shows, unfold,
};
use crate::control::Find;
use crate::page::Page;

super::tests!(files:
    an_export_brings_the_same_state_back,
    a_broken_case_names_its_fault_and_changes_nothing,
    the_address_restores_the_state,
    a_bad_link_is_said_and_the_page_works,
    a_bad_link_in_an_open_page_changes_nothing,
);

/// Somewhere in the second training step, with an α and an η of its own.
async fn go_somewhere(page: &Page, case: &str) -> Result<()> {
    page.open(&format!("#step-by-step&case={case}&size=unit"), "en").await?;
    unfold(page).await?;
    enter(&page.control("spinbutton", Some("α (negative slope): type a value")), "0.3").await?;
    enter(&page.control("spinbutton", Some("η (learning rate): type a value")), "0.25").await?;
    click(page, "End", 1).await?;
    click(page, "Step", 4).await
}

async fn an_export_brings_the_same_state_back(page: &Page) -> Result<()> {
    go_somewhere(page, "b").await?;
    let case = export(page).await?;
    let before = bench(page).await?;
    page.open("#step-by-step", "en").await?;
    unfold(page).await?;
    import(page, &case).await?;
    ensure!(bench(page).await? == before, "{} instead of {before}", bench(page).await?);
    ensure!(export(page).await? == case, "exported again, it is another case");
    Ok(())
}

async fn a_broken_case_names_its_fault_and_changes_nothing(page: &Page) -> Result<()> {
    go_somewhere(page, "a").await?;
    let case = export(page).await?;
    let good: Value = serde_json::from_str(&case)?;
    let before = seen(page).await?;
    type Break = fn(&mut Value);
    let faults: [(Break, &str); 6] = [
        (
            |case| case["layers"][1]["weights"][0] = json!([1, 2, 3]),
            "layers[1].weights[0]: 3 numbers",
        ),
        (|case| case["layers"][0]["biases"][1] = json!("x"), "layers[0].biases[1]"),
        (|case| case["layers"][0]["activation"] = json!("swoosh"), "swoosh"),
        (|case| case["inputs"][0][1] = json!(null), "inputs[0][1]"),
        (|case| case["learning_rate"] = json!("fast"), "learning_rate"),
        (|case| case["format"] = json!("gradstep/9"), "format"),
    ];
    for (break_it, fault) in faults {
        let mut broken = good.clone();
        break_it(&mut broken);
        import(page, &broken.to_string()).await?;
        let words = alert(page).await?;
        ensure!(words.contains(fault), "{fault:?} is not in {words:?}");
        shows(page, &before, fault).await?;
    }
    for text in ["", "{", "[]", "null", "nonsense"] {
        import(page, text).await?;
        ensure!(!alert(page).await?.is_empty(), "{text:?} is accepted");
        shows(page, &before, text).await?;
    }
    import(page, &case).await?;
    ensure!(alert(page).await?.is_empty(), "{}", alert(page).await?);
    Ok(())
}

async fn the_address_restores_the_state(page: &Page) -> Result<()> {
    for edited in [false, true] {
        go_somewhere(page, "a").await?;
        if edited {
            enter(&page.control("spinbutton", Some("Sample 1: x1")), "0.375").await?;
        }
        let before = seen(page).await?;
        // Leaving the place writes the address at once.
        page.link("Activations").click().await?;
        page.client.back().await?;
        page.wait_until("the history leads back", async || {
            Ok(page.button("Step").count().await? == 1)
        })
        .await?;
        shows(page, &before, "back in the history").await?;
        let address = place(page).await?;
        ensure!(edited || address.contains("case=a&alpha=0.3&eta=0.25&at=1."), "{address}");
        page.open_path(&format!("/{address}")).await?;
        unfold(page).await?;
        shows(page, &before, &address).await?;
    }
    page.open("#activations&curves=elu.tanh&alpha=0.7&z=-1.5", "en").await?;
    let before = seen(page).await?;
    ensure!(before.contains("ELU at z = −1.5"), "{before}");
    page.link("Start").click().await?;
    page.client.back().await?;
    page.wait_until("the chart is back", async || Ok(page.slider("z").count().await? == 1)).await?;
    page.open_path(&format!("/{}", place(page).await?)).await?;
    shows(page, &before, "the chart").await
}

/// One of each kind; tests/app.rs has many more.
const BAD: [&str; 5] = [
    "__proto__",
    "step-by-step&case=a&at=99999999999.0",
    "step-by-step&case=%00%ff",
    "start&case=hasOwnProperty",
    "activations&z=1e400",
];

async fn a_bad_link_is_said_and_the_page_works(page: &Page) -> Result<()> {
    for link in BAD {
        page.open(&format!("#{link}"), "en").await?;
        let words = alert(page).await?;
        ensure!(words.split(' ').count() > 2, "#{link}: {words:?}");
        let kept = link.split('&').next().unwrap_or_default();
        let place = if PLACES.contains(&kept) { kept } else { "start" };
        let here = page.control("heading", Some(heading(place))).count().await?;
        ensure!(here == 1, "#{link} does not keep its place");
        works(page).await.map_err(|error| error.context(format!("#{link}")))?;
    }
    Ok(())
}

const PLACES: [&str; 3] = ["start", "activations", "step-by-step"];

fn heading(place: &str) -> &'static str {
    match place {
        "activations" => "Activation functions, and what they let through on the way back",
        "step-by-step" => "One number at a time",
        _ => "Watch a network correct itself",
    }
}

async fn works(page: &Page) -> Result<()> {
    let z = page.slider("z");
    if z.count().await? == 1 {
        let before = z.value().await?;
        z.press(Key::Right).await?;
        ensure!(z.value().await? != before, "z does not move");
        ensure!(alert(page).await?.is_empty(), "the alert stays: {}", alert(page).await?);
        return Ok(());
    }
    let (at, _) = position(page).await?;
    page.button("Step").click().await?;
    ensure!(position(page).await?.0 == at + 1, "Step does nothing");
    ensure!(alert(page).await?.is_empty(), "the alert stays: {}", alert(page).await?);
    Ok(())
}

async fn a_bad_link_in_an_open_page_changes_nothing(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=b", "en").await?;
    click(page, "Step", 3).await?;
    let before = seen(page).await?;
    page.eval("location.hash = '#step-by-step&case=__proto__'", vec![]).await?;
    page.wait_until("the link is refused", async || Ok(!alert(page).await?.is_empty())).await?;
    shows(page, &before, "a bad link").await?;
    works(page).await
}
