//! Runs the tests in each browser and tells how they went.

use std::time::{Duration, Instant};

use anyhow::{Context, Error, Result, bail};
use fantoccini::Client;
use tokio::time::timeout;

use crate::browser::{Browser, Driver};
use crate::page::Page;
use crate::suite::Test;

/// A test that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(300);

/// How many tests passed and how many failed.
#[derive(Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl Tally {
    fn count(&mut self, browser: Browser, name: &str, outcome: &Result<()>, start: Instant) {
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(()) => {
                self.passed += 1;
                println!("ok      {browser:8} {name} ({seconds:.1} s)");
            }
            Err(error) => {
                self.failed += 1;
                println!("FAILED  {browser:8} {name} ({seconds:.1} s): {error:#}");
            }
        }
    }
}

/// Runs `tests` in `browser`. A browser that cannot be started fails them all.
pub async fn run(browser: Browser, tests: &[&Test], origin: &str, tally: &mut Tally) {
    if let Err(error) = run_all(browser, tests, origin, tally).await {
        println!("FAILED  {browser:8} {error:#}");
    }
}

async fn run_all(browser: Browser, tests: &[&Test], origin: &str, tally: &mut Tally) -> Result<()> {
    let before = tally.passed + tally.failed;
    let outcome = run_each(browser, tests, origin, tally).await;
    let not_run = tests.len() - (tally.passed + tally.failed - before);
    tally.failed += not_run;
    outcome.with_context(|| format!("{not_run} tests not run"))
}

async fn run_each(
    browser: Browser,
    tests: &[&Test],
    origin: &str,
    tally: &mut Tally,
) -> Result<()> {
    let driver = Driver::start(browser).await?;
    let mut session: Option<Client> = None;
    for test in tests {
        let client = match session.take() {
            Some(client) => client,
            None => driver.session().await?,
        };
        let page = Page::new(browser, client.clone(), origin);
        let start = Instant::now();
        let outcome = run_one(test, &page).await;
        tally.count(browser, test.name, &outcome, start);
        // After a failure nothing is certain about the browser: the next test gets a new one.
        if outcome.is_ok() && page.reset().await.is_ok() {
            session = Some(client);
        } else {
            close(client).await;
        }
    }
    if let Some(client) = session {
        close(client).await;
    }
    Ok(())
}

async fn run_one(test: &Test, page: &Page) -> Result<()> {
    let run = async {
        let outcome = (test.run)(page).await;
        // Also after a failure, which they may explain.
        let problems = page.take_problems().await.unwrap_or_default();
        match (outcome, problems.is_empty()) {
            (outcome, true) => outcome,
            (Ok(()), false) => bail!("{}", problems.join("; ")),
            (Err(error), false) => Err(explain(error, &problems)),
        }
    };
    match timeout(LIMIT, run).await {
        Ok(outcome) => outcome,
        Err(_) => bail!("hangs: not done after {} s", LIMIT.as_secs()),
    }
}

fn explain(error: Error, problems: &[String]) -> Error {
    Error::msg(format!("{error:#} ({})", problems.join("; ")))
}

/// A browser that hangs must not hang the tests.
async fn close(client: Client) {
    let _ = timeout(Duration::from_secs(10), client.close()).await;
}
