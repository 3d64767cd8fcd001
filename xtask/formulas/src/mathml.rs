//! From TeX to MathML.

use anyhow::{Result, anyhow, ensure};
use pulldown_latex::{Event, Parser, RenderConfig, Storage, push_mathml};

/// `tex` as one inline `<math>` element, with classes but no styles of its own: the page's
/// policy would refuse them.
pub fn mathml(tex: &str) -> Result<String> {
    let storage = Storage::new();
    let events = parse(tex, &storage)?;
    let mut out = String::new();
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut out, events, RenderConfig::default())?;
    ensure!(!out.contains(" style=\""), "needs an inline style, which the page's policy refuses");
    Ok(out)
}

/// All of it before any is written, since the writer would put an error on the page instead of
/// reporting it.
fn parse<'a>(tex: &'a str, storage: &'a Storage) -> Result<Vec<Event<'a>>> {
    Parser::new(tex, storage)
        .collect::<Result<_, _>>()
        .map_err(|error| anyhow!(first_line(&error.to_string())))
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_inline_mathml() {
        let text = mathml(r"z^{[l]} = W^{[l]} a^{[l-1]} + b^{[l]}").unwrap();
        assert!(text.starts_with("<math"), "{text}");
        assert!(text.ends_with("</math>"), "{text}");
        assert!(!text.contains("display=\"block\""), "{text}");
        assert!(text.contains("<msup>"), "{text}");
    }

    #[test]
    fn cases_carry_a_class_and_no_style() {
        let text = mathml(r"\begin{cases} z & z > 0 \\ \alpha z & z \le 0 \end{cases}").unwrap();
        assert!(text.contains("menv-cases"), "{text}");
        assert!(!text.contains("style=\""), "{text}");
    }

    #[test]
    fn what_does_not_parse_is_an_error() {
        for tex in [r"\frac{1}", r"\unknown", r"x^", r"\begin{cases} z", "}"] {
            assert!(mathml(tex).is_err(), "{tex}");
        }
    }

    #[test]
    fn what_the_policy_would_refuse_is_an_error() {
        assert!(mathml(r"\color{red} x").is_err());
    }
}
