use gradstep::experiment::*;
use std::time::Instant;
#[test]
fn tune() {
    let only = std::env::var("ONLY").unwrap_or_default();
    for name in ALL {
        if !only.is_empty() && !only.split(',').any(|o| o == name) {
            continue;
        }
        let start = Instant::now();
        let mut job = Job::new(name, 20).unwrap();
        while !job.is_done() {
            job.advance(1000).unwrap();
        }
        let took = start.elapsed();
        let ex = experiment(name).unwrap();
        println!("== {name} {:?} runs {:?}", took, job.progress());
        for (v, s) in job.report().variants.iter().enumerate() {
            if name == "vanishing" && !(v / 5 % 9 == 8 || v / 5 % 9 == 4) {
                continue;
            }
            let label: Vec<String> = ex.tweaks(v).iter().map(|t| format!("{t:?}")).collect();
            let f = |x: &Spread| format!("{:.4}[{:.4} {:.4}]", x.mid, x.low, x.high);
            let ends: Vec<String> = s.ends.iter().map(f).collect();
            let c: Vec<String> = s
                .curves
                .iter()
                .map(|c| {
                    let n = c.len();
                    let k = (n / 10).max(1);
                    c.iter()
                        .step_by(k)
                        .map(|x| format!("{:.2e}", x.mid))
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect();
            println!("{label:?} ends {ends:?}\n     {}", c.join("\n     "));
        }
    }
}
