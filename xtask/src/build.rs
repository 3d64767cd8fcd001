//! Builds the page into `dist/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;
use xshell::{Shell, cmd};
use xtask::{project, server};

use crate::first;
use crate::install::{self, WASM};

/// How the core is compiled.
#[derive(Clone, Copy)]
pub enum Profile {
    /// As it is shipped: small and fast.
    Release,
    /// Quick to compile, with the checks of the native tests: for trying things out.
    Dev,
}

/// Builds everything and puts it in place of `dist/`. When something fails, the page that is
/// there stays as it is.
pub fn build(profile: Profile) -> Result<()> {
    let start = Instant::now();
    let root = project::root()?;
    let shell = Shell::new()?;
    shell.change_dir(&root);
    install::wasm_target(&shell)?;

    // Beside dist/, so that the finished page is moved and not copied.
    let workshop = tempfile::Builder::new()
        .prefix(".dist-")
        .tempdir_in(&root)
        .context("a temporary directory cannot be made")?;
    let page = workshop.path().join("new");
    fs::create_dir(&page)?;

    let wasm = compile(&shell, profile, "")?;
    bind(&wasm, &page)?;
    copy(&root.join("www"), &page)?;
    write_shell(&root, &page)?;
    write_formulas(&shell, &page)?;

    let dist = project::dist()?;
    swap(&page, &dist, &workshop.path().join("old"))?;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("built {} in {seconds:.1} s", dist.display());
    Ok(())
}

/// Builds the module in which tests can set off traps into [`project::provoked`]: it takes the place
/// of the page's own.
pub fn build_provoked() -> Result<()> {
    let shell = Shell::new()?;
    shell.change_dir(project::root()?);
    install::wasm_target(&shell)?;
    let wasm = compile(&shell, Profile::Dev, "provoke")?;
    let module = project::provoked()?;
    fs::create_dir_all(&module)?;
    bind(&wasm, &module)
}

fn compile(shell: &Shell, profile: Profile, features: &str) -> Result<PathBuf> {
    eprintln!("compiling the core to WebAssembly");
    let (name, folder) = match profile {
        Profile::Release => ("release", "release"),
        Profile::Dev => ("dev", "debug"),
    };
    let options = ["--profile", name, "--features", features, "--target", WASM];
    cmd!(shell, "cargo build --package gradstep --lib {options...}").quiet().run()?;
    Ok(project::target(shell)?.join(WASM).join(folder).join("gradstep.wasm"))
}

fn bind(wasm: &Path, page: &Path) -> Result<()> {
    eprintln!("writing the JavaScript bindings");
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        // After a trap nothing in the instance is certain: the page takes a new one.
        .reset_state_function(true)
        // Names of functions, for debuggers: a tenth of the page.
        .remove_name_section(true)
        .generate(page)
        .context("wasm-bindgen")
}

/// index.html, filled in. It must carry the policy: servers other than ours have it from there
/// alone.
fn write_shell(root: &Path, page: &Path) -> Result<()> {
    let html = fs::read_to_string(root.join("index.html")).context("index.html")?;
    ensure!(
        server::policy(&html).is_some(),
        "index.html: no <meta http-equiv=\"Content-Security-Policy\" content=\"…\">"
    );
    fs::write(page.join("index.html"), first::fill(&html, page)?)?;
    // It is in there now.
    Ok(fs::remove_dir_all(page.join("boot"))?)
}

/// Everything below `from`, to the same places below `to`.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let entries = fs::read_dir(from).with_context(|| format!("{}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)
                .with_context(|| format!("{}", entry.path().display()))?;
        }
    }
    Ok(())
}

/// In a process of its own, since it is linked with the core as it is now.
fn write_formulas(shell: &Shell, page: &Path) -> Result<()> {
    eprintln!("turning the formulas into MathML");
    cmd!(shell, "cargo run --quiet --package formulas -- {page}")
        .quiet()
        .run()
        .context("the formulas could not be written")
}

fn swap(page: &Path, dist: &Path, old: &Path) -> Result<()> {
    if dist.exists() {
        fs::rename(dist, old).context("dist/ cannot be replaced")?;
    }
    fs::rename(page, dist).context("dist/ cannot be put in place")
}
