//! The question of the chapter "Activations": g or g′ at a z to which the cursor then goes.

use super::mistakes::{activated, sloped};
use super::{Candidate, Mistake, Question, Wanted, told_apart};
use crate::curves::Curves;
use crate::name::Named;
use crate::say::{Num, Say};

/// Where it is asked, on the other side of 0 than the cursor, in turn; and 0 itself.
const PLACES: [f64; 4] = [2.0, 1.0, 3.0, 0.5];

/// The `n`th question about the function in focus, and the z that it is about.
pub fn ask(curves: &Curves, n: usize) -> (Question, f64) {
    let g = curves.focus();
    let side = if curves.z > 0.0 { -1.0 } else { 1.0 };
    let z = side * PLACES[n / 2 % PLACES.len()];
    let (a, slope) = (g.value(z), g.slope(z));
    let asks_slope = n % 2 == 1;
    let value = if asks_slope { slope } else { a };
    let key = if asks_slope { "slope" } else { "activation" };
    let mut all = if asks_slope { sloped(g, z, a, slope) } else { activated(g, z) };
    if value != 0.0 {
        let say = Say::new("predict.wrong_sign");
        all.push(Candidate { mistake: Mistake::WrongSign, value: -value, say });
    }
    let name = Say::new(format!("activation.{}", g.name()));
    let ask = Say::new(format!("predict.ask.{key}")).say("name", name).num("z", Num::plain(z));
    let solution = Say::new(format!("predict.solution.{key}"))
        .num("z", Num::plain(z))
        .num("value", Num::plain(value));
    (
        Question {
            ask,
            wanted: Wanted::Value(value),
            solution,
            candidates: told_apart(value, all),
        },
        z,
    )
}
