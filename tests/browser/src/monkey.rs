//! Uses the page at random for as long as it is told, and watches what becomes of it: errors,
//! a page that is blank or says what no reader should see, and what grows.

use std::time::{Duration, Instant};

use anyhow::Result;
use fantoccini::Client;
use serde::Deserialize;
use serde_json::json;

use crate::browser::{Browser, Driver};
use crate::chromium;
use crate::page::Page;

/// Acts between two looks at the clock.
const ACTS: usize = 25;
/// Between two reports.
const REPORT: Duration = Duration::from_secs(60);
/// Faults after which no more are looked for.
const ENOUGH: usize = 20;

/// What came of some acts; see `in_page/monkey.js`.
#[derive(Deserialize)]
struct Outcome {
    times: Vec<f64>,
    fault: Option<Fault>,
}

impl Outcome {
    /// The page has gone, or does not answer any more.
    fn lost(what: String) -> Self {
        let fault = Fault { what, from: String::new(), acts: vec![] };
        Outcome { times: vec![], fault: Some(fault) }
    }
}

#[derive(Deserialize)]
struct Fault {
    what: String,
    from: String,
    acts: Vec<String>,
}

/// Lets the monkey at the page in `browser`. Whether nothing went wrong.
pub async fn run(browser: Browser, origin: &str, minutes: u64) -> Result<bool> {
    let driver = Driver::start(browser).await?;
    let client = driver.session().await?;
    let page = Page::new(browser, client.clone(), origin);
    let faults = play(&page, Duration::from_secs(60 * minutes)).await;
    client.close().await?;
    Ok(faults? == 0)
}

async fn play(page: &Page, time: Duration) -> Result<usize> {
    let (start, mut reported) = (Instant::now(), Instant::now());
    let (mut faults, mut seed, mut times) = (0, 0, vec![]);
    page.open("#start", "en").await?;
    while start.elapsed() < time && faults < ENOUGH {
        seed += 1;
        let script = include_str!("in_page/monkey.js");
        let outcome = match page.eval_async(script, vec![json!(seed), json!(ACTS)]).await {
            Ok(answer) => serde_json::from_value(answer)?,
            Err(error) => Outcome::lost(format!("{error:#}")),
        };
        times.extend(outcome.times);
        if let Some(Fault { what, from, acts }) = outcome.fault {
            faults += 1;
            println!("FAULT {} (seed {seed}): {what}\n  at {from}\n  after {acts:?}", page.browser);
            page.take_problems().await?;
            page.open("#start", "en").await?;
        }
        if reported.elapsed() >= REPORT {
            report(page, start.elapsed(), &mut times).await?;
            reported = Instant::now();
        }
    }
    if !times.is_empty() {
        report(page, start.elapsed(), &mut times).await?;
    }
    println!("{} {} faults in {} rounds of {ACTS} acts", page.browser, faults, seed);
    Ok(faults)
}

/// How long an act takes, and what there is; always at the same place, to be compared.
async fn report(page: &Page, since: Duration, times: &mut Vec<f64>) -> Result<()> {
    times.sort_by(f64::total_cmp);
    let part = |share: f64| times.get((share * times.len() as f64) as usize).unwrap_or(&0.0);
    let (half, most) = (part(0.5), part(0.95));
    let count = times.len();
    let minutes = since.as_secs_f64() / 60.0;
    let kept =
        if page.browser == Browser::Chromium { kept(&page.client).await? } else { "".into() };
    println!(
        "{} {minutes:5.1} min: {count} acts, {half:.1} ms each, 95 % below {most:.1} ms{kept}",
        page.browser
    );
    times.clear();
    Ok(())
}

/// What the page keeps once what is no longer used has been swept away.
async fn kept(client: &Client) -> Result<String> {
    let metrics = chromium::metrics(client).await?;
    let of = |name: &str| metrics.get(name).copied().unwrap_or(f64::NAN);
    let heap = of("JSHeapUsedSize") / 1e6;
    Ok(format!(", {} listeners, {} nodes, {heap:.2} MB", of("JSEventListeners"), of("Nodes")))
}
