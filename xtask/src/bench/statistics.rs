//! What many rounds say: a middle and how far they spread.

/// The middle of some numbers, and what the middle half of them lies between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub low: f64,
    pub median: f64,
    pub high: f64,
}

/// NaN for no numbers.
pub fn spread(mut values: Vec<f64>) -> Spread {
    values.sort_by(f64::total_cmp);
    // Between the two nearest where it falls between.
    let at = |share: f64| {
        let place = share * values.len().saturating_sub(1) as f64;
        let below = values.get(place.floor() as usize).copied().unwrap_or(f64::NAN);
        let above = values.get(place.ceil() as usize).copied().unwrap_or(f64::NAN);
        below + (above - below) * place.fract()
    };
    Spread { low: at(0.25), median: at(0.5), high: at(0.75) }
}

/// How many times longer `theirs` took than `ours`, round by round.
pub fn ratio(theirs: &[f64], ours: &[f64]) -> Spread {
    spread(theirs.iter().zip(ours).map(|(theirs, ours)| theirs / ours).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_quartiles_are_those_of_the_sorted_numbers() {
        let Spread { low, median, high } = spread(vec![5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!([low, median, high], [2.0, 3.0, 4.0]);
        assert_eq!(spread(vec![1.0, 2.0]).median, 1.5);
        assert!(spread(vec![]).median.is_nan());
    }

    #[test]
    fn ratios_are_taken_within_each_round() {
        // A machine half as fast in the second round changes no ratio.
        let found = ratio(&[10.0, 20.0, 10.0], &[1.0, 2.0, 1.0]);
        assert_eq!(found, Spread { low: 10.0, median: 10.0, high: 10.0 });
    }
}
