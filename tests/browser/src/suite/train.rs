//! The chapter "Train": a run that plays, stops, is looked into and shared.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use gradstep::app::State;
use gradstep::data::Set;
use gradstep::train::{Run, Setup};
use serde_json::{Value, json};

use super::fit;
use super::seen::{alert, click, enter, place, settled, unfold};
use crate::control::Find;
use crate::page::Page;

super::tests!(train:
    batches_and_epochs_are_the_native_ones,
    it_plays_while_the_page_answers_and_stops,
    it_trains_without_a_worker_too,
    a_moment_opened_in_the_stepper_shows_the_loss_of_the_chapter,
    a_link_restores_the_set_up,
    a_link_followed_within_the_page_is_another_run,
    what_is_wrong_is_said_and_changes_nothing,
    a_run_that_runs_away_stops_and_goes_on_with_a_smaller_rate,
    what_is_typed_while_it_trains_is_not_overwritten,
    a_weight_is_read_and_set_in_the_picture,
    points_are_painted_by_mouse_and_keys,
    the_losses_are_read_by_keys,
    the_script_of_the_run_is_the_native_one;
    once:
    why_there_is_no_script_is_said_in_the_readers_language,
    the_brush_is_away_where_it_is_hidden,
    the_speed_is_in_the_link,
    it_fits_at_each_width_and_speaks_both_languages,
);

/// 2-8×6-1 with ReLU on 500 points: the largest of the Playground.
const LARGEST: &str = r#"{"set":"circle","size":1000,"noise":0,"train":50,"points_seed":1,"inputs":["x1","x2"],"hidden":[{"units":8,"activation":"relu"},{"units":8,"activation":"relu"},{"units":8,"activation":"relu"},{"units":8,"activation":"relu"},{"units":8,"activation":"relu"},{"units":8,"activation":"relu"}],"init":"he","seed":1,"rate":0.001,"batch":10,"optimizer":"sgd","regularization":"none"}"#;

/// All digits of a loss, by its name on the page.
pub(super) async fn loss(page: &Page, name: &str) -> Result<f64> {
    let script = "const term = [...document.querySelectorAll('main:not([hidden]) dt')]
        .find((one) => one.textContent === arguments[0]);
        return term?.nextElementSibling.title ?? null;";
    let title = page.eval(script, vec![json!(name)]).await?;
    let text = title.as_str().with_context(|| format!("no {name}"))?;
    text.replace('−', "-").parse().with_context(|| format!("{name}: {text:?}"))
}

pub(super) async fn epoch(page: &Page) -> Result<f64> {
    let words = page.eval("return document.querySelector('.far').textContent", vec![]).await?;
    let words = words.as_str().unwrap_or_default();
    let number = words.split_whitespace().nth(1).with_context(|| format!("no epoch: {words}"))?;
    number.parse().with_context(|| format!("no epoch: {words}"))
}

pub(super) async fn until_epoch(page: &Page, wanted: impl Fn(f64) -> bool) -> Result<()> {
    page.wait_until("the epoch is reached", async || Ok(wanted(epoch(page).await?))).await
}

pub(super) async fn losses_are(page: &Page, run: &mut Run, where_: &str) -> Result<()> {
    let wanted = run.snapshot()?;
    let test = wanted.test.context("nothing to test with")?.loss;
    for (name, wanted) in [
        ("Training loss", wanted.train.loss),
        ("Test loss", test),
        ("Loss of the next batch", wanted.batch.loss),
    ] {
        let found = loss(page, name).await?;
        ensure!(found == wanted, "{where_}: {name} {found}, natively {wanted}");
    }
    Ok(())
}

async fn batches_and_epochs_are_the_native_ones(page: &Page) -> Result<()> {
    page.open("#train&set=xor", "en").await?;
    let mut run = Run::new(Setup::usual(Set::Xor))?;
    losses_are(page, &mut run, "at first").await?;
    for n in 1..=3 {
        click(page, "One batch", 1).await?;
        run.advance(1);
        until_epoch(page, |at| at == f64::from(n) / 25.0).await?;
        losses_are(page, &mut run, "after a batch").await?;
    }
    for n in 1..=4 {
        click(page, "One epoch", 1).await?;
        run.finish_epoch();
        until_epoch(page, |at| at == f64::from(n)).await?;
        losses_are(page, &mut run, "after an epoch").await?;
    }
    click(page, "Reset", 1).await?;
    until_epoch(page, |at| at == 0.0).await?;
    losses_are(page, &mut Run::new(Setup::usual(Set::Xor))?, "after Reset").await?;
    click(page, "Draw other weights", 1).await?;
    let setup = Setup { seed: 2, ..Setup::usual(Set::Xor) };
    losses_are(page, &mut Run::new(setup)?, "with other weights").await
}

/// Opens the chapter with a setup as its link has it.
async fn open_setup(page: &Page, setup: &str) -> Result<()> {
    use base64::Engine;
    let text = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(setup);
    page.open(&format!("#train&setup={text}&speed=fastest"), "en").await
}

async fn it_plays_while_the_page_answers_and_stops(page: &Page) -> Result<()> {
    open_setup(page, LARGEST).await?;
    click(page, "Play", 1).await?;
    until_epoch(page, |at| at > 3.0).await?;
    // Frames that pass from a click until the page shows what it asks for, as often as it takes to
    // meet every moment of a slice.
    let script = "const [box] = document.querySelectorAll('.losses input[type=checkbox]');
        const frame = () => new Promise((go) => requestAnimationFrame(go));
        const ticks = () => document.querySelector('.losses svg').textContent;
        const waits = [];
        for (let n = 0; n < 20; n += 1) {
            await new Promise((go) => setTimeout(go, 3 * n));
            const before = ticks();
            box.click();
            let frames = 0;
            while (ticks() === before && frames < 60) { await frame(); frames += 1; }
            waits.push(frames);
        }
        return waits;";
    let waits = page.eval_async(script, vec![]).await?;
    let slow = waits.as_array().into_iter().flatten().filter(|n| n.as_u64() > Some(2)).count();
    ensure!(slow == 0, "frames from click to answer: {waits}");
    let (begun, far) = (epoch(page).await?, 1.5);
    until_epoch(page, |at| at > far * begun).await?;
    click(page, "Pause", 1).await?;
    stands_where_one_go_leads(page, LARGEST, 50).await
}

/// That a paused run of `setup`, of so many steps in an epoch, is the same as if it were taken in
/// one go. Not natively: the tests' own build would take minutes.
pub(super) async fn stands_where_one_go_leads(page: &Page, setup: &str, steps: u32) -> Result<()> {
    let stopped = async || -> Result<(f64, f64)> {
        Ok((epoch(page).await?, loss(page, "Training loss").await?))
    };
    page.wait_until("it stands still", async || {
        let before = stopped().await?;
        let frames = "for (let n = 0; n < 5; n += 1) await new Promise(requestAnimationFrame);";
        page.eval_async(frames, vec![]).await?;
        Ok(stopped().await? == before)
    })
    .await?;
    let script = "const module = await import(new URL('gradstep.js', location.href));
        await module.default({ module_or_path: new URL('gradstep_bg.wasm', location.href) });
        const run = new module.Run(args[0]);
        run.advance(args[1]);
        return String(JSON.parse(run.snapshot()).train.loss);";
    let (at, shown) = stopped().await?;
    let steps = (at * f64::from(steps)).round() as u64;
    let wanted = page.eval_async(script, vec![json!(setup), json!(steps)]).await?;
    // As text: a driver may round a number's last bit.
    let wanted: f64 = wanted.as_str().unwrap_or_default().parse()?;
    ensure!(wanted == shown, "after {steps} steps {shown}, in one go {wanted}");
    Ok(())
}

async fn it_trains_without_a_worker_too(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    page.eval("window.Worker = class { constructor() { throw new Error('refused'); } }", vec![])
        .await?;
    page.eval("location.hash = '#train&speed=fastest'", vec![]).await?;
    click(page, "One epoch", 1).await?;
    until_epoch(page, |at| at == 1.0).await?;
    let mut run = Run::new(Setup::usual(Set::Circle))?;
    run.finish_epoch();
    losses_are(page, &mut run, "on the page's thread").await?;
    click(page, "Play", 1).await?;
    until_epoch(page, |at| at > 50.0).await?;
    click(page, "Pause", 1).await?;
    click(page, "Reset", 1).await?;
    until_epoch(page, |at| at == 0.0).await
}

async fn a_moment_opened_in_the_stepper_shows_the_loss_of_the_chapter(page: &Page) -> Result<()> {
    page.open("#train&set=spiral", "en").await?;
    click(page, "One epoch", 2).await?;
    until_epoch(page, |at| at == 2.0).await?;
    let (before, all) =
        (loss(page, "Loss of the next batch").await?, loss(page, "Training loss").await?);
    click(page, "Open in the stepper", 1).await?;
    page.wait_until("the stepper is there", async || {
        Ok(place(page).await?.contains("#step-by-step"))
    })
    .await?;
    click(page, "End", 1).await?;
    let shown = "return [...document.querySelectorAll('.plot-caption')]
        .find((one) => one.offsetParent).innerText";
    let caption = page.eval(shown, vec![]).await?;
    let wanted = gradstep::number::short(before);
    let found = caption.as_str().unwrap_or_default();
    ensure!(found.ends_with(&format!("mean loss of the batch {wanted}")), "{found}, not {wanted}");
    // And back: the run is where it was.
    page.link("Train").click().await?;
    ensure!(
        epoch(page).await? == 2.0 && loss(page, "Training loss").await? == all,
        "not as it was"
    );
    click(page, "One epoch", 1).await?;
    until_epoch(page, |at| at == 3.0).await
}

async fn a_link_restores_the_set_up(page: &Page) -> Result<()> {
    page.open("#train&set=gauss", "en").await?;
    page.slider("Noise in %").press(Key::Right).await?;
    page.control("checkbox", Some("x₁x₂")).click().await?;
    page.control("checkbox", Some("Show test points")).click().await?;
    click(page, "Add a layer", 1).await?;
    let script = "const [select] = [...document.querySelectorAll('main:not([hidden]) select')]
        .filter((one) => one.dataset.key === 'optimizer');
        select.value = 'adam'; select.dispatchEvent(new Event('change', { bubbles: true }));";
    page.eval(script, vec![]).await?;
    let before = loss(page, "Training loss").await?;
    let link = "return location.hash";
    let hidden = |units: usize| json!({ "units": units, "activation": "tanh" });
    let mut state = State::new()?;
    for action in [
        json!({ "do": "go", "place": "train" }),
        json!({ "do": "train", "change": { "set": "gauss" } }),
        json!({ "do": "train", "change": { "noise": 1 } }),
        json!({ "do": "train", "change": { "inputs": ["x1", "x2", "x1_x2"] } }),
        json!({ "do": "train", "change": { "test": true } }),
        json!({ "do": "train", "change": { "hidden": [hidden(2), hidden(2)] } }),
        json!({ "do": "train", "change": { "optimizer": { "adam": { "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8 } } } }),
    ] {
        state.apply_json(&action.to_string())?;
    }
    let wanted = format!("#{}", gradstep::link::write(&state));
    page.wait_until("the link is written", async || {
        Ok(page.eval(link, vec![]).await? == wanted.as_str())
    })
    .await?;
    click(page, "One epoch", 1).await?;
    until_epoch(page, |at| at == 1.0).await?;
    let trained = loss(page, "Training loss").await?;
    let hash = page.eval(link, vec![]).await?;
    page.open(hash.as_str().unwrap_or_default(), "en").await?;
    ensure!(loss(page, "Training loss").await? == before, "another start");
    ensure!(page.slider("Noise in %").value().await? == "1", "no noise");
    click(page, "One epoch", 1).await?;
    until_epoch(page, |at| at == 1.0).await?;
    ensure!(loss(page, "Training loss").await? == trained, "another run");
    Ok(())
}

async fn a_link_followed_within_the_page_is_another_run(page: &Page) -> Result<()> {
    page.open("#train&set=xor", "en").await?;
    click(page, "One epoch", 2).await?;
    until_epoch(page, |at| at == 2.0).await?;
    page.eval("location.hash = '#train&set=gauss'", vec![]).await?;
    until_epoch(page, |at| at == 0.0).await?;
    let mut run = Run::new(Setup::usual(Set::Gauss))?;
    losses_are(page, &mut run, "followed").await?;
    click(page, "One epoch", 1).await?;
    until_epoch(page, |at| at == 1.0).await?;
    run.finish_epoch();
    losses_are(page, &mut run, "an epoch later").await?;
    // One that is broken leaves the run as it is.
    page.eval("location.hash = '#train&set=nothing'", vec![]).await?;
    page.wait_until("it is said", async || Ok(!alert(page).await?.is_empty())).await?;
    click(page, "One epoch", 1).await?;
    until_epoch(page, |at| at == 2.0).await?;
    run.finish_epoch();
    losses_are(page, &mut run, "after a broken link").await
}

async fn what_is_wrong_is_said_and_changes_nothing(page: &Page) -> Result<()> {
    page.open("#train&speed=fastest", "en").await?;
    let before = loss(page, "Training loss").await?;
    enter(&page.control("spinbutton", Some("Number of points")), "5").await?;
    let words = alert(page).await?;
    ensure!(words == "size: 5 is not from 10 to 1000.", "{words}");
    for name in ["x₁", "x₂"] {
        page.control("checkbox", Some(name)).click().await?;
    }
    ensure!(alert(page).await?.contains("features: empty"), "{}", alert(page).await?);
    page.control("checkbox", Some("x₁")).click().await?;
    unfold(page).await?;
    let area = page.control("textbox", None).nth(0).element().await?;
    page.eval("arguments[0].value = '1,2\\n3'", vec![json!(area)]).await?;
    click(page, "Use these points", 1).await?;
    ensure!(alert(page).await?.contains("line 1: 1,2 is not a row"), "{}", alert(page).await?);
    // What a run tells later does not wipe the words away.
    page.control("checkbox", Some("Only which side")).click().await?;
    click(page, "Play", 1).await?;
    enter(&page.control("spinbutton", Some("Number of points")), "5").await?;
    until_epoch(page, |at| at > 50.0).await?;
    ensure!(alert(page).await?.starts_with("size: 5"), "{}", alert(page).await?);
    click(page, "Reset", 1).await?;
    until_epoch(page, |at| at == 0.0).await?;
    ensure!(alert(page).await?.is_empty(), "{}", alert(page).await?);
    ensure!(loss(page, "Training loss").await? == before, "something changed");
    page.open("#train&setup=broken", "en").await?;
    ensure!(alert(page).await?.starts_with("setup: "), "{}", alert(page).await?);
    ensure!(loss(page, "Training loss").await? == before, "not the start");
    Ok(())
}

async fn a_run_that_runs_away_stops_and_goes_on_with_a_smaller_rate(page: &Page) -> Result<()> {
    page.open("#train&set=plane", "en").await?;
    let rate = page.control("spinbutton", Some("η (learning rate): type a value"));
    enter(&rate, "1000").await?;
    click(page, "Play", 1).await?;
    page.wait_until("it is said", async || Ok(!alert(page).await?.is_empty())).await?;
    let words = alert(page).await?;
    ensure!(words.contains("η = 1000") && words.contains("ran away"), "{words}");
    ensure!(loss(page, "Training loss").await?.is_finite(), "no good state");
    ensure!(page.button("Play").count().await? == 1, "it still plays");
    let layers = page.region("Layer by layer").text().await?;
    ensure!(!layers.contains("NaN") && !layers.contains('∞'), "{layers}");
    // Read, and out of the way.
    click(page, "Close", 1).await?;
    ensure!(alert(page).await?.is_empty(), "{}", alert(page).await?);
    enter(&rate, "0.05").await?;
    click(page, "One epoch", 3).await?;
    page.wait_until("it learns", async || Ok(loss(page, "Training loss").await? < 0.05)).await?;
    ensure!(alert(page).await?.is_empty(), "{}", alert(page).await?);
    Ok(())
}

async fn what_is_typed_while_it_trains_is_not_overwritten(page: &Page) -> Result<()> {
    page.open("#train&speed=fastest", "en").await?;
    click(page, "Play", 1).await?;
    let rate = page.control("spinbutton", Some("η (learning rate): type a value"));
    rate.fill("0.0").await?;
    let begun = epoch(page).await?;
    until_epoch(page, |at| at > begun + 50.0).await?;
    page.type_text("25").await?;
    let begun = epoch(page).await?;
    until_epoch(page, |at| at > begun + 50.0).await?;
    ensure!(rate.value().await? == "0.025", "{}", rate.value().await?);
    page.press(Key::Enter).await?;
    let slider = page.slider("η (learning rate)");
    ensure!(slider.value().await? == "0.025", "{}", slider.value().await?);
    click(page, "Pause", 1).await
}

async fn a_weight_is_read_and_set_in_the_picture(page: &Page) -> Result<()> {
    page.open("#train&set=xor", "en").await?;
    let picture = page.control("img", None).nth(0);
    let element = picture.element().await?;
    // The first unit of the first hidden layer: its square, found by its frame.
    let script = "const [canvas] = arguments;
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const at = (x, y, type) => canvas.dispatchEvent(new PointerEvent(type, {
            clientX: left + x, clientY: top + y, bubbles: true }));
        for (let x = width * 0.3; x < width * 0.5; x += 4) {
            at(x, 20, 'pointermove');
            const field = document.querySelector('.readout input');
            if (field?.ariaLabel.includes('bias')) { at(x, 20, 'click'); return field.ariaLabel; }
        }
        return null;";
    let found = page.eval(script, vec![json!(element)]).await?;
    ensure!(found == "Layer 1: bias of unit 1", "{found}");
    let before = loss(page, "Training loss").await?;
    let field = page.control("spinbutton", Some("Layer 1: bias of unit 1"));
    enter(&field, "0.75").await?;
    page.wait_until("the loss is another", async || {
        Ok(loss(page, "Training loss").await? != before)
    })
    .await?;
    ensure!(field.value().await? == "0.75", "{}", field.value().await?);
    click(page, "One batch", 1).await?;
    page.wait_until("it is trained", async || Ok(field.value().await? != "0.75")).await?;
    // The same in the table.
    unfold(page).await?;
    let table = page.control("spinbutton", Some("Layer 2: weight of unit 1 from input 2"));
    enter(&table, "0.125").await?;
    let changed = loss(page, "Training loss").await?;
    click(page, "Play", 1).await?;
    until_epoch(page, |at| at > 2.0).await?;
    enter(&table, "-5").await?;
    click(page, "Pause", 1).await?;
    ensure!(loss(page, "Training loss").await? != changed, "it does not train");
    Ok(())
}

async fn points_are_painted_by_mouse_and_keys(page: &Page) -> Result<()> {
    page.open("#train", "en").await?;
    page.eval("document.querySelector('input[value=class2]').click()", vec![]).await?;
    let plane = page.control("application", None);
    plane.run("arguments[0].scrollIntoView({ block: 'center' })").await?;
    let map = page.control("img", None).nth(1);
    let before = settled(page, &map).await?;
    plane.drag((0.3, 0.3), (0.6, 0.3)).await?;
    let counts = async || -> Result<Vec<u32>> {
        let text = page.text().await?;
        let line = text.lines().find(|line| line.contains("to train on, ")).unwrap_or_default();
        let words = line.split_whitespace();
        Ok(words.filter_map(|word| word.parse().ok()).collect())
    };
    let painted: u32 = counts().await?.iter().sum();
    ensure!(painted > 500, "{painted} points");
    ensure!(page.text().await?.contains("class 2"), "no third class");
    ensure!(settled(page, &map).await? != before, "the picture stays");
    for key in [Key::Left, Key::Up, Key::Enter] {
        plane.press(key).await?;
    }
    let typed: u32 = counts().await?.iter().sum();
    ensure!(typed == painted + 1, "{typed} points after {painted}");
    page.eval("document.querySelector('input[value=erase]').click()", vec![]).await?;
    plane.press(Key::Enter).await?;
    let erased: u32 = counts().await?.iter().sum();
    ensure!(erased < typed, "{erased} points after {typed}");
    Ok(())
}

/// Chooses in the list of this key.
async fn choose(page: &Page, key: &str, value: &str) -> Result<()> {
    let script =
        "const select = document.querySelector(`main:not([hidden]) [data-key=${arguments[0]}]`);
        select.value = arguments[1]; select.dispatchEvent(new Event('change', { bubbles: true }));";
    page.eval(script, vec![json!(key), json!(value)]).await?;
    Ok(())
}

async fn the_brush_is_away_where_it_is_hidden(page: &Page) -> Result<()> {
    page.open("#train&set=gauss", "en").await?;
    page.eval("document.querySelector('input[value=class1]').click()", vec![]).await?;
    ensure!(page.control("application", None).count().await? == 1, "no brush");
    choose(page, "set", "sine").await?;
    let map = page.control("img", None).nth(1);
    map.drag((0.3, 0.3), (0.6, 0.3)).await?;
    let set = "return document.querySelector('[data-key=set]').value";
    let shown = page.eval(set, vec![]).await?;
    ensure!(shown == "sine", "the set is {shown}");
    ensure!(page.control("application", None).count().await? == 0, "a brush");
    Ok(())
}

async fn the_speed_is_in_the_link(page: &Page) -> Result<()> {
    let speed =
        async || page.eval("return document.querySelector('[data-key=speed]').value", vec![]).await;
    page.open("#train", "en").await?;
    ensure!(speed().await? == "100", "it starts at {}", speed().await?);
    choose(page, "speed", "1000").await?;
    page.wait_until("the link is written", async || {
        Ok(place(page).await?.ends_with("&speed=1000"))
    })
    .await?;
    page.open("#train&set=xor&speed=1000", "en").await?;
    ensure!(speed().await? == "1000", "it goes on at {}", speed().await?);
    Ok(())
}

async fn the_losses_are_read_by_keys(page: &Page) -> Result<()> {
    page.open("#train&set=plane", "en").await?;
    click(page, "One epoch", 3).await?;
    until_epoch(page, |at| at == 3.0).await?;
    let chart = page.slider("Loss by epoch");
    let mut said = vec![];
    for key in [Key::Home, Key::Right, Key::Right, Key::End] {
        chart.press(key).await?;
        said.push(chart.attribute("aria-valuetext").await?.unwrap_or_default());
    }
    for (n, words) in said.iter().enumerate() {
        ensure!(words.starts_with(&format!("Epoch {n}: training loss ")), "{words}");
    }
    Ok(())
}

async fn the_script_of_the_run_is_the_native_one(page: &Page) -> Result<()> {
    page.open("#train&set=gauss", "en").await?;
    click(page, "One batch", 1).await?;
    until_epoch(page, |at| at > 0.0).await?;
    unfold(page).await?;
    // What is copied, without the clipboard, which drivers refuse.
    let script = "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); };";
    page.eval(script, vec![]).await?;
    click(page, "Copy script", 1).await?;
    let copied = async || page.eval("return window.copied ?? null", vec![]).await;
    page.wait_until("it is copied", async || Ok(copied().await? != Value::Null)).await?;
    let mut run = Run::new(Setup::usual(Set::Gauss))?;
    run.advance(1);
    ensure!(copied().await? == gradstep::train::script::script(&run)?, "another script");
    Ok(())
}

async fn why_there_is_no_script_is_said_in_the_readers_language(page: &Page) -> Result<()> {
    let mut state = State::new()?;
    for change in [json!({"set": "gauss"}), json!({"activation": "rrelu"})] {
        state.apply_json(&json!({"do": "train", "change": change}).to_string())?;
    }
    state.apply_json(r#"{"do": "go", "place": "train"}"#)?;
    for (language, copy, reason) in
        [("en", "Copy script", "cannot repeat"), ("zh", "复制脚本", "脚本无法重现")]
    {
        page.open(&format!("#{}", gradstep::link::write(&state)), language).await?;
        unfold(page).await?;
        click(page, copy, 1).await?;
        let said = async || Ok(alert(page).await?.contains(reason));
        page.wait_until(&format!("the reason is said in {language}"), said).await?;
    }
    Ok(())
}

async fn it_fits_at_each_width_and_speaks_both_languages(page: &Page) -> Result<()> {
    let places = ["#train&set=circle", "#train&set=arms", "#train&set=sine"];
    fit::everywhere(page, &places, async |_| unfold(page).await).await
}
