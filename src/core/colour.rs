//! Colours as the page writes them.

use serde::Deserialize;

use crate::error::quote;

/// A colour written as #rgb, #rrggbb or #rrggbbaa.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour(pub [u8; 4]);

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Colour, String> {
        parsed(text.trim())
            .ok_or_else(|| format!("\"{}\" is not a colour such as #1f2328", quote(&text)))
    }
}

fn parsed(text: &str) -> Option<Colour> {
    let hex: Vec<u8> = text
        .strip_prefix('#')?
        .chars()
        .map(|digit| digit.to_digit(16).map(|value| value as u8))
        .collect::<Option<_>>()?;
    let pair = |i: usize| 16 * hex[i] + hex[i + 1];
    match hex.len() {
        3 => Some(Colour([17 * hex[0], 17 * hex[1], 17 * hex[2], 255])),
        6 => Some(Colour([pair(0), pair(2), pair(4), 255])),
        8 => Some(Colour([pair(0), pair(2), pair(4), pair(6)])),
        _ => None,
    }
}
