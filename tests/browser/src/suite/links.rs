//! Every number that leads somewhere leads to where it was made.

use anyhow::{Context, Result, ensure};

use super::seen::{faultless, position};
use crate::control::Find;
use crate::page::Page;

super::tests!(links: every_operand_leads_to_its_step);

async fn every_operand_leads_to_its_step(page: &Page) -> Result<()> {
    for case in ["a", "b"] {
        page.open(&format!("#step-by-step&case={case}&size=number"), "en").await?;
        let mut links = 0;
        let (mut at, last) = position(page).await?;
        while at < last {
            page.button("Step").click().await?;
            at = position(page).await?.0;
            let found = page.eval(include_str!("../in_page/links.js"), vec![]).await?;
            faultless(&found["faults"], &format!("network {case}, step {at}"))?;
            links += found["count"].as_u64().context("no count")?;
        }
        ensure!(links > 2 * last as u64, "only {links} links in {last} steps of {case}");
    }
    Ok(())
}
