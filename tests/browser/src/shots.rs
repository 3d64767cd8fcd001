//! Screenshots of every chapter, in each width, theme and language.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::browser::{Browser, Driver};
use crate::chromium;
use crate::control::Find;
use crate::page::Page;

/// A picture to take: its name, the place, and what to click there first.
struct Shot {
    name: &'static str,
    fragment: &'static str,
    clicks: &'static [Click],
}

/// A role, and the name in English and in Chinese.
type Click = (&'static str, [&'static str; 2]);

const fn shot(name: &'static str, fragment: &'static str) -> Shot {
    Shot { name, fragment, clicks: &[] }
}

const LANES: Click = ("button", ["The two lanes, forward and backward", "前向与反向两条路"]);
const SETUP: Click =
    ("button", ["Change the network, its functions and samples", "换网络、函数和样本"]);
const FILES: Click = ("button", ["Save, open, share", "保存、打开、分享"]);
const EPOCH: Click = ("button", ["One epoch", "走一轮"]);
const WEIGHTS: Click = ("button", ["All weights and biases", "所有权重和偏置"]);
const SAVE: Click = ("button", ["Save and share this run", "保存、分享这次训练"]);
const SAMPLE: Click = ("button", ["One sample", "学一个样本"]);
const TEACH: Click = ("button", ["Until it is right", "学到全对"]);
const RUN: Click = ("button", ["Run", "运行"]);
const GRADIENTS: Click = ("button", ["Gradient check", "梯度检验"]);
const UPDATES: Click = ("button", ["Update check", "更新检验"]);
const NUDGE: Click = ("tab", ["Nudge it", "动一动"]);
const CHECK: Click = ("tab", ["Check", "验一验"]);
const CODE: Click = ("tab", ["Code", "代码"]);

/// Every chapter that the page has, at its start and on the way.
const SHOTS: [Shot; 51] = [
    shot("start", "#start"),
    shot("start-forward", "#start&case=lap&at=0.21&size=lap"),
    shot("start-backward", "#start&case=lap&at=0.44&size=lap"),
    shot("start-again", "#start&case=lap&at=1.13&size=lap"),
    shot("step-by-step", "#step-by-step"),
    Shot {
        clicks: &[LANES, CHECK],
        ..shot("step-backward", "#step-by-step&case=a&at=0.42&size=number")
    },
    Shot {
        clicks: &[NUDGE, SETUP],
        ..shot("step-nudge", "#step-by-step&case=a&at=0.44&size=number&show=3")
    },
    Shot {
        clicks: &[CODE, FILES],
        ..shot("step-update", "#step-by-step&case=a&at=0.50&size=layer")
    },
    shot("step-softmax", "#step-by-step&case=b&at=0.48&size=unit"),
    shot("step-figure7", "#step-by-step&case=figure7&at=0.420&size=layer"),
    shot("step-diverged", "#step-by-step&case=a&eta=9&at=8.26&size=pass"),
    shot("step-wrong-link", "#step-by-step&case=nowhere"),
    shot("neuron", "#neuron"),
    Shot { clicks: &[SAMPLE, SAMPLE], ..shot("neuron-sample", "#neuron&gate=nor") },
    Shot { clicks: &[TEACH], ..shot("neuron-xor", "#neuron&gate=xor") },
    shot("neuron-sigmoid", "#neuron&w=-3,2&b=0.4&x=0.6,0.2&g=sigmoid&gate=nand"),
    shot("network", "#network"),
    shot("network-backward", "#network&part=u3.4&pass=backward"),
    shot("network-gradient", "#network&net=a&part=w1.2.1&pass=gradient"),
    shot("network-deep", "#network&sizes=8-8-8-8-8-8-8-8&output=identity&part=l7"),
    shot("network-small", "#network&sizes=1-1&part=l0&pass=backward"),
    shot("why-nonlinear", "#why-nonlinear"),
    shot(
        "why-nonlinear-relu",
        "#why-nonlinear&layers=6&merged=6&between=1&entry=1,b&set=circle&relu=1&epoch=60&shape=jump&units=20&way=trained&moment=30&at=7",
    ),
    shot(
        "why-nonlinear-own",
        "#why-nonlinear&merged=2&set=xor&epoch=100&heights=0,1,1.5,1,-1,-1.5,0,0,0.5,1,2,-1,-0.5&at=-2.5",
    ),
    Shot {
        clicks: &[("button", ["Step", "下一步"])],
        ..shot(
            "step-predict",
            "#step-by-step&predict=1&case=lap&alpha=0.1&eta=0.1&at=0.32&size=number",
        )
    },
    shot("activations", "#activations"),
    shot("activations-saturated", "#activations&curves=tanh.sigmoid.elu.gelu&z=-4"),
    shot("activations-alpha", "#activations&curves=leaky_relu.relu&alpha=2&z=1"),
    shot("activations-handbook", "#activations&handbook=1"),
    shot("nudge", "#nudge"),
    shot("nudge-moved", "#nudge&of=w1.1.1&shift=-0.9&epsilon=0.01&eta=0.1&all=1"),
    shot("nudge-corner", "#nudge&of=w1.2.2&start=0.5&shift=0.5&epsilon=0.01&eta=1.3&wide=1"),
    shot("train", "#train"),
    Shot { clicks: &[EPOCH; 12], ..shot("train-circle", "#train&set=circle&test=1") },
    Shot { clicks: &[EPOCH; 12], ..shot("train-arms", "#train&set=arms&log=1") },
    Shot { clicks: &[EPOCH; 12], ..shot("train-sine", "#train&set=sine") },
    Shot { clicks: &[EPOCH, WEIGHTS, SAVE], ..shot("train-plane", "#train&set=plane") },
    Shot { clicks: &[EPOCH; 3], ..shot("train-spiral", "#train&set=spiral&discrete=1") },
    shot("experiments", "#experiments"),
    Shot {
        clicks: &[RUN],
        ..shot("experiments-activations", "#experiments&card=activations&seeds=5")
    },
    Shot { clicks: &[RUN], ..shot("experiments-vanishing", "#experiments&card=vanishing&seeds=5") },
    Shot { clicks: &[RUN], ..shot("experiments-dead", "#experiments&card=dead&seeds=5") },
    Shot { clicks: &[RUN], ..shot("experiments-centred", "#experiments&card=centred&seeds=5") },
    Shot { clicks: &[RUN], ..shot("experiments-cost", "#experiments&card=cost&seeds=5") },
    Shot { clicks: &[RUN], ..shot("experiments-linear", "#experiments&card=linear&seeds=5") },
    Shot { clicks: &[RUN], ..shot("experiments-zeros", "#experiments&card=zeros&seeds=5") },
    Shot { clicks: &[RUN], ..shot("experiments-rate", "#experiments&card=rate&seeds=5") },
    Shot { clicks: &[RUN], ..shot("experiments-depth", "#experiments&card=depth&seeds=5") },
    shot("broken", "#broken"),
    Shot {
        clicks: &[GRADIENTS, UPDATES],
        ..shot("broken-asked", "#broken&seed=1&case=3&answer=4&layer=1&asked=1")
    },
    shot("broken-told", "#broken&seed=1&case=8&told=1"),
];

const SIZES: [(u32, u32); 3] = [(1280, 800), (820, 1180), (390, 844)];
const THEMES: [&str; 2] = ["light", "dark"];
const LANGUAGES: [&str; 2] = ["en", "zh"];

/// Writes every picture into `out`; with `filter`, only those whose name contains it.
pub async fn take(origin: &str, out: &Path, filter: Option<&str>) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("{}", out.display()))?;
    let driver = Driver::start(Browser::Chromium).await?;
    let client = driver.session().await?;
    let page = Page::new(Browser::Chromium, client.clone(), origin);
    let taken = take_all(&page, out, filter.unwrap_or_default()).await;
    client.close().await?;
    println!("{} screenshots in {}", taken?, out.display());
    Ok(())
}

async fn take_all(page: &Page, out: &Path, filter: &str) -> Result<usize> {
    let mut taken = 0;
    for shot in SHOTS.iter().filter(|shot| shot.name.contains(filter)) {
        for size in SIZES {
            for theme in THEMES {
                for (n, lang) in LANGUAGES.into_iter().enumerate() {
                    let name = format!("{}-{}-{theme}-{lang}.png", shot.name, size.0);
                    prepare(page, size, theme).await?;
                    page.open(shot.fragment, lang).await?;
                    for (role, names) in shot.clicks {
                        page.control(role, Some(names[n])).click().await?;
                    }
                    idle(page).await?;
                    fs::write(out.join(&name), picture(page).await?)?;
                    println!("{name}");
                    taken += 1;
                }
            }
        }
    }
    Ok(taken)
}

async fn prepare(page: &Page, (width, height): (u32, u32), theme: &str) -> Result<()> {
    chromium::set_viewport(&page.client, width, height).await?;
    // Without motion, so that nothing is caught on its way.
    let media = json!({ "features": [
        { "name": "prefers-color-scheme", "value": theme },
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ] });
    chromium::devtools(&page.client, "Emulation.setEmulatedMedia", media).await?;
    Ok(())
}

/// Waits until no experiment runs.
async fn idle(page: &Page) -> Result<()> {
    let script = "return !document.querySelector('main:not([hidden]) progress:not([hidden])')";
    page.wait_until("nothing runs", async || Ok(page.eval(script, vec![]).await? == true)).await
}

/// The whole page, also what is below the window's edge.
async fn picture(page: &Page) -> Result<Vec<u8>> {
    let settled = "await document.fonts.ready;
        await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));";
    page.eval_async(settled, vec![]).await?;
    let whole = json!({ "captureBeyondViewport": true });
    let size = "const { scrollWidth: width, scrollHeight: height } = document.documentElement;
        return { x: 0, y: 0, width, height, scale: 1 };";
    let mut params = whole;
    params["clip"] = page.eval(size, vec![]).await?;
    let answer = chromium::devtools(&page.client, "Page.captureScreenshot", params).await?;
    let png = answer["data"].as_str().context("no picture came back")?;
    Ok(BASE64_STANDARD.decode(png)?)
}
