//! Runs the tests in each browser and tells how they went.

use std::cell::Cell;
use std::time::{Duration, Instant};

use anyhow::{Error, Result, bail};
use fantoccini::Client;
use futures_util::future::join_all;
use tokio::time::timeout;

use crate::browser::{Browser, Driver};
use crate::page::Page;
use crate::suite::Test;

/// A test that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(300);

/// How many browsers of an engine share its tests. Chromium has those that one engine can answer
/// for all, and would be the last to end.
fn browsers(engine: Browser) -> usize {
    match engine {
        Browser::Chromium => 2,
        Browser::Firefox | Browser::Webkit => 1,
    }
}

/// The tests of one engine, which its browsers take one by one.
struct Queue<'t> {
    browser: Browser,
    tests: Vec<&'t Test>,
    next: Cell<usize>,
    passed: Cell<usize>,
}

impl<'t> Queue<'t> {
    fn of(browser: Browser, tests: &'t [Test]) -> Self {
        let answers = |test: &&Test| test.in_each || browser == Browser::Chromium;
        let tests = tests.iter().filter(answers).collect();
        Queue { browser, tests, next: Cell::new(0), passed: Cell::new(0) }
    }

    fn take(&self) -> Option<&'t Test> {
        let test = self.tests.get(self.next.get())?;
        self.next.set(self.next.get() + 1);
        Some(test)
    }

    fn count(&self, name: &str, outcome: &Result<()>, start: Instant) {
        let (browser, seconds) = (self.browser, start.elapsed().as_secs_f64());
        match outcome {
            Ok(()) => {
                self.passed.set(self.passed.get() + 1);
                println!("ok      {browser:8} {name} ({seconds:.1} s)");
            }
            Err(error) => println!("FAILED  {browser:8} {name} ({seconds:.1} s): {error:#}"),
        }
    }
}

/// Runs `tests` in all of `engines` side by side. Returns how many passed and how many did not; a
/// browser that cannot be started fails what it would have run.
pub async fn run(engines: &[Browser], tests: &[Test], origin: &str) -> (usize, usize) {
    let queues: Vec<Queue> = engines.iter().map(|&engine| Queue::of(engine, tests)).collect();
    let each = queues.iter().flat_map(|queue| (0..browsers(queue.browser)).map(move |_| queue));
    for (queue, outcome) in
        join_all(each.map(async |queue| (queue, work(queue, origin).await))).await
    {
        if let Err(error) = outcome {
            println!("FAILED  {:8} {error:#}", queue.browser);
        }
    }
    let passed = queues.iter().map(|queue| queue.passed.get()).sum();
    let asked: usize = queues.iter().map(|queue| queue.tests.len()).sum();
    (passed, asked - passed)
}

/// One browser, for as long as there are tests.
async fn work(queue: &Queue<'_>, origin: &str) -> Result<()> {
    let driver = Driver::start(queue.browser).await?;
    let mut session: Option<Client> = None;
    while let Some(test) = queue.take() {
        let client = match session.take() {
            Some(client) => client,
            None => driver.session().await?,
        };
        let page = Page::new(queue.browser, client.clone(), origin);
        let start = Instant::now();
        let outcome = run_one(test, &page).await;
        queue.count(test.name, &outcome, start);
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
