//! What `index.html` holds before anything else has come: the first screen in each language, what
//! watches over the start, and what is to be fetched at once.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The sentences of one language.
type Words = BTreeMap<String, String>;

/// Fills `index.html`, whose page lies in `page`.
pub fn fill(html: &str, page: &Path) -> Result<String> {
    let languages = ["en", "zh"].map(|code| Ok((code, words(page, code)?)));
    let languages = languages.into_iter().collect::<Result<Vec<_>>>()?;
    let html = in_each(html, &languages)?;
    let html = within(&html, "style", "boot/first.css", &read(page, "boot/first.css")?)?;
    let html = within(&html, "script", "boot/watch.js", &read(page, "boot/watch.js")?)?;
    replace_once(&html, "<!-- preload -->", &preloads(page)?)
}

/// Puts `text` into the page where `file` is marked, in an element that the policy allows for this
/// text alone.
fn within(html: &str, element: &str, file: &str, text: &str) -> Result<String> {
    let text = format!("\n{text}");
    let hash = BASE64_STANDARD.encode(Sha256::digest(&text));
    let source = format!("{element}-src 'self'");
    let html = replace_once(html, &source, &format!("{source} 'sha256-{hash}'"))?;
    replace_once(&html, &format!("<!-- {file} -->"), &format!("<{element}>{text}</{element}>"))
}

fn read(page: &Path, file: &str) -> Result<String> {
    fs::read_to_string(page.join(file)).with_context(|| file.to_owned())
}

fn words(page: &Path, code: &str) -> Result<Words> {
    let file = format!("words/{code}.json");
    serde_json::from_str(&read(page, &file)?).context(file)
}

/// The marked part once for each language, its gaps filled.
fn in_each(html: &str, languages: &[(&str, Words)]) -> Result<String> {
    let (before, rest) = split(html, "<!-- in each language -->\n")?;
    let (part, after) = split(rest, "<!-- end of language -->\n")?;
    let parts = languages.iter().map(|(code, words)| spoken(part, code, words));
    Ok(format!("{before}{}{after}", parts.collect::<Result<String>>()?))
}

/// `part` with "{language}" and each "{key of a sentence}" filled in.
fn spoken(part: &str, code: &str, words: &Words) -> Result<String> {
    let mut pieces = part.split('{');
    let mut html = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (key, rest) = split(piece, "}")?;
        let sentence =
            if key == "language" { Some(code) } else { words.get(key).map(String::as_str) };
        html += &escape(sentence.with_context(|| format!("index.html: {key} in {code}"))?);
        html += rest;
    }
    Ok(html)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn split<'a>(text: &'a str, mark: &str) -> Result<(&'a str, &'a str)> {
    text.split_once(mark).with_context(|| format!("index.html: no {}", mark.trim_end()))
}

fn replace_once(html: &str, mark: &str, with: &str) -> Result<String> {
    let (before, after) = split(html, mark)?;
    Ok(format!("{before}{with}{after}"))
}

/// Links to what the page starts with: otherwise the module is asked for only when the scripts that
/// lead to it have come, one after the other.
fn preloads(page: &Path) -> Result<String> {
    let data = ["gradstep_bg.wasm", "formulas.json"]
        .map(|file| format!("<link rel=\"preload\" href=\"{file}\" as=\"fetch\" crossorigin>"));
    let scripts = modules(page, "main.js")?;
    let scripts =
        scripts.iter().map(|file| format!("<link rel=\"modulepreload\" href=\"{file}\">"));
    Ok(data.into_iter().chain(scripts).collect::<Vec<_>>().join("\n"))
}

/// The modules that `entry` imports, and those that they import, the nearest first.
fn modules(page: &Path, entry: &str) -> Result<Vec<String>> {
    let mut found = vec![];
    let mut next = VecDeque::from([entry.to_owned()]);
    while let Some(file) = next.pop_front() {
        if found.contains(&file) {
            continue;
        }
        let script = read(page, &file).with_context(|| format!("what {entry} needs"))?;
        next.extend(imports(&script).map(|import| resolve(&file, import)));
        found.push(file);
    }
    Ok(found)
}

/// The paths of a script's `import … from "./…"`.
fn imports(script: &str) -> impl Iterator<Item = &str> {
    let after = script.split(" from \"").skip(1);
    after
        .filter_map(|rest| rest.split_once('"'))
        .map(|(path, _)| path)
        .filter(|path| path.starts_with('.'))
}

/// Where `path` leads from `file`.
fn resolve(file: &str, path: &str) -> String {
    let mut folders: Vec<&str> = file.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(folders.pop()),
            name => folders.push(name),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use xtask::project;

    use super::*;

    /// A page of these files.
    fn page(files: &[(&str, &str)]) -> tempfile::TempDir {
        let page = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = page.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        page
    }

    #[test]
    fn the_first_screen_speaks_each_language() {
        let html = "<!-- in each language -->\n<p lang=\"{language}\">{a.b}</p>\n<!-- end of language -->\n!";
        let words = |sentence: &str| Words::from([("a.b".into(), sentence.into())]);
        let languages = [("en", words("x < \"y\" & z")), ("zh", words("好"))];
        assert_eq!(
            in_each(html, &languages).unwrap(),
            "<p lang=\"en\">x &lt; &quot;y&quot; &amp; z</p>\n<p lang=\"zh\">好</p>\n!"
        );
        let error = in_each(html, &[("en", Words::new())]).unwrap_err();
        assert_eq!(error.to_string(), "index.html: a.b in en");
    }

    #[test]
    fn every_module_that_the_page_starts_with_is_fetched_at_once() {
        let page = page(&[
            ("main.js", "import { a } from \"./a.js\";\nimport {\n  b,\n} from \"./in/b.js\";\n"),
            ("a.js", "import * as core from \"./gradstep.js\";\n"),
            ("gradstep.js", "export default 1;\n"),
            ("in/b.js", "import { a } from \"../a.js\";\nexport { c } from \"./c.js\";\n"),
            ("in/c.js", "new Worker(new URL(\"./worker.js\", import.meta.url));\n"),
            ("in/worker.js", ""),
        ]);
        let modules = modules(page.path(), "main.js").unwrap();
        assert_eq!(modules, ["main.js", "a.js", "in/b.js", "gradstep.js", "in/c.js"]);
        let links = preloads(page.path()).unwrap();
        assert!(links.contains("<link rel=\"modulepreload\" href=\"in/c.js\">"), "{links}");
        assert!(!links.contains("worker"), "{links}");
    }

    #[test]
    fn a_module_that_is_not_there_is_named() {
        let page = page(&[("main.js", "import { a } from \"./a.js\";")]);
        let error = preloads(page.path()).unwrap_err();
        assert!(format!("{error:#}").starts_with("what main.js needs: a.js: "), "{error:#}");
    }

    #[test]
    fn what_is_put_into_the_page_is_all_that_the_policy_allows_there() {
        let html = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'\n<!-- a.js -->";
        // printf '\nx()' | openssl dgst -sha256 -binary | base64
        let hash = "MS/g0mN+nqZ8dETVAyYjuMbyy0kNJR7ScRLVMQe72Jw=";
        assert_eq!(
            within(html, "script", "a.js", "x()").unwrap(),
            format!(
                "script-src 'self' 'sha256-{hash}' 'wasm-unsafe-eval'; style-src 'self'\n\
                 <script>\nx()</script>"
            )
        );
        assert!(within(html, "script", "b.js", "x()").is_err());
    }

    #[test]
    fn the_pages_own_first_screen_has_all_its_sentences() {
        let root = project::root().unwrap();
        let html = fs::read_to_string(root.join("index.html")).unwrap();
        let languages = ["en", "zh"].map(|code| (code, words(&root.join("www"), code).unwrap()));
        let filled = in_each(&html, &languages).unwrap();
        for (_, words) in &languages {
            assert!(filled.contains(&words["place.start.title"]));
            for (key, sentence) in words.iter().filter(|(key, _)| key.starts_with("boot.")) {
                assert!(filled.contains(&escape(sentence)), "{key} is never said");
            }
        }
    }
}
