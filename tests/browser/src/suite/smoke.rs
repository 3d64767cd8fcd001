//! The page loads, its module works, and the tests would notice if something were wrong.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::page::Page;

super::tests!(smoke:
    loads_cleanly,
    loads_under_a_sub_path,
    the_policy_is_strict,
    the_module_computes_an_activation,
    the_module_names_what_is_wrong,
    narrow_is_narrow,
    problems_are_noticed,
);

async fn loads_cleanly(page: &Page) -> Result<()> {
    for lang in ["en", "zh"] {
        page.open("#start", lang).await?;
    }
    Ok(()) // The runner asks after each test that nothing has gone wrong.
}

async fn loads_under_a_sub_path(page: &Page) -> Result<()> {
    page.open_path("/sub/path/?lang=en").await
}

/// Engines do not all list a request that fails, so the policy itself must leave no way out.
async fn the_policy_is_strict(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    let script = "const answer = await fetch(location.href);
        const meta = document.querySelector('meta[http-equiv=Content-Security-Policy]');
        return [answer.headers.get('content-security-policy'), meta.content];";
    let policies = page.eval_async(script, vec![]).await?;
    let (served, own) = (policies[0].as_str(), policies[1].as_str().unwrap_or_default());
    ensure!(served == Some(own), "served {served:?}, but the page has {own}");
    ensure!(own.starts_with("default-src 'none';"), "{own}");
    let sources = own.split(';').flat_map(|part| part.split_whitespace().skip(1));
    for source in sources {
        let harmless = ["'none'", "'self'", "'wasm-unsafe-eval'", "data:", "blob:"];
        // What is written into the page itself, and nothing else.
        let own = source.starts_with("'sha256-");
        ensure!(own || harmless.contains(&source), "the policy allows {source}");
    }
    Ok(())
}

/// Calls `activation` of the built module, by its public interface.
async fn activation(page: &Page, name: &str, alpha: f64, z: &[f64]) -> Result<Value> {
    page.open("", "en").await?;
    let script = "
        const [name, alpha, z] = args;
        const module = await window.recorder.import(new URL('gradstep.js', document.baseURI).href);
        await module.default({ module_or_path: new URL('gradstep_bg.wasm', document.baseURI) });
        const { a, slope } = module.activation(name, alpha, Float64Array.from(z));
        return { a: [...a], slope: [...slope] };";
    page.eval_async(script, vec![json!(name), json!(alpha), json!(z)]).await
}

async fn the_module_computes_an_activation(page: &Page) -> Result<()> {
    let sigmoid = activation(page, "sigmoid", 0.0, &[0.0]).await?;
    ensure!(sigmoid == json!({ "a": [0.5], "slope": [0.25] }), "{sigmoid}");
    let leaky = activation(page, "leaky_relu", 0.1, &[-2.0, 3.0]).await?;
    ensure!(leaky == json!({ "a": [-0.2, 3], "slope": [0.1, 1] }), "{leaky}");
    Ok(())
}

async fn the_module_names_what_is_wrong(page: &Page) -> Result<()> {
    match activation(page, "softmax", 0.0, &[0.0]).await {
        Ok(value) => anyhow::bail!("softmax gave {value}"),
        Err(error) => ensure!(error.to_string().contains("softmax"), "{error}"),
    }
    Ok(())
}

async fn narrow_is_narrow(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    page.narrow(390).await?;
    let width = page.eval("return innerWidth", vec![]).await?;
    ensure!(width == 390, "the page is {width} wide");
    ensure!(page.url().await?.contains("/?lang=en#start"), "{}", page.url().await?);
    Ok(())
}

/// What the other tests rely on: each kind of fault is seen, in each engine.
async fn problems_are_noticed(page: &Page) -> Result<()> {
    let start = "/?lang=en#start";
    for (place, fault, problem) in [
        (start, "logged", "console.error"),
        (start, "uncaught", "uncaught"),
        (start, "unhandled", "unhandled"),
        (start, "style", "policy violated"),
        (start, "foreign", "policy violated"),
        (start, "missing", "not loaded"),
        ("/tests/sample.html", "elsewhere", "request to another host"),
    ] {
        page.open_path(place).await?;
        let before = page.take_problems().await?;
        ensure!(before.is_empty(), "{before:?}");
        let script = "document.head.append(Object.assign(document.createElement('script'),
            { src: '/tests/faults.js?' + arguments[0] }));";
        page.eval(script, vec![json!(fault)]).await?;
        page.wait_until(&format!("{problem} is noticed"), async || {
            let problems = page.take_problems().await?;
            Ok(problems.iter().any(|text| text.starts_with(problem)))
        })
        .await?;
    }
    page.client.goto("about:blank").await?;
    page.take_problems().await?;
    Ok(())
}
