//! What JavaScript sees.

use std::fs;
use std::path::Path;

/// The lines of each file of `src/web/`.
fn sources() -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let lines = |file| fs::read_to_string(file).unwrap().lines().map(String::from).collect();
    files.map(lines).collect()
}

/// Each export of a file, and the line with which it begins.
fn exports(lines: &[String]) -> Vec<(String, &str)> {
    let (mut found, mut bound, mut class) = (vec![], false, None);
    for (n, line) in lines.iter().enumerate() {
        if line.starts_with("#[wasm_bindgen") {
            bound = true;
        } else if let Some(name) = line.strip_prefix("impl ").filter(|_| bound) {
            (bound, class) = (false, name.split(' ').next());
        } else if line.starts_with('}') || line.starts_with("pub struct") {
            (bound, class) = (false, None);
        }
        let Some(rest) = line.trim_start().strip_prefix("pub fn ") else { continue };
        let name = rest.split('(').next().unwrap_or_default();
        let name = match class {
            Some(class) => format!("{class}::{name}"),
            None if bound => name.into(),
            None => continue,
        };
        let open = lines[n..].iter().position(|line| line.ends_with('{')).unwrap();
        found.push((name, lines[n + open + 1].trim()));
    }
    found
}

#[test]
fn each_export_begins_with_a_place_to_trap_at() {
    let files = sources();
    let all: Vec<_> = files.iter().flat_map(|lines| exports(lines)).collect();
    assert!(all.len() > 50, "{all:?}");
    for (name, first) in all {
        assert_eq!(first, format!("may_trap!(\"{name}\");"), "{name}");
    }
}
