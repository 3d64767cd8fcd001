//! What is said while the page does not stand, and why it does not.

use anyhow::{Result, bail, ensure};
use serde_json::json;
use url::Url;
use xtask::project;

use crate::chromium;
use crate::control::Find;
use crate::page::Page;

super::tests!(boot:
    a_file_that_does_not_arrive_is_said_in_both_languages,
    what_takes_long_is_said_with_a_way_to_try_again,
    a_file_opened_as_a_file_says_what_it_needs,
    a_sandboxed_frame_says_what_keeps_the_page_from_starting,
    a_language_that_does_not_arrive_is_said_and_the_page_stays;
    once:
    a_browser_without_webassembly_is_told_what_it_lacks,
    another_name_for_the_modules_kind_is_no_failure,
);

const FAILED: [&str; 2] = ["did not arrive", "有的文件没有到"];
const SLOW: [&str; 2] = ["takes long", "迟迟没到"];

/// Waits until the first screen says all of `words`, and nothing that is no sentence.
async fn says(page: &Page, words: [&str; 2]) -> Result<()> {
    let text = async || page.text().await;
    let said =
        async || Ok(text().await.is_ok_and(|text| words.iter().all(|one| text.contains(one))));
    let waited = page.wait_until(&format!("it says {words:?}"), said).await;
    let text = text().await?;
    if let Err(error) = waited {
        bail!("{error}; it says {text:?}");
    }
    for raw in ["Error", "JSON", "token", "wasm", "undefined"] {
        ensure!(!text.contains(raw), "{text}");
    }
    Ok(())
}

/// What fails is told to the console as well, on purpose.
async fn forgive(page: &Page) -> Result<()> {
    page.take_problems().await.map(drop)
}

async fn a_file_that_does_not_arrive_is_said_in_both_languages(page: &Page) -> Result<()> {
    for (how, file) in [
        ("404", "nudge%2Fcharts.js"),
        ("html", "words%2Fen.json"),
        ("half", "gradstep_bg.wasm"),
        ("404", "style.css"),
    ] {
        page.try_to_open(&format!("/failing/{how}/{file}/?lang=en#start")).await?;
        let said = says(page, FAILED).await;
        said.map_err(|error| error.context(format!("{file}: {how}")))?;
    }
    ensure!(page.button("Try again").count().await? == 1, "nothing to try again with");
    ensure!(page.button("重试").count().await? == 1, "nothing to try again with, in Chinese");
    forgive(page).await
}

async fn what_takes_long_is_said_with_a_way_to_try_again(page: &Page) -> Result<()> {
    page.try_to_open("/failing/hang/words%2Fen.json/?lang=en#start").await?;
    says(page, SLOW).await?;
    page.eval("window.before = true;", vec![]).await?;
    page.button("重试").click().await?;
    page.wait_until("the page is loaded anew", async || {
        Ok(page.eval("return window.before ?? null", vec![]).await?.is_null())
    })
    .await?;
    forgive(page).await
}

/// Modules are not to be had from files.
async fn a_file_opened_as_a_file_says_what_it_needs(page: &Page) -> Result<()> {
    let Ok(file) = Url::from_file_path(project::dist()?.join("index.html")) else {
        bail!("no address of the built page");
    };
    page.try_to_open(file.as_str()).await?;
    says(page, ["opened as a file", "当作文件打开"]).await?;
    forgive(page).await
}

/// Its host does not share the page with everybody, and the frame has no origin.
async fn a_sandboxed_frame_says_what_keeps_the_page_from_starting(page: &Page) -> Result<()> {
    let to = "/tests/frame.html?width=600&sandbox=allow-scripts&to=/%23train";
    page.try_to_open(to).await?;
    page.client.clone().enter_frame(0).await?;
    says(page, ["The frame around", "外面的框架"]).await?;
    let address = page.link("Open it in a window of its own").attribute("href").await?;
    ensure!(address.as_deref().is_some_and(|url| url.ends_with("/#train")), "{address:?}");
    forgive(page).await?;
    page.client.clone().enter_parent_frame().await?;
    forgive(page).await
}

async fn a_language_that_does_not_arrive_is_said_and_the_page_stays(page: &Page) -> Result<()> {
    for how in ["html", "hang"] {
        page.open_path(&format!("/failing/{how}/words%2Fzh.json/?lang=en#start")).await?;
        let before = page.control("main", None).text().await?;
        page.link("中文").click().await?;
        let alert = page.control("alert", None);
        page.wait_until(&format!("{how} is said"), async || {
            Ok(alert.count().await? == 1 && alert.text().await?.contains("中文"))
        })
        .await?;
        ensure!(page.control("main", None).text().await? == before, "the page has changed");
        ensure!(page.url().await?.contains("?lang=en"), "{}", page.url().await?);
    }
    page.button("Step").click().await?;
    ensure!(page.control("alert", None).count().await? == 0, "it is still said");
    forgive(page).await
}

async fn a_browser_without_webassembly_is_told_what_it_lacks(page: &Page) -> Result<()> {
    let without = json!({ "source": "delete globalThis.WebAssembly;" });
    let added =
        chromium::devtools(&page.client, "Page.addScriptToEvaluateOnNewDocument", without).await?;
    page.try_to_open("/?lang=en#start").await?;
    let said = says(page, ["WebAssembly with SIMD", "WebAssembly 和 SIMD"]).await;
    chromium::devtools(&page.client, "Page.removeScriptToEvaluateOnNewDocument", added).await?;
    forgive(page).await?;
    said
}

async fn another_name_for_the_modules_kind_is_no_failure(page: &Page) -> Result<()> {
    page.open_path("/failing/type/gradstep_bg.wasm/?lang=en#start").await?;
    page.button("Step").click().await
}
