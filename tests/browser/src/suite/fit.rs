//! Whether all fits and no word is missing, in whatever state a chapter is.

use anyhow::{Result, ensure};
use serde_json::json;

use super::seen::faultless;
use crate::page::Page;

/// Of a desktop's window, a tablet and a telephone, in css pixels.
const WIDTHS: [u32; 3] = [1280, 820, 390];

/// That each of `places`, once it is opened and `ready`, fits at each width and speaks both
/// languages. `ready` takes the language; the error names everything that is wrong.
pub async fn everywhere(
    page: &Page,
    places: &[&str],
    ready: impl AsyncFn(&str) -> Result<()>,
) -> Result<()> {
    page.open("", "en").await?;
    let mut faults = vec![];
    for width in WIDTHS {
        page.narrow(width).await?;
        for lang in ["en", "zh"] {
            for place in places {
                page.open(place, lang).await?;
                ready(lang).await?;
                let where_ = format!("{place} at {width} in {lang}");
                faults.extend(fits(page, &where_).await.err());
                faults.extend(speaks(page, lang, &where_).await.err());
            }
        }
    }
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// That nothing is cut, overlaps, scrolls sideways or is too small to touch.
pub async fn fits(page: &Page, where_: &str) -> Result<()> {
    let found = page.eval(include_str!("../in_page/layout.js"), vec![]).await?;
    faultless(&found, where_)
}

/// That no word is missing, unfilled or of the other language.
pub async fn speaks(page: &Page, lang: &str, where_: &str) -> Result<()> {
    let found = page.eval(include_str!("../in_page/words.js"), vec![json!(lang)]).await?;
    faultless(&found, where_)
}
