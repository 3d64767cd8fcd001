//! Reads a JSON case and prints its PyTorch script, or with `--step` its training step as JSON.

use std::error::Error;
use std::io::Read;

use gradstep::case::{Case, gradient_step};
use gradstep::script::script;

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    if std::env::args().any(|argument| argument == "--step") {
        println!("{}", gradient_step(&text)?);
    } else {
        print!("{}", script(&Case::read(&text)?.0).text);
    }
    Ok(())
}
