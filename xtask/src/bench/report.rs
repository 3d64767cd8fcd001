//! BENCHMARKS.md, of what was measured.

use std::fmt::Write;
use std::{fs, thread};

use serde::Deserialize;

use super::statistics::{Spread, ratio, spread};
use super::weight::{Bytes, Weights};

/// What the benchmark's page reports.
#[derive(Debug, Deserialize)]
pub struct Measured {
    /// The browser's name and version.
    version: String,
    date: String,
    /// The paths that the page itself asks for when it is opened.
    pub loaded: Vec<String>,
    sections: Vec<Section>,
    experiments: Vec<Experiment>,
}

#[derive(Debug, Deserialize)]
struct Section {
    title: String,
    unit: String,
    about: String,
    asked: Vec<Asked>,
    rows: Vec<Row>,
}

/// How many times longer a peer should take than Gradstep.
#[derive(Debug, Deserialize)]
struct Asked {
    peer: String,
    factor: f64,
}

#[derive(Debug, Deserialize)]
struct Row {
    name: String,
    /// What each round took.
    rounds: Vec<f64>,
}

/// What an experiment took in the page, in milliseconds, each number of another round.
#[derive(Debug, Deserialize)]
struct Experiment {
    name: String,
    /// From Run until the result was painted.
    took: Vec<f64>,
    /// The longest time between two frames meanwhile.
    gap: Vec<f64>,
    /// From Cancel until the page showed it; nothing where it had ended before.
    shown: Vec<f64>,
    /// From Cancel until the worker had put the run down.
    stopped: Vec<f64>,
}

const OURS: &str = "Gradstep";

/// kB that the module may have in brotli.
const WASM_KB: f64 = 120.0;

/// The whole of BENCHMARKS.md.
pub fn write(measured: &Measured, weights: &Weights) -> String {
    let mut text = head(measured);
    for section in &measured.sections {
        text += &table(section);
    }
    text + &experiments(&measured.experiments) + &weight(weights)
}

fn head(measured: &Measured) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    format!(
        "# Benchmarks\n\n\
         Written by `cargo xtask bench`: headless Chromium without a GPU, all contestants in one \
         run, one after the other in each round. Medians of the rounds; ratios are taken within \
         each round, with what the middle half of them lies between.\n\n\
         {} · {}, {cores} cores · {}\n",
        measured.date,
        cpu(),
        measured.version
    )
}

/// The processor's model, as Linux tells it.
fn cpu() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or("unknown processor", |(_, model)| model).trim().into()
}

fn table(section: &Section) -> String {
    let Section { title, unit, about, asked, rows } = section;
    let ours = rows.iter().find(|row| row.name == OURS);
    let mut text = format!("\n## {title}\n\n| | {unit} |");
    text += if ours.is_some() { " × Gradstep |\n|---|---:|---:|\n" } else { "\n|---|---:|\n" };
    for row in rows {
        let _ = write!(text, "| {} | {} |", row.name, digits(spread(row.rounds.clone()).median));
        if let Some(ours) = ours {
            let times = ratio(&row.rounds, &ours.rounds);
            let shown = if row.name == OURS { "1".into() } else { with_spread(times) };
            let _ = write!(text, " {shown} |");
        }
        text.push('\n');
    }
    text.push('\n');
    for asked in asked {
        text += &verdict(asked, rows, ours);
    }
    text + about + "\n"
}

fn verdict(asked: &Asked, rows: &[Row], ours: Option<&Row>) -> String {
    let peer = rows.iter().find(|row| row.name == asked.peer);
    let wanted = format!("Asked: {} takes at least {} × as long", asked.peer, digits(asked.factor));
    let Some((peer, ours)) = peer.zip(ours) else {
        return format!("**{wanted}; not measured.**\n\n");
    };
    let found = ratio(&peer.rounds, &ours.rounds).median;
    let reached = if found >= asked.factor { "reached" } else { "missed" };
    format!("**{wanted}; {reached}, {} ×.**\n\n", digits(found))
}

fn experiments(experiments: &[Experiment]) -> String {
    if experiments.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "\n## The experiments, with 20 seeds each\n\n\
         | | s from Run to the result | ms between two frames meanwhile, at most | ms from Cancel \
         until the page shows it | ms from Cancel until the worker is free |\n\
         |---|---:|---:|---:|---:|\n",
    );
    for Experiment { name, took, gap, shown, stopped } in experiments {
        let took = digits(spread(took.clone()).median / 1000.0);
        let [gap, shown, stopped] = [gap, shown, stopped].map(|all| most(all));
        let _ = writeln!(text, "| {name} | {took} | {gap} | {shown} | {stopped} |");
    }
    text + "\nIn the page itself, 1280 × 900 css px, by clicks on its own buttons: three rounds of \
            each, of which the time to the result is the median and all else the worst. A result \
            counts as there once it is painted. At 60 Hz a frame comes every 16.7 ms; until the \
            page shows something, two of them pass. Cancel is clicked in another run, after a quarter \
            of the time that the first took, of which there is nothing to tell where it has ended \
            by then; the worker is free once it answers another question.\n"
}

/// The worst of some times; a dash for none.
fn most(times: &[f64]) -> String {
    times.iter().copied().max_by(f64::total_cmp).map_or("—".into(), digits)
}

fn weight(Weights { wasm, page, files }: &Weights) -> String {
    let kb = |bytes: u64| bytes as f64 / 1000.0;
    let row = |name: &str, bytes: &Bytes| {
        let [raw, gzip, brotli] = [bytes.raw, bytes.gzip, bytes.brotli].map(kb);
        format!("| {name} | {raw:.1} | {gzip:.1} | {brotli:.1} |\n")
    };
    let found = kb(wasm.brotli);
    let reached = if found <= WASM_KB { "reached" } else { "missed" };
    format!(
        "\n## Weight\n\n| kB | raw | gzip | brotli |\n|---|---:|---:|---:|\n{}{}\n\
         **Asked: the module at most {WASM_KB} kB in brotli; {reached}, {found:.1} kB.**\n\n\
         The page is all that it loads when it is opened in one language, {files} files, each \
         compressed by itself.\n",
        row("the module, wasm", wasm),
        row("the whole page", page),
    )
}

fn with_spread(Spread { low, median, high }: Spread) -> String {
    format!("{} ({} to {})", digits(median), digits(low), digits(high))
}

/// Three significant digits.
fn digits(value: f64) -> String {
    match value.abs() {
        size if size >= 99.95 => format!("{value:.0}"),
        size if size >= 9.995 => format!("{value:.1}"),
        size if size >= 0.9995 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(factor: f64) -> Section {
        let row = |name: &str, rounds: &[f64]| Row { name: name.into(), rounds: rounds.to_vec() };
        Section {
            title: "Work".into(),
            unit: "ms".into(),
            about: "How.".into(),
            asked: vec![Asked { peer: "other".into(), factor }],
            rows: vec![row(OURS, &[1.0, 2.0, 1.0]), row("other", &[12.0, 24.0, 13.0])],
        }
    }

    #[test]
    fn a_table_has_medians_ratios_and_what_is_asked() {
        let text = table(&section(11.0));
        assert!(text.contains("| | ms | × Gradstep |\n|---|---:|---:|\n| Gradstep | 1.00 | 1 |\n"));
        assert!(text.contains("| other | 13.0 | 12.0 (12.0 to 12.5) |\n"), "{text}");
        assert!(text.contains("at least 11.0 × as long; reached, 12.0 ×."), "{text}");
        assert!(text.ends_with("How.\n"));
    }

    #[test]
    fn what_is_missed_is_called_missed() {
        assert!(table(&section(12.1)).contains("; missed, 12.0 ×."));
        let mut without = section(11.0);
        without.rows.remove(0);
        assert!(table(&without).contains("; not measured."));
        assert!(table(&without).contains("| | ms |\n|---|---:|\n| other | 13.0 |\n"));
    }

    #[test]
    fn an_experiment_shows_its_median_and_its_worst() {
        let one = Experiment {
            name: "zeros".into(),
            took: vec![1500.0, 9000.0, 1000.0],
            gap: vec![17.0, 33.0, 18.0],
            shown: vec![],
            stopped: vec![4.0],
        };
        assert!(experiments(&[one]).contains("| zeros | 1.50 | 33.0 | — | 4.00 |\n"));
        assert_eq!(experiments(&[]), "");
    }

    #[test]
    fn numbers_have_three_digits() {
        let shown = [0.1234, 0.9999, 9.996, 99.96, 1234.5].map(digits);
        assert_eq!(shown, ["0.123", "1.00", "10.0", "100", "1234"]);
    }
}
