//! Numbers as people type and paste them. What is read is, to the same bits, what its plain
//! spelling is; what could be two numbers is none.

use crate::number;
use crate::say::Say;

/// A longer text is no number that anybody has typed. (The digits of every f64 fit.)
pub const LONGEST: usize = 2000;
/// As much of a text is quoted.
const QUOTED: usize = 40;

/// Why a text is not taken for a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Refusal {
    NoNumber,
    /// It could be the one or the other.
    Either(f64, f64),
    /// Beyond what f64 can hold.
    TooLarge,
}

impl Refusal {
    /// The refusal of `text` in a sentence, for the field called `name`.
    pub fn say(self, name: &str, text: &str) -> Say {
        let quoted: String = text.trim().chars().take(QUOTED).collect();
        match self {
            Refusal::NoNumber => Say::new("error.no_number").text("name", name),
            Refusal::Either(one, other) => Say::new("error.two_numbers")
                .text("name", name)
                .text("text", quoted)
                .text("one", number::exact(one))
                .text("other", number::exact(other)),
            Refusal::TooLarge => Say::new("error.range")
                .text("place", name)
                .text("value", quoted)
                .say("allowed", Say::new("allowed.finite")),
        }
    }
}

type Result<T> = std::result::Result<T, Refusal>;

/// The number that `text` says: in digits of either width, with a point or a comma before the
/// decimals, spaces, points or commas between thousands, any minus, a power of ten, ½ and its
/// like, in brackets or not.
///
/// # Errors
/// It says none, or could say two.
pub fn read(text: &str) -> Result<f64> {
    if text.len() > LONGEST {
        return Err(Refusal::NoNumber);
    }
    let plain: String = text.chars().filter(|&c| !is_unseen(c)).map(plain).collect();
    let text = plain.trim();
    let value = match within(text, '(', ')') {
        // A negative number, or how bookkeepers write it.
        Some(inner) => match signed(inner)? {
            value if value != 0.0 && !inner.starts_with('-') => {
                return Err(Refusal::Either(value, -value));
            }
            value => value,
        },
        None => signed(within(text, '[', ']').unwrap_or(text))?,
    };
    if value.is_finite() { Ok(value) } else { Err(Refusal::TooLarge) }
}

/// What stands between two brackets.
fn within(text: &str, open: char, close: char) -> Option<&str> {
    Some(text.strip_prefix(open)?.strip_suffix(close)?.trim())
}

/// What is pasted along with a number and has no width, such as a byte order mark.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// One character for all that mean the same. (A tab or a new line stays: it parts two numbers.)
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(c, plain),
        '−' | '‐' | '‑' | '‒' | '–' | '—' | '﹣' | '➖' => '-',
        '➕' => '+',
        '。' | '｡' => '.',
        '’' => '\'',
        '·' | '⋅' | '∙' | '*' | 'x' | 'X' => '×',
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        'E' => 'e',
        c => c,
    }
}

/// A number with or without its sign.
fn signed(text: &str) -> Result<f64> {
    match text.strip_prefix('-') {
        Some(size) => unsigned(size.trim_start()).map(|value| -value).map_err(negative),
        None => unsigned(text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

fn negative(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Either(one, other) => Refusal::Either(-one, -other),
        other => other,
    }
}

fn unsigned(text: &str) -> Result<f64> {
    if let Some((mantissa, power)) = text.split_once('×') {
        return scientific(mantissa.trim_end(), power.trim_start());
    }
    if text.strip_prefix("10").is_some_and(|rest| rest.starts_with(is_raised)) {
        return scientific("1", text);
    }
    if let Some((mantissa, exponent)) = text.split_once('e') {
        return scaled(mantissa, exponent);
    }
    fraction(text).map_or_else(|| scaled(text, "0"), Ok)
}

fn is_raised(c: char) -> bool {
    c == '^' || number::ascii(c) != c
}

/// A power of ten, whose exponent is raised; what is pasted may have lost that.
fn scientific(mantissa: &str, power: &str) -> Result<f64> {
    let exponent = power.strip_prefix("10").ok_or(Refusal::NoNumber)?;
    if let Some(exponent) = exponent.strip_prefix('^') {
        let inner = within(exponent, '(', ')').or_else(|| within(exponent, '{', '}'));
        return scaled(mantissa, inner.unwrap_or(exponent));
    }
    let raised = exponent.starts_with(is_raised);
    let plain: String =
        exponent.chars().map(|c| if raised { number::ascii(c) } else { c }).collect();
    let value = scaled(mantissa, &plain)?;
    if raised {
        return Ok(value);
    }
    let factor = scaled(mantissa, "0")?;
    let product = match plain.starts_with(['-', '+']) {
        true => factor * 10.0 + signed(&plain)?,
        false => factor * scaled(power, "0")?,
    };
    Err(Refusal::Either(value, product))
}

/// Halves, thirds and so on of one character, with a whole number before them or not.
fn fraction(text: &str) -> Option<f64> {
    let last = text.chars().next_back()?;
    let (_, over, under) = FRACTIONS.into_iter().find(|(c, ..)| *c == last)?;
    let whole = text.strip_suffix(last)?.trim_end();
    let whole = if whole.is_empty() { 0.0 } else { digits(whole)?.parse().ok()? };
    Some((whole * under + over) / under)
}

const FRACTIONS: [(char, f64, f64); 18] = [
    ('½', 1.0, 2.0),
    ('⅓', 1.0, 3.0),
    ('⅔', 2.0, 3.0),
    ('¼', 1.0, 4.0),
    ('¾', 3.0, 4.0),
    ('⅕', 1.0, 5.0),
    ('⅖', 2.0, 5.0),
    ('⅗', 3.0, 5.0),
    ('⅘', 4.0, 5.0),
    ('⅙', 1.0, 6.0),
    ('⅚', 5.0, 6.0),
    ('⅐', 1.0, 7.0),
    ('⅛', 1.0, 8.0),
    ('⅜', 3.0, 8.0),
    ('⅝', 5.0, 8.0),
    ('⅞', 7.0, 8.0),
    ('⅑', 1.0, 9.0),
    ('⅒', 1.0, 10.0),
];

fn scaled(mantissa: &str, exponent: &str) -> Result<f64> {
    let power = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    digits(power).ok_or(Refusal::NoNumber)?;
    let value =
        |plain: String| format!("{plain}e{exponent}").parse().map_err(|_| Refusal::NoNumber);
    let (one, other) = readings(mantissa).ok_or(Refusal::NoNumber)?;
    match other {
        None => value(one),
        Some(other) => Err(Refusal::Either(value(one)?, value(other)?)),
    }
}

fn digits(text: &str) -> Option<&str> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then_some(text)
}

/// A number without sign and exponent in plain digits with a point; twice, if its only comma could
/// part thousands as well as decimals.
fn readings(text: &str) -> Option<(String, Option<String>)> {
    let count = |mark| text.matches(mark).count();
    let spacing = [' ', '\'', '_'].into_iter().find(|&mark| count(mark) > 0);
    let (thousands, decimal) = match (spacing, count(','), count('.')) {
        (None, 1, 0) => {
            let grouped = plain_digits(text, Some(','), None).filter(|_| !text.starts_with('0'));
            let decimal = plain_digits(text, None, Some(','))?;
            return Some(match grouped {
                Some(grouped) => (grouped, Some(decimal)),
                None => (decimal, None),
            });
        }
        (Some(space), 1, 0) => (Some(space), Some(',')),
        (space, 0, 0 | 1) => (space, Some('.')),
        (None, _, 0) => (Some(','), None),
        (None, 0, _) => (Some('.'), None),
        (None, 1, 1) if text.find(',') > text.find('.') => (Some('.'), Some(',')),
        (None, 1, 2..) => (Some('.'), Some(',')),
        (None, _, 1) => (Some(','), Some('.')),
        _ => return None,
    };
    plain_digits(text, thousands, decimal).map(|plain| (plain, None))
}

/// Digits with these marks between them: groups of three before the decimals.
fn plain_digits(text: &str, thousands: Option<char>, decimal: Option<char>) -> Option<String> {
    let (whole, decimals) = decimal.and_then(|mark| text.split_once(mark)).unwrap_or((text, ""));
    let whole = match thousands {
        Some(mark) => grouped(whole, mark)?,
        None if whole.is_empty() => digits(decimals).map(|_| "0".into())?,
        None => digits(whole)?.into(),
    };
    if decimals.is_empty() { Some(whole) } else { Some(format!("{whole}.{}", digits(decimals)?)) }
}

fn grouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = digits(groups.next()?).filter(|first| first.len() <= 3)?;
    let mut all = String::from(first);
    for group in groups {
        all.push_str(digits(group).filter(|group| group.len() == 3)?);
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str, value: f64) {
        let found = read(text);
        assert_eq!(found.map(f64::to_bits), Ok(value.to_bits()), "{text:?} is {found:?}");
    }

    #[test]
    fn a_plain_number_is_read_to_the_bits_of_std() {
        let all = [
            "0",
            "-0",
            "1",
            "+2.5",
            "-0.6",
            ".5",
            "5.",
            "1e3",
            "1E-7",
            "2.5e+3",
            "1e-400",
            "0.1",
            "0.30000000000000004",
            "1.7976931348623157e308",
            "5e-324",
            "123456789.125",
            "179769313486231580793728971405301e270",
            "0.000001",
            "1.234",
            "1234.567",
        ];
        for text in all {
            reads(text, text.parse().unwrap());
        }
    }

    #[test]
    fn what_the_page_writes_is_read_back_to_the_same_bits() {
        for v in [-0.6, 1.0 / 3.0, -1.2e-4, 1e300, 5e-324, f64::MAX, 1e17, -2.5e-7, 1234567.5] {
            reads(&number::exact(v), v);
            reads(&v.to_string(), v);
            reads(&format!("({})", number::exact(-v.abs())), -v.abs());
        }
        reads("−1.2×10⁻⁴", -1.2e-4);
        reads("10⁻⁴", 1e-4);
        reads("12\u{202f}300", 12_300.0);
    }

    #[test]
    fn a_number_is_read_as_people_write_and_paste_it() {
        for (text, value) in [
            ("−0.6", -0.6),
            ("–0.6", -0.6),
            ("- 0.6", -0.6),
            ("－０．６", -0.6),
            ("‑3", -3.0),
            ("1,5", 1.5),
            ("-0,25", -0.25),
            (",5", 0.5),
            ("5,", 5.0),
            ("1，5", 1.5),
            ("0。6", 0.6),
            ("0,123", 0.123),
            ("1234,567", 1234.567),
            ("1,2345", 1.2345),
            ("-1,5e3", -1500.0),
            ("(−3)", -3.0),
            ("( -3 )", -3.0),
            ("（−3）", -3.0),
            ("[0.5]", 0.5),
            ("[−2]", -2.0),
            ("(0)", 0.0),
            (" 0.5 ", 0.5),
            ("\u{a0}0.5\u{200b}", 0.5),
            ("\u{feff}0.5", 0.5),
            ("\t7\n", 7.0),
            ("1 000", 1000.0),
            ("1\u{2009}234\u{2009}567,5", 1_234_567.5),
            ("1'234.5", 1234.5),
            ("1_000", 1000.0),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1,234,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1.234.567,8", 1_234_567.8),
            ("1,234,567.8", 1_234_567.8),
            ("12,345.678", 12_345.678),
            ("１２．５", 12.5),
            ("１，５", 1.5),
            ("½", 0.5),
            ("−½", -0.5),
            ("1½", 1.5),
            ("2 ¾", 2.75),
            ("⅓", 1.0 / 3.0),
            ("(−½)", -0.5),
            ("1.2e−4", 1.2e-4),
            ("1.2×10^−4", 1.2e-4),
            ("1.2 · 10⁻⁴", 1.2e-4),
            ("2x10^3", 2000.0),
            ("2*10^{-3}", 0.002),
            ("10^6", 1e6),
            ("−10⁻³", -1e-3),
            ("1.2ｅ３", 1200.0),
        ] {
            reads(text, value);
        }
    }

    #[test]
    fn what_could_be_two_numbers_is_refused_with_both() {
        for (text, one, other) in [
            ("1,234", 1234.0, 1.234),
            ("-12,345", -12345.0, -12.345),
            ("1,234e2", 123_400.0, 123.4),
            ("(3)", 3.0, -3.0),
            ("(0.5)", 0.5, -0.5),
            ("1.5×10−3", 0.0015, 12.0),
            ("2×103", 2000.0, 206.0),
        ] {
            assert_eq!(read(text), Err(Refusal::Either(one, other)), "{text:?}");
        }
    }

    #[test]
    fn what_says_no_single_number_is_refused() {
        for text in [
            "",
            " ",
            "-",
            "+",
            ".",
            ",",
            "e",
            "e5",
            "1e",
            "1e-",
            "--1",
            "+-1",
            "−−1",
            "1-2",
            "1..2",
            "1,,5",
            "1,2,3",
            "12,34,567",
            "1 2",
            "1 23",
            "1\t234",
            "1\n234",
            "0 5 ",
            "1.5.",
            "1.234,567.8",
            "1 234 5",
            "1'234 567",
            "1,234 567",
            "x",
            "0x10",
            "inf",
            "NaN",
            "∞",
            "Infinity",
            "½½",
            "1/2",
            "0.5½",
            "50%",
            "5;",
            "(1",
            "1)",
            "((1))",
            "(-3)-",
            "1e5e5",
            "1×",
            "1×10",
            "1×20²",
            "×10²",
            "1.5×10⁻",
            "2²",
            "1,5×10",
            "٣",
            "3 apples",
            "1+1",
            "1e½",
        ] {
            assert_eq!(read(text), Err(Refusal::NoNumber), "{text:?}");
        }
        assert_eq!(read(&"1".repeat(LONGEST + 1)), Err(Refusal::NoNumber));
        assert_eq!(read("1e999"), Err(Refusal::TooLarge));
        assert_eq!(read("-9e99999999999999999999"), Err(Refusal::TooLarge));
    }

    #[test]
    fn a_refusal_says_which_field_and_what_was_given() {
        let say =
            |text: &str| crate::json::tree(&read(text).unwrap_err().say("η", text)).to_string();
        let (quoted, whole) = ("1".repeat(QUOTED), "1".repeat(400));
        assert_eq!(say("x"), r#"{"key":"error.no_number","args":{"name":{"text":"η"}}}"#);
        assert!(say("1,234").contains(r#""one":{"text":"1234"},"other":{"text":"1.234"}"#));
        assert!(say(&whole).contains(&format!(r#"{{"text":"{quoted}"}}"#)), "{}", say(&whole));
    }
}
