//! What an experiment has measured, over all seeds.

use serde::{Deserialize, Serialize};

use super::Experiment;
use crate::error::{Error, Result};
use crate::json;

/// What one run gives; a number that ran away is ∞.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    pub curves: Vec<Vec<f64>>,
    pub ends: Vec<f64>,
}

/// The middle of several numbers and the quarters beside it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    #[serde(with = "json::finite")]
    pub low: f64,
    /// The median.
    #[serde(with = "json::finite")]
    pub mid: f64,
    #[serde(with = "json::finite")]
    pub high: f64,
}

/// A variant over all seeds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Of each curve, place by place.
    pub curves: Vec<Vec<Spread>>,
    pub ends: Vec<Spread>,
    /// The curves of the first seed, where the measure keeps them.
    pub first: Vec<Vec<f64>>,
}

/// All variants in the order of [`Experiment::setup`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    pub variants: Vec<Summary>,
}

impl Spread {
    /// Of no number it is NaN. Between two numbers the quantiles are interpolated; what is not a
    /// number counts as ∞.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Spread {
        let number = |v: f64| if v.is_nan() { f64::INFINITY } else { v };
        let mut values: Vec<f64> = values.into_iter().map(number).collect();
        values.sort_by(f64::total_cmp);
        let at = |part: f64| quantile(&values, part);
        Spread { low: at(0.25), mid: at(0.5), high: at(0.75) }
    }
}

/// The number below which `part` of the sorted `values` lie.
fn quantile(values: &[f64], part: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return f64::NAN };
    let place = part * last as f64;
    let (below, rest) = (place as usize, place - place.floor());
    let (a, b) = (values[below], values[(below + 1).min(last)]);
    // ∞ − ∞ is no number.
    if a == b || rest == 0.0 { a } else { a + rest * (b - a) }
}

impl Summary {
    /// Of all outcomes of a variant, that of the first seed first.
    pub fn of(outcomes: &[Outcome], keeps_first: bool) -> Summary {
        let Some(first) = outcomes.first() else {
            return Summary { curves: vec![], ends: vec![], first: vec![] };
        };
        let spread = |of: &dyn Fn(&Outcome) -> Option<f64>| {
            Spread::of(outcomes.iter().map(|outcome| of(outcome).unwrap_or(f64::INFINITY)))
        };
        let curve = |(c, curve): (usize, &Vec<f64>)| {
            let at = |k| spread(&|one| one.curves.get(c)?.get(k).copied());
            (0..curve.len()).map(at).collect()
        };
        Summary {
            curves: first.curves.iter().enumerate().map(curve).collect(),
            ends: (0..first.ends.len()).map(|e| spread(&|one| one.ends.get(e).copied())).collect(),
            first: if keeps_first { first.curves.clone() } else { vec![] },
        }
    }
}

impl Report {
    /// Checks that it has the form that `experiment` gives.
    ///
    /// # Errors
    /// Another number of variants, curves or numbers at the end.
    pub fn check(&self, experiment: &Experiment) -> Result<()> {
        let count = |place: String, found, wanted| match found == wanted {
            true => Ok(()),
            false => Err(Error::Count { place, found, wanted, counterpart: "experiment".into() }),
        };
        count("report.variants".into(), self.variants.len(), experiment.variants())?;
        let (curves, ends) = experiment.measure.shape();
        for (v, variant) in self.variants.iter().enumerate() {
            count(format!("report.variants[{v}].curves"), variant.curves.len(), curves)?;
            count(format!("report.variants[{v}].ends"), variant.ends.len(), ends)?;
            let first = if experiment.measure.keeps_first() { curves } else { 0 };
            count(format!("report.variants[{v}].first"), variant.first.len(), first)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_those_of_the_sorted_numbers_and_what_ran_away_comes_last() {
        let spread = |values: &[f64]| {
            let Spread { low, mid, high } = Spread::of(values.iter().copied());
            [low, mid, high]
        };
        assert_eq!(spread(&[5.0, 1.0, 3.0, 2.0, 4.0]), [2.0, 3.0, 4.0]);
        assert_eq!(spread(&[4.0, 1.0, 3.0, 2.0]), [1.75, 2.5, 3.25]);
        assert_eq!(spread(&[7.0]), [7.0; 3]);
        let inf = f64::INFINITY;
        assert_eq!(spread(&[inf, f64::NAN, 1.0, 2.0, 3.0]), [2.0, 3.0, inf]);
        assert!(spread(&[])[1].is_nan());
    }
}
