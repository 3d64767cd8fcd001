//! What is worth trying leads there, and back.

use anyhow::{Result, ensure};

use super::seen::{alert, place, seen, shows};
use crate::control::Find;
use crate::page::Page;

super::tests!(tries: each_link_leads_to_what_its_sentence_says);

const TRIES: [(&str, &[&str]); 5] = [
    ("Nudge w₁₁ from 0.1 to 0.11", &["1.143", "Weight from x₁ to unit 1, layer [1]"]),
    ("η = 0.01", &["loss 0.940"]),
    ("η = 0.1", &["loss 0.118"]),
    ("before the update", &["−0.12"]),
    (
        "Two steps with α = 0 and η = 0.3",
        &["inactive for this sample", "dead, inactive for all samples"],
    ),
];

async fn each_link_leads_to_what_its_sentence_says(page: &Page) -> Result<()> {
    for (words, shown) in TRIES {
        page.open("#step-by-step&case=b&size=unit", "en").await?;
        let before = seen(page).await?;
        page.link(words).click().await?;
        let now = seen(page).await?;
        let missing: Vec<_> = shown.iter().filter(|one| !now.contains(**one)).collect();
        ensure!(missing.is_empty(), "{words}: {missing:?} is not in {now}");
        ensure!(place(page).await?.contains("#step-by-step&case="), "{}", place(page).await?);
        ensure!(alert(page).await?.is_empty(), "{}", alert(page).await?);
        page.client.back().await?;
        page.wait_until("the history leads back", async || {
            Ok(place(page).await?.contains("case=b"))
        })
        .await?;
        if words.starts_with("Nudge") {
            page.tab("Where from").click().await?;
        }
        shows(page, &before, "back in the history").await?;
    }
    Ok(())
}
