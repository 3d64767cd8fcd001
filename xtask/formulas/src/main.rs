//! Writes `formulas.json`, each formula of the core as MathML by its key, and `math.css`, the
//! rules that this MathML needs. Run while building the page.

mod mathml;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use anyhow::{Context, Result, bail};

fn main() -> ExitCode {
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<()> {
    let out = env::args_os().nth(1).map(PathBuf::from);
    let out = out.context("name the directory to write to")?;
    let formulas = convert(gradstep::formula::all())?;
    fs::write(out.join("formulas.json"), serde_json::to_string(&formulas)?)?;
    fs::write(out.join("math.css"), include_str!("math.css"))?;
    Ok(())
}

fn convert(formulas: Vec<(String, String)>) -> Result<BTreeMap<String, String>> {
    let mut converted = BTreeMap::new();
    for (key, tex) in formulas {
        let mathml = mathml::mathml(&tex).with_context(|| format!("formula {key}: {tex}"))?;
        if converted.insert(key.clone(), mathml).is_some() {
            bail!("formula {key}: there are two of this name");
        }
    }
    Ok(converted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(key: &str, tex: &str) -> (String, String) {
        (key.into(), tex.into())
    }

    #[test]
    fn a_broken_formula_is_named_with_its_tex() {
        let error = convert(vec![pair("good", "x"), pair("bad", r"\frac{1}")]).unwrap_err();
        let text = format!("{error:#}");
        assert!(text.starts_with(r"formula bad: \frac{1}: "), "{text}");
        assert!(!text.contains('\n'), "{text}");
    }

    #[test]
    fn a_name_stands_for_one_formula() {
        let error = convert(vec![pair("z", "x"), pair("z", "y")]).unwrap_err();
        assert!(error.to_string().contains("formula z"));
    }

    #[test]
    fn every_formula_of_the_core_converts() {
        convert(gradstep::formula::all()).unwrap();
    }
}
