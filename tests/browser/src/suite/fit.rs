//! Whether all fits and no word is missing, in whatever state a chapter is. In Chromium alone: what
//! is too wide in one engine is so in each.

use anyhow::{Result, ensure};
use serde_json::json;

use super::seen::faultless;
use crate::chromium;
use crate::page::Page;

/// Of a desktop's window, a tablet and a telephone, in css pixels.
const WIDTHS: [u32; 3] = [1280, 820, 390];

/// Both languages, each with the name of its button Step.
pub const LANGUAGES: [(&str, &str); 2] = [("en", "Step"), ("zh", "下一步")];

/// That each of `places`, once it is followed and `ready`, fits at each width and speaks both
/// languages. `ready` takes the language; the error names everything that is wrong.
pub async fn everywhere(
    page: &Page,
    places: &[&str],
    ready: impl AsyncFn(&str) -> Result<()>,
) -> Result<()> {
    let mut faults = vec![];
    for (lang, _) in LANGUAGES {
        page.open("", lang).await?;
        for place in places {
            page.follow(place).await?;
            ready(lang).await?;
            faults.extend(here(page, lang, place).await?);
        }
    }
    none(&faults)
}

/// What is wrong with the page as it stands: at any of the widths, or in its language.
pub async fn here(page: &Page, lang: &str, where_: &str) -> Result<Vec<String>> {
    let mut faults = vec![];
    let mut note = |found: Result<()>| faults.extend(found.err().map(|fault| fault.to_string()));
    for width in WIDTHS {
        page.widen(width).await?;
        let where_ = format!("{where_} at {width} in {lang}");
        note(fits(page, &where_).await);
        note(speaks(page, lang, &where_).await);
    }
    chromium::reset_viewport(&page.client).await?;
    Ok(faults)
}

/// That there are no faults; the error names all of them.
pub fn none(faults: &[String]) -> Result<()> {
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// That nothing is cut, overlaps, scrolls sideways or is too small to touch.
async fn fits(page: &Page, where_: &str) -> Result<()> {
    let found = page.eval(include_str!("../in_page/layout.js"), vec![]).await?;
    faultless(&found, where_)
}

/// That no word is missing, unfilled or of the other language.
pub async fn speaks(page: &Page, lang: &str, where_: &str) -> Result<()> {
    let found = page.eval(include_str!("../in_page/words.js"), vec![json!(lang)]).await?;
    faultless(&found, where_)
}
