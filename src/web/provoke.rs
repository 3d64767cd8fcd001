//! Traps that tests ask for, to show that the page recovers from one in any export. Only in a build
//! with the feature `provoke`, which is never shipped.

use wasm_bindgen::prelude::*;

// How often each export is still to trap: at first what the query of the page's address says, or
// of the worker's, such as `?App::paint=1`.
#[wasm_bindgen(inline_js = "
    globalThis.provoked ??= Object.fromEntries(new URLSearchParams(location.search));
    export const isDue = (name) => provoked[name] > 0 && Boolean(provoked[name]--);
")]
extern "C" {
    #[wasm_bindgen(js_name = isDue)]
    fn is_due(export: &str) -> bool;
}

/// Panics where a test asks for it.
pub fn trap_if_due(export: &str) {
    assert!(!is_due(export), "provoked in {export}");
}
