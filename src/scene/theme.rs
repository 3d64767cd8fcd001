//! What the page says about the look of a picture: colours, fonts and words.

use std::collections::HashMap;

use serde::Deserialize;

use super::geometry::mix;
use super::marks::{Face, Ink, Shade, Text, Words};

/// Colours, fonts and words, as the page gives them in JSON.
#[derive(Debug, Clone, Deserialize)]
pub struct Theme {
    /// A css colour for each role; `#rrggbb` where one shall fade into another.
    pub inks: HashMap<Ink, String>,
    /// Css font families.
    pub sans: String,
    pub mono: String,
    /// The sentences by their keys; `{n}` stands for a number.
    pub words: HashMap<String, String>,
}

/// The colour of a role that the theme does not name.
const UNKNOWN: &str = "#808080";

impl Theme {
    pub fn ink(&self, ink: Ink) -> &str {
        self.inks.get(&ink).map_or(UNKNOWN, String::as_str)
    }

    /// The css colour of `shade`.
    pub fn colour(&self, shade: Shade) -> String {
        let (from, to) = (self.ink(shade.from), self.ink(shade.to));
        match (rgb(from), rgb(to)) {
            _ if shade.t <= 0.0 => from.into(),
            (Some(from), Some(to)) => {
                let part = |n: usize| mix(from[n], to[n], shade.t) as u8;
                format!("#{:02x}{:02x}{:02x}", part(0), part(1), part(2))
            }
            _ if shade.t < 0.5 => from.into(),
            _ => to.into(),
        }
    }

    /// The text's characters in the page's language; the key itself where a sentence is missing.
    pub fn written(&self, text: &Text) -> String {
        match &text.words {
            Words::Verbatim(text) => text.clone(),
            Words::Key { key, n } => {
                let sentence = self.words.get(*key).map_or(*key, String::as_str);
                match n {
                    Some(n) => sentence.replace("{n}", &n.to_string()),
                    None => sentence.into(),
                }
            }
        }
    }

    /// The css font of `text`.
    pub fn font(&self, text: &Text) -> String {
        let family = match text.face {
            Face::Mono => &self.mono,
            Face::Sans => &self.sans,
        };
        let weight = if text.bold { "600 " } else { "" };
        format!("{weight}{}px {family}", text.size)
    }
}

/// Red, green and blue of `#rrggbb`, 0 to 255.
fn rgb(colour: &str) -> Option<[f64; 3]> {
    let digits = colour.trim().strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |n: usize| u8::from_str_radix(digits.get(n..n + 2)?, 16).ok().map(f64::from);
    Some([part(0)?, part(2)?, part(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme() -> Theme {
        let json = r##"{"inks": {"positive": "#0072B2", "negative_idle": "#000000", "ink": "red"},
            "sans": "system-ui", "mono": "monospace", "words": {"picture.unit": "unit {n}"}}"##;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn colours_fade_where_both_are_hexadecimal() {
        let shade = |from, to, t| theme().colour(Shade { from, to, t });
        assert_eq!(shade(Ink::Positive, Ink::NegativeIdle, 0.5), "#003959");
        assert_eq!(shade(Ink::Positive, Ink::Ink, 0.4), "#0072B2");
        assert_eq!(shade(Ink::Positive, Ink::Ink, 0.6), "red");
        assert_eq!(shade(Ink::Idle, Ink::Idle, 0.0), UNKNOWN);
    }

    #[test]
    fn a_colour_that_is_none_does_not_fade() {
        for colour in ["", "#12", "#12345é", "rgb(1, 2, 3)"] {
            assert_eq!(rgb(colour), None, "{colour}");
        }
    }
}
