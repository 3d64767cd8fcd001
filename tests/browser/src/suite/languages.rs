//! Chinese and English, complete.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::fit::{self, LANGUAGES};
use super::seen::{faultless, unfold};
use crate::control::Find;
use crate::page::Page;

super::tests!(languages:
    the_language_changes_in_place;
    once: every_place_speaks_its_language_and_names_its_controls, every_step_speaks_its_language,
);

const PLACES: [&str; 10] = [
    "#start",
    "#neuron",
    "#network",
    "#why-nonlinear",
    "#activations",
    "#nudge",
    "#step-by-step",
    "#train",
    "#broken",
    "#experiments",
];
const ROLES: [&str; 13] = [
    "button",
    "link",
    "slider",
    "spinbutton",
    "checkbox",
    "radio",
    "textbox",
    "combobox",
    "img",
    "tab",
    "tabpanel",
    "table",
    "navigation",
];

async fn check(page: &Page, lang: &str, where_: &str) -> Result<()> {
    fit::speaks(page, lang, &format!("{where_} in {lang}")).await?;
    let declared = page.eval("return document.documentElement.lang", vec![]).await?;
    ensure!(
        declared.as_str().is_some_and(|one| one.starts_with(lang)),
        "lang={declared} in {lang}"
    );
    Ok(())
}

async fn every_place_speaks_its_language_and_names_its_controls(page: &Page) -> Result<()> {
    for (lang, _) in LANGUAGES {
        page.open("", lang).await?;
        for place in PLACES {
            page.follow(place).await?;
            unfold(page).await?;
            check(page, lang, place).await?;
            let mut controls = 0;
            for role in ROLES {
                let names = page.look(&[(role.into(), None)]).await?.others;
                controls += names.len();
                let unnamed = names.iter().filter(|name| name.is_empty()).count();
                // A table of the editor is named by its column heads.
                ensure!(
                    unnamed == 0 || role == "table",
                    "{place} in {lang}: {unnamed} {role} unnamed"
                );
            }
            ensure!(controls > 10, "{place} in {lang} has only {controls} controls");
        }
    }
    Ok(())
}

async fn every_step_speaks_its_language(page: &Page) -> Result<()> {
    let script = concat!(
        "const language = document.documentElement.lang.slice(0, 2);",
        "const words = function () {",
        include_str!("../in_page/words.js"),
        "};",
        "const check = () => ({ count: 0, faults: words(language) });",
        include_str!("../in_page/each_step.js")
    );
    for (lang, step) in LANGUAGES {
        page.open("", lang).await?;
        for place in ["#start", "#step-by-step&case=a&size=unit", "#step-by-step&case=b&size=layer"]
        {
            page.follow(place).await?;
            let found = page.eval(script, vec![json!(step), json!(60)]).await?;
            faultless(&found["faults"], &format!("{place} in {lang}"))?;
            ensure!(found["steps"].as_u64() > Some(9), "{place}: only {} steps", found["steps"]);
        }
    }
    Ok(())
}

async fn the_language_changes_in_place(page: &Page) -> Result<()> {
    page.open("#step-by-step&case=a", "en").await?;
    page.button("Step").click().await?;
    page.button("Step").click().await?;
    let numbers = numbers(page).await?;
    page.link("中文").click().await?;
    page.wait_until("the page is Chinese", async || Ok(page.button("下一步").count().await? == 1))
        .await?;
    check(page, "zh", "after the change").await?;
    ensure!(self::numbers(page).await? == numbers, "the change of language moves the page");
    page.link("English").click().await?;
    page.wait_until("the page is English", async || Ok(page.button("Step").count().await? == 1))
        .await?;
    check(page, "en", "after both changes").await
}

/// What stands in the tables.
async fn numbers(page: &Page) -> Result<String> {
    let script = "return [...document.querySelectorAll('main:not([hidden]) td .num')]
        .map((cell) => cell.innerText).join(' ')";
    let numbers = page.eval(script, vec![]).await?;
    Ok(numbers.as_str().context("no numbers")?.into())
}
