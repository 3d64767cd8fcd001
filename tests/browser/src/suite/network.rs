//! The chapter "Network": parts named, products marked, the network rebuilt, by mouse and keys.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use gradstep::number;
use gradstep::structure::{Preset, Source, Structure};
use serde_json::json;

use super::fit;
use super::seen::{alert, click, disabled, place, seen};
use crate::control::Find;
use crate::page::Page;

super::tests!(network:
    a_click_on_a_unit_or_an_edge_names_it,
    a_tap_chooses_what_lies_nearest,
    arrows_walk_from_unit_to_edge_to_unit,
    the_parts_are_read_in_order,
    a_click_in_the_matrix_chooses_the_weight,
    units_and_layers_are_added_and_removed_by_buttons,
    units_and_layers_are_added_and_removed_by_keys,
    what_is_marked_in_the_products_follows_the_part,
    the_counts_and_the_words_answer_questions,
    it_opens_in_the_stepper,
    a_link_restores_it,
    what_is_wrong_is_said_and_changes_nothing,
    a_unit_more_leaves_the_page_and_the_other_weights_where_they_are;
    once: it_fits_at_each_width_and_speaks_both_languages,
);

async fn title(page: &Page) -> Result<String> {
    page.region("This part").control("heading", None).text().await
}

async fn titled(page: &Page, wanted: &str) -> Result<()> {
    page.wait_until(&format!("it shows {wanted}"), async || Ok(title(page).await? == wanted)).await
}

/// The name of what has the focus.
async fn focused(page: &Page) -> Result<String> {
    let script = "const one = document.activeElement;
        return one.getAttribute('aria-label') ?? one.textContent;";
    Ok(page.eval(script, vec![]).await?.as_str().unwrap_or_default().into())
}

async fn sizes(page: &Page) -> Result<String> {
    let script = "return document.querySelector('.wiring svg').getAttribute('aria-label')";
    Ok(page.eval(script, vec![]).await?.as_str().unwrap_or_default().into())
}

async fn sized(page: &Page, wanted: &str) -> Result<()> {
    let wanted = format!("Network {wanted}");
    page.wait_until(&wanted, async || Ok(sizes(page).await? == wanted)).await
}

async fn a_click_on_a_unit_or_an_edge_names_it(page: &Page) -> Result<()> {
    page.open("#network", "en").await?;
    titled(page, "Weight W[2]₃,₁").await?;
    let structure = Structure::new(Source::Preset(Preset::Figure7))?;
    let w = structure.lab().case().network.layers()[1].weight(2, 0);
    let said = page.region("This part").text().await?;
    for words in
        ["Row 3", "unit 3 of layer [2]", "Column 1", "unit 1 of layer [1]", "5\u{a0}×\u{a0}4"]
    {
        ensure!(said.contains(words), "{words}: {said}");
    }
    ensure!(said.contains(&number::short(w)), "{w}: {said}");
    page.control("option", Some("Unit 4 of hidden layer [3]")).click().await?;
    titled(page, "Unit 4 of hidden layer [3]").await?;
    page.control("option", Some("Input x₂")).click().await?;
    titled(page, "Input x₂").await?;
    page.button("output layer [6]").click().await?;
    titled(page, "Output layer [6]").await?;
    page.open("#network&net=a", "en").await?;
    page.control("option", Some("Weight W[2]₁,₂ = 0.8")).click().await?;
    titled(page, "Weight W[2]₁,₂").await
}

async fn a_tap_chooses_what_lies_nearest(page: &Page) -> Result<()> {
    page.open("#network&net=a", "en").await?;
    // A finger beside the edge from unit 1, a third of the way along.
    let script = "const drawing = document.querySelector('.wiring svg');
        drawing.scrollIntoView({ block: 'center' });
        const line = drawing.querySelector('[data-part=\"w2.1.1\"] line:last-child').getBoundingClientRect();
        const at = { clientX: line.left + line.width / 3, clientY: line.top + line.height / 3 + 3, bubbles: true };
        const target = document.elementFromPoint(at.clientX, at.clientY);
        const touch = { ...at, pointerType: 'touch', isPrimary: true };
        for (const type of ['pointerdown', 'pointerup']) target.dispatchEvent(new PointerEvent(type, touch));
        target.dispatchEvent(new MouseEvent('click', { ...at, detail: 1 }));";
    page.eval(script, vec![]).await?;
    titled(page, "Weight W[2]₁,₁").await
}

async fn arrows_walk_from_unit_to_edge_to_unit(page: &Page) -> Result<()> {
    page.open("#network&part=u1.2", "en").await?;
    page.control("option", Some("Unit 2 of hidden layer [1]")).focus().await?;
    for (key, wanted) in [
        (Key::Right, "Weight W[2]₂,₂"),
        (Key::Right, "Unit 2 of hidden layer [2]"),
        (Key::Down, "Unit 3 of hidden layer [2]"),
        (Key::Left, "Weight W[2]₃,₃"),
        (Key::Down, "Weight W[2]₃,₄"),
        (Key::Down, "Weight W[2]₄,₁"),
        (Key::Left, "Unit 1 of hidden layer [1]"),
        (Key::Up, "Hidden layer [1]"),
        (Key::Left, "Input layer"),
        (Key::End, "Output layer [6]"),
        (Key::Home, "Input layer"),
    ] {
        page.press(key).await?;
        titled(page, wanted).await?;
        let held = focused(page).await?.to_lowercase();
        ensure!(held.starts_with(&wanted.to_lowercase()), "{wanted}, but the focus is on {held}");
    }
    let stops = "return document.querySelectorAll('.sheet [data-part][tabindex=\"0\"]').length";
    let stops = page.eval(stops, vec![]).await?;
    ensure!(stops == 1, "{stops} parts in the order of Tab");
    let said = page.control("status", None).text().await?;
    ensure!(said.starts_with("Input layer."), "{said}");
    Ok(())
}

async fn the_parts_are_read_in_order(page: &Page) -> Result<()> {
    page.open("#network&net=a&part=w1.2.1", "en").await?;
    // The keys are told before the picture, in which the chosen weight stands in its row.
    let script = "const figure = document.querySelector('main:not([hidden]) figure.wiring');
        const parts = [...figure.querySelectorAll('figcaption, [role=option], .size')];
        return parts.map((one) => one.getAttribute('data-part') ?? one.ariaLabel ?? 'keys');";
    let found = page.eval(script, vec![]).await?;
    let wanted = json!([
        "keys",
        "u0.1",
        "u0.2",
        "u1.1",
        "u1.2",
        "w1.1.1",
        "w1.1.2",
        "w1.2.1",
        "w1.2.2",
        "u2.1",
        "w2.1.1",
        "w2.1.2",
        "input layer, number of units: 2",
        "hidden layer [1], number of units: 2",
        "output layer [2], number of units: 1",
    ]);
    ensure!(found == wanted, "{found}");
    Ok(())
}

async fn a_click_in_the_matrix_chooses_the_weight(page: &Page) -> Result<()> {
    page.open("#network&net=a&part=u1.1", "en").await?;
    let cells = page.control("cell", Some("−0.9"));
    cells.nth(cells.count().await? - 1).click().await?;
    titled(page, "Weight W[1]₂,₁").await
}

async fn units_and_layers_are_added_and_removed_by_buttons(page: &Page) -> Result<()> {
    page.open("#network&net=a", "en").await?;
    sized(page, "2-2-1").await?;
    click(page, "One unit more: hidden layer [1]", 2).await?;
    sized(page, "2-4-1").await?;
    click(page, "One unit less: input layer", 1).await?;
    sized(page, "1-4-1").await?;
    ensure!(disabled(page, "One unit less: input layer").await?, "an input can still go");
    click(page, "+ layer after hidden layer [1]", 1).await?;
    sized(page, "1-4-4-1").await?;
    click(page, "Remove hidden layer [1]", 1).await?;
    sized(page, "1-4-1").await?;
    let said = page.control("status", None).text().await?;
    ensure!(said.contains("Network 1-4-1, 13 parameters"), "{said}");
    click(page, "One unit more: output layer [2]", 7).await?;
    sized(page, "1-4-8").await?;
    ensure!(disabled(page, "One unit more: output layer [2]").await?, "a ninth unit can be added");
    Ok(())
}

async fn a_unit_more_leaves_the_page_and_the_other_weights_where_they_are(
    page: &Page,
) -> Result<()> {
    page.open("#network", "en").await?;
    let weights = "const named = [...document.querySelectorAll('.wiring [role=option]')]
            .map((one) => one.getAttribute('aria-label')).filter((name) => name.startsWith('W'));
        return named.filter((name) => !name.includes('[5]₄'));";
    let before = page.eval(weights, vec![]).await?;
    // A key presses the button below the window's edge.
    let script = "scrollTo(0, 0);
        const more = () => document.querySelector('[data-key=more-5]');
        more().focus({ preventScroll: true });
        more().click();
        return [scrollY, document.activeElement === more()];";
    let found = page.eval(script, vec![]).await?;
    ensure!(found == json!([0, true]), "the page is at {found}");
    let after = page.eval(weights, vec![]).await?;
    let (before, after) =
        (before.as_array().cloned(), after.as_array().cloned().unwrap_or_default());
    for name in before.into_iter().flatten() {
        ensure!(after.contains(&name), "{name} is gone");
    }
    let address = place(page).await?;
    page.wait_until("the link keeps them", async || Ok(place(page).await?.contains("&weights=")))
        .await?;
    let shown = seen(page).await?;
    page.open(&place(page).await?.replace("?lang=en", ""), "en").await?;
    ensure!(seen(page).await? == shown, "another network than at {address}");
    Ok(())
}

async fn units_and_layers_are_added_and_removed_by_keys(page: &Page) -> Result<()> {
    page.open("#network&net=a&part=u1.2", "en").await?;
    page.control("option", Some("Unit 2 of hidden layer [1]")).focus().await?;
    for (key, wanted) in [("+", "2-3-1"), ("-", "2-2-1"), ("-", "2-1-1")] {
        page.type_text(key).await?;
        sized(page, wanted).await?;
    }
    // The unit is gone: its neighbour is chosen and has the focus.
    titled(page, "Unit 1 of hidden layer [1]").await?;
    page.press(Key::Insert).await?;
    sized(page, "2-1-1-1").await?;
    page.press(Key::Delete).await?;
    sized(page, "2-1-1").await?;
    page.type_text("-").await?;
    page.wait_until("it is refused", async || Ok(!alert(page).await?.is_empty())).await?;
    sized(page, "2-1-1").await?;
    page.press(Key::Home).await?;
    titled(page, "Input layer").await?;
    page.press(Key::Delete).await?;
    page.wait_until("it is refused", async || Ok(alert(page).await?.contains("hidden"))).await
}

async fn what_is_marked_in_the_products_follows_the_part(page: &Page) -> Result<()> {
    page.open("#network&part=w2.3.1", "en").await?;
    let marked = async |what: &str| {
        let script = "return [...document.querySelectorAll('.form [data-state=entry]')].length
            + ' ' + document.querySelectorAll('.wiring .edge[role=option][data-state=lit]').length
            + ' ' + document.querySelectorAll('.form .term.entry').length";
        let found = page.eval(script, vec![]).await?;
        Ok::<String, anyhow::Error>(format!("{what}: {}", found.as_str().unwrap_or_default()))
    };
    // The entry of W and of a, in the row and in the whole; the row's other three edges; the term.
    let found = marked("forward").await?;
    ensure!(found == "forward: 4 3 2", "{found}");
    page.control("radio", Some("backward: da")).click().await?;
    // Also before it is transposed; the column's other four edges.
    let found = marked("backward").await?;
    ensure!(found == "backward: 5 4 2", "{found}");
    page.control("radio", Some("gradient: dW")).click().await?;
    let found = marked("gradient").await?;
    ensure!(found == "gradient: 2 0 2", "{found}");
    page.wait_until("the link says so", async || Ok(place(page).await?.contains("pass=gradient")))
        .await
}

async fn the_counts_and_the_words_answer_questions(page: &Page) -> Result<()> {
    page.open("#network", "en").await?;
    let said = page.region("Shapes and parameters").text().await?;
    for words in ["4 · (6 + 1)", "20 + 25 + 36 + 28 + 15 + 12 = 136", "Layers: 6"] {
        ensure!(said.contains(words), "{words}: {said}");
    }
    let script = "const drawing = document.querySelector('.wiring svg');
        return document.getElementById(drawing.getAttribute('aria-describedby')).textContent";
    let words = page.eval(script, vec![]).await?;
    let words = words.as_str().unwrap_or_default();
    let structure = Structure::new(Source::Preset(Preset::Figure7))?;
    let w = number::short(structure.lab().case().network.layers()[1].weight(2, 0));
    for answer in [
        "Number of units in hidden layer [3]: 6.",
        &format!("W[2], row 3, by column: {w},"),
        "136 parameters",
    ] {
        ensure!(words.contains(answer), "{answer}: {words}");
    }
    Ok(())
}

async fn it_opens_in_the_stepper(page: &Page) -> Result<()> {
    page.open("#network&sizes=3-2-2&hidden=tanh&output=softmax&seed=9", "en").await?;
    click(page, "Open in the stepper", 1).await?;
    page.wait_until("the stepper is there", async || Ok(page.button("Step").count().await? == 1))
        .await?;
    let place = place(page).await?;
    ensure!(place.contains("#step-by-step"), "{place}");
    let words = seen(page).await?;
    let structure = Structure::new(Source::of(gradstep::structure::Plan {
        sizes: vec![3, 2, 2],
        hidden: gradstep::structure::hidden("tanh")?,
        seed: 9,
        ..Preset::Figure7.plan()
    }))?;
    for w in structure.lab().case().network.layers()[0].rows().flatten() {
        ensure!(words.contains(&number::short(*w)), "no weight {w}");
    }
    Ok(())
}

async fn a_link_restores_it(page: &Page) -> Result<()> {
    page.open("#network", "en").await?;
    click(page, "One unit more: hidden layer [5]", 1).await?;
    click(page, "Draw other weights", 1).await?;
    page.control("option", Some("Unit 2 of hidden layer [4]")).click().await?;
    page.control("radio", Some("backward: da")).click().await?;
    titled(page, "Unit 2 of hidden layer [4]").await?;
    let before = seen(page).await?;
    let wanted =
        "sizes=4-4-5-6-4-4-3&hidden=leaky_relu&output=softmax&seed=8&part=u4.2&pass=backward";
    page.wait_until("the address follows", async || Ok(place(page).await?.ends_with(wanted)))
        .await?;
    page.open(&format!("#network&{wanted}"), "en").await?;
    ensure!(seen(page).await? == before, "another state");
    Ok(())
}

async fn what_is_wrong_is_said_and_changes_nothing(page: &Page) -> Result<()> {
    for (wrong, name) in
        [("net=figure8", "net"), ("sizes=4-9-1", "sizes[1]"), ("part=w9.1.1", "part")]
    {
        page.open(&format!("#network&{wrong}"), "en").await?;
        let said = alert(page).await?;
        ensure!(said.contains(name), "{wrong}: {said}");
        sized(page, "4-4-5-6-4-3-3").await?;
    }
    Ok(())
}

const STATES: [&str; 6] = [
    "#network",
    "#network&part=u3.4&pass=backward",
    "#network&part=w4.1.6&pass=gradient",
    "#network&net=a&part=u0.1",
    "#network&sizes=8-8-8-8-8-8-8-8&part=l7&output=identity",
    "#network&sizes=1-1&part=l1&pass=backward",
];

async fn it_fits_at_each_width_and_speaks_both_languages(page: &Page) -> Result<()> {
    fit::everywhere(page, &STATES, async |_| Ok(())).await
}
