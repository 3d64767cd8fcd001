//! Numbers as the page writes them: a true minus, never −0, and nothing hidden by rounding.

use crate::name;

/// Digits after the point in [`short`].
const DECIMALS: usize = 3;
/// Digits after the point in [`fine`].
const FINE_DECIMALS: usize = 6;
/// Digits after the point of the mantissa when [`short`] is scientific.
const MANTISSA_DECIMALS: usize = 1;
/// More than this many digits after the usual ones are never shown: all 17 are among them.
const MOST_DIGITS: usize = 15;
/// Below this (but for 0) and from [`LARGE`] on, [`short`] is scientific.
const SMALL: f64 = 1e-3;
const LARGE: f64 = 1e6;
/// Outside of these, [`exact`] is scientific.
const EXACT_SMALL: f64 = 1e-6;
const EXACT_LARGE: f64 = 1e17;

/// `v` with three decimals, scientific when smaller than 10⁻³ or from 10⁶ on. Zeros at the end
/// stay only where digits were lost: "0.25" is ¼, "0.250" is about ¼.
pub fn short(v: f64) -> String {
    within(v, usize::MAX)
}

/// [`short`] with as many digits less as it takes to be at most `width` characters long. What
/// can't be that short is "≈0" where it is less than a tenth, else "…".
pub fn within(v: f64, width: usize) -> String {
    if let Some(name) = special(v) {
        return name.into();
    }
    let plain = (0..=DECIMALS).rev().map(|decimals| plain(v, decimals));
    let scientific = (0..=MANTISSA_DECIMALS).rev().map(|decimals| scientific(v, decimals));
    let fits = |text: &String| text.chars().count() <= width;
    let sized = |text: &String| (SMALL..LARGE).contains(&magnitude(text));
    let first = if (SMALL..LARGE).contains(&v.abs()) {
        plain.filter(sized).chain(scientific.clone()).find(fits)
    } else {
        scientific.clone().find(fits)
    };
    first.unwrap_or_else(|| if v.abs() < 0.1 { "≈0" } else { "…" }.into())
}

/// [`short`] with `more` digits after the point.
pub fn finer(v: f64, more: usize) -> String {
    match special(v) {
        Some(name) => name.into(),
        None if more == 0 => short(v),
        None if (SMALL..LARGE).contains(&v.abs()) => plain(v, DECIMALS + more),
        None => scientific(v, MANTISSA_DECIMALS + more),
    }
}

/// How many digits more than usual operands need, so that whoever computes with what is shown of
/// them gets the result as it is shown, but for one in its last digit, and of an only digit half of
/// one. `compute` computes with the operands, each as the function given to it has it.
pub fn more_digits(result: f64, compute: impl Fn(&dyn Fn(f64) -> f64) -> f64) -> usize {
    let (Some(wanted), Some(last)) = (parse(&short(result)), last_place(result)) else {
        return 0;
    };
    let most = if wanted.abs() < 9.5 * last { 0.5 * last } else { last };
    let reached = |&more: &usize| {
        let found = compute(&|v| parse(&finer(v, more)).unwrap_or(v));
        (found - wanted).abs() <= most * (1.0 + 1e-9)
    };
    (0..MOST_DIGITS).find(reached).unwrap_or(MOST_DIGITS)
}

/// What one is worth in the last digit of [`short`]; none for infinities and the like.
fn last_place(v: f64) -> Option<f64> {
    let exponent = match v == 0.0 || (SMALL..LARGE).contains(&v.abs()) {
        true => -(DECIMALS as i32),
        false => {
            let text = format!("{v:.MANTISSA_DECIMALS$e}");
            text.split_once('e')?.1.parse::<i32>().ok()? - MANTISSA_DECIMALS as i32
        }
    };
    format!("1e{exponent}").parse().ok()
}

/// `v` with the digits that it takes to read the same number back, at most 17.
pub fn exact(v: f64) -> String {
    if let Some(name) = special(v) {
        return name.into();
    }
    if (EXACT_SMALL..EXACT_LARGE).contains(&v.abs()) {
        return true_minus(&v.to_string());
    }
    powers_of_ten(&format!("{v:e}"))
}

/// A letter with its index, counted from 1, where there are several.
pub fn subscripted(letter: &str, index: usize, count: usize) -> String {
    if count == 1 { letter.into() } else { format!("{letter}{}", name::subscript(index + 1)) }
}

/// `v` with up to six decimals, for what differs only far behind the point; as [`short`] where
/// these show nothing.
pub fn fine(v: f64) -> String {
    if special(v).is_some() || !(SMALL..LARGE).contains(&v.abs()) {
        return short(v);
    }
    plain(v, FINE_DECIMALS)
}

/// Whether the digits that [`short`] shows are the value to 12 digits.
pub fn is_exact(v: f64) -> bool {
    shows(&short(v), v)
}

/// Whether [`finer`] shows the value itself to 12 digits.
pub fn is_exact_with(v: f64, more: usize) -> bool {
    shows(&finer(v, more), v)
}

/// The number that a text made here shows, if it is one.
pub fn parse(text: &str) -> Option<f64> {
    let ascii: String = text.replace("×10", "e").chars().map(ascii).collect();
    ascii.replace('∞', "inf").parse().ok()
}

/// What is no number with digits, and 0 without its sign.
fn special(v: f64) -> Option<&'static str> {
    match v {
        0.0 => Some("0"),
        f64::INFINITY => Some("∞"),
        f64::NEG_INFINITY => Some("−∞"),
        v if v.is_nan() => Some("NaN"),
        _ => None,
    }
}

/// Whether `text` is `v` to 12 significant digits.
fn shows(text: &str, v: f64) -> bool {
    let digits = |v: f64| format!("{v:.11e}");
    special(v).is_some() || parse(text).is_some_and(|shown| digits(shown) == digits(v))
}

fn magnitude(text: &str) -> f64 {
    parse(text).map_or(f64::NAN, f64::abs)
}

fn plain(v: f64, decimals: usize) -> String {
    let text = true_minus(&format!("{v:.decimals$}"));
    if shows(&text, v) { without_end_zeros(&text) } else { text }
}

fn scientific(v: f64, decimals: usize) -> String {
    let text = format!("{v:.decimals$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    if shows(&text, v) {
        powers_of_ten(&format!("{}e{exponent}", without_end_zeros(mantissa)))
    } else {
        powers_of_ten(&text)
    }
}

fn without_end_zeros(text: &str) -> String {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').into(),
        false => text.into(),
    }
}

fn true_minus(text: &str) -> String {
    text.replace('-', "−")
}

/// "-1.2e-4" as "−1.2×10⁻⁴".
fn powers_of_ten(text: &str) -> String {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let exponent: String = exponent.chars().map(superscript).collect();
    format!("{}×10{exponent}", true_minus(mantissa))
}

const SUPERSCRIPTS: [(char, char); 11] = [
    ('-', '⁻'),
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
];

fn superscript(c: char) -> char {
    SUPERSCRIPTS.iter().find(|(plain, _)| *plain == c).map_or(c, |(_, raised)| *raised)
}

/// The plain character of a raised digit or sign, and of a true minus; any other as it is.
pub(crate) fn ascii(c: char) -> char {
    match c {
        '−' => '-',
        c => SUPERSCRIPTS.iter().find(|(_, raised)| *raised == c).map_or(c, |(plain, _)| *plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_at_the_end_stay_only_where_digits_were_lost() {
        assert_eq!(short(0.25), "0.25");
        assert_eq!(short(0.2499), "0.250");
        assert_eq!(short(0.1 + 0.2), "0.3");
        assert_eq!(short(2.0), "2");
        assert_eq!(short(120.0), "120");
        assert_eq!(short(1.99999), "2.000");
        assert_eq!(short(-0.12), "−0.12");
        assert_eq!(short(0.001), "0.001");
        assert_eq!(short(999_999.5), "999999.5");
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(short(-0.0), "0");
        assert_eq!(exact(-0.0), "0");
        assert!(is_exact(-0.0));
    }

    #[test]
    fn small_and_large_numbers_are_scientific() {
        assert_eq!(short(0.00012), "1.2×10⁻⁴");
        assert_eq!(short(-0.000_123_4), "−1.2×10⁻⁴");
        assert_eq!(short(1e-6), "1×10⁻⁶");
        assert_eq!(short(1.001e-6), "1.0×10⁻⁶");
        assert_eq!(short(0.000_999_9), "1.0×10⁻³");
        assert_eq!(short(1e6), "1×10⁶");
        assert_eq!(short(-1_234_567.0), "−1.2×10⁶");
        assert_eq!(short(f64::MAX), "1.8×10³⁰⁸");
        assert_eq!(short(f64::MIN_POSITIVE), "2.2×10⁻³⁰⁸");
    }

    #[test]
    fn what_rounds_up_to_a_million_is_scientific_too() {
        assert_eq!(short(999_999.999_9), "1.0×10⁶");
    }

    #[test]
    fn infinities_and_nan_have_names() {
        assert_eq!(short(f64::INFINITY), "∞");
        assert_eq!(short(f64::NEG_INFINITY), "−∞");
        assert_eq!(short(f64::NAN), "NaN");
        assert_eq!(exact(f64::NEG_INFINITY), "−∞");
        assert!(is_exact(f64::NAN));
    }

    #[test]
    fn exact_means_to_twelve_digits() {
        assert!(is_exact(0.755) && is_exact(0.1 + 0.2) && is_exact(1.2e-4));
        assert!(!is_exact(0.2499) && !is_exact(1.0 / 3.0) && !is_exact(1.23e-4));
        assert!(!is_exact(0.3 + 1e-11));
        assert!(is_exact(0.3 + 1e-14));
    }

    #[test]
    fn all_digits_read_back_the_same_bits() {
        let third = 1.0 / 3.0;
        for v in [0.1, -0.1 - 0.2, third, 1e300, -5e-324, 123_456_789.125, 1e17, -2.5e-7, 1e16] {
            let text = exact(v);
            assert_eq!(parse(&text).map(f64::to_bits), Some(v.to_bits()), "{text}");
            assert!(!text.contains('-'), "{text}");
        }
        assert_eq!(exact(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(exact(-2.5e-7), "−2.5×10⁻⁷");
        assert_eq!(exact(1.5), "1.5");
    }

    #[test]
    fn a_narrow_place_gets_fewer_digits_and_never_a_wrong_one() {
        assert_eq!(within(-12.3456, 10), "−12.346");
        assert_eq!(within(-12.3456, 6), "−12.35");
        assert_eq!(within(-12.3456, 4), "−12");
        assert_eq!(within(123_456.75, 7), "123457");
        assert_eq!(within(123_456.75, 5), "1×10⁵");
        assert_eq!(within(0.001_26, 6), "0.001");
        assert_eq!(within(-0.000_126, 7), "−1×10⁻⁴");
        assert_eq!(within(-0.000_126, 6), "≈0");
        assert_eq!(within(123_456.75, 4), "…");
        assert_eq!(within(0.25, 4), "0.25");
    }
}
