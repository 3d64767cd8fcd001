//! Everything fits, at each width and in both languages; the chapters' own suites say so of
//! theirs.

use anyhow::{Result, ensure};
use serde_json::json;

use super::fit::{self, LANGUAGES};
use super::seen::{click, unfold};
use crate::page::Page;

super::tests!(layout: ; once:
    the_first_lap_fits,
    step_by_step_fits,
    activations_fits,
    no_click_scrolls_the_page,
    pausing_has_a_sign_of_its_own,
);

/// What is rebuilt under the focus leaves the page where it is, wherever the focus stands.
async fn no_click_scrolls_the_page(page: &Page) -> Result<()> {
    const CHAPTERS: [&str; 7] = [
        "#neuron",
        "#network",
        "#why-nonlinear",
        "#activations",
        "#nudge",
        "#step-by-step&case=a&size=unit&at=0.53",
        "#train",
    ];
    let script = "const main = document.querySelector('main:not([hidden])');
        for (const fold of main.querySelectorAll('details')) fold.open = true;
        const wanted = 'button[data-key], [role=option][data-key]';
        // Every third: rows and columns of all kinds are among them.
        const keys = [...main.querySelectorAll(wanted)].map(({ dataset }) => dataset.key)
            .filter((_, n) => n % 3 === 0);
        const jumped = [];
        for (const key of keys) {
            const one = main.querySelector(`[data-key=\"${CSS.escape(key)}\"]`);
            if (!one?.checkVisibility()) continue;
            scrollTo(0, 0);
            one.focus({ preventScroll: true });
            one.dispatchEvent(new MouseEvent('click', { bubbles: true }));
            if (scrollY !== 0) jumped.push(`${key}: ${scrollY}`);
        }
        return [keys.length, jumped];";
    let mut clicked = 0;
    page.open("", "en").await?;
    for chapter in CHAPTERS {
        page.follow(chapter).await?;
        let found = page.eval(script, vec![]).await?;
        ensure!(found[1] == json!([]), "{chapter}: {}", found[1]);
        clicked += found[0].as_u64().unwrap_or_default();
    }
    ensure!(clicked > 60, "{clicked} clicks");
    Ok(())
}

/// Where something plays, its button shows what a click does now.
async fn pausing_has_a_sign_of_its_own(page: &Page) -> Result<()> {
    page.open("", "en").await?;
    for chapter in ["#train", "#why-nonlinear", "#step-by-step"] {
        page.follow(chapter).await?;
        let script = "const buttons = [...document.querySelectorAll('main:not([hidden]) button')];
            const one = buttons.find(({ textContent }) => ['Play', 'Pause'].includes(textContent));
            const sign = () => getComputedStyle(one.querySelector('.icon')).clipPath;
            const states = [0, 1, 2].map((n) => (n && one.click(), [one.textContent, sign()]));
            const [play, pause, again] = states.map(String);
            return [states.map(([words]) => words), play === again, sign() !== states[1][1]];";
        let found = page.eval(script, vec![]).await?;
        ensure!(found == json!([["Play", "Pause", "Play"], true, true]), "{chapter}: {found}");
    }
    Ok(())
}

async fn the_first_lap_fits(page: &Page) -> Result<()> {
    let mut faults = vec![];
    for (lang, step) in LANGUAGES {
        page.open("#start", lang).await?;
        for (steps, where_) in [(0, "the start"), (6, "going backward"), (4, "the lap's end")] {
            click(page, step, steps).await?;
            faults.extend(fit::here(page, lang, where_).await?);
        }
    }
    fit::none(&faults)
}

async fn step_by_step_fits(page: &Page) -> Result<()> {
    let mut faults = vec![];
    for (lang, step) in LANGUAGES {
        page.open("", lang).await?;
        for case in ["a", "b", "figure7"] {
            page.follow(&format!("#step-by-step&case={case}&size=unit")).await?;
            unfold(page).await?;
            faults.extend(fit::here(page, lang, case).await?);
            click(page, step, 8).await?;
            faults.extend(fit::here(page, lang, &format!("{case} on the way")).await?);
        }
    }
    fit::none(&faults)
}

async fn activations_fits(page: &Page) -> Result<()> {
    fit::everywhere(page, &["#activations"], async |_| Ok(())).await
}
