//! Reads a setup of the chapter "Train" as JSON and trains it for as many steps as the first
//! argument says, with another η and an edited weight on the way. Prints its PyTorch script, or
//! with `--losses` what the script is to print.

use std::error::Error;
use std::io::Read;

use gradstep::train::script::script;
use gradstep::train::{Command, Parameter, Run, Setup};

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let steps: u64 = std::env::args().nth(1).ok_or("how many steps?")?.parse()?;
    let setup = Setup::read(&text)?;
    let rate = setup.rate;
    let mut run = Run::new(setup)?;
    run.advance(steps / 2);
    run.apply(Command::Rate(rate / 2.0))?;
    let parameter = Parameter::Weight { layer: 0, unit: 0, from: 0 };
    run.apply(Command::Set { parameter, value: 0.25 })?;
    run.advance(steps - steps / 2);
    run.apply(Command::Set { parameter: Parameter::Bias { layer: 0, unit: 0 }, value: 0.125 })?;
    if std::env::args().any(|argument| argument == "--losses") {
        let snapshot = run.snapshot()?;
        println!("steps {}", snapshot.steps);
        println!("training loss {:?}", snapshot.train.loss);
        if let Some(test) = snapshot.test {
            println!("test loss {:?}", test.loss);
        }
    } else {
        print!("{}", script(&run)?);
    }
    Ok(())
}
