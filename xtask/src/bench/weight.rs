//! How many bytes the page is.

use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use xshell::{Shell, cmd};

/// Bytes as they are, and compressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct Bytes {
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

/// What is weighed, by name.
pub struct Weights {
    pub wasm: Bytes,
    /// All that the page loads when it is opened, each file compressed by itself.
    pub page: Bytes,
    pub files: usize,
}

/// Compresses each file as well as its format can, with Node's zlib, which npm has brought.
const WEIGH: &str = "
    const { readFileSync } = require('fs');
    const { gzipSync, brotliCompressSync } = require('zlib');
    const weigh = (path) => {
        const bytes = readFileSync(path);
        const gzip = gzipSync(bytes, { level: 9 }).length;
        return { raw: bytes.length, gzip, brotli: brotliCompressSync(bytes).length };
    };
    console.log(JSON.stringify(process.argv.slice(1).map(weigh)));";

/// Weighs the files of `dist` behind the paths that the browser asked for.
pub fn of_page(shell: &Shell, dist: &Path, loaded: &[String]) -> Result<Weights> {
    let file = |path: &String| match path.trim_start_matches('/') {
        "" => dist.join("index.html"),
        path => dist.join(path),
    };
    // What the tests add to the page is no file of it.
    let files: Vec<_> = loaded.iter().map(file).filter(|path| path.is_file()).collect();
    let wasm = dist.join("gradstep_bg.wasm");
    let paths = &files;
    let text = cmd!(shell, "node -e {WEIGH} {wasm} {paths...}").quiet().read()?;
    let bytes: Vec<Bytes> = serde_json::from_str(&text)?;
    let add = |sum: Bytes, one: &Bytes| Bytes {
        raw: sum.raw + one.raw,
        gzip: sum.gzip + one.gzip,
        brotli: sum.brotli + one.brotli,
    };
    let wasm = bytes.first().copied().unwrap_or_default();
    let page = bytes.iter().skip(1).fold(Bytes::default(), add);
    Ok(Weights { wasm, page, files: files.len() })
}
