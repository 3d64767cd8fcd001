//! The module for other programs: the same bits in each browser as natively.

use anyhow::{Context, Result, bail, ensure};
use gradstep::data::Set;
use gradstep::train::{Run, Setup};
use serde_json::{Value, json};

use crate::page::Page;

super::tests!(api:
    the_digests_are_the_native_ones,
    a_gradient_step_is_the_native_one,
    what_is_wrong_is_thrown,
    a_run_is_the_native_one_to_the_bit,
    a_million_steps_leave_the_memory_where_it_was,
);

/// Network A of the page.
const A: &str = r#"{"format": "gradstep/1",
    "layers": [
        {"weights": [[0.1, 0.4], [-0.9, -0.5]], "biases": [0.2, 0.3], "activation": "leaky_relu", "alpha": 0.1},
        {"weights": [[-0.6, 0.8]], "biases": [0.7], "activation": "identity"}],
    "loss": "half_squared_error", "learning_rate": 0.1,
    "inputs": [[2, 3], [-2, 1]], "targets": [[1], [0]]}"#;

/// Calls an export of the module.
async fn call(page: &Page, name: &str, args: &[Value]) -> Result<Value> {
    page.open("#start", "en").await?;
    let script = "
        const [name, given] = args;
        const module = await window.recorder.import(new URL('gradstep.js', document.baseURI).href);
        await module.default({ module_or_path: new URL('gradstep_bg.wasm', document.baseURI) });
        const values = { NaN, Infinity };
        const answer = module[name](...given.map((arg) =>
            Array.isArray(arg) ? Float64Array.from(arg) : values[arg] ?? arg));
        return typeof answer === 'string' ? answer : [...answer.a];";
    page.eval_async(script, vec![json!(name), json!(args)]).await
}

async fn the_digests_are_the_native_ones(page: &Page) -> Result<()> {
    let native = [
        ("digest", gradstep::digest::digest()),
        ("training_digest", gradstep::digest::training_digest()),
    ];
    for (name, digest) in native {
        let found = call(page, name, &[]).await?;
        ensure!(found == format!("{digest:016x}"), "{name}: {found}, natively {digest:016x}");
    }
    Ok(())
}

async fn a_gradient_step_is_the_native_one(page: &Page) -> Result<()> {
    let native = gradstep::case::gradient_step(A)?;
    let found = call(page, "gradient_step", &[json!(A)]).await?;
    ensure!(found == native.as_str(), "{found}, natively {native}");
    Ok(())
}

async fn what_is_wrong_is_thrown(page: &Page) -> Result<()> {
    let mut broken: Value = serde_json::from_str(A)?;
    broken["layers"][1]["weights"][0] = json!([1, 2, 3]);
    let broken = broken.to_string();
    for (name, args, words) in [
        (
            "gradient_step",
            vec![json!(broken)],
            "Error: layers[1].weights[0]: 3 numbers, but layer 0 has 2 units",
        ),
        ("gradient_step", vec![json!("{")], "Error: "),
        ("activation", vec![json!("softmax"), json!(0.1), json!([0])], "softmax"),
        ("activation", vec![json!("nothing"), json!(0.1), json!([0])], "nothing"),
        ("activation", vec![json!("leaky_relu"), json!("NaN"), json!([0])], "alpha"),
        ("activation", vec![json!("leaky_relu"), json!("Infinity"), json!([0])], "alpha"),
    ] {
        match call(page, name, &args).await {
            Ok(value) => bail!("{name}({args:?}) gives {value}"),
            Err(error) => {
                let found = error.to_string();
                found
                    .contains(words)
                    .then_some(())
                    .with_context(|| format!("{found:?}, not {words:?}"))?;
            }
        }
    }
    Ok(())
}

async fn a_run_is_the_native_one_to_the_bit(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    // In pieces, as a worker takes them.
    let script = "const module = await import(new URL('gradstep.js', location.href));
        await module.default({ module_or_path: new URL('gradstep_bg.wasm', location.href) });
        const run = new module.Run(args[0]);
        for (const steps of args[1]) run.advance(steps);
        return run.snapshot();";
    let pieces = [1, 30, 999, 4_000, 70];
    for set in Set::ALL {
        let setup = Setup::usual(set);
        let text = gradstep::json::write(&setup.written());
        let found = page.eval_async(script, vec![json!(text), json!(pieces)]).await?;
        let mut run = Run::new(setup)?;
        run.advance(pieces.iter().sum());
        let native = gradstep::json::write(&run.snapshot()?);
        ensure!(found == native, "{set:?}: {found}, natively {native}");
    }
    Ok(())
}

async fn a_million_steps_leave_the_memory_where_it_was(page: &Page) -> Result<()> {
    page.open("#start", "en").await?;
    let script = "const module = await import(new URL('gradstep.js', location.href));
        const { memory } = await module.default({ module_or_path: new URL('gradstep_bg.wasm', location.href) });
        const run = new module.Run(args[0]);
        // Until the list of losses is as long as it gets.
        run.advance(10000);
        run.snapshot();
        const before = memory.buffer.byteLength;
        for (let n = 0; n < 100; n += 1) {
            if (!run.advance(10000)) return 'it ran away';
            run.snapshot();
        }
        return [run.steps(), memory.buffer.byteLength - before];";
    let setup = gradstep::json::write(&Setup::usual(Set::Circle).written());
    let found = page.eval_async(script, vec![json!(setup)]).await?;
    ensure!(found == json!([1_010_000, 0]), "steps and bytes: {found}");
    Ok(())
}
