//! Whoever computes with the numbers as they are printed gets the result that is printed.

// std's functions, so that the reader has nothing in common with what it checks.
#![allow(clippy::disallowed_methods)]

use gradstep::activation::Activation;
use gradstep::app::State;
use gradstep::case::Case;
use gradstep::digest::seeded_cases;
use gradstep::explain::Explainer;
use gradstep::lab::{Lab, Position, Setup};
use gradstep::name::Named;
use gradstep::number;
use gradstep::presets;
use gradstep::say::{Line, Part};
use gradstep::stops::StopSize;
use gradstep::trace::Trace;
use gradstep::view;
use serde_json::{Value, json};

/// A piece of printed arithmetic.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Sign(char),
    /// A function with its opening bracket.
    Function(&'static str),
}

const FUNCTIONS: [&str; 11] =
    ["max(0,", "min(0,", "exp(", "tanh(", "ln(", "g′(", "g(", "σ(", "Φ(", "½", "1"];

/// A number or signs, as printed.
enum Printed {
    Number(String),
    Signs(String),
}

impl Printed {
    fn text(&self) -> &str {
        let (Printed::Number(text) | Printed::Signs(text)) = self;
        text
    }
}

fn printed(line: &Line) -> Vec<Printed> {
    let part = |part: &Part| match part {
        Part::Num(num) => Printed::Number(num.text.clone()),
        Part::Op(signs) => Printed::Signs(signs.to_string()),
    };
    line.parts.iter().map(part).collect()
}

fn tokens(line: &[Printed]) -> Vec<Token> {
    let mut all = vec![];
    for part in line {
        match part {
            Printed::Number(text) => all.push(Token::Number(number::parse(text).unwrap())),
            Printed::Signs(signs) => signed(signs, &mut all),
        }
    }
    all
}

fn signed(mut signs: &str, all: &mut Vec<Token>) {
    while let Some(first) = signs.chars().next() {
        let known = FUNCTIONS.into_iter().find(|name| signs.starts_with(name));
        match known {
            Some("½") => all.push(Token::Number(0.5)),
            Some("1") => all.push(Token::Number(1.0)),
            Some(name) => all.push(Token::Function(name)),
            None if first == ' ' => {}
            None => all.push(Token::Sign(first)),
        }
        signs = &signs[known.map_or(first.len_utf8(), str::len)..];
    }
}

/// Reads arithmetic as everybody does: products before sums, squares before products.
struct Reader<'a> {
    rest: &'a [Token],
    g: Option<Activation>,
}

impl Reader<'_> {
    fn takes(&mut self, sign: char) -> bool {
        let found = self.rest.first() == Some(&Token::Sign(sign));
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    fn sum(&mut self) -> f64 {
        let mut sum = self.product();
        loop {
            if self.takes('+') {
                sum += self.product();
            } else if self.takes('−') {
                sum -= self.product();
            } else {
                return sum;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut product = self.power();
        loop {
            if self.takes('·') {
                product *= self.power();
            } else if self.takes('∕') {
                product /= self.power();
            } else {
                return product;
            }
        }
    }

    fn power(&mut self) -> f64 {
        if self.takes('−') {
            return -self.power();
        }
        let base = self.one();
        if self.takes('²') { base * base } else { base }
    }

    fn one(&mut self) -> f64 {
        let first = self.rest[0].clone();
        self.rest = &self.rest[1..];
        let name = match first {
            Token::Number(value) => return value,
            Token::Sign('(') => "(",
            Token::Function(name) => name,
            other => panic!("{other:?} where a number is due"),
        };
        // ln(1 + x) as exactly as by hand: x may be so small that 1 + x is 1.
        let one_more = [Token::Number(1.0), Token::Sign('+')];
        let beyond = self.rest.strip_prefix(&one_more).filter(|_| name == "ln(");
        self.rest = beyond.unwrap_or(self.rest);
        let inside = self.sum();
        assert!(self.takes(')'), "{name} is not closed before {:?}", self.rest);
        let g = |g: Activation| g.value(inside);
        match name {
            "(" => inside,
            "exp(" => inside.exp(),
            "ln(" if beyond.is_some() => inside.ln_1p(),
            "ln(" => inside.ln(),
            "tanh(" => inside.tanh(),
            "max(0," => {
                if inside > 0.0 {
                    inside
                } else {
                    0.0
                }
            }
            "min(0," => {
                if inside < 0.0 {
                    inside
                } else {
                    0.0
                }
            }
            "σ(" => g(Activation::Sigmoid),
            // z · Φ(z) is GELU.
            "Φ(" => {
                if inside == 0.0 {
                    0.5
                } else {
                    g(Activation::Gelu) / inside
                }
            }
            "g(" => g(self.g.unwrap()),
            _ => self.g.unwrap().slope(inside),
        }
    }
}

/// What one is worth in the last digit of a printed number, zeros at the end not left out.
fn last_place(text: &str) -> f64 {
    match text.split_once("×10") {
        Some(_) => {
            let power = number::parse(&format!("1×10{}", text.split_once("×10").unwrap().1));
            0.1 * power.unwrap()
        }
        None => 0.001,
    }
}

/// Whether the line says more than one number.
fn holds(line: &[Printed], g: Option<Activation>, place: &str) -> bool {
    let all = tokens(line);
    let Some(at) = all.iter().rposition(|one| matches!(one, Token::Sign('=' | '≈'))) else {
        return false;
    };
    let before = all[..at].strip_prefix(&[Token::Sign('=')]).unwrap_or(&all[..at]);
    let ([Token::Number(wanted)], false) = (&all[at + 1..], before.is_empty()) else {
        return false;
    };
    let mut reader = Reader { rest: before, g };
    let found = reader.sum();
    assert!(reader.rest.is_empty(), "{place}: {:?} is left", reader.rest);
    // Beside 1 there is no f64 for less than this: no digits of it could be shown.
    let lost = found.abs() < f64::EPSILON && wanted.abs() < f64::EPSILON;
    if lost || !(found.is_finite() && wanted.is_finite()) {
        return false;
    }
    let off = (found - wanted).abs();
    let last = last_place(line.last().unwrap().text());
    // Of a single digit half of one, as by rounding.
    let most = if wanted.abs() < 9.5 * last { 0.5 * last } else { last };
    assert!(off <= 1.000_001 * most, "{place}: {} gives {found}", joined(line));
    true
}

fn joined(line: &[Printed]) -> String {
    line.iter().map(Printed::text).collect::<Vec<_>>().join(" ")
}

fn every_line(case: &Case, trace: &Trace, place: &str) -> usize {
    let explainer = Explainer { case, trace };
    let layers = case.network.layers();
    let line = |(id, step): (u32, &gradstep::trace::Step)| {
        let g = step.slot.layer().and_then(|l| layers[l].activation.unitwise());
        holds(&printed(&explainer.line(id)), g, &format!("{place}, {:?}", step.slot))
    };
    (0..).zip(trace.steps()).map(line).filter(|&told| told).count()
}

#[test]
fn what_is_printed_gives_what_is_printed_in_every_step() {
    let mut told = 0;
    for preset in presets::NAMES {
        for t in [0, 1, 7] {
            let mut lab = Lab::new(Setup::preset(preset).unwrap(), StopSize::Number).unwrap();
            if lab.go(Position { t, id: 0 }).is_ok() {
                told += every_line(lab.case(), lab.trace(), &format!("{preset}, step {t}"));
            }
        }
    }
    for (seed, case) in seeded_cases().enumerate().step_by(3) {
        let trace = Trace::record(&case).unwrap();
        told += every_line(&case, &trace, &format!("seed {seed}"));
    }
    assert!(told > 10_000, "{told}");
}

/// The arithmetic of g and g′ in "Activations".
fn lines_at(state: &mut State, g: Activation, z: f64) -> Vec<Vec<Printed>> {
    for action in [json!({"do": "focus", "name": g.name()}), json!({"do": "z", "value": z})] {
        state.apply_json(&action.to_string()).unwrap();
    }
    let frame = serde_json::to_value(view::frame(state, None)).unwrap();
    let part = |part: &Value| match part["op"].as_str() {
        Some(signs) => Printed::Signs(signs.to_owned()),
        None => Printed::Number(part["num"]["text"].as_str().unwrap().to_owned()),
    };
    let line = |line: &Value| line["parts"].as_array().unwrap().iter().map(part).collect();
    frame["chart"]["lines"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn and_so_it_does_where_a_function_is_flat() {
    let mut state = State::new().unwrap();
    state.apply_json(r#"{"do":"go","place":"activations"}"#).unwrap();
    let mut told = 0;
    for g in Activation::all() {
        for tenths in -60..=60 {
            let z = f64::from(tenths) / 10.0;
            let place = format!("{} at {z}", g.name());
            let lines = lines_at(&mut state, g, z);
            told += lines.iter().filter(|line| holds(line, Some(g), &place)).count();
        }
    }
    assert!(told > 1000, "{told}");
    // The slope of tanh at −4 is 1 − a², and a is nearly −1.
    let slope = lines_at(&mut state, Activation::Tanh, -4.0).pop().unwrap();
    assert_eq!(joined(&slope), "= 1 − ( −0.9993 )² ≈ 0.001");
}

#[test]
fn the_same_digits_are_printed_once() {
    for preset in presets::NAMES {
        let lab = Lab::new(Setup::preset(preset).unwrap(), StopSize::Number).unwrap();
        let explainer = Explainer { case: lab.case(), trace: lab.trace() };
        for id in 0..lab.trace().steps().len() as u32 {
            let line = joined(&printed(&explainer.line(id)));
            let sides: Vec<&str> = line.split(['=', '≈']).map(str::trim).collect();
            assert!(sides.windows(2).all(|pair| pair[0] != pair[1]), "{preset}: {line}");
        }
    }
}
