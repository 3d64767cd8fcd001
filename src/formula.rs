//! The formulas of the page, in TeX. While building, they become MathML.

/// Every formula: its key, by which the front end asks for it, and its TeX.
pub fn all() -> Vec<(String, String)> {
    Vec::new()
}
