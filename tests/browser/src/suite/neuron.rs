//! The chapter "Neuron": the line is dragged, a gate is learned, XOR is not.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use gradstep::app::State;
use gradstep::{link, number};
use serde_json::{Value, json};

use super::fit;
use super::seen::{alert, click, enter, place, seen};
use crate::control::{Control, Find};
use crate::page::Page;

super::tests!(neuron:
    a_gate_is_learned_one_sample_at_a_time,
    every_gate_but_xor_is_learned_at_a_click,
    the_line_is_dragged_by_mouse,
    the_line_is_dragged_by_touch,
    the_line_is_moved_by_keys,
    the_weights_move_the_line,
    a_click_in_the_plane_moves_x,
    a_row_of_the_table_shows_its_arithmetic,
    why_xor_cannot_be_and_what_can,
    the_unit_is_graded_with_other_activations,
    the_pictures_are_told_in_words,
    what_is_wrong_is_said_and_changes_nothing,
    a_link_restores_the_chapter;
    once: it_fits_at_each_width_and_speaks_both_languages,
);

/// The chapter's state after changes, natively.
fn natively(changes: &[Value]) -> Result<State> {
    let mut state = link::read("neuron")?;
    for change in changes {
        state.apply_json(&json!({ "do": "neuron", "change": change }).to_string())?;
    }
    Ok(state)
}

fn field<'p>(page: &'p Page, name: &str) -> Control<'p> {
    page.control("spinbutton", Some(&format!("{name}: type a value")))
}

async fn number_in(page: &Page, name: &str) -> Result<f64> {
    Ok(field(page, name).value().await?.parse()?)
}

/// w₁, w₂ and b in their fields.
async fn parameters(page: &Page) -> Result<[f64; 3]> {
    Ok([
        number_in(page, "Weight w₁").await?,
        number_in(page, "Weight w₂").await?,
        number_in(page, "Bias b").await?,
    ])
}

async fn shows_parameters(page: &Page, state: &State, where_: &str) -> Result<()> {
    let [w1, w2] = state.neuron.weights;
    let (found, wanted) = (parameters(page).await?, [w1, w2, state.neuron.bias]);
    ensure!(found == wanted, "{where_}: {found:?}, natively {wanted:?}");
    Ok(())
}

async fn shown(page: &Page, words: &str) -> Result<()> {
    let now = seen(page).await?;
    ensure!(now.contains(words), "{words:?} is not in {now}");
    Ok(())
}

async fn a_gate_is_learned_one_sample_at_a_time(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    shown(page, "2 of 4 rows are right for AND.").await?;
    let mut changes = vec![];
    let mut samples = 0;
    while !natively(&changes)?.neuron.is_right() {
        click(page, "One sample", 1).await?;
        changes.push(json!("sample"));
        samples += 1;
        shows_parameters(page, &natively(&changes)?, &format!("sample {samples}")).await?;
    }
    ensure!(samples == 10, "{samples} samples");
    shown(page, "The unit is AND: all 4 rows are right.").await?;
    shown(page, "Too much, t − o = −1").await?;
    click(page, "One sample", 1).await?;
    let said = page.control("status", None).text().await?;
    ensure!(said.contains("nothing changes"), "{said}");
    click(page, "Again", 1).await?;
    shows_parameters(page, &natively(&[])?, "again").await
}

async fn every_gate_but_xor_is_learned_at_a_click(page: &Page) -> Result<()> {
    for (name, key) in [("OR", "or"), ("NAND", "nand"), ("NOR", "nor"), ("AND", "and")] {
        page.open("#neuron", "en").await?;
        page.control("radio", Some(name)).click().await?;
        click(page, "Until it is right", 1).await?;
        shows_parameters(page, &natively(&[json!({ "gate": key }), json!("teach")])?, name).await?;
        shown(page, &format!("The unit is {name}: all 4 rows are right.")).await?;
        let table = page.control("table", Some(&format!("Truth table: {name}"))).text().await?;
        ensure!(table.matches('✓').count() == 4 && !table.contains('✗'), "{table}");
    }
    Ok(())
}

fn plane(page: &Page) -> Control<'_> {
    page.control("group", Some("The plane of x₁ and x₂"))
}

/// Where the middle of a handle lies, from the middle of the plane's drawing, in pixels.
async fn middle(handle: &Control<'_>) -> Result<(f64, f64)> {
    let script = "const drawing = arguments[0].ownerSVGElement;
        drawing.scrollIntoView({ block: 'center' });
        const [one, all] = [arguments[0], drawing].map((node) => node.getBoundingClientRect());
        return [one.left + one.width / 2 - all.left - all.width / 2, one.top + one.height / 2 - all.top - all.height / 2];";
    let at = handle.run(script).await?;
    Ok((at[0].as_f64().context("no place")?, at[1].as_f64().context("no place")?))
}

fn moved((x, y): (f64, f64), (dx, dy): (f64, f64)) -> (f64, f64) {
    (x + dx, y + dy)
}

/// That the handle is about where it was dragged to.
async fn came_along(handle: &Control<'_>, to: (f64, f64)) -> Result<()> {
    let now = middle(handle).await?;
    ensure!((now.0 - to.0).hypot(now.1 - to.1) < 8.0, "dragged to {to:?}, now at {now:?}");
    Ok(())
}

async fn the_line_is_dragged_by_mouse(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    let [w1, w2, b] = parameters(page).await?;
    let shift = page.slider("Shift the line");
    let from = middle(&shift).await?;
    let to = moved(from, (-60.0, -50.0));
    page.drag(&plane(page).element().await?, from, to).await?;
    came_along(&shift, to).await?;
    let now = parameters(page).await?;
    ensure!(now[..2] == [w1, w2] && now[2] != b, "{now:?}");
    // The tip of w, straight up from where the line is held: w₁ becomes 0.
    let turn = page.slider("Turn the line");
    let (held, tip) = (middle(&shift).await?, middle(&turn).await?);
    page.drag(&plane(page).element().await?, tip, moved(held, (0.0, -60.0))).await?;
    let [v1, v2, _] = parameters(page).await?;
    ensure!((v1.hypot(v2) - w1.hypot(w2)).abs() < 0.01, "|w| was another: {v1}, {v2}");
    ensure!(v1.abs() < 0.25 && v2 > 1.0, "w points to ({v1}, {v2})");
    came_along(&shift, held).await
}

async fn the_line_is_dragged_by_touch(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    let b = parameters(page).await?[2];
    let shift = page.slider("Shift the line");
    let from = middle(&shift).await?;
    let element = plane(page).element().await?;
    let way = [(0.0, 0.0), (-20.0, -30.0), (-40.0, -60.0)].map(|by| moved(from, by));
    page.swipe(&element, &way).await?;
    came_along(&shift, moved(from, (-40.0, -60.0))).await?;
    ensure!(parameters(page).await?[2] != b, "the line stays");
    Ok(())
}

async fn the_line_is_moved_by_keys(page: &Page) -> Result<()> {
    page.open("#neuron&w=1,0&b=-0.5&x=0,0&g=step&gate=and&row=0", "en").await?;
    let shift = page.slider("Shift the line");
    ensure!(shift.value().await? == "0.5", "{}", shift.value().await?);
    shift.press(Key::Right).await?;
    ensure!(parameters(page).await? == [1.0, 0.0, -0.55], "{:?}", parameters(page).await?);
    page.press(Key::Down).await?;
    page.press(Key::Down).await?;
    ensure!(parameters(page).await? == [1.0, 0.0, -0.45], "{:?}", parameters(page).await?);
    let turn = page.slider("Turn the line");
    turn.press(Key::Up).await?;
    ensure!(turn.value().await? == "5", "{}", turn.value().await?);
    let words = turn.attribute("aria-valuetext").await?.unwrap_or_default();
    ensure!(words == "w points to 5°: w₁ = 0.996, w₂ = 0.087", "{words}");
    let said = page.control("status", None).text().await?;
    ensure!(said.starts_with("z = ") && said.contains("rows are right"), "{said}");
    Ok(())
}

async fn the_weights_move_the_line(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    let changes = [
        json!({ "weight": { "input": 0, "value": 2.0 } }),
        json!({ "weight": { "input": 1, "value": -1.25 } }),
        json!({ "bias": 0.75 }),
    ];
    for (name, value) in [("Weight w₁", "2"), ("Weight w₂", "-1.25"), ("Bias b", "0.75")] {
        enter(&field(page, name), value).await?;
    }
    shown(page, "2·x₁ − 1.25·x₂ + 0.75 = 0").await?;
    page.slider("Weight w₁").press(Key::Right).await?;
    shown(page, "2.1·x₁ − 1.25·x₂ + 0.75 = 0").await?;
    page.slider("Weight w₁").press(Key::Left).await?;
    let script = "const line = document.querySelector('line.border');
        return ['x1', 'y1', 'x2', 'y2'].map((name) => Number(line.getAttribute(name)));";
    let drawn = page.eval(script, vec![]).await?;
    let state = natively(&changes)?;
    let ends = gradstep::neuron::line(&state.neuron).context("no line")?;
    // The square of the drawing: 322 for three units, from (28, 10).
    let wanted: Vec<f64> = ends
        .iter()
        .flat_map(|[x1, x2]| [28.0 + (x1 + 1.0) / 3.0 * 322.0, 10.0 + (2.0 - x2) / 3.0 * 322.0])
        .collect();
    for (n, wanted) in wanted.iter().enumerate() {
        let found = drawn[n].as_f64().context("no line drawn")?;
        ensure!((found - wanted).abs() < 1e-6, "{drawn}, natively {ends:?}");
    }
    Ok(())
}

async fn a_click_in_the_plane_moves_x(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    middle(&page.slider("Shift the line")).await?;
    let drawing = plane(page).element().await?;
    let (_, _, width, _) = drawing.rectangle().await?;
    let pixel = width / 360.0;
    // (−0.5, 1.5), in the square from (28, 10) of a drawing of 360 × 362.
    let (x, y) = (28.0 + 322.0 / 6.0 - 180.0, 10.0 + 322.0 / 6.0 - 181.0);
    page.drag(&drawing, (x * pixel, y * pixel), (x * pixel, y * pixel)).await?;
    let at = [number_in(page, "Input x₁").await?, number_in(page, "Input x₂").await?];
    ensure!(at == [-0.5, 1.5], "{at:?}");
    let state = natively(&[json!({ "at": at })])?;
    shown(page, &number::short(state.neuron.sum(at))).await
}

async fn a_row_of_the_table_shows_its_arithmetic(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    for (row, words) in [("0, 0", "w·x = 0 is above"), ("1, 0", "w·x = −0.5 is just the threshold")]
    {
        page.button(&format!("x = ({}): show it", row.replace(' ', "\u{a0}"))).click().await?;
        shown(page, words).await?;
    }
    // The focus stays with the row.
    let focused = page.eval("return document.activeElement.innerText", vec![]).await?;
    ensure!(focused == "1, 0", "{focused}");
    Ok(())
}

async fn why_xor_cannot_be_and_what_can(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    ensure!(!seen(page).await?.contains("Why no line can be XOR"), "the proof before its question");
    page.control("radio", Some("XOR")).click().await?;
    click(page, "Until it is right", 2).await?;
    shown(page, "still a row is wrong").await?;
    let last = page.control("table", Some("The last corrections")).text().await?;
    ensure!(last.lines().count() > 5 && last.contains("396"), "{last}");
    shown(page, "never be more than 3").await?;
    shown(page, "No weights satisfy all four.").await?;
    ensure!(seen(page).await?.contains("does not hold"), "all four conditions hold");
    page.link("Open XOR 2-2-1 in the stepper").click().await?;
    page.wait_until("the stepper is there", async || {
        Ok(place(page).await?.contains("#step-by-step&case=xor"))
    })
    .await?;
    ensure!(alert(page).await?.is_empty(), "{}", alert(page).await?);
    page.client.back().await?;
    page.wait_until("the chapter is back", async || {
        Ok(seen(page).await?.contains("still a row is wrong"))
    })
    .await
}

async fn the_unit_is_graded_with_other_activations(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    for (name, words) in [
        ("sigmoid", "S-shaped"),
        ("tanh", "from −1 to 1"),
        ("identity", "linear"),
        ("step", "decides"),
    ] {
        let script = "const select = document.querySelector('main:not([hidden]) select');
            select.value = arguments[0];
            select.dispatchEvent(new Event('change', { bubbles: true }));";
        page.eval(script, vec![json!(name)]).await?;
        shown(page, words).await?;
        let state = natively(&[json!({ "activation": name })])?;
        shown(page, &number::short(state.neuron.output([0.0, 0.0]))).await?;
    }
    Ok(())
}

async fn the_pictures_are_told_in_words(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    let told = async || {
        let script = "return [...document.querySelectorAll('main:not([hidden]) svg[aria-describedby]')]
            .map((one) => `${one.ariaLabel} ${document.getElementById(one.getAttribute('aria-describedby')).textContent}`)
            .join(' ')";
        let told = page.eval(script, vec![]).await?;
        anyhow::Ok(told.as_str().unwrap_or_default().replace('\u{a0}', " "))
    };
    for words in [
        "inputs x₁ = 1 and x₂ = 1, weights w₁ = −0.5 and w₂ = 1, and bias b = 0.5",
        "The weighted sum is z = 1, the activation g is step, the output is a = 1.",
        "The line is −0.5·x₁ + 1·x₂ + 0.5 = 0.",
        "At (0, 1) it fires; AND wants 0: wrong.",
        "At (1, 0) it does not fire; AND wants 0: right.",
    ] {
        ensure!(told().await?.contains(words), "{words:?} is not in {}", told().await?);
    }
    click(page, "Until it is right", 1).await?;
    ensure!(told().await?.contains("At (0, 1) it does not fire; AND wants 0: right."));
    Ok(())
}

async fn what_is_wrong_is_said_and_changes_nothing(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    enter(&field(page, "Bias b"), "1e9").await?;
    let words = alert(page).await?;
    ensure!(words == "bias: 1000000000 is not from −1000 to 1000.", "{words}");
    shows_parameters(page, &natively(&[])?, "after a bias that is none").await?;
    page.open("#neuron&gate=if", "en").await?;
    ensure!(alert(page).await?.starts_with("gate: “if” is not one of"), "{}", alert(page).await?);
    shows_parameters(page, &natively(&[])?, "after a link that is none").await
}

async fn a_link_restores_the_chapter(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    page.control("radio", Some("NOR")).click().await?;
    click(page, "One sample", 2).await?;
    let wanted = natively(&[json!({ "gate": "nor" }), json!("sample"), json!("sample")])?;
    let link = format!("#{}", link::write(&wanted));
    page.wait_until("the link is written", async || Ok(place(page).await?.ends_with(&link)))
        .await?;
    let before = seen(page).await?;
    page.open(&link, "en").await?;
    super::seen::shows(page, &before, "opened again").await
}

const PLACES: [&str; 5] = [
    "#neuron",
    "#neuron&gate=xor&wrong=200&rows=3,0,1,2,3",
    "#neuron&w=-0.5,1&b=0&x=0,0&row=1&last=0,1,-0.5,1,0.5",
    "#neuron&w=123.456,-987.654&b=-321.123&x=-0.35,1.95&g=leaky_relu&gate=nand",
    "#neuron&w=0,0&b=1&g=sigmoid&gate=nor",
];

async fn it_fits_at_each_width_and_speaks_both_languages(page: &Page) -> Result<()> {
    fit::everywhere(page, &PLACES, async |_| Ok(())).await
}
