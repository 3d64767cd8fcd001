//! What computes in the background: it may not start, die or fall silent, and nothing is lost.

use anyhow::{Context, Result, ensure};
use gradstep::activation::Activation;
use gradstep::data::Set;
use gradstep::train::{Command, Run, Setup};
use gradstep::trainer::{Optimizer, Regularization};
use serde_json::{Value, json};

use super::experiments::zeros_run;
use super::seen::{alert, click, enter, place};
use super::train::{epoch, losses_are, stands_where_one_go_leads, until_epoch};
use crate::control::Find;
use crate::page::Page;

super::tests!(worker:
    a_run_whose_worker_dies_goes_on_to_the_same_bits,
    a_run_that_plays_goes_on_when_its_worker_falls_silent,
    where_no_worker_starts_the_page_trains_by_itself;
    once:
    where_no_worker_starts_the_page_experiments_by_itself,
    an_experiment_whose_worker_dies_begins_anew,
    a_run_that_nobody_sees_slows_down,
);

/// One that remembers much from step to step, and draws.
fn setup() -> Setup {
    let g = Activation::Rrelu { alpha: 11.0 / 48.0 };
    Setup {
        hidden: vec![(4, g), (2, g)],
        rate: 0.01,
        optimizer: Optimizer::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        regularization: Regularization::L1 { rate: 0.001 },
        ..Setup::usual(Set::Circle)
    }
}

fn written(setup: &Setup) -> String {
    gradstep::json::write(&setup.written())
}

/// Opens the page, keeps the workers that it makes at hand, and only then shows it `fragment`.
async fn open(page: &Page, fragment: &str) -> Result<()> {
    page.open("#start", "en").await?;
    let script = "const Native = window.Worker;
        window.workers = [];
        window.Worker = class extends Native {
            constructor(...given) { super(...given); workers.push(this); }
        };
        location.hash = args[0];";
    page.eval_async(script, vec![json!(fragment)]).await?;
    let there = fragment.split('&').next().unwrap_or_default();
    page.wait_until("it is there", async || Ok(place(page).await?.contains(there))).await
}

async fn open_run(page: &Page, setup: &Setup) -> Result<()> {
    use base64::Engine;
    let text = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(written(setup));
    open(page, &format!("#train&setup={text}")).await?;
    until_epoch(page, |at| at == 0.0).await
}

/// The newest worker dies, as a browser tells of it.
const DIE: &str = "workers.at(-1).dispatchEvent(new ErrorEvent('error'));";

/// The `n`-th worker dies after `act`; done once, however often a driver runs the script.
async fn die(page: &Page, n: usize, act: &str) -> Result<()> {
    let script = format!("if (workers.length === {n}) {{ {act}; {DIE} }} return true");
    page.eval(&script, vec![]).await.map(drop)
}

/// The first worker ends without a word, and the page's patience with it soon.
const FALL_SILENT: &str = "if (workers.length > 1) return true;
    const { setTimeout } = window;
    const hasty = (wait) => workers.length === 1 && wait >= 1000;
    window.setTimeout = (act, wait) => setTimeout(act, hasty(wait) ? wait / 20 : wait);
    workers[0].terminate();
    return true";

async fn says(page: &Page, words: &str) -> Result<()> {
    page.wait_until(&format!("it says {words:?}"), async || {
        let said = page.eval("return document.querySelector('.toast').textContent", vec![]).await?;
        Ok(said.as_str().is_some_and(|said| said.contains(words)))
    })
    .await
}

async fn workers(page: &Page) -> Result<Option<u64>> {
    Ok(page.eval("return workers.length", vec![]).await?.as_u64())
}

async fn a_run_whose_worker_dies_goes_on_to_the_same_bits(page: &Page) -> Result<()> {
    open_run(page, &setup()).await?;
    let mut run = Run::new(setup())?;
    click(page, "One epoch", 2).await?;
    (0..2).for_each(|_| run.finish_epoch());
    until_epoch(page, |at| at == 2.0).await?;
    enter(&page.control("spinbutton", Some("η (learning rate): type a value")), "0.02").await?;
    run.apply(Command::Rate(0.02))?;
    die(page, 1, "").await?;
    says(page, "nothing is lost").await?;
    losses_are(page, &mut run, "as it died").await?;
    click(page, "One epoch", 1).await?;
    run.finish_epoch();
    until_epoch(page, |at| at == 3.0).await?;
    losses_are(page, &mut run, "an epoch later").await?;
    ensure!(workers(page).await? == Some(2), "not in another worker");
    // It dies before it has heard what is asked.
    let ask = "workers[1].postMessage = () => {};
        const words = 'Open in the stepper';
        [...document.querySelectorAll('button')].find((one) => one.innerText === words).click()";
    die(page, 2, ask).await?;
    page.wait_until("the moment is open", async || {
        Ok(place(page).await?.contains("#step-by-step"))
    })
    .await?;
    page.link("Train").click().await?;
    losses_are(page, &mut run, "after the moment").await?;
    // What has ended three workers would end others.
    die(page, 3, "").await?;
    says(page, "the page itself computes now").await?;
    click(page, "One epoch", 1).await?;
    run.finish_epoch();
    until_epoch(page, |at| at == 4.0).await?;
    losses_are(page, &mut run, "on the page's thread").await
}

async fn a_run_that_plays_goes_on_when_its_worker_falls_silent(page: &Page) -> Result<()> {
    open_run(page, &setup()).await?;
    click(page, "Play", 1).await?;
    until_epoch(page, |at| at > 2.0).await?;
    page.eval(FALL_SILENT, vec![]).await?;
    let silent = epoch(page).await?;
    says(page, "nothing is lost").await?;
    until_epoch(page, |at| at > silent + 1.0).await?;
    click(page, "Pause", 1).await?;
    stands_where_one_go_leads(page, &written(&setup()), 25).await?;
    ensure!(workers(page).await? == Some(2), "not in another worker");
    ensure!(alert(page).await?.is_empty(), "{}", alert(page).await?);
    Ok(())
}

async fn where_no_worker_starts_the_page_trains_by_itself(page: &Page) -> Result<()> {
    for (how, file) in [
        ("404", "train%2Fworker.js"),
        ("empty", "train%2Fworker.js"),
        ("hang", "train%2Fworker.js"),
        ("half", "train%2Fworker.js:gradstep_bg.wasm"),
    ] {
        let check = async {
            page.open_path(&format!("/failing/{how}/{file}/?lang=en#train&set=xor")).await?;
            click(page, "One epoch", 1).await?;
            until_epoch(page, |at| at == 1.0).await?;
            says(page, "the page itself computes").await?;
            let mut run = Run::new(Setup::usual(Set::Xor))?;
            run.finish_epoch();
            losses_are(page, &mut run, "an epoch later").await?;
            // What the browser itself tells of the file.
            page.take_problems().await
        };
        check.await.with_context(|| format!("{file}: {how}"))?;
    }
    Ok(())
}

async fn where_no_worker_starts_the_page_experiments_by_itself(page: &Page) -> Result<()> {
    for (how, file) in
        [("hang", "experiments%2Fworker.js"), ("404", "experiments%2Fworker.js:gradstep_bg.wasm")]
    {
        let path = format!("/failing/{how}/{file}/?lang=en#experiments&card=zeros&seeds=1");
        page.open_path(&path).await?;
        zeros_run(page).await.with_context(|| format!("{file}: {how}"))?;
        page.take_problems().await?;
    }
    Ok(())
}

async fn an_experiment_whose_worker_dies_begins_anew(page: &Page) -> Result<()> {
    open(page, "#experiments&card=zeros&seeds=1").await?;
    // As soon as the first has said anything.
    let script = format!(
        "const Native = window.Worker;
        window.Worker = class extends Native {{
            constructor(...given) {{
                super(...given);
                const die = () => {{ {DIE} }};
                if (workers.length === 1) this.addEventListener('message', () => setTimeout(die), {{ once: true }});
            }}
        }};"
    );
    page.eval(&script, vec![]).await?;
    zeros_run(page).await?;
    says(page, "begin anew").await?;
    ensure!(workers(page).await? == Some(2), "not in another worker");
    Ok(())
}

/// Milliseconds since the run last took steps, where it takes them on the page's thread.
async fn since_steps(page: &Page) -> Result<f64> {
    let since: Value = page.eval("return performance.now() - steps.at(-1)", vec![]).await?;
    Ok(since.as_f64().unwrap_or(f64::NAN))
}

async fn a_run_that_nobody_sees_slows_down(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    let script = "window.Worker = class { constructor() { throw new Error('refused'); } };
        const { Run } = await import(new URL('gradstep.js', location.href));
        const { advance } = Run.prototype;
        window.steps = [];
        Run.prototype.advance = function (count) {
            steps.push(performance.now());
            return advance.call(this, count);
        };";
    page.eval_async(script, vec![]).await?;
    page.link("Train").click().await?;
    click(page, "Play", 1).await?;
    page.wait_until("it trains", async || Ok(since_steps(page).await? < 200.0)).await?;
    let script = "window.held = [];
        window.shown = window.requestAnimationFrame;
        window.requestAnimationFrame = (act) => held.push(act);";
    page.eval(script, vec![]).await?;
    page.wait_until("it slows down", async || Ok(since_steps(page).await? > 500.0)).await?;
    page.eval(
        "window.requestAnimationFrame = shown; held.splice(0).forEach((act) => shown(act));",
        vec![],
    )
    .await?;
    let script = "return steps.slice(-9).every((at, n, all) => n === 0 || at - all[n - 1] < 200)";
    page.wait_until("it is fast again", async || Ok(page.eval(script, vec![]).await? == true)).await
}
