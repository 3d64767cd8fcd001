//! Chinese and English, complete.

use anyhow::{Context, Result, ensure};

use super::fit;
use super::seen::{disabled, unfold};
use crate::control::Find;
use crate::page::Page;

super::tests!(languages:
    every_place_speaks_its_language,
    every_step_speaks_its_language,
    every_control_has_a_name,
    the_language_changes_in_place,
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
const STEP: [(&str, &str); 2] = [("en", "Step"), ("zh", "下一步")];

async fn check(page: &Page, lang: &str, where_: &str) -> Result<()> {
    fit::speaks(page, lang, &format!("{where_} in {lang}")).await?;
    let declared = page.eval("return document.documentElement.lang", vec![]).await?;
    ensure!(
        declared.as_str().is_some_and(|one| one.starts_with(lang)),
        "lang={declared} in {lang}"
    );
    Ok(())
}

async fn every_place_speaks_its_language(page: &Page) -> Result<()> {
    for lang in ["en", "zh"] {
        for place in PLACES {
            page.open(place, lang).await?;
            unfold(page).await?;
            check(page, lang, place).await?;
        }
    }
    Ok(())
}

async fn every_step_speaks_its_language(page: &Page) -> Result<()> {
    for (lang, step) in STEP {
        for place in ["#start", "#step-by-step&case=a&size=unit", "#step-by-step&case=b&size=layer"]
        {
            page.open(place, lang).await?;
            for n in 0..60 {
                check(page, lang, &format!("{place}, step {n}")).await?;
                if disabled(page, step).await? {
                    break;
                }
                page.button(step).click().await?;
            }
        }
    }
    Ok(())
}

async fn every_control_has_a_name(page: &Page) -> Result<()> {
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
    for lang in ["en", "zh"] {
        for place in PLACES {
            page.open(place, lang).await?;
            unfold(page).await?;
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
