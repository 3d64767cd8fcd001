//! Fields for numbers: what they read, what they show, and when it is taken.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::seen::{alert, click, enter, import, seen, unfold};
use crate::control::{Control, Find};
use crate::page::Page;

super::tests!(fields:
    a_number_is_read_alike_typed_pasted_and_dropped,
    every_step_of_a_value_is_taken,
    enter_answers_and_asks_nothing_new;
    once:
    enter_presses_nothing_in_any_chapter,
    the_wheel_scrolls_the_page_and_changes_no_field,
    weights_to_edit_are_those_of_the_tables,
    what_is_typed_in_a_table_outlives_a_step,
    a_clipboard_that_never_answers_gives_way_to_copying_by_hand,
    what_is_far_too_long_is_not_read,
);

const WEIGHT: &str = "Weight w₁: type a value";

/// As people write numbers, and what they mean.
const READ: [(&str, &str); 8] = [
    ("−0.6", "-0.6"),
    ("1,5", "1.5"),
    ("(−3)", "-3"),
    (" 0.25 ", "0.25"),
    ("１．５", "1.5"),
    ("½", "0.5"),
    ("−1.2×10⁻⁴", "-0.00012"),
    ("1 000", "1000"),
];
/// What could mean two things, and nothing.
const REFUSED: [(&str, &str); 3] = [
    ("1,234", "“1,234” can be 1234 or 1.234"),
    ("(3)", "“(3)” can be 3 or −3"),
    ("3 apples", "a number is needed"),
];

async fn a_number_is_read_alike_typed_pasted_and_dropped(page: &Page) -> Result<()> {
    page.open("#neuron", "en").await?;
    let field = page.control("spinbutton", Some(WEIGHT));
    for way in [Way::Typed, Way::Pasted, Way::Dropped] {
        for (text, value) in READ {
            give(page, &field, text, way).await?;
            let (now, said) = (field.value().await?, alert(page).await?);
            ensure!(now == value, "{text:?}, {way:?}, is {now}, not {value}: {said}");
            let slid = page.slider("Weight w₁").value().await?;
            ensure!(slid == value || value == "1000", "{text:?}: the slider is at {slid}");
            ensure!(said.is_empty(), "{text:?} is refused: {said}");
        }
        for (text, word) in REFUSED {
            give(page, &field, text, way).await?;
            let said = alert(page).await?;
            ensure!(said.contains(word), "{text:?}, {way:?}: {said:?}");
            ensure!(field.value().await? == "1000", "{text:?} is taken");
        }
    }
    Ok(())
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Typed,
    Pasted,
    Dropped,
}

/// Replaces what the field holds, and leaves it with Enter.
async fn give(page: &Page, field: &Control<'_>, text: &str, way: Way) -> Result<()> {
    match way {
        Way::Typed => field.fill(text).await?,
        Way::Pasted => paste(page, field, text).await?,
        // Drivers drag no text: the event as the browsers send it.
        Way::Dropped => {
            let script = "const drop = new Event('drop', { bubbles: true, cancelable: true });
                drop.dataTransfer = { getData: () => arguments[1] };
                arguments[0].dispatchEvent(drop);";
            let element = field.element().await?;
            page.eval(script, vec![json!(element), json!(text)]).await?;
        }
    }
    page.press(Key::Enter).await
}

/// From the clipboard, over what the field holds.
async fn paste(page: &Page, field: &Control<'_>, text: &str) -> Result<()> {
    let copied = "const box = document.createElement('textarea');
        document.body.append(box);
        box.value = arguments[0];
        box.focus();
        box.select();";
    page.eval(copied, vec![json!(text)]).await?;
    page.chord(Key::Control, 'c').await?;
    page.eval("document.activeElement.remove()", vec![]).await?;
    field.run("arguments[0].focus(); arguments[0].select();").await?;
    page.chord(Key::Control, 'v').await
}

async fn every_step_of_a_value_is_taken(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a", "en").await?;
    let field = page.control("spinbutton", Some("η (learning rate): type a value"));
    let slider = page.slider("η (learning rate)");
    enter(&field, "0.29").await?;
    for (key, value) in
        [(Key::Up, "0.3"), (Key::Up, "0.31"), (Key::Down, "0.3"), (Key::PageUp, "0.4")]
    {
        field.press(key).await?;
        let (shown, taken) = (field.value().await?, slider.value().await?);
        ensure!(shown == value && taken == value, "{shown} and {taken} after {key:?}, not {value}");
        let said = field.attribute("aria-valuenow").await?;
        ensure!(said.as_deref() == Some(value), "{said:?} is said");
    }
    // From what is being typed, and no farther than it may go.
    page.control("checkbox", Some("Edit weights and biases")).click().await?;
    unfold(page).await?;
    let batch = page.control("spinbutton", Some("Samples in a batch"));
    batch.press(Key::Down).await?;
    ensure!(batch.value().await? == "1" && alert(page).await?.is_empty(), "{}", alert(page).await?);
    let weight = page.control("spinbutton", Some("Layer 1: weight of unit 1 from input 1"));
    weight.fill("2,5").await?;
    page.press(Key::Up).await?;
    ensure!(weight.value().await? == "2.51", "{}", weight.value().await?);
    Ok(())
}

async fn enter_answers_and_asks_nothing_new(page: &Page) -> Result<()> {
    page.open("#activations", "en").await?;
    page.control("checkbox", Some("Predict first")).click().await?;
    click(page, "Ask me", 1).await?;
    let field = page.control("spinbutton", Some("Leaky ReLU: what is g(2)?"));
    enter(&field, "2").await?;
    ensure!(seen(page).await?.contains("You said 2."), "{}", seen(page).await?);
    ensure!(page.button("Answer").count().await? == 0, "another question is open");
    let focused = page.eval("return document.activeElement.textContent", vec![]).await?;
    ensure!(focused == "Ask me", "the focus is on {focused}");
    Ok(())
}

const PLACES: [&str; 9] = [
    "start",
    "neuron",
    "network",
    "why-nonlinear",
    "activations",
    "nudge",
    "step-by-step",
    "train",
    "broken",
];

/// Enter in each field, untouched and changed: the field is left as it is or taken, the focus stays
/// on it, and no button has been pressed.
async fn enter_presses_nothing_in_any_chapter(page: &Page) -> Result<()> {
    for place in PLACES {
        page.open(&format!("#{place}"), "en").await?;
        unfold(page).await?;
        page.eval("window.pressed = []; addEventListener('click', (event) => pressed.push(event.target.textContent), true);", vec![]).await?;
        let script = "return [...document.querySelectorAll('main:not([hidden]) :is([role=spinbutton], input[type=number])')]
            .filter((field) => field.checkVisibility()).map((field) => field.ariaLabel)";
        let names: Vec<String> = serde_json::from_value(page.eval(script, vec![]).await?)?;
        for name in names.iter().take(2) {
            let field = page.control("spinbutton", Some(name)).nth(0);
            field.press(Key::Enter).await?;
            page.press(Key::Up).await?;
            page.press(Key::Enter).await?;
            let now =
                page.eval("return [document.activeElement.ariaLabel, pressed]", vec![]).await?;
            ensure!(now == json!([name, []]), "{place}, {name}: {now}");
        }
        ensure!(!names.is_empty() || place == "network", "no field in {place}");
    }
    Ok(())
}

async fn the_wheel_scrolls_the_page_and_changes_no_field(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a", "en").await?;
    let field = page.control("spinbutton", Some("η (learning rate): type a value"));
    field.focus().await?;
    let before = field.value().await?;
    page.wheel(&field.element().await?, 300).await?;
    page.wait_until("the page scrolls", async || {
        Ok(page.eval("return scrollY", vec![]).await?.as_f64() > Some(0.0))
    })
    .await?;
    ensure!(field.value().await? == before, "it is {} now", field.value().await?);
    Ok(())
}

async fn weights_to_edit_are_those_of_the_tables(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=pass", "en").await?;
    let editing = page.control("checkbox", Some("Edit weights and biases"));
    let cells = "return [...document.querySelectorAll('table.W td, table.b td')]
        .map((cell) => cell.querySelector('input')?.value ?? cell.innerText)";
    for _ in 0..5 {
        let shown = rounded(&page.eval(cells, vec![]).await?);
        editing.click().await?;
        let fields = rounded(&page.eval(cells, vec![]).await?);
        ensure!(fields == shown, "{fields:?} to edit, {shown:?} in the tables");
        editing.click().await?;
        click(page, "Step", 1).await?;
    }
    Ok(())
}

fn rounded(cells: &Value) -> Vec<String> {
    let number = |cell: &Value| cell.as_str()?.replace('−', "-").parse::<f64>().ok();
    let cells = cells.as_array().into_iter().flatten();
    cells.map(|cell| format!("{:.3}", number(cell).unwrap_or(f64::NAN))).collect()
}

async fn what_is_typed_in_a_table_outlives_a_step(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a&size=unit", "en").await?;
    page.control("checkbox", Some("Edit weights and biases")).click().await?;
    let field = page.control("spinbutton", Some("Layer 1: weight of unit 1 from input 1"));
    field.fill("0.12").await?;
    // As Play does: the focus stays where it is, the tables are built anew.
    page.button("Step").run("arguments[0].click()").await?;
    page.type_text("5").await?;
    page.press(Key::Enter).await?;
    ensure!(field.value().await? == "0.125", "{}", field.value().await?);
    Ok(())
}

async fn a_clipboard_that_never_answers_gives_way_to_copying_by_hand(page: &Page) -> Result<()> {
    page.open("#step-by-step", "en").await?;
    unfold(page).await?;
    page.eval("navigator.clipboard.writeText = () => new Promise(() => {});", vec![]).await?;
    click(page, "Copy link", 1).await?;
    let by_hand = page.control("dialog", None);
    page.wait_until("the link can be copied by hand", async || Ok(by_hand.count().await? == 1))
        .await?;
    let held = by_hand.control("textbox", None).value().await?;
    ensure!(held.contains("#step-by-step"), "{held}");
    Ok(())
}

async fn what_is_far_too_long_is_not_read(page: &Page) -> Result<()> {
    page.open("#step-by-step", "en").await?;
    unfold(page).await?;
    let before = seen(page).await?;
    let said = async |how: &str| -> Result<()> {
        let words = alert(page).await?;
        ensure!(words.contains("MB; at most 10 MB are read"), "{how}: {words:?}");
        import(page, "").await?;
        ensure!(!alert(page).await?.contains("MB"), "{how}: it stays");
        Ok(())
    };
    // A file: `text` would read it.
    let file = "const pick = document.querySelector('input[type=file]');
        const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(50e6)], 'case.json'));
        pick.files = files.files;
        window.read = false;
        Blob.prototype.text = () => { window.read = true; return Promise.resolve(''); };
        pick.dispatchEvent(new Event('change'));
        return window.read;";
    ensure!(page.eval(file, vec![]).await? == false, "the file is read");
    said("a file").await?;
    // Pasted, before it stands in the box; as the browsers tell it of all that changes a box.
    let pasted = "const data = ' '.repeat(50e6);
        const event = new InputEvent('beforeinput', { data, inputType: 'insertFromPaste', bubbles: true, cancelable: true });
        return arguments[0].dispatchEvent(event);";
    let area = page.textbox("Case as JSON");
    ensure!(area.run(pasted).await? == false, "it stands in the box");
    said("pasted").await?;
    // However it came there.
    let script = "Object.defineProperty(arguments[0], 'value', { value: ' '.repeat(50e6), configurable: true });";
    area.run(script).await?;
    page.button("Import").click().await?;
    area.run("delete arguments[0].value;").await?;
    said("in the box").await?;
    super::seen::shows(page, &before, "what was too long").await
}
