//! The chapter "Experiments": a card that is opened, run, cancelled, looked into and shared.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use gradstep::experiment::{ALL, Job};
use gradstep::number;

use super::fit;
use super::seen::{alert, click, unfold};
use crate::control::Find;
use crate::page::Page;

super::tests!(experiments:
    a_run_shows_what_the_native_one_measures,
    it_runs_without_a_worker_too,
    it_can_be_cancelled_and_the_page_answers_meanwhile,
    it_goes_by_keys_alone,
    it_goes_by_touch,
    what_was_expected_is_said_with_what_was_measured,
    a_link_opens_the_card_as_it_was,
    a_wrong_link_is_said,
    a_run_goes_on_in_other_chapters,
    the_clock_measures_here_and_now,
    a_time_that_other_work_has_spoilt_is_taken_again;
    once: every_card_runs_and_fits_in_both_languages,
);

/// Waits until there are results.
async fn results(page: &Page) -> Result<()> {
    page.wait_until("there are results", async || {
        Ok(page.eval("return !!document.querySelector('.verdict p')", vec![]).await? == true)
    })
    .await
}

/// The medians of the last table with a dot for each variant.
async fn medians(page: &Page) -> Result<Vec<String>> {
    let script = "const tables = [...document.querySelectorAll('.ends')];
        return [...tables.at(-1).querySelectorAll('td.exact')].map((td) => td.firstChild.textContent);";
    Ok(serde_json::from_value(page.eval(script, vec![]).await?)?)
}

fn native(name: &str, seeds: usize, end: usize) -> Result<Vec<String>> {
    let mut job = Job::new(name, seeds)?;
    while !job.is_done() {
        job.advance(100_000)?;
    }
    let report = job.report();
    Ok(report.variants.iter().map(|variant| number::short(variant.ends[end].mid)).collect())
}

/// That the card "All zeros", with one seed, shows what is measured natively, from a variant on.
async fn shows_zeros(page: &Page, first: usize) -> Result<()> {
    let (found, wanted) = (medians(page).await?, native("zeros", 1, 3)?);
    ensure!(found == wanted[first..first + 3], "{found:?}, natively {wanted:?}");
    Ok(())
}

/// Runs it.
pub(super) async fn zeros_run(page: &Page) -> Result<()> {
    click(page, "Run", 1).await?;
    results(page).await?;
    shows_zeros(page, 0).await
}

async fn a_run_shows_what_the_native_one_measures(page: &Page) -> Result<()> {
    page.open("#experiments&card=centred&seeds=20", "en").await?;
    click(page, "Run", 1).await?;
    results(page).await?;
    let wanted = native("centred", 20, 1)?;
    let found = medians(page).await?;
    ensure!(found == wanted[..3], "{found:?}, natively {wanted:?}");
    // The other batches are there without another run.
    page.control("combobox", Some("Batch")).choose("90 to a batch").await?;
    page.wait_until("the other batch shows", async || Ok(medians(page).await? == wanted[6..])).await
}

async fn it_runs_without_a_worker_too(page: &Page) -> Result<()> {
    page.open("#experiments&card=zeros&seeds=1", "en").await?;
    page.eval("window.Worker = class { constructor() { throw new Error('none'); } };", vec![])
        .await?;
    zeros_run(page).await
}

async fn it_can_be_cancelled_and_the_page_answers_meanwhile(page: &Page) -> Result<()> {
    page.open("#experiments&card=depth&seeds=20", "en").await?;
    click(page, "Run", 1).await?;
    page.control("progressbar", Some("Progress of the runs")).element().await?;
    // Frames that pass from a click until the page shows what it asks for.
    let script = "const waits = [];
        const frame = () => new Promise((go) => requestAnimationFrame(go));
        const radios = [...document.querySelectorAll('.predict input')];
        for (let n = 0; n < 10; n += 1) {
            const one = radios[n % radios.length];
            one.click();
            let frames = 0;
            while (!one.checked && frames < 60) { await frame(); frames += 1; }
            waits.push(frames);
            await frame();
        }
        return waits;";
    let waits = page.eval_async(script, vec![]).await?;
    let slow = waits.as_array().into_iter().flatten().filter(|n| n.as_u64() > Some(2)).count();
    ensure!(slow == 0, "frames from click to answer: {waits}");
    click(page, "Cancel", 1).await?;
    page.button("Run").element().await?;
    ensure!(page.control("progressbar", None).count().await? == 0, "it still runs");
    // Another card is not disturbed by what was cancelled.
    page.link("All zeros").click().await?;
    page.slider("Seeds").run(
        "arguments[0].value = 1; arguments[0].dispatchEvent(new Event('input', { bubbles: true }));",
    )
    .await?;
    zeros_run(page).await
}

async fn it_goes_by_keys_alone(page: &Page) -> Result<()> {
    page.open("#experiments&seeds=2", "en").await?;
    page.link("All zeros").press(Key::Enter).await?;
    let open = page.link("All zeros").attribute("aria-current").await?;
    ensure!(open.as_deref() == Some("true"), "not open: {open:?}");
    page.control("radio", Some("leave it open")).press(Key::Left).await?;
    let four = page.control("radio", Some("4"));
    ensure!(four.run("return arguments[0].checked").await? == true, "the key chooses nothing");
    page.slider("Seeds").press(Key::Left).await?;
    ensure!(page.slider("Seeds").value().await? == "1", "the key takes no seed away");
    page.button("Run").press(Key::Enter).await?;
    results(page).await?;
    let said = page.control("status", None).nth(0).text().await?;
    ensure!(said.contains("Measured"), "what was found is not said: {said}");
    page.control("combobox", Some("Activation")).choose_by_keys("ReLU").await?;
    shows_zeros(page, 6).await?;
    // A run that is let go of.
    page.link("Deep or wide").press(Key::Enter).await?;
    page.slider("Seeds").press(Key::End).await?;
    page.button("Run").press(Key::Enter).await?;
    page.button("Cancel").press(Key::Enter).await?;
    page.button("Run").element().await?;
    page.link("All zeros").press(Key::Enter).await?;
    page.button("Open in Train").press(Key::Enter).await?;
    page.button("One epoch").element().await.map(drop)
}

async fn it_goes_by_touch(page: &Page) -> Result<()> {
    page.open("#experiments&seeds=1", "en").await?;
    page.narrow(390).await?;
    page.link("All zeros").tap().await?;
    let open = page.link("All zeros").attribute("aria-current").await?;
    ensure!(open.as_deref() == Some("true"), "not open: {open:?}");
    let four = page.control("radio", Some("4"));
    four.tap().await?;
    ensure!(four.run("return arguments[0].checked").await? == true, "the tap chooses nothing");
    page.button("Run").tap().await?;
    results(page).await?;
    let text = page.region("This experiment").text().await?;
    ensure!(text.contains("You expected"), "{text}");
    let activation = page.control("combobox", Some("Activation"));
    activation.tap().await?;
    activation.choose("ReLU").await?;
    shows_zeros(page, 6).await?;
    page.button("The numbers").tap().await?;
    ensure!(page.control("table", Some("The numbers")).count().await? > 0, "no numbers unfold");
    // More seeds, and a run that is let go of.
    page.link("Deep or wide").tap().await?;
    let seeds = page.slider("Seeds");
    seeds.run("arguments[0].scrollIntoView({ block: 'center' });").await?;
    page.swipe(&seeds.element().await?, &[(0.0, 0.0)]).await?;
    page.wait_until(
        "there are more seeds",
        async || Ok(seeds.value().await?.parse::<f64>()? > 1.0),
    )
    .await?;
    page.button("Run").tap().await?;
    page.button("Cancel").tap().await?;
    page.button("Run").element().await?;
    page.link("All zeros").tap().await?;
    page.button("Open in the stepper").tap().await?;
    page.button("Step").element().await.map(drop)
}

async fn what_was_expected_is_said_with_what_was_measured(page: &Page) -> Result<()> {
    page.open("#experiments&card=zeros&seeds=2", "zh").await?;
    page.control("radio", Some("4 个")).run("arguments[0].click();").await?;
    click(page, "运行", 1).await?;
    results(page).await?;
    let text = page.region("这个实验").text().await?;
    ensure!(text.contains("你猜的是：4 个。测到的是：1 个：全都一样。"), "{text}");
    Ok(())
}

async fn a_link_opens_the_card_as_it_was(page: &Page) -> Result<()> {
    let link = "experiments&card=vanishing&seeds=3&init=1&layers=4&look=2";
    page.open(&format!("#{link}"), "en").await?;
    click(page, "Run", 1).await?;
    results(page).await?;
    let text = page.region("This experiment").text().await?;
    ensure!(text.contains("With ReLU, |dz| in layer 1 is"), "{text}");
    let rows = page.eval(
        "return [...document.querySelectorAll('.figures')].at(-1).querySelectorAll('tbody tr').length",
        vec![],
    );
    ensure!(rows.await? == 6, "six layers have six rows");
    page.wait_until("the address is the same", async || {
        Ok(page.url().await?.ends_with(&format!("#{link}")))
    })
    .await
}

async fn a_wrong_link_is_said(page: &Page) -> Result<()> {
    page.open("#experiments&card=luck", "en").await?;
    let said = alert(page).await?;
    ensure!(said.contains("luck"), "{said}");
    page.button("Run").element().await?;
    Ok(())
}

async fn a_run_goes_on_in_other_chapters(page: &Page) -> Result<()> {
    page.open("#experiments&card=dead", "en").await?;
    click(page, "Open in Train", 1).await?;
    page.button("One epoch").element().await?;
    page.open("#experiments&card=zeros", "en").await?;
    click(page, "Open in the stepper", 1).await?;
    page.button("Step").element().await?;
    page.open("#experiments&card=depth", "en").await?;
    let train = page.button("Open in Train").attribute("aria-disabled").await?;
    ensure!(train.as_deref() == Some("true"), "26 units are more than Train draws");
    Ok(())
}

async fn the_clock_measures_here_and_now(page: &Page) -> Result<()> {
    page.open("#experiments&card=cost", "en").await?;
    click(page, "Run", 1).await?;
    results(page).await?;
    let found = medians(page).await?;
    ensure!(found.len() == 8, "{found:?}");
    for time in &found {
        let nanoseconds: f64 = time.parse().with_context(|| time.to_string())?;
        ensure!(nanoseconds > 0.0 && nanoseconds < 1e4, "{found:?}");
    }
    Ok(())
}

/// A coarse clock shows 0 for a piece that is too short, and its time says nothing.
async fn a_time_that_other_work_has_spoilt_is_taken_again(page: &Page) -> Result<()> {
    page.open("#experiments&card=cost", "en").await?;
    let times = page.eval_async(include_str!("../in_page/spoilt.js"), vec![]).await?;
    let times: Vec<f64> = serde_json::from_value(times)?;
    // A pass takes 5 ns for each number; a disturbance of 5 ms can at most triple a piece of 2 ms.
    ensure!(times.len() == 12 && times.iter().all(|&ns| (2.5..20.0).contains(&ns)), "{times:?}");
    Ok(())
}

async fn every_card_runs_and_fits_in_both_languages(page: &Page) -> Result<()> {
    let cards = ALL.map(|card| format!("#experiments&card={card}&seeds=1"));
    fit::everywhere(page, &cards.each_ref().map(|card| &**card), async |lang| {
        click(page, if lang == "en" { "Run" } else { "运行" }, 1).await?;
        results(page).await?;
        unfold(page).await
    })
    .await
}
