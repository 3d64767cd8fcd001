//! Every number that leads somewhere leads to where it was made.

use anyhow::{Result, ensure};
use serde_json::json;

use super::seen::{faultless, position};
use crate::page::Page;

super::tests!(links: ; once: every_operand_leads_to_its_step);

async fn every_operand_leads_to_its_step(page: &Page) -> Result<()> {
    let script = concat!(
        "const check = () => {",
        include_str!("../in_page/links.js"),
        "};",
        include_str!("../in_page/each_step.js")
    );
    for case in ["a", "b"] {
        page.open(&format!("#step-by-step&case={case}&size=number"), "en").await?;
        let (start, end) = position(page).await?;
        let last = end - start;
        let found = page.eval(script, vec![json!("Step"), json!(last)]).await?;
        faultless(&found["faults"], &format!("network {case}"))?;
        ensure!(found["steps"] == last, "{} steps of {last}", found["steps"]);
        let links = found["count"].as_u64();
        ensure!(links > Some(2 * last as u64), "only {links:?} links in {last} steps of {case}");
    }
    Ok(())
}
