//! Controls of the page, found as a person finds them: by role and name.

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::page::Page;

/// Something with a role and a name. It is looked up anew at each use, so it may be named before
/// it is there and stays good when the page draws it again.
#[derive(Clone)]
pub struct Control<'p> {
    page: &'p Page,
    path: Vec<(String, Option<String>)>,
    nth: Option<usize>,
}

/// Where controls can be looked for: in the page, or within another control.
pub trait Find<'p> {
    /// The one with this role and this name; `None` is any name.
    fn control(&self, role: &str, name: Option<&str>) -> Control<'p>;

    fn button(&self, name: &str) -> Control<'p> {
        self.control("button", Some(name))
    }
    fn link(&self, name: &str) -> Control<'p> {
        self.control("link", Some(name))
    }
    fn slider(&self, name: &str) -> Control<'p> {
        self.control("slider", Some(name))
    }
    fn region(&self, name: &str) -> Control<'p> {
        self.control("region", Some(name))
    }
    fn tab(&self, name: &str) -> Control<'p> {
        self.control("tab", Some(name))
    }
    fn textbox(&self, name: &str) -> Control<'p> {
        self.control("textbox", Some(name))
    }
    fn image(&self, name: &str) -> Control<'p> {
        self.control("img", Some(name))
    }
}

impl<'p> Find<'p> for &'p Page {
    fn control(&self, role: &str, name: Option<&str>) -> Control<'p> {
        Control { page: self, path: vec![(role.into(), name.map(Into::into))], nth: None }
    }
}

impl<'p> Find<'p> for Control<'p> {
    fn control(&self, role: &str, name: Option<&str>) -> Control<'p> {
        let mut path = self.path.clone();
        path.push((role.into(), name.map(Into::into)));
        Control { page: self.page, path, nth: None }
    }
}

impl<'p> Control<'p> {
    /// The `n`-th of several, from 0.
    pub fn nth(&self, n: usize) -> Control<'p> {
        Control { nth: Some(n), ..self.clone() }
    }

    /// How many there are just now.
    pub async fn count(&self) -> Result<usize> {
        Ok(self.page.look(&self.path).await?.elements.len())
    }

    /// The element itself; waits until it is there. An error when it is not the only one.
    pub async fn element(&self) -> Result<Element> {
        let index = self.nth.unwrap_or(0);
        let mut found = self.page.look(&self.path).await?;
        if found.elements.len() <= index {
            let here = async || Ok(self.count().await? > index);
            let waited = self.page.wait_until("it is there", here).await;
            found = self.page.look(&self.path).await?;
            if waited.is_err() {
                bail!("no {self} to be seen; of this role: {:?}", found.others);
            }
        }
        match (self.nth, found.elements.len()) {
            (None, n) if n > 1 => bail!("{n} times {self}: which one?"),
            _ => (found.elements.into_iter().nth(index))
                .with_context(|| format!("{self} has just gone")),
        }
    }

    pub async fn click(&self) -> Result<()> {
        let element = self.element().await?;
        if self.page.reveal(&element).await?.is_some() {
            return self.page.drag(&element, (0.0, 0.0), (0.0, 0.0)).await;
        }
        element.click().await.with_context(|| format!("clicking {self}"))
    }

    /// Taps it with a finger; WebKit's driver would make a mouse of it, so it gets the events.
    pub async fn tap(&self) -> Result<()> {
        let element = self.element().await?;
        self.page.reveal(&element).await?;
        if self.page.browser == Browser::Webkit {
            return self.run(include_str!("in_page/tap.js")).await.map(drop);
        }
        self.page.swipe(&element, &[(0.0, 0.0)]).await.with_context(|| format!("tapping {self}"))
    }

    /// Takes an option of a list, by a click on it.
    pub async fn choose(&self, option: &str) -> Result<()> {
        let taken = self.element().await?.select_by_label(option).await;
        taken.with_context(|| format!("{option:?} of {self}"))
    }

    /// Takes an option of a list by keys: from the first one down.
    pub async fn choose_by_keys(&self, option: &str) -> Result<()> {
        let script = "return [arguments[0].selectedOptions[0]?.label, arguments[0].length]";
        self.press(Key::Home).await?;
        let mut presses = 0;
        loop {
            let now = self.run(script).await?;
            if now[0] == option {
                return Ok(());
            }
            if Some(presses) > now[1].as_u64() {
                bail!("{self} has no {option:?}");
            }
            self.page.press(Key::Down).await?;
            presses += 1;
        }
    }

    /// Focuses it and presses a key.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.focus().await?;
        self.page.press(key).await
    }

    /// Focuses it and replaces what it holds by `text`.
    pub async fn fill(&self, text: &str) -> Result<()> {
        self.run("arguments[0].focus(); arguments[0].select();").await?;
        self.page.type_text(text).await
    }

    pub async fn focus(&self) -> Result<()> {
        self.run("arguments[0].focus();").await?;
        Ok(())
    }

    /// Drags the mouse between two places within it, each given as fractions of its width and
    /// height.
    pub async fn drag(&self, from: (f64, f64), to: (f64, f64)) -> Result<()> {
        let element = self.element().await?;
        let (_, _, width, height) = element.rectangle().await?;
        let place = |(x, y): (f64, f64)| ((x - 0.5) * width, (y - 0.5) * height);
        self.page.drag(&element, place(from), place(to)).await
    }

    /// The text that it shows.
    pub async fn text(&self) -> Result<String> {
        let text = self.run("return arguments[0].innerText").await?;
        Ok(text.as_str().unwrap_or_default().trim().into())
    }

    /// What a slider or a field holds.
    pub async fn value(&self) -> Result<String> {
        let script = "return arguments[0].matches('input, select, textarea')
            ? arguments[0].value : arguments[0].getAttribute('aria-valuenow') ?? ''";
        let value = self.run(script).await?;
        Ok(value.as_str().unwrap_or_default().into())
    }

    /// An attribute as it is written, which drivers do not agree on.
    pub async fn attribute(&self, name: &str) -> Result<Option<String>> {
        let element = self.element().await?;
        let script = "return arguments[0].getAttribute(arguments[1])";
        let value = self.page.eval(script, vec![json!(element), json!(name)]).await?;
        Ok(value.as_str().map(Into::into))
    }

    /// A canvas's pixels.
    pub async fn pixels(&self) -> Result<Pixels> {
        let script = include_str!("in_page/pixels.js");
        let answer = self.run(script).await.with_context(|| format!("{self}"))?;
        let number = |key: &str| answer[key].as_u64().context("no size");
        let rgba = answer["rgba"].as_str().context("no pixels")?;
        Ok(Pixels {
            width: number("width")? as usize,
            height: number("height")? as usize,
            rgba: BASE64_STANDARD.decode(rgba)?,
        })
    }

    /// Runs the body of a function with the element as its argument.
    pub async fn run(&self, script: &str) -> Result<Value> {
        let element = self.element().await?;
        self.page.eval(script, vec![json!(element)]).await
    }
}

impl std::fmt::Display for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        for (depth, (role, name)) in self.path.iter().enumerate() {
            let separator = if depth > 0 { " > " } else { "" };
            write!(f, "{separator}{role} {:?}", name.as_deref().unwrap_or("*"))?;
        }
        Ok(())
    }
}

/// A picture: red, green, blue and alpha of each pixel, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// The pixel in column `x` of row `y`.
    pub fn at(&self, x: usize, y: usize) -> Option<&[u8]> {
        let start = 4 * (y * self.width + x);
        (x < self.width).then(|| self.rgba.get(start..start + 4))?
    }
}
