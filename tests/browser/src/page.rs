//! The page as a test sees it.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::actions::{
    Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
    TouchActions, WheelAction, WheelActions,
};
use fantoccini::key::Key;
use fantoccini::{Client, elements::Element};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::browser::Browser;
use crate::chromium;

/// How long a condition may take to come true.
const PATIENCE: Duration = Duration::from_secs(10);

/// The height of a narrow page.
const NARROW_HEIGHT: u32 = 844;

/// See [`Page::middle_of_shape`].
const MIDDLE: &str = "const [one] = arguments;
    if (!(one instanceof SVGElement)) return null;
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x + width / 2, y + height / 2];";

/// One browser, showing the page.
pub struct Page {
    pub browser: Browser,
    pub client: Client,
    origin: String,
    /// Where the page was last opened, without the origin.
    place: RefCell<String>,
    narrow: Cell<Option<u32>>,
    problems: RefCell<Vec<String>>,
}

impl Page {
    /// A browser in which nothing is open yet.
    pub fn new(browser: Browser, client: Client, origin: &str) -> Self {
        Self {
            browser,
            client,
            origin: origin.into(),
            place: RefCell::default(),
            narrow: Cell::default(),
            problems: RefCell::default(),
        }
    }

    /// Opens the page afresh at a place such as `#start`, in a language such as `en`.
    pub async fn open(&self, fragment: &str, lang: &str) -> Result<()> {
        self.open_path(&format!("/?lang={lang}{fragment}")).await
    }

    /// Opens any path of the server, such as `/sub/path/`, where the page is served as well.
    pub async fn open_path(&self, path: &str) -> Result<()> {
        self.place.replace(path.into());
        self.load().await
    }

    /// Shows the page, where it is now, in a window of this width, and loads it there afresh.
    pub async fn narrow(&self, width: u32) -> Result<()> {
        let here = self.url().await?;
        let path = here.strip_prefix(&self.origin).context("not on the page")?;
        self.narrow.set(Some(width));
        self.open_path(path).await
    }

    /// Follows a link within the open page, such as `#start`, as a reader does who pastes it.
    pub async fn follow(&self, fragment: &str) -> Result<()> {
        let script = "if (location.hash === args[0]) return;
            const followed = new Promise((done) => addEventListener('hashchange', done, { once: true }));
            location.hash = args[0];
            await followed;";
        self.eval_async(script, vec![fragment.into()]).await?;
        self.painted().await
    }

    /// Makes the window this wide, in Chromium, while the page stays open.
    pub async fn widen(&self, width: u32) -> Result<()> {
        chromium::set_viewport(&self.client, width, NARROW_HEIGHT).await?;
        self.painted().await
    }

    /// Waits until what has changed has been laid out and drawn.
    async fn painted(&self) -> Result<()> {
        let script = "for (let n = 0; n < 2; n += 1) await new Promise(requestAnimationFrame);";
        self.eval_async(script, vec![]).await.map(drop)
    }

    async fn load(&self) -> Result<()> {
        self.leave().await?;
        let place = self.place.borrow().clone();
        match self.narrow.get() {
            Some(width) if self.browser == Browser::Chromium => {
                chromium::set_viewport(&self.client, width, NARROW_HEIGHT).await?;
                self.client.goto(&(self.origin.clone() + &place)).await?;
            }
            Some(width) => {
                let mut frame = url::Url::parse(&self.origin)?.join("/tests/frame.html")?;
                frame
                    .query_pairs_mut()
                    .append_pair("width", &width.to_string())
                    .append_pair("to", &place);
                self.client.goto(frame.as_str()).await?;
                self.client.enter_frame(0).await?;
            }
            None => self.client.goto(&(self.origin.clone() + &place)).await?,
        }
        self.wait_until("the page stands", async || {
            let script = "return document.readyState === 'complete'
                && !!document.body?.innerText.trim() && !document.getElementById('boot');";
            Ok(self.eval(script, vec![]).await? == true)
        })
        .await
    }

    /// Opens what may never become a page that stands: a path of the server, or another address.
    pub async fn try_to_open(&self, address: &str) -> Result<()> {
        self.leave().await?;
        let url = url::Url::parse(&self.origin)?.join(address)?;
        Ok(self.client.goto(url.as_str()).await?)
    }

    /// Leaves the page for an empty one, so that the next is a new load even at the same address.
    async fn leave(&self) -> Result<()> {
        self.note_problems().await?;
        self.client.goto("about:blank").await?;
        Ok(())
    }

    /// Forgets what the page stored and how it was shown, as before the first test.
    pub async fn reset(&self) -> Result<()> {
        self.eval("try { localStorage.clear(); sessionStorage.clear(); } catch {}", vec![]).await?;
        self.leave().await?;
        if self.narrow.take().is_some() && self.browser == Browser::Chromium {
            chromium::reset_viewport(&self.client).await?;
        }
        self.problems.borrow_mut().clear();
        Ok(())
    }

    /// The page's address, also when it is in a frame.
    pub async fn url(&self) -> Result<String> {
        let url = self.eval("return location.href", vec![]).await?;
        Ok(url.as_str().unwrap_or_default().into())
    }

    /// Runs the body of a function in the page; `arguments` are `args`. It must do no harm when it
    /// is run twice: WebKit's driver now and then loses an answer, and is then asked once more.
    pub async fn eval(&self, script: &str, args: Vec<Value>) -> Result<Value> {
        match self.client.execute(script, args.clone()).await {
            Err(error) if error.to_string().contains("Could not parse script result") => {
                Ok(self.client.execute(script, args).await?)
            }
            answer => Ok(answer?),
        }
    }

    /// Runs the body of an async function, with `args` as an array, and awaits it.
    pub async fn eval_async(&self, script: &str, args: Vec<Value>) -> Result<Value> {
        let wrapped = format!(
            "const [args, done] = arguments;
            (async () => {{ {script} }})().then(
                (value) => done({{ value: value ?? null }}),
                (error) => done({{ error: String(error) }}));"
        );
        let answer = self.client.execute_async(&wrapped, vec![args.into()]).await?;
        match answer["error"].as_str() {
            Some(error) => bail!("{error}"),
            None => Ok(answer["value"].clone()),
        }
    }

    /// Waits until `condition` holds; fails, saying `what`, when it does not come true.
    pub async fn wait_until(
        &self,
        what: &str,
        condition: impl AsyncFn() -> Result<bool>,
    ) -> Result<()> {
        let start = Instant::now();
        while !condition().await? {
            if start.elapsed() > PATIENCE {
                bail!("waited in vain until {what}");
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// All text that the page shows.
    pub async fn text(&self) -> Result<String> {
        let text = self.eval("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().into())
    }

    /// Presses and releases a key, wherever the focus is.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.type_text(&char::from(key).to_string()).await
    }

    /// Types `text`, wherever the focus is.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        let keys = text.chars().fold(KeyActions::new("keyboard".into()), |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.perform(keys).await
    }

    /// Presses `value` while `held` is down, wherever the focus is.
    pub async fn chord(&self, held: Key, value: char) -> Result<()> {
        let held = char::from(held);
        let keys = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: held });
        self.perform(keys).await
    }

    /// Turns the wheel over the middle of `element`.
    pub async fn wheel(&self, element: &Element, delta_y: i64) -> Result<()> {
        let duration = Some(Duration::from_millis(50));
        let (left, top, width, height) = element.rectangle().await?;
        let (x, y) = ((left + width / 2.0) as i64, (top + height / 2.0) as i64);
        let mut wheel = WheelActions::new("wheel".into());
        wheel.push(WheelAction::Scroll { duration, x, y, delta_x: 0, delta_y });
        self.perform(wheel).await
    }

    /// Drags with the mouse, between two places given from `element`'s centre, in pixels.
    pub async fn drag(&self, element: &Element, from: (f64, f64), to: (f64, f64)) -> Result<()> {
        let halfway = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let mouse = MouseActions::new("mouse".into());
        self.stroke(mouse, element, &[from, halfway, to]).await
    }

    /// Moves a finger from one to the next of some places, given as for [`Page::drag`].
    pub async fn swipe(&self, element: &Element, places: &[(f64, f64)]) -> Result<()> {
        self.stroke(TouchActions::new("finger".into()), element, places).await
    }

    /// Presses a pointer at the first of the places, and releases it at the last.
    async fn stroke<P>(&self, pointer: P, element: &Element, places: &[(f64, f64)]) -> Result<()>
    where
        P: InputSource<Action = PointerAction> + Into<Actions>,
    {
        let duration = Some(Duration::from_millis(50));
        let shape = self.middle_of_shape(element).await?;
        let move_to = |&(x, y): &(f64, f64)| match shape {
            Some((left, top)) => PointerAction::MoveTo { duration, x: left + x, y: top + y },
            None => PointerAction::MoveToElement { element: element.clone(), duration, x, y },
        };
        let (first, others) = places.split_first().context("no place")?;
        let pressed =
            pointer.then(move_to(first)).then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        let moved = others.iter().fold(pressed, |pointer, place| pointer.then(move_to(place)));
        self.perform(moved.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT })).await
    }

    /// Scrolls an element into the middle: drivers scroll it only just into view, where a bar may
    /// lie over it. Gives what [`Page::middle_of_shape`] does.
    pub async fn reveal(&self, element: &Element) -> Result<Option<(f64, f64)>> {
        let script = format!(
            "arguments[0].scrollIntoView({{ block: 'center', inline: 'center' }}); {MIDDLE}"
        );
        Ok(serde_json::from_value(self.eval(&script, vec![json!(element)]).await?)?)
    }

    /// The middle, in the window, of a shape in a drawing: not all drivers find it by themselves.
    pub async fn middle_of_shape(&self, element: &Element) -> Result<Option<(f64, f64)>> {
        Ok(serde_json::from_value(self.eval(MIDDLE, vec![json!(element)]).await?)?)
    }

    async fn perform(&self, actions: impl Into<Actions>) -> Result<()> {
        self.client.perform_actions(actions).await?;
        Ok(self.client.release_actions().await?)
    }

    /// What has gone wrong since the last call: errors in the console, violations of the policy,
    /// requests to other hosts. After each test the runner asks that there be none.
    pub async fn take_problems(&self) -> Result<Vec<String>> {
        self.note_problems().await?;
        Ok(self.problems.take())
    }

    async fn note_problems(&self) -> Result<()> {
        let script = "return window.recorder ? window.recorder.takeProblems() : [];";
        // Not by `eval`: asked again after a lost answer, it would have nothing left to report.
        let found: Vec<String> =
            serde_json::from_value(self.client.execute(script, vec![]).await?)?;
        self.problems.borrow_mut().extend(found);
        if self.browser == Browser::Chromium {
            let errors = chromium::take_errors(&self.client).await?;
            self.problems.borrow_mut().extend(errors);
        }
        Ok(())
    }

    /// Looks for elements by roles and names; see `in_page/find.js`.
    pub(crate) async fn look(&self, path: &[(String, Option<String>)]) -> Result<Found> {
        let script = include_str!("in_page/find.js");
        let answer = self.eval(script, vec![json!(path)]).await?;
        let elements = answer["found"].as_array().into_iter().flatten();
        let element = |value: &Value| {
            let id = value.as_object()?.values().next()?.as_str()?;
            Some(Element::from_element_id(self.client.clone(), id.to_owned().into()))
        };
        Ok(Found {
            elements: elements.filter_map(element).collect(),
            others: serde_json::from_value(answer["others"].clone())?,
        })
    }
}

/// What [`Page::look`] found, and the names that the role does have.
pub(crate) struct Found {
    pub elements: Vec<Element>,
    pub others: Vec<String>,
}
