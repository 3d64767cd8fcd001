//! The chapter "Why nonlinear": a stack multiplied, a boundary folded, a curve drawn.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use gradstep::app::State;
use gradstep::view;
use serde_json::{Value, json};

use super::fit;
use super::seen::{alert, seen, settled, shows};
use crate::control::{Control, Find};
use crate::page::Page;

super::tests!(nonlinear:
    a_stack_is_multiplied_step_by_step_and_both_ways_agree,
    an_entry_of_the_product_shows_its_arithmetic,
    relu_between_the_layers_parts_the_two_ways,
    a_straight_boundary_folds_with_relu,
    it_plays_to_the_end_and_can_be_stopped,
    a_curve_is_drawn_by_mouse_touch_and_keys,
    training_finds_another_fit_than_the_construction,
    a_link_brings_the_chapter_back,
    what_is_wrong_is_said_and_changes_nothing;
    once: it_fits_at_each_width_and_speaks_both_languages,
);

const STACK: &str = "A stack of layers, and the one that it equals";
const PLANE: &str = "A straight boundary, until it folds";
const FIT: &str = "After Activations: a curve made of hinges";

/// The frame of the chapter after these changes, natively.
fn native(changes: &[Value]) -> Result<Value> {
    let mut state = State::new()?;
    state.apply_json(&json!({ "do": "go", "place": "why-nonlinear" }).to_string())?;
    for change in changes {
        state.apply_json(&json!({ "do": "nonlinear", "change": change }).to_string())?;
    }
    Ok(serde_json::to_value(view::frame(&state, None))?)
}

/// What stands in the rows of a part's table of answers.
async fn answers(page: &Page) -> Result<Vec<Vec<String>>> {
    let script = "return [...document.querySelectorAll('.answers tbody tr')]
        .map((row) => [...row.cells].map((cell) => cell.textContent))";
    Ok(serde_json::from_value(page.eval(script, vec![]).await?)?)
}

fn texts(list: &Value) -> Vec<String> {
    let texts = list.as_array().into_iter().flatten();
    texts.filter_map(|num| num["text"].as_str().map(Into::into)).collect()
}

async fn a_stack_is_multiplied_step_by_step_and_both_ways_agree(page: &Page) -> Result<()> {
    page.open("#why-nonlinear", "en").await?;
    let part = page.region(STACK);
    page.eval("document.querySelector('.nonlinear input[value=\"6\"]').click()", vec![]).await?;
    let mut changes = vec![json!({ "stack": { "depth": 6 } })];
    for merged in 2..=6 {
        part.button("Step").click().await?;
        changes.push(json!({ "stack": { "merged": merged } }));
        let wanted = &native(&changes)?["stack"];
        let rows = answers(page).await?;
        ensure!(rows.len() == merged + 3, "{rows:?}");
        ensure!(rows[merged][1..] == texts(&wanted["path"][merged - 1]["values"]), "{rows:?}");
        ensure!(rows[merged + 1][1..] == texts(&wanted["single"]), "{rows:?}");
        ensure!(rows[merged + 2][1..] == texts(&wanted["difference"]), "{rows:?}");
        for cell in &rows[merged + 2][1..] {
            let off = gradstep::number::parse(cell).context("no difference")?;
            ensure!(off.abs() < 1e-12, "off by {cell}");
        }
    }
    ensure!(part.text().await?.contains("All 6 layers are one matrix"), "not all");
    let step = part.button("Step");
    ensure!(step.attribute("aria-disabled").await?.as_deref() == Some("true"), "Step goes on");
    for _ in 0..5 {
        part.button("Back").press(Key::Enter).await?;
    }
    ensure!(part.text().await?.contains("Nothing is multiplied yet"), "not back");
    Ok(())
}

async fn an_entry_of_the_product_shows_its_arithmetic(page: &Page) -> Result<()> {
    page.open("#why-nonlinear&merged=2", "en").await?;
    let part = page.region(STACK);
    for (row, column) in [(0, Some(0)), (1, Some(1)), (1, None)] {
        let change = json!({ "stack": { "entry": { "row": row, "column": column } } });
        let wanted = native(&[json!({ "stack": { "merged": 2 } }), change])?;
        let stack = &wanted["stack"];
        let (name, num) = match column {
            Some(i) => (
                format!("W, row {}, column {}", row + 1, i + 1),
                &stack["product"]["weights"][row][i],
            ),
            None => (format!("b, row {}", row + 1), &stack["product"]["biases"][row]),
        };
        let value = num["text"].as_str().unwrap_or_default();
        let entry = part.button(&format!("{name}: {value}"));
        entry.press(Key::Enter).await?;
        let parts = stack["entry"]["parts"].as_array().context("no arithmetic")?.iter();
        let written: String =
            parts.filter_map(|part| part["num"]["text"].as_str().or(part["op"].as_str())).collect();
        let script = "return document.querySelector('.entry .sum').textContent";
        let shown = page.eval(script, vec![]).await?;
        ensure!(shown == written.as_str(), "{shown}, not {written}");
        ensure!(entry.attribute("aria-pressed").await?.as_deref() == Some("true"), "not chosen");
        let focused = page.eval("return document.activeElement.ariaLabel", vec![]).await?;
        ensure!(focused == format!("{name}: {value}").as_str(), "the focus is at {focused}");
    }
    Ok(())
}

async fn relu_between_the_layers_parts_the_two_ways(page: &Page) -> Result<()> {
    page.open("#why-nonlinear&merged=3", "en").await?;
    let part = page.region(STACK);
    ensure!(part.text().await?.contains("exactly"), "{}", part.text().await?);
    part.control("checkbox", Some("ReLU between the layers")).click().await?;
    let words = part.text().await?;
    ensure!(words.contains("no longer gives the stack’s answer"), "{words}");
    part.slider("x₁").press(Key::Right).await?;
    let wanted = native(&[
        json!({ "stack": { "merged": 3 } }),
        json!({ "stack": { "relu": true } }),
        json!({ "stack": { "input": { "unit": 0, "value": 1.1 } } }),
    ])?;
    let rows = answers(page).await?;
    ensure!(rows[3][1..] == texts(&wanted["stack"]["path"][2]["values"]), "{rows:?}");
    Ok(())
}

/// The epoch's slider and the words beside the picture.
async fn epoch(part: &Control<'_>) -> Result<usize> {
    let value = part.slider("Epoch").value().await?;
    value.parse().with_context(|| format!("epoch {value:?}"))
}

async fn a_straight_boundary_folds_with_relu(page: &Page) -> Result<()> {
    for set in ["xor", "circle"] {
        page.open(&format!("#why-nonlinear&set={set}&epoch=0"), "en").await?;
        let part = page.region(PLANE);
        let picture = part.control("img", None);
        let untrained = settled(page, &picture).await?;
        part.slider("Epoch").press(Key::End).await?;
        let straight = settled(page, &picture).await?;
        ensure!(straight != untrained, "the picture stays");
        let words = part.text().await?;
        ensure!(words.contains("is one straight line"), "{words}");
        page.eval("document.querySelector('.beside input[value=on]').click()", vec![]).await?;
        ensure!(epoch(&part).await? == 100, "another epoch");
        let words = part.text().await?;
        ensure!(words.contains("has folded"), "{words}");
        ensure!(settled(page, &picture).await? != straight, "the picture stays with ReLU");
        let wanted = native(&[
            json!({ "plane": { "set": set } }),
            json!({ "plane": { "relu": true } }),
            json!({ "plane": { "epoch": 100 } }),
        ])?;
        let accuracy = wanted["plane"]["accuracy"].as_str().unwrap_or_default();
        ensure!(words.contains(accuracy), "{words}: not {accuracy}");
        let label = picture.attribute("aria-label").await?.unwrap_or_default();
        ensure!(label.contains(accuracy) && label.contains("has folded"), "{label}");
    }
    Ok(())
}

async fn it_plays_to_the_end_and_can_be_stopped(page: &Page) -> Result<()> {
    page.open("#why-nonlinear&relu=1&epoch=95", "en").await?;
    let part = page.region(PLANE);
    part.button("Play").click().await?;
    page.wait_until("it has played to the end", async || {
        Ok(epoch(&part).await? == 100 && part.button("Play").count().await? == 1)
    })
    .await?;
    // From the end it begins anew.
    part.button("Play").click().await?;
    page.wait_until("it is on its way", async || Ok((2..100).contains(&epoch(&part).await?)))
        .await?;
    part.button("Pause").click().await?;
    let stopped = epoch(&part).await?;
    let frames = "for (let n = 0; n < 12; n += 1) await new Promise(requestAnimationFrame);";
    page.eval_async(frames, vec![]).await?;
    ensure!(epoch(&part).await? == stopped, "it goes on");
    ensure!(stopped < 100, "it was not stopped");
    Ok(())
}

async fn height(page: &Page, x: &str) -> Result<f64> {
    let value = page.slider(&format!("Height of the curve at x = {x}")).value().await?;
    value.parse().with_context(|| format!("a height of {value:?}"))
}

async fn a_curve_is_drawn_by_mouse_touch_and_keys(page: &Page) -> Result<()> {
    page.open("#why-nonlinear", "en").await?;
    let part = page.region(FIT);
    // By keys: up, and along to the next.
    let zero = page.slider("Height of the curve at x = 0");
    zero.press(Key::Up).await?;
    page.press(Key::Up).await?;
    ensure!(height(page, "0").await? == 0.2, "{}", height(page, "0").await?);
    page.press(Key::Right).await?;
    page.press(Key::Home).await?;
    ensure!(height(page, "1").await? == -2.0, "{}", height(page, "1").await?);
    let words = part.text().await?;
    ensure!(words.contains("Nothing is drawn beyond"), "{words}");
    ensure!(words.contains("meets the curve everywhere"), "{words}");
    // By mouse: all handles on the way get their heights.
    let svg = "const svg = document.querySelector('.hinges'); svg.scrollIntoView({ block: 'center' });
        const handles = [...svg.querySelectorAll('.handle .dot')].map((dot) => dot.getBoundingClientRect());
        const { left, top, width, height } = svg.getBoundingClientRect();
        const part = (n) => [(handles[n].x + 5 - left) / width, (handles[n].y + 5 - top) / height];
        return [part(2), part(10), height];";
    let places = page.eval(svg, vec![]).await?;
    let x = |n: usize| places[n][0].as_f64().unwrap_or_default();
    let drawing = page.control("group", Some("The curve, the hinges and their sum"));
    drawing.drag((x(0), 0.2), (x(1), 0.2)).await?;
    let drawn = height(page, "−2").await?;
    ensure!(drawn > 1.0, "{drawn}");
    for at in ["−4", "0", "1", "4"] {
        ensure!((height(page, at).await? - drawn).abs() <= 0.051, "{at}: not {drawn}");
    }
    // By touch, which drivers do not all have: the events that it gives.
    let script = "const [svg, part] = arguments;
        const { left, top, width, height } = svg.getBoundingClientRect();
        const at = (type) => svg.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: 'touch', pointerId: 7, isPrimary: true, button: 0, clientX: left + part * width, clientY: top + 0.75 * height }));
        svg.setPointerCapture = () => {};
        at('pointerdown'); at('pointerup');";
    let element = drawing.element().await?;
    page.eval(script, vec![json!(element), json!(x(0))]).await?;
    ensure!(height(page, "−4").await? < -0.5, "{}", height(page, "−4").await?);
    Ok(())
}

async fn training_finds_another_fit_than_the_construction(page: &Page) -> Result<()> {
    page.open("#why-nonlinear&units=8", "en").await?;
    let part = page.region(FIT);
    page.eval("document.querySelector('input[value=trained]').click()", vec![]).await?;
    ensure!(part.text().await?.contains("Before training"), "already trained");
    part.slider("Epoch").press(Key::End).await?;
    let wanted = native(&[
        json!({ "fit": { "units": 8 } }),
        json!({ "fit": { "way": "trained" } }),
        json!({ "fit": { "moment": 200 } }),
    ])?;
    let words = part.text().await?;
    ensure!(words.contains("Found by training"), "{words}");
    for num in ["inside", "outside", "value"] {
        let text = wanted["fit"][num]["text"].as_str().unwrap_or_default();
        ensure!(words.contains(text), "{words}: {num} is not {text}");
    }
    Ok(())
}

async fn a_link_brings_the_chapter_back(page: &Page) -> Result<()> {
    page.open("#why-nonlinear&merged=2", "en").await?;
    page.slider("Height of the curve at x = 0").press(Key::Up).await?;
    page.region(PLANE).slider("Epoch").press(Key::PageUp).await?;
    let hash = "return location.hash";
    page.wait_until("the link is written", async || {
        let hash = page.eval(hash, vec![]).await?;
        Ok(hash.as_str().is_some_and(|hash| hash.contains("heights=") && hash.contains("epoch=10")))
    })
    .await?;
    let link = page.eval(hash, vec![]).await?;
    let words = seen(page).await?;
    page.open(link.as_str().unwrap_or_default(), "en").await?;
    shows(page, &words, "brought back").await
}

async fn what_is_wrong_is_said_and_changes_nothing(page: &Page) -> Result<()> {
    page.open("#why-nonlinear&units=41", "en").await?;
    ensure!(alert(page).await? == "units: 41 is not from 1 to 40.", "{}", alert(page).await?);
    let field = page.region(FIT).control("spinbutton", Some("Units: type a value"));
    super::seen::enter(&field, "0").await?;
    ensure!(alert(page).await? == "units: 0 is not from 1 to 40.", "{}", alert(page).await?);
    ensure!(field.value().await? == "12", "{}", field.value().await?);
    Ok(())
}

const STATES: [&str; 3] = [
    "#why-nonlinear",
    "#why-nonlinear&layers=6&merged=6&between=1&entry=1,b&relu=1&epoch=50&way=trained&moment=20&units=40&at=7",
    "#why-nonlinear&layers=2&merged=2&heights=0,1,2,1,0,-1,-2,-1,0,1,2,1,0&at=-3.5",
];

async fn it_fits_at_each_width_and_speaks_both_languages(page: &Page) -> Result<()> {
    fit::everywhere(page, &STATES, async |_| Ok(())).await
}
